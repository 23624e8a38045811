"""Corrections of telephone numbers and opening hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from baken.directory.codes import Field
from baken.directory.hours_rows import Rows, osm_of, rows_of
from baken.directory.owning.days import UnreadableDayError, shown_day, typed_day
from baken.directory.owning.shapes import MOST_LINE, SPARE, FieldError, HoursLines, Line
from baken.directory.owning.words import place_name
from baken.directory.parts import Part, part_of
from baken.directory.records import PhoneRecord, ServiceRecord
from baken.packs.checks import valid_number

MOST_NUMBERS = 8


def _phone_places(record: ServiceRecord) -> list[tuple[str, str, tuple[PhoneRecord, ...]]]:
    """Name of the lines, title, and numbers: of the service, and of each place that has its own."""
    places = [
        (f"telephone-{place.location.id}", place_name(place), place.phones) for place in record.places if place.phones
    ]
    return [("telephone", "", record.phones), *places]


def telephone_inputs(record: ServiceRecord, data: QueryDict | None) -> Mapping[str, Any]:
    """A line per number and an empty one, for the service and for each place that has its own."""
    groups = []
    for name, title, phones in _phone_places(record):
        count = min(len(phones) + SPARE, MOST_NUMBERS)
        lines = [
            Line(
                f"{name}-{number}",
                phones[number].description if number < len(phones) and phones[number].description else _("Number"),
                data.get(f"{name}-{number}", "") if data else (phones[number].number if number < len(phones) else ""),
            )
            for number in range(count)
        ]
        groups.append({"title": title, "lines": lines})
    return {"groups": groups}


def telephone(record: ServiceRecord, data: QueryDict) -> Part:
    """The numbers now. Raises FieldError."""
    typed = {name: _numbers(name, phones, record.country, data) for name, _title, phones in _phone_places(record)}
    if record.door and not typed["telephone"]:
        raise FieldError(_("Give at least one number that can be called."))
    part = part_of(record, Field.TELEPHONE)
    return {
        "phones": typed["telephone"],
        "places": {key: typed.get(f"telephone-{key}", numbers) for key, numbers in part["places"].items()},
    }


def _numbers(name: str, phones: tuple[PhoneRecord, ...], country: str, data: QueryDict) -> list[dict[str, Any]]:
    """The numbers on the lines; an empty line takes its number away, and what a number was for stays with its line."""
    found = []
    for number in range(min(len(phones) + SPARE, MOST_NUMBERS)):
        typed = " ".join(data.get(f"{name}-{number}", "").split())
        if not typed:
            continue
        if len(typed) > MOST_LINE // 2 or not valid_number(typed, country):
            raise FieldError(_("“%(number)s” is not a telephone number that can be called.") % {"number": typed[:30]})
        phone = replace(phones[number], number=typed) if number < len(phones) else PhoneRecord(number=typed)
        found.append({**asdict(phone), "languages": list(phone.languages)})
    return found


def _hour_places(record: ServiceRecord) -> list[tuple[str, str, str]]:
    """Name of the lines, title, and hours: of each place that has its own, and of the service."""
    places = [(f"hours-{place.location.id}", place_name(place), place.hours) for place in record.places if place.hours]
    return [("hours", "", record.hours), *places] if record.hours or not places else places


def hours_inputs(record: ServiceRecord, data: QueryDict | None) -> Mapping[str, Any]:
    """Seven lines for the service, and for each place that has its own hours."""
    return {"weeks": [_week_lines(name, title, osm, data) for name, title, osm in _hour_places(record)]}


def _week_lines(name: str, title: str, osm: str, data: QueryDict | None) -> HoursLines:
    known = rows_of(osm)
    rows = known or Rows()
    days = tuple(
        Line(f"{name}-{day}", str(WEEKDAYS[day]), data.get(f"{name}-{day}", "") if data else shown_day(rows.days[day]))
        for day in range(len(WEEKDAYS))
    )
    if data:
        return HoursLines(name, title, f"{name}-always" in data, f"{name}-holidays" in data, days, known is None)
    return HoursLines(name, title, rows.always, rows.closed_on_holidays, days, known is None)


def hours(record: ServiceRecord, data: QueryDict) -> Part:
    """The hours now. Raises FieldError."""
    typed = {name: _typed_week(name, osm, data) for name, _title, osm in _hour_places(record)}
    part = part_of(record, Field.HOURS)
    return {
        "hours": typed.get("hours", record.hours),
        "places": {key: typed.get(f"hours-{key}", osm) for key, osm in part["places"].items()},
    }


def _typed_week(name: str, osm: str, data: QueryDict) -> str:
    """The week that was filled in; single dates that we know of are kept."""
    known = rows_of(osm) or Rows()
    holidays = f"{name}-holidays" in data
    if f"{name}-always" in data:
        return osm_of(Rows(always=True, closed_on_holidays=holidays, dates=known.dates))
    days = []
    for day, word in WEEKDAYS.items():
        try:
            days.append(typed_day(data.get(f"{name}-{day}", "")[: MOST_LINE * 2]))
        except UnreadableDayError:
            raise FieldError(
                _("We cannot read the hours of %(day)s. Write them like 09:00-12:30, 13:30-17:00, or leave it empty.")
                % {"day": word}
            ) from None
    if not any(days):
        raise FieldError(_("Fill in at least one day. Is it closed for good? Then say so at “Open or closed”."))
    return osm_of(Rows(days=tuple(days), closed_on_holidays=holidays, dates=known.dates))
