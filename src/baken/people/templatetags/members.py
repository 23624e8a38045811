"""The bar of members: one line above each of their pages, so that nothing is a dead end."""

from __future__ import annotations

from typing import Any

from django import template

from baken.people import menu
from baken.people.actor import Acting

register = template.Library()


@register.inclusion_tag("people/_member_bar.html", takes_context=True)
def member_bar(context: dict[str, Any]) -> dict[str, Any]:
    """Links of the organisation at the start, of the member at the end; asks the database nothing."""
    request = context["request"]
    acting: Acting | None = getattr(request, "acting", None)
    return {
        "path": request.path,
        "organisation": getattr(request, "organisation", None),
        "entries": menu.entries(acting, menu.BAR) if acting is not None else [],
        "has_more": acting is not None and len(acting.standing.functions) > 1,
    }
