"""Strategies that make services for property tests: anything that the social map may hold."""

from __future__ import annotations

import datetime as dt
import uuid

from hypothesis import strategies as st

from baken.directory.codes import TAXONOMIES, Channel, Confidence, Field, Kind, ServiceStatus, Visibility
from baken.directory.exchange.documents import Altered, Checked, Document, History, document
from baken.directory.facts import Facts
from baken.directory.records import (
    AccessibilityRecord,
    AddressRecord,
    AreaRecord,
    CapacityRecord,
    CostRecord,
    DocumentRecord,
    IdentifierRecord,
    LanguageRecord,
    LocationRecord,
    PhoneRecord,
    PlacedRecord,
    ProviderRecord,
    ReferralRecord,
    ServiceRecord,
    SourceRecord,
    TranslationRecord,
)
from baken.directory.words import TRANSLATED

LETTERS = st.characters(codec="utf-8", exclude_characters="\x00")
texts = st.text(LETTERS, max_size=20)
names = st.text(LETTERS, min_size=1, max_size=20)
links = st.sampled_from(("", "https://voorbeeld.example", "http://voorbeeld.example/a?b=c", "https://пример.example"))
emails = st.sampled_from(("", "info@voorbeeld.example", "hulp+1@voorbeeld.example"))
days = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
moments = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))
ids = st.integers(1, 2**128 - 1).map(lambda number: uuid.UUID(int=number))
hours = st.sampled_from(
    ("", "24/7", "Mo-Fr 09:00-17:00; PH off", "Mo-Su 22:00-06:00", "Tu 10:00-12:00,13:00-16:00", "geen idee")
)
codes = st.frozensets(
    st.sampled_from(sorted((taxonomy, str(code)) for taxonomy, found in TAXONOMIES.items() for code in found)),
    max_size=6,
)


def _few(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=2).map(tuple)


phones = st.builds(
    PhoneRecord,
    number=names,
    kind=st.sampled_from(("voice", "text", "fax", "textphone", "video")),
    extension=st.sampled_from(("", "0", "12", "012", "x4", "٣")),
    description=texts,
    languages=_few(st.sampled_from(("nl", "bg", "mkd"))),
)
addresses = st.builds(
    AddressRecord, address_1=names, postal_code=texts, city=texts, province=texts, country=st.sampled_from(("NL", "BG"))
)
degrees = st.none() | st.floats(-90, 90, allow_nan=False)


@st.composite
def locations(draw: st.DrawFn, confidential: bool) -> LocationRecord:
    accessibility = _few(st.builds(AccessibilityRecord, description=texts, details=texts, url=links))
    return LocationRecord(
        id=draw(ids),
        name=draw(texts),
        kind=draw(st.sampled_from(("physical", "postal", "virtual"))),
        municipality=draw(st.sampled_from(("", "GM0363", "GM0344"))),
        confidential=confidential,
        address=None if confidential else draw(st.none() | addresses),
        latitude=None if confidential else draw(degrees),
        longitude=None if confidential else draw(degrees),
        transportation=draw(texts),
        accessibility=draw(accessibility),
    )


@st.composite
def placed(draw: st.DrawFn, confidential: bool) -> PlacedRecord:
    hidden = confidential or draw(st.booleans())
    return PlacedRecord(
        location=draw(locations(hidden)), hours=draw(hours), description=draw(texts), phones=draw(_few(phones))
    )


providers = st.builds(
    ProviderRecord,
    id=ids,
    name=names,
    description=texts,
    url=links,
    email=emails,
    legal_status=texts,
    identifiers=_few(st.builds(IdentifierRecord, scheme=names, identifier=names)),
)
sources = st.builds(
    SourceRecord, name=names, url=links, checked_on=days, check_by=days, confidence=st.sampled_from(list(Confidence))
)
ages = st.none() | st.integers(0, 120)


@st.composite
def services(draw: st.DrawFn) -> ServiceRecord:
    kind, visibility = draw(st.sampled_from(list(Kind))), draw(st.sampled_from(list(Visibility)))
    return ServiceRecord(
        id=draw(ids),
        provider=draw(providers),
        name=draw(names),
        source=draw(sources),
        language=draw(st.sampled_from(("nl", "hu", "bg", "mk"))),
        country=draw(st.sampled_from(("NL", "HU", "BG", "MK", "XX"))),
        kind=kind,
        visibility=visibility,
        status=draw(st.sampled_from(list(ServiceStatus))),
        url=draw(links),
        email=draw(emails),
        hours=draw(hours),
        minimum_age=draw(ages),
        maximum_age=draw(ages),
        free=draw(st.none() | st.booleans()),
        door=draw(st.sampled_from(("", "112", "police/GM"))),
        codes=draw(codes),
        phones=draw(_few(phones)),
        languages=draw(_few(st.builds(LanguageRecord, code=st.sampled_from(("nl", "bg", "mkd")), note=texts))),
        areas=draw(
            _few(st.builds(AreaRecord, kind=st.sampled_from(("country", "municipality")), code=names, name=texts))
        ),
        places=draw(_few(placed(kind == "shelter" or visibility == "hidden"))),
        documents=draw(_few(st.builds(DocumentRecord, document=texts, url=links))),
        costs=draw(_few(st.builds(CostRecord, option=texts, amount=amounts, currency=texts, description=texts))),
        referral=draw(_few(referrals)),
        capacity=draw(_few(capacities)),
        translations=draw(_few(translations)),
        custom=draw(_few(st.tuples(names.map("other:{}".format), names))),
        **{
            name: draw(texts)
            for name in ("alternate_name", "description", "interpretation", "eligibility", "alert", "fees")
        },
    )


amounts = st.sampled_from(("", "12.50", "12.5", "0", "007", "1e3", "null", "vanaf 5"))
referrals = st.builds(
    ReferralRecord,
    channel=st.sampled_from(list(Channel)),
    description=texts,
    consent_needed=st.none() | st.booleans(),
    to_have_ready=texts,
    not_to_send=texts,
)
capacities = st.builds(
    CapacityRecord,
    unit=names,
    available=st.integers(0, 99),
    updated=moments,
    maximum=st.none() | st.integers(0, 99),
    description=texts,
)
translations = st.builds(
    TranslationRecord,
    field=st.sampled_from(TRANSLATED),
    language=st.sampled_from(("en", "bg")),
    text=names,
    source_hash=texts,
    reviewed=st.booleans(),
)
histories = st.builds(
    History,
    edited_at=st.none() | moments,
    checked=_few(
        st.builds(
            Checked,
            field=st.sampled_from(list(Field)),
            at=moments,
            outcome=st.sampled_from(("right", "wrong", "unreachable")),
            role=st.sampled_from(("owner", "editor")),
            way=st.sampled_from(("telephone", "mail_link", "visit")),
        )
    ),
    changes=_few(st.builds(Altered, id=ids, at=moments, field=names, before=texts, after=texts)),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    record = draw(services())
    facts = draw(
        st.none()
        | st.builds(
            Facts,
            phones=st.just(record.phones) if record.phones else _few(phones),
            hours=st.just(record.hours) if record.hours else hours,
            url=st.just(record.url) if record.url else links,
            email=st.just(record.email) if record.email else emails,
            free=st.just(record.free) if record.free is not None else st.booleans(),
            source=st.just(record.source),
        )
    )
    return document(record, facts, draw(histories))
