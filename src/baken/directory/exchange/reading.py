"""A service of HSDS 3.1 as a record: ours whole, a foreign one as far as it can be said. Pure.

What cannot be taken over is never dropped in silence: ``Read.left`` lists it. What the file does not speak of is not in
``Read.told``, so that a file without telephone numbers does not say that there are none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from baken.directory.codes import TAXONOMIES, Channel, Confidence, Field, Kind, ServiceStatus, Visibility
from baken.directory.exchange import reading_parts as parts
from baken.directory.exchange.documents import LENDABLE, Altered, Checked, Document, History
from baken.directory.exchange.given import Given, UnreadableError
from baken.directory.exchange.tags import Tags
from baken.directory.exchange.terms import VERIFIED, Data
from baken.directory.records import ReferralRecord, ServiceRecord, SourceRecord, TranslationRecord
from baken.directory.words import TRANSLATED

EVERY_FIELD = frozenset(item.name for item in fields(ServiceRecord))
ALWAYS_TOLD = frozenset({"id", "name", "provider", "status"})
FROM_ELSEWHERE = frozenset({"language", "country", "kind", "visibility", "source"})
"""What our profile says and HSDS does not; of a foreign file these are what we fill in."""
OUTCOMES, ROLES = ("right", "wrong", "unreachable"), ("owner", "editor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a foreign file comes from: stands as the source of what we add from it."""

    name: str
    on: dt.date
    country: str = "NL"
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Read:
    """One service of a file: what it says, of which fields it speaks, and what could not be taken over."""

    document: Document
    told: frozenset[str]
    left: tuple[str, ...]
    where: str
    ours: bool


def read_service(data: Any, origin: Origin, where: str = "") -> Read:
    """The service of one object. Raises UnreadableError, with the path to what is wrong."""
    given = Given(data, where)
    tags = Tags(given)
    ours = tags.first(Data.SOURCE) is not None
    try:
        record = _record(given, tags, origin)
    except ValueError as error:
        raise UnreadableError(where or "service", str(error)) from None
    lent = frozenset(tags.json(Data.FROM_DOOR) or ()) & set(LENDABLE)
    made = Document(record=record, history=_history(given, tags), lent=lent)
    told = EVERY_FIELD if ours else frozenset(ALWAYS_TOLD | {name for name in EVERY_FIELD if getattr(record, name)})
    told = told if ours else told - FROM_ELSEWHERE | tags.told
    given.passed("organization_id")
    return Read(made, told, tuple(dict.fromkeys([*given.left(), *tags.left()])), where, ours)


def _record(given: Given, tags: Tags, origin: Origin) -> ServiceRecord:
    country = tags.first(Data.COUNTRY) or origin.country
    name, status = given.text("name"), given.text("status") or ServiceStatus.ACTIVE
    if not name:
        raise UnreadableError(f"{given.where}.name", "expected a name")
    kind = tags.record_code("nl-mh-kind", Kind.SUPPORT)
    # Who may see a service is for an editor to decide: one from elsewhere does not stand open to all at once.
    visibility = tags.record_code("nl-mh-visibility", Visibility.PROFESSIONALS)
    free = tags.first(Data.FREE)
    return ServiceRecord(
        id=given.id(),
        provider=parts.provider(given),
        name=name,
        source=_source(tags, origin),
        alternate_name=given.text("alternate_name"),
        description=given.text("description"),
        language=tags.first(Data.LANGUAGE) or origin.language,
        country=country,
        kind=_one_of(kind, Kind, "kind"),
        visibility=_one_of(visibility, Visibility, "visibility"),
        status=_one_of(status, ServiceStatus, f"{given.where}.status"),
        url=given.link("url"),
        email=given.email("email"),
        hours=parts.hours(given, tags, country),
        interpretation=given.text("interpretation_services"),
        eligibility=given.text("eligibility_description"),
        minimum_age=given.whole("minimum_age"),
        maximum_age=given.whole("maximum_age"),
        alert=given.text("alert"),
        fees=given.text("fees_description"),
        free=None if free is None else free == "true",
        door=tags.first(Data.DOOR) or "",
        codes=frozenset((taxonomy, code) for taxonomy, code in tags.codes() if taxonomy in TAXONOMIES),
        phones=parts.phones(given),
        languages=parts.languages(given),
        areas=parts.areas(given),
        places=tuple(parts.placed(item, country) for item in given.many("service_at_locations")),
        documents=parts.documents(given),
        costs=parts.costs(given),
        referral=_referral(given, tags),
        capacity=parts.capacities(given),
        translations=_translations(tags),
        custom=tags.custom(),
    )


def _one_of(code: str, known: Any, where: str) -> str:
    if code not in set(known):
        raise UnreadableError(where, f"expected one of {', '.join(known)}; found '{code[:60]}'")
    return code


def _source(tags: Tags, origin: Origin) -> SourceRecord:
    told = tags.object(Data.SOURCE)
    if told is None:
        return SourceRecord(name=origin.name, checked_on=origin.on)
    return SourceRecord(
        name=told.text("name") or origin.name,
        url=told.link("url"),
        checked_on=told.day("checked_on"),
        check_by=told.day("check_by"),
        confidence=_one_of(told.text("confidence") or Confidence.UNCONFIRMED, Confidence, "source.confidence"),
    )


def _referral(given: Given, tags: Tags) -> tuple[ReferralRecord, ...]:
    steps = tags.objects(Data.REFERRAL_STEP)
    if steps:
        # The text for others is made of the steps.
        given.passed("application_process")
    return tuple(
        ReferralRecord(
            channel=_one_of(step.text("channel"), Channel, "referral_step.channel"),
            description=step.text("description"),
            consent_needed=_truth(step, "consent_needed"),
            to_have_ready=step.text("to_have_ready"),
            not_to_send=step.text("not_to_send"),
        )
        for step in steps
    )


def _truth(step: Given, name: str) -> bool | None:
    found = step.raw(name)
    if found not in (True, False, None):
        raise UnreadableError(f"{step.where}.{name}", "expected true, false or nothing")
    return found if found is None else bool(found)


def _translations(tags: Tags) -> tuple[TranslationRecord, ...]:
    return tuple(
        TranslationRecord(
            field=_one_of(item.text("field"), TRANSLATED, "translation.field"),
            language=item.text("language"),
            text=item.text("text"),
            source_hash=item.text("source_hash"),
            reviewed=bool(_truth(item, "reviewed")),
        )
        for item in tags.objects(Data.TRANSLATION)
    )


def _history(given: Given, tags: Tags) -> History:
    given.day("assured_date")
    return History(
        edited_at=given.moment("last_modified"),
        checked=_checked(tags),
        changes=tuple(_altered(item) for item in given.many("metadata")),
    )


def _checked(tags: Tags) -> tuple[Checked, ...]:
    found = []
    for field, item in tags.values(VERIFIED):
        at = item.moment("at")
        if at is None:
            raise UnreadableError(f"{item.where}.at", "expected a moment")
        found.append(
            Checked(
                field=_one_of(field, Field, VERIFIED),
                at=at,
                outcome=_one_of(item.text("outcome"), OUTCOMES, "outcome"),
                role=_one_of(item.text("role"), ROLES, "role"),
                way=item.text("way"),
            )
        )
    return tuple(found)


def _altered(item: Given) -> Altered:
    at = item.text("last_action_date")
    moment = item.moment("last_action_date") if len(at) > 10 else _midnight(item)
    item.passed("resource_id", "resource_type", "last_action_type", "updated_by")
    return Altered(
        id=item.id(),
        at=moment or dt.datetime.min.replace(tzinfo=dt.UTC),
        field=item.text("field_name"),
        before=item.text("previous_value"),
        after=item.text("replacement_value"),
    )


def _midnight(item: Given) -> dt.datetime | None:
    day = item.day("last_action_date")
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC) if day else None


def left_of(reads: Sequence[Read]) -> tuple[str, ...]:
    """What of a whole file was not taken over."""
    return tuple(item for read in reads for item in read.left)
