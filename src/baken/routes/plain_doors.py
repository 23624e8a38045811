"""Doors without a situation: what a pack knows about each of them, for pages that only list who can be called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from baken.packs.pack import Pack
from baken.routes.cards import door_card
from baken.routes.router import DoorAdvice, door_state, phone_lines, shown_number


def plain_door_cards(
    *, pack: Pack, doors: Iterable[str], now: dt.datetime, shown_in: str | None = None
) -> list[dict[str, Any]]:
    """Context for ``ui/components/door.html`` per door id. What it does is its reason; it has no footing.

    ``shown_in``: telephone region of the reader ("NL"), when that is another one than the pack's.
    """
    return [door_card(_advice(pack, code, now, shown_in), now) for code in doors]


def _advice(pack: Pack, code: str, now: dt.datetime, shown_in: str | None) -> DoorAdvice:
    door = pack.doors[code]
    lines = phone_lines(door, pack.info.phone_region)
    if shown_in is not None:
        lines = tuple(
            replace(line, text=shown_number(phone.number, shown_in))
            for line, phone in zip(lines, door.phones, strict=True)
        )
    return DoorAdvice(
        id=code,
        door=door,
        rule="",
        why=door.what,
        say=door.say,
        footing=(),
        needs_consent=False,
        phones=lines,
        state=door_state(pack, door, now),
        region=None,
        region_code=None,
        local_name=None,
        region_unknown=False,
        region_confidence=None,
        email=None,
        own=False,
        municipality_known=False,
    )
