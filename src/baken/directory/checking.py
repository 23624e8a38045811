"""The nightly check of the doors on which the router leans, in sentences for who runs the installation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from baken.directory.keeping_queries import NEVER, RouterDoor, open_alarms, router_doors
from baken.packs.pack import Pack

SAID = {
    "missing": "the router gives it, and it is not in the map. Run: baken directory load",
    "hidden": "the router gives it, and readers of the map do not see it",
    "closed": "the router gives it, and the map says that it is not open",
    "late": "nobody confirmed it in time. Call it",
    "unverified": "nobody confirmed it for too long. Call it",
    NEVER: "nobody confirmed it yet; its source is still in date",
}
ALARM = {
    "last_door": "the last one of its kind there, and nobody can confirm it",
    "stale_door": "the router leans on it, and nobody confirmed it in time",
    "nobody_answers": "the last one of its kind there, and nobody answers the telephone",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. ``failed`` and ``warned`` are sentences."""

    doors: int
    failed: list[str]
    warned: list[str]

    @property
    def sound(self) -> bool:
        """May the router lean on all of it?"""
        return not self.failed


def check_doors(pack: Pack, *, now: dt.datetime, strict: bool = False) -> Checked:
    """Every door of the router, and every open alarm. ``strict``: what was never confirmed fails too."""
    doors = router_doors(pack, now=now)
    failed = [_sentence(door) for door in doors if door.problem and (strict or door.problem != NEVER)]
    warned = [] if strict else [_sentence(door) for door in doors if door.problem == NEVER]
    for alarm in open_alarms():
        where = f" ({alarm.municipality})" if alarm.municipality else ""
        failed.append(f"Alarm since {alarm.raised_at:%Y-%m-%d}: {alarm.service.name}{where}: {ALARM[alarm.what]}.")
    return Checked(len(doors), failed, warned)


def _sentence(door: RouterDoor) -> str:
    due = door.standing.due_on if door.standing else None
    since = f" Due since {due}." if due and door.problem in ("late", "unverified") else ""
    return f"{door.door} ({door.name}): {SAID[door.problem]}.{since}"
