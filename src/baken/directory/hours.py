"""Opening hours of services as people read them: a sentence about the usual week, and whether it is open at a moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import opening_hours
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from baken.packs.loader import UnknownPackError, load_pack
from baken.packs.pack import Pack
from baken.routes.cards import moment_text
from baken.routes.factsheets import DayRange, WeekHours, week_hours
from baken.routes.hours import UNKNOWN_HOURS, OpenState, state_at

TWO_DAYS = 2
UNREADABLE: tuple[type[Exception], ...] = (
    opening_hours.ParserError,  # type: ignore[attr-defined]
    opening_hours.UnknownCountryError,  # type: ignore[attr-defined]
)
"""What the library says to hours or a country that it does not know; its type hints do not name them."""


@dataclass(frozen=True, slots=True)
class OpenShown:
    """Open or closed now, in words. ``open`` None: nobody knows the hours."""

    open: bool | None
    text: str
    sentence: str


def country_pack(country: str) -> Pack | None:
    """The pack of a country, when we have one."""
    try:
        return load_pack(country.lower())
    except UnknownPackError:
        return None


def zone_of(country: str) -> ZoneInfo:
    """The time zone of a country; where we have no pack of it, that of the Netherlands."""
    pack = country_pack(country)
    return ZoneInfo(pack.info.timezone if pack else "Europe/Amsterdam")


def open_state(osm: str, country: str, moment: dt.datetime) -> OpenState:
    """Is it open at a moment, and until when or from when? Unknown where nobody knows the hours, or cannot read them."""
    if not osm:
        return UNKNOWN_HOURS
    try:
        return state_at(osm=osm, country=country.upper(), timezone=zone_of(country).key, now=moment)
    except UNREADABLE:
        return UNKNOWN_HOURS


def hours_sentence(osm: str, country: str) -> str:
    """The usual week in words, in the language of the reader; "" where nobody knows it."""
    week = _week(osm, country.upper())
    if week is None:
        return ""
    if week.always:
        return _("Day and night, every day")
    if not week.days:
        return ""
    text = "; ".join(_days(part) for part in week.days)
    return _("%(hours)s, not on public holidays") % {"hours": text} if week.closed_on_holidays else text


@lru_cache(maxsize=4096)
def _week(osm: str, country: str) -> WeekHours | None:
    if not osm:
        return None
    try:
        return week_hours(osm, country=country)
    except UNREADABLE:
        return None


def _days(part: DayRange) -> str:
    first, last = str(WEEKDAYS[part.first]), str(WEEKDAYS[part.last])
    if part.first == part.last:
        days = first
    elif part.last - part.first < TWO_DAYS:
        days = _("%(first)s and %(last)s") % {"first": first, "last": last}
    else:
        days = _("%(first)s to %(last)s") % {"first": first, "last": last}
    times = ", ".join(f"{start // 60}:{start % 60:02}–{end // 60}:{end % 60:02}" for start, end in part.open)
    return f"{days} {times}"


def open_shown(osm: str, country: str, now: dt.datetime) -> OpenShown:
    """Whether it is open now, until or from when, and the usual week."""
    state = open_state(osm, country, now)
    return OpenShown(state.open, state_text(state, now), hours_sentence(osm, country))


def state_text(state: OpenState, now: dt.datetime) -> str:
    """Open or closed in words."""
    if state.open is None:
        return _("Opening hours unknown")
    if state.open:
        if state.closes_at is None:
            return _("Open now")
        return _("Open now, until %(time)s") % {"time": formats.time_format(state.closes_at, "H:i")}
    if state.opens_at is None:
        return _("Closed now")
    return _("Closed now, opens %(moment)s") % {"moment": moment_text(state.opens_at, now)}
