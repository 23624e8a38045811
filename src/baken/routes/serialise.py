"""A route as plain data, the same for the command line and the API. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from baken.packs.pack import Pack
from baken.packs.schema.doors import Step
from baken.routes.router import DoorAdvice, PhoneLine, Route


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
        "at": _moment(route.now, ZoneInfo(pack.info.timezone)),
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
        "opens_at": _moment(advice.state.opens_at, zone),
        "say": advice.say,
        "footing": list(advice.footing),
        "needs_consent": advice.needs_consent,
        "region": advice.region,
        "source": door.source,
        "checked_on": door.checked_on.isoformat(),
        "confidence": door.confidence,
        "phones": [phone_data(phone) for phone in advice.phones],
        "url": door.url,
        "closes_at": _moment(advice.state.closes_at, zone),
        "local_name": advice.local_name,
        "email": advice.email,
        "region_confidence": advice.region_confidence,
        "hours_known": advice.open is not None,
    }


def phone_data(phone: PhoneLine) -> dict[str, Any]:
    """A telephone number: as written, as dialled, what it is for, and how sure it is."""
    return {"text": phone.text, "dial": phone.href, "label": phone.label, "confidence": phone.confidence}


def step_data(step: Step) -> dict[str, Any]:
    """One thing to do (kind ``do``) or not to do (``dont``)."""
    return {"id": step.id, "text": step.text, "why": step.why, "footing": step.footing, "kind": step.kind}


def _moment(moment: dt.datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None
