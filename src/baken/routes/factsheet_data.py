"""A factsheet as plain data for the API. Pure."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from baken.routes.factsheets import Factsheet, SheetDoor
from baken.routes.serialise import door_data, moment_data


def factsheet_data(sheet: Factsheet, zone: ZoneInfo) -> dict[str, Any]:
    """Everything on the sheet; moments are in the time zone of the country."""
    return {
        "profession": sheet.code,
        "name": sheet.profession.name,
        "intro": sheet.profession.intro,
        "municipality": sheet.municipality.name if sheet.municipality else None,
        "at": moment_data(sheet.moment, zone),
        "groups": [
            {
                "noticed": group.noticed,
                "signs": [
                    {"code": sign.code, "text": sign.text, "example": sign.example, "urgent": sign.urgent}
                    for sign in group.signs
                ],
            }
            for group in sheet.groups
        ],
        "ask": list(sheet.profession.ask.values()),
        "do": list(sheet.profession.do.values()),
        "dont": list(sheet.donts),
        "emergency": _door(sheet.emergency, zone),
        "doors": [_door(door, zone) for door in sheet.doors],
        "also": [_door(door, zone) for door in sheet.also],
        "footings": [
            {"code": item.code, "title": item.title, "text": item.text, "confidence": item.confidence}
            for item in sheet.footings
        ],
        "guide": list(sheet.guide),
        "sources": list(sheet.sources),
        "unconfirmed": sheet.unconfirmed,
    }


def _door(door: SheetDoor, zone: ZoneInfo) -> dict[str, Any]:
    hours = door.advice.door.hours
    return {**door_data(door.advice, zone), "hours": hours.osm if hours else None}
