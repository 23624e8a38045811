"""A service as HSDS 3.1 in nested form. What HSDS has no place for goes along as attributes of the profile. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from baken.directory.exchange import writing_parts as parts
from baken.directory.exchange.attributes import (
    CUSTOM,
    OF_THE_RECORD,
    VALUE,
    Tag,
    compact,
    structured,
    tag,
    written,
)
from baken.directory.exchange.documents import Altered, Document, History
from baken.directory.exchange.schedules import schedules_of
from baken.directory.exchange.terms import VERIFIED, Data
from baken.directory.records import ServiceRecord

SOMEBODY = "social map"
"""HSDS wants to know who changed a field. We never tell a name."""


def service_data(document: Document, on: dt.date) -> dict[str, Any]:
    """The service. ``on`` is the local day from which opening hours are written out."""
    record = document.record
    return filled(
        {
            **plain(document),
            "organization": parts.organization(record.provider),
            "phones": parts.phones(record.phones, record.id),
            "schedules": schedules_of(record.hours, record.country, record.id, on),
            "service_areas": parts.areas(record),
            "service_at_locations": [parts.at_location(place, record, on) for place in record.places],
            "languages": parts.languages(record),
            "cost_options": parts.costs(record),
            "required_documents": parts.documents(record),
            "capacities": parts.capacities(record),
            "attributes": written(record.id, "service", tags(document)),
            "metadata": [_metadata(item, record) for item in document.history.changes],
        }
    )


def plain(document: Document) -> dict[str, Any]:
    """The fields of the service itself, as a list shows them."""
    record, history = document.record, document.history
    assured = history.assured_on
    return filled(
        {
            "id": str(record.id),
            "name": record.name,
            "alternate_name": record.alternate_name,
            "description": record.description,
            "url": record.url,
            "email": record.email,
            "status": record.status,
            "interpretation_services": record.interpretation,
            "application_process": _how_to_refer(record),
            "fees_description": record.fees,
            "eligibility_description": record.eligibility,
            "minimum_age": record.minimum_age,
            "maximum_age": record.maximum_age,
            "assured_date": assured.isoformat() if assured else None,
            "alert": record.alert,
            "last_modified": parts.moment(history.edited_at) if history.edited_at else None,
        }
    )


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """The object without what is not known: HSDS leaves a field out rather than empty."""
    return {name: value for name, value in data.items() if value not in ("", None, [])}


def tags(document: Document) -> list[Tag]:
    """The attributes of the service itself: codes, then values of ours, then those of other profiles, then checks."""
    record = document.record
    made = [
        Tag("nl-mh-kind", record.kind, link_type=OF_THE_RECORD),
        Tag("nl-mh-visibility", record.visibility, link_type=OF_THE_RECORD),
        *(Tag(taxonomy, code) for taxonomy, code in sorted(record.codes)),
        tag(Data.LANGUAGE, record.language),
        tag(Data.COUNTRY, record.country),
        structured(Data.SOURCE, _source(record)),
    ]
    if record.hours:
        made.append(tag(Data.OPENING_HOURS, record.hours))
    if record.free is not None:
        made.append(tag(Data.FREE, "true" if record.free else "false"))
    if record.door:
        made.append(tag(Data.DOOR, record.door))
    if document.lent:
        made.append(structured(Data.FROM_DOOR, sorted(document.lent)))
    made += [structured(Data.REFERRAL_STEP, asdict(step)) for step in record.referral]
    made += [structured(Data.TRANSLATION, asdict(item)) for item in record.translations]
    made += [Tag(taxonomy, code, link_type=CUSTOM) for taxonomy, code in record.custom]
    return [*made, *_checks(document.history)]


def _source(record: ServiceRecord) -> dict[str, Any]:
    source = record.source
    return {
        **asdict(source),
        "checked_on": source.checked_on.isoformat() if source.checked_on else None,
        "check_by": source.check_by.isoformat() if source.check_by else None,
    }


def _checks(history: History) -> list[Tag]:
    return [
        Tag(
            VERIFIED,
            item.field,
            compact({"at": parts.moment(item.at), "outcome": item.outcome, "role": item.role, "way": item.way}),
            VALUE,
        )
        for item in history.checked
    ]


def _how_to_refer(record: ServiceRecord) -> str:
    """The steps of referring as a text, for readers that do not know our attributes."""
    return "\n".join(step.description for step in record.referral if step.description)


def _metadata(item: Altered, record: ServiceRecord) -> dict[str, Any]:
    return {
        "id": str(item.id),
        "resource_id": str(record.id),
        "resource_type": "service",
        "last_action_date": parts.moment(item.at),
        "last_action_type": "update",
        "field_name": item.field,
        "previous_value": item.before,
        "replacement_value": item.after,
        "updated_by": SOMEBODY,
    }
