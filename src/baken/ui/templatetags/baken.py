"""Small template helpers that every page may use without loading them."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of ``key`` in a mapping, or nothing."""
    return mapping.get(key) if mapping else None
