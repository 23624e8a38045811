"""Doors and steps as the pages show them: in words, with the moment a door opens written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.packs.schema.base import Fact
from baken.packs.schema.doors import Step
from baken.recognise.current import LocalDoors, local_doors
from baken.routes.hours import OpenState
from baken.routes.router import DoorAdvice, PhoneLine, Route

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FOOTING_TITLES: Mapping[str, _StrPromise] = {
    "advice": gettext_lazy("Advice without a name"),
    "registration": gettext_lazy("Registration"),
    "consent": gettext_lazy("With consent"),
    "reasoned_report": gettext_lazy("Reasoned report without consent"),
    "nothing_shared": gettext_lazy("Nothing is shared"),
}


@dataclass(frozen=True, slots=True)
class FactCard:
    """Where a fact comes from, for the fact component."""

    source: str
    source_url: str | None
    checked_on: dt.date
    confidence: str
    overdue: bool
    note: str | None


def fact_card(fact: Fact, today: dt.date) -> FactCard:
    """A fact as the component shows it."""
    return FactCard(fact.source, fact.source_url, fact.checked_on, fact.confidence, fact.check_by < today, fact.note)


def moment_text(moment: dt.datetime, now: dt.datetime) -> str:
    """A moment in words: the time today, or the day and the time."""
    local_now = now.astimezone(moment.tzinfo)
    time = formats.time_format(moment, "H:i")
    if moment.date() == local_now.date():
        return _("today at %(time)s") % {"time": time}
    if moment.date() == local_now.date() + dt.timedelta(days=1):
        return _("tomorrow at %(time)s") % {"time": time}
    return _("%(day)s at %(time)s") % {"day": formats.date_format(moment, "l j F"), "time": time}


def hours_text(state: OpenState, now: dt.datetime) -> str:
    """The hours of a door in words; empty where they are unknown."""
    if state.always:
        return _("Day and night")
    if state.open and state.closes_at:
        return _("Open until %(time)s") % {"time": formats.time_format(state.closes_at, "H:i")}
    if state.open is False and state.holiday is not None:
        return _("Closed today: public holiday")
    return ""


def _phone_card(phone: PhoneLine) -> dict[str, Any]:
    label = phone.label or ""
    if phone.confidence == "unconfirmed":
        label = " ".join(filter(None, [label, _("(number not confirmed)")]))
    return {"tel": phone.href, "display": phone.text, "label": label}


def door_card(advice: DoorAdvice, now: dt.datetime) -> dict[str, Any]:
    """Context for ``ui/components/door.html``."""
    door = advice.door
    return {
        "id": advice.id,
        "name": door.name,
        "why": advice.why,
        "region": ": ".join(
            filter(None, [advice.region, _("your own focal point") if advice.own else advice.local_name])
        ),
        "region_unknown": advice.region_unknown and advice.municipality_known,
        "region_unconfirmed": advice.region_confidence == "unconfirmed",
        "phones": [_phone_card(phone) for phone in advice.phones],
        "open": advice.open,
        "hours_apply": door.hours is not None or bool(advice.phones),
        "opens_at": moment_text(advice.state.opens_at, now) if advice.state.opens_at else "",
        "hours": hours_text(advice.state, now),
        "say": advice.say,
        "expect": door.expect,
        "footings": [{"code": code, "title": FOOTING_TITLES[code]} for code in advice.footing],
        "needs_consent": advice.needs_consent,
        "email": advice.email,
        "own": advice.own,
        "url": door.url,
        "chat": door.chat,
        "free": door.free,
        "anonymous": door.anonymous,
        "source": door.source,
        "source_url": door.source_url,
        "checked_on": door.checked_on,
        "confidence": door.confidence,
        "overdue": door.check_by < now.date(),
        "note": door.note,
    }


def first_calls(doors: Sequence[Mapping[str, Any]], *, urgent: bool) -> list[Mapping[str, Any]]:
    """Whom to call before reading on: the first door with a number that is not closed, after 112 where it is urgent."""
    reachable = [door for door in doors if door["phones"]]
    emergency = [door for door in reachable if door["id"] == "emergency"] if urgent else []
    others = [door for door in reachable if door["id"] != "emergency"]
    first = next((door for door in others if door["open"] is not False), others[0] if others else None)
    return [*emergency, *([first] if first else [])]


def step_card(step: Step) -> dict[str, Any]:
    """Context for one step of ``ui/components/steps.html``."""
    title = FOOTING_TITLES[step.footing] if step.footing != "nothing_shared" else ""
    return {
        "id": step.id,
        "text": step.text,
        "why": step.why,
        "kind": step.kind,
        "footing_title": title,
        "source": step.source,
    }


def _service(advice: DoorAdvice, known: LocalDoors) -> str:
    """The service in the map behind a door. Where there is danger a card is there to call, and one's own organisation is known."""
    if advice.own or advice.door.kind == "emergency":
        return ""
    return known.service_of(advice.id, advice.region_code)


def route_context(route: Route) -> dict[str, Any]:
    """The doors and steps of a route for a template."""
    known = local_doors()
    return {
        "doors": [door_card(advice, route.now) | {"service": _service(advice, known)} for advice in route.doors],
        "dos": [step_card(step) for step in route.dos],
        "donts": [step_card(step) for step in route.donts],
        "municipality": route.municipality,
        "moment": route.now,
    }
