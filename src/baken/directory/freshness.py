"""How true a service is today: when each critical field was last made sure of, and when that must be done again. Pure.

Three dates are never one. That something was written (``edited_at``) or that its source was read (``source_seen_at``) makes
nothing fresh; only a person of the organisation, or an editor who asked them, does. An edit can only bring the check nearer.
Local days are those of the time zone of ``now``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from baken.directory.codes import Field, Kind
from baken.directory.parts import part_of
from baken.directory.records import ServiceRecord

DAY = dt.timedelta(days=1)
NOTICE = 14 * DAY
"""So long before it is due, the owner is asked."""
GRACE = 30 * DAY
"""So long after it was due, what it says still counts; then it is shown as not verified."""
LINK_LIFE = 30 * DAY
"""So long the link in that mail works."""
HARD_STOP = 365 * DAY
"""After so long it is hidden, whatever it is."""
ALWAYS = 30 * DAY
"""Crisis doors, and what is open day and night: whoever calls at night finds no second number."""
BY_KIND: Mapping[str, dt.timedelta] = {
    Kind.CRISIS: ALWAYS,
    Kind.SHELTER: 90 * DAY,
    Kind.CARE_COORDINATION: 90 * DAY,
    Kind.POLICE: 90 * DAY,
}
REST = 180 * DAY


class State(StrEnum):
    """How much somebody can rely on it, the best first."""

    FRESH = "fresh"
    DUE = "due"
    LATE = "late"
    UNVERIFIED = "unverified"
    HIDDEN = "hidden"


WORSE = tuple(State)
"""In this order: each is worse than the one before it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One field, made sure of once. ``value`` is the `value_of` what was looked at; "" when that was not kept."""

    field: Field
    at: dt.datetime
    outcome: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class FieldStanding:
    """One field. ``verified_at`` is when what it says now was last found right; None when never."""

    state: State
    verified_at: dt.datetime | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A service as a whole. ``verified_at`` is when all of it was last sure, and survives everything that happens later."""

    state: State
    verified_at: dt.datetime | None
    due_on: dt.date | None
    fields: Mapping[Field, FieldStanding]
    must_hide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What else is known of a service.

    ``pulls``: when something gave reason to look again; those from before it was last sure do not count any more.
    ``signals``: days on which a visitor said that something is wrong, and nobody has looked at it since.
    """

    verified_at: dt.datetime | None = None
    hidden_at: dt.datetime | None = None
    pulls: tuple[dt.datetime, ...] = ()
    signals: tuple[dt.date, ...] = ()


def interval_of(record: ServiceRecord) -> dt.timedelta:
    """How long a verification counts, by how much a mistake harms."""
    hours = (record.hours, *(place.hours for place in record.places))
    if any(text.strip() == "24/7" for text in hours):
        return ALWAYS
    return BY_KIND.get(record.kind, REST)


def fields_of(record: ServiceRecord) -> tuple[Field, ...]:
    """The critical fields that this service has. That it is for everybody is said by saying nothing, so that is always one."""
    has = {
        Field.TELEPHONE: bool(record.door or record.phones or any(place.phones for place in record.places)),
        Field.HOURS: bool(record.door or record.hours or any(place.hours for place in record.places)),
        Field.REFERRAL: bool(record.referral or record.of("nl-mh-access")),
    }
    return tuple(field for field in Field if has.get(field, True))


def value_of(record: ServiceRecord, field: Field) -> str:
    """What the service says about one field, short enough to keep beside a verification."""
    text = json.dumps(part_of(record, field), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def standing(*, record: ServiceRecord, checks: Iterable[Check], known: Known, now: dt.datetime) -> Standing:
    """How true the service is at ``now``, which is in the time zone of the installation.

    ``record`` is the service as it is shown: of a door with the facts of the pack. A verification of a value that is shown no
    more does not count, so that nothing becomes fresh by being changed.
    """
    checks = [check for check in checks if check.at <= now]
    days = interval_of(record)
    fields = {field: _field(record, field, checks, days, now) for field in fields_of(record)}
    found = [field.verified_at for field in fields.values()]
    sure = [moment for moment in found if moment is not None]
    whole = min(sure) if len(sure) == len(found) else None
    verified_at = max((moment for moment in (whole, known.verified_at) if moment is not None), default=None)
    must_hide = _past_hard_stop(record, verified_at, now)
    if verified_at is None:
        return Standing(_hidden_or(State.UNVERIFIED, known), None, None, fields, must_hide)
    due_on = _pulled(_day(verified_at, now) + days, fields.values(), known, verified_at, now)
    return Standing(_hidden_or(_state(due_on, now), known), verified_at, due_on, fields, must_hide)


def is_to_ask(found: Standing, *, asked_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Is it time to ask the owner? From `NOTICE` before it is due; again when they did not answer while the link lasted."""
    if found.due_on is not None and _day(now, now) < found.due_on - NOTICE:
        return False
    answered = asked_at is not None and found.verified_at is not None and asked_at <= found.verified_at
    return asked_at is None or answered or asked_at + LINK_LIFE <= now


def _field(
    record: ServiceRecord, field: Field, checks: list[Check], days: dt.timedelta, now: dt.datetime
) -> FieldStanding:
    value = value_of(record, field)
    own = [check for check in checks if check.field is field]
    right = max((item.at for item in own if item.outcome == "right" and item.value in ("", value)), default=None)
    if right is not None:
        due_on = _due_on(own, right, days, now)
        return FieldStanding(_state(due_on, now), right, due_on)
    before = max((item.at for item in own if item.outcome == "right"), default=None)
    if before is None:
        return FieldStanding(State.UNVERIFIED)
    # What it said before was due, or late: an edit does not put that off.
    return FieldStanding(State.UNVERIFIED, None, min(_day(now, now), _due_on(own, before, days, now)))


def _due_on(own: list[Check], right: dt.datetime, days: dt.timedelta, now: dt.datetime) -> dt.date:
    """When a field that was right is due again; at once when it was found wrong after that."""
    wrong = [_day(item.at, now) for item in own if item.outcome == "wrong" and item.at > right]
    return min([_day(right, now) + days, *wrong])


def _pulled(
    due_on: dt.date,
    fields: Iterable[FieldStanding],
    known: Known,
    verified_at: dt.datetime,
    now: dt.datetime,
) -> dt.date:
    """The day on which it is due, brought forward by what happened since, and by what nobody made sure of as it is now."""
    for field in fields:
        due_on = min(due_on, _day(now, now) if field.due_on is None else field.due_on)
    since = [_day(moment, now) for moment in known.pulls if verified_at < moment <= now]
    return min([due_on, *since, *(day for day in known.signals if day <= _day(now, now))])


def _state(due_on: dt.date, now: dt.datetime) -> State:
    today = _day(now, now)
    if today > due_on + GRACE:
        return State.UNVERIFIED
    if today > due_on:
        return State.LATE
    return State.DUE if today >= due_on - NOTICE else State.FRESH


def _past_hard_stop(record: ServiceRecord, verified_at: dt.datetime | None, now: dt.datetime) -> bool:
    """A year after it was sure; of what never was, a year after an editor read its source. An edit postpones neither."""
    last = _day(verified_at, now) if verified_at else record.source.checked_on
    return last is not None and last + HARD_STOP <= _day(now, now)


def _hidden_or(state: State, known: Known) -> State:
    return State.HIDDEN if known.hidden_at is not None else state


def _day(moment: dt.datetime, now: dt.datetime) -> dt.date:
    return moment.astimezone(now.tzinfo).date()
