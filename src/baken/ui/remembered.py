"""Components that are made once: a door or an icon looks the same as long as what it shows is the same.

People in the same situation see the same doors, and making their HTML anew was most of the work of a result page.
What a component shows is its key, so a remembered one can never be out of date. Never use it for what somebody typed.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

MOST = 2048
"""Components that are kept per process; a door is about 3 kB."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A template with all that it shows; equal when it will look the same."""

    template: str
    language: str | None
    key: Hashable
    values: Mapping[str, Any] = field(compare=False)


def component(template: str, values: Mapping[str, Any]) -> SafeString:
    """The HTML of a template that sees only ``values``. Raises TypeError for values that cannot be compared."""
    shown = _Shown(template, get_language(), key_of(values), values)
    return _made.__wrapped__(shown) if settings.DEBUG else _made(shown)


@lru_cache(maxsize=MOST)
def _made(shown: _Shown) -> SafeString:
    return mark_safe(get_template(shown.template).render(dict(shown.values)))  # noqa: S308 - a template escapes # nosec


def key_of(value: Any) -> Hashable:
    """Something to compare a value by. Text that is safe as HTML differs from the same text that is not."""
    if isinstance(value, Mapping):
        return tuple((name, key_of(item)) for name, item in value.items())
    if isinstance(value, list | tuple):
        return tuple(key_of(item) for item in value)
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, SafeData):
        return (SafeData, str(value))
    hash(value)
    return (type(value), value)


def forget() -> None:
    """Make every component anew from now on."""
    _made.cache_clear()
