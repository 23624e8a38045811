"""What may I share: the four footings side by side, for the reader's own work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baken.audience import public
from baken.packs.pack import Pack
from baken.packs.schema.people import Footing, Profession
from baken.recognise.current import current_pack
from baken.routes.cards import fact_card
from baken.routes.professions import choice_context


@public
@require_safe
def footings(request: HttpRequest) -> HttpResponse:
    """All footings; with ``?profession=`` (about the reader only) also what each means for that kind of secrecy."""
    pack = current_pack()
    chosen = request.GET.get("profession", "")
    profession = pack.professions.get(chosen)
    context = {
        "heading": _("What may I share?"),
        "lead": _("Four ways to share what you see. Each has its own rules; one never stands in for another."),
        "profession": profession,
        "footings": [_card(pack, code, profession) for code in pack.footings],
        **choice_context(pack, chosen, wrong=bool(chosen) and profession is None),
    }
    return render(request, "routes/footings.html", context)


def _card(pack: Pack, code: str, profession: Profession | None) -> dict[str, Any]:
    footing: Footing = pack.footings[code]
    fact = fact_card(footing, timezone.localdate())
    return {
        "code": code,
        "title": footing.title,
        "short": footing.short,
        "allows": list(footing.allows.values()),
        "asks": list(footing.asks.values()),
        "forbids": list(footing.forbids.values()),
        "for_you": footing.by_secrecy.get(profession.secrecy, "") if profession else "",
        "compare": footing.compare,
        "source": fact.source,
        "source_url": fact.source_url,
        "checked_on": fact.checked_on,
        "confidence": fact.confidence,
        "overdue": fact.overdue,
        "note": fact.note,
    }
