"""Routes and doors as plain data, the same for the command line and the API. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from baken.packs.pack import Pack
from baken.packs.schema.doors import Step
from baken.recognise.resources import fact_data
from baken.routes.router import DoorAdvice, PhoneLine, Route, door_state, phone_lines


def route_data(*, pack: Pack, route: Route) -> dict[str, Any]:
    """``situation``, ``doors`` and ``steps`` of a route; every moment is an ISO time in the time zone of the pack."""
    zone = ZoneInfo(pack.info.timezone)
    return {
        "situation": situation_data(pack=pack, route=route),
        "doors": [door_data(advice, zone) for advice in route.doors],
        "steps": [step_data(step) for step in route.steps],
    }


def situation_data(*, pack: Pack, route: Route) -> dict[str, Any]:
    """What the route was made for: every field with its value, the municipality by name, the moment, the country."""
    return {
        **route.situation.values(),
        "municipality": route.municipality.name if route.municipality else None,
        "at": moment_data(route.now, ZoneInfo(pack.info.timezone)),
        "country": pack.country,
    }


def door_data(advice: DoorAdvice, zone: ZoneInfo) -> dict[str, Any]:
    """One door. ``open`` is null where nobody knows the hours; ``region`` and ``local_name`` likewise."""
    door = advice.door
    return {
        "id": advice.id,
        "name": door.name,
        "why": advice.why,
        "phone": advice.phone,
        "open": advice.open,
        "opens_at": moment_data(advice.state.opens_at, zone),
        "say": advice.say,
        "footing": list(advice.footing),
        "needs_consent": advice.needs_consent,
        "region": advice.region,
        "source": door.source,
        "checked_on": door.checked_on.isoformat(),
        "confidence": door.confidence,
        "phones": [phone_data(phone) for phone in advice.phones],
        "url": door.url,
        "closes_at": moment_data(advice.state.closes_at, zone),
        "local_name": advice.local_name,
        "email": advice.email,
        "region_confidence": advice.region_confidence,
        "hours_known": advice.open is not None,
    }


def listed_door_data(*, pack: Pack, code: str, now: dt.datetime) -> dict[str, Any]:
    """A door of the pack without a situation, with whether it is open at an aware moment."""
    door = pack.doors[code]
    state = door_state(pack, door, now)
    zone = ZoneInfo(pack.info.timezone)
    return {
        "id": code,
        "name": door.name,
        "what": door.what,
        "expect": door.expect,
        "say": door.say,
        "kind": door.kind,
        "ages": list(door.ages),
        "public": door.public,
        "phones": [phone_data(line) for line in phone_lines(door, pack.info.phone_region)],
        "hours": door.hours.osm if door.hours else None,
        "open": state.open,
        "opens_at": moment_data(state.opens_at, zone),
        "closes_at": moment_data(state.closes_at, zone),
        "url": door.url,
        "chat": door.chat,
        "free": door.free,
        "anonymous": door.anonymous,
        "region_kind": door.region_kind,
        **fact_data(door),
    }


def phone_data(phone: PhoneLine) -> dict[str, Any]:
    """A telephone number: as written, as dialled, what it is for, and how sure it is."""
    return {"text": phone.text, "dial": phone.href, "label": phone.label, "confidence": phone.confidence}


def step_data(step: Step) -> dict[str, Any]:
    """One thing to do (kind ``do``) or not to do (``dont``)."""
    return {"id": step.id, "text": step.text, "why": step.why, "footing": step.footing, "kind": step.kind}


def moment_data(moment: dt.datetime | None, zone: ZoneInfo) -> str | None:
    """A moment as an ISO time in a zone."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None
