"""Links on the page of an organisation, and at the end of its set-up. Rooms above this one provide theirs here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from baken.people.actor import Acting

ORGANISATION = "organisation"
SET_UP = "set_up"
BAR = "bar"
"""The places: what somebody does every day, the thread of setting up, and the bar on every page (no queries there)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link: what it is called, where it goes, one line about it. The lowest ``order`` stands first.

    In the thread of setting up: ``is_done`` when it is, and an empty ``url`` when a colleague does it.
    """

    label: str | _StrPromise
    url: str
    about: str | _StrPromise = ""
    order: int = 100
    is_done: bool = False


Provider = Callable[["Acting"], Iterable[Entry]]
_providers: dict[str, list[Provider]] = {ORGANISATION: [], SET_UP: [], BAR: []}


def provide(provider: Provider, place: str = ORGANISATION) -> None:
    """Show the entries that ``provider(acting)`` gives, which asks ``acting.may`` itself. Register in ``AppConfig.ready``."""
    if provider not in _providers[place]:
        _providers[place].append(provider)


def entries(acting: Acting, place: str = ORGANISATION) -> list[Entry]:
    """The links for somebody in the organisation in which they act."""
    found = [entry for provider in _providers.get(place, ()) for entry in provider(acting)]
    return sorted(found, key=lambda entry: entry.order)
