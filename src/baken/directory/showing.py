"""A service as its page shows it: every text with its language, every fact in words, the three dates apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.directory import labels, models
from baken.directory.codes import Channel, Visibility
from baken.directory.facts import Facts
from baken.directory.hours import OpenShown, open_shown
from baken.directory.records import CapacityRecord, CostRecord, PlacedRecord, ReferralRecord, ServiceRecord
from baken.directory.telephones import PhoneShown, phones_shown
from baken.directory.words import Shown, shown
from baken.packs.pack import Pack
from baken.routes.cards import moment_text

CAPACITY_FRESH = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """One place. Of a confidential one the municipality is all there is."""

    name: str
    municipality: str
    confidential: bool
    address: tuple[str, ...]
    description: str
    transportation: str
    phones: tuple[PhoneShown, ...]
    hours: OpenShown
    accessibility: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of referring somebody."""

    channel: str
    description: str
    consent: str
    to_have_ready: str
    not_to_send: str


@dataclass(frozen=True, slots=True)
class DatesShown:
    """Three dates, never one. ``how``: by whom and in which way it was confirmed; "" when nobody did yet."""

    source_seen: dt.date | None
    confirmed: dt.date | None
    how: str
    edited: dt.date
    overdue: bool


@dataclass(frozen=True, slots=True)
class FactShown:
    """Where it stands, for the fact component."""

    source: str
    source_url: str
    confidence: str
    overdue: bool = False
    note: str = ""
    checked_on: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceShown:
    """Everything that the page of a service says."""

    id: str
    card: str
    name: Shown
    alternate_name: Shown
    description: Shown
    eligibility: Shown
    fees: Shown
    alert: Shown
    interpretation: Shown
    provider: str
    kind: str
    phones: tuple[PhoneShown, ...]
    url: str
    email: str
    hours: OpenShown
    needs: tuple[str, ...]
    forms: tuple[str, ...]
    whom: tuple[str, ...]
    access: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]
    places: tuple[PlaceShown, ...]
    costs: tuple[str, ...]
    free: bool | None
    documents: tuple[tuple[str, str], ...]
    referral: tuple[StepShown, ...]
    capacity: tuple[str, ...]
    dates: DatesShown
    fact: FactShown
    visible_to_all: bool
    closed_for_now: bool
    only_for: str
    source_language: str
    source_language_name: str

    @property
    def anything_translated(self) -> bool:
        """Does a text stand here in another language than the reader's?"""
        texts = (self.description, self.eligibility, self.fees, self.alert, self.interpretation)
        return any(text.text and text.language != get_language() for text in texts)


def service_shown(
    service: models.Service,
    record: ServiceRecord,
    facts: Facts,
    pack: Pack | None,
    *,
    professional: bool,
    now: dt.datetime,
) -> ServiceShown:
    """The service for one reader; ``professional``: also what is only for who signed in."""
    language = get_language() or "nl"
    country = record.country
    return ServiceShown(
        id=str(record.id),
        card=service.card,
        **{name: shown(record, name, language) for name in _TEXTS},
        provider=record.provider.name,
        kind=labels.label("nl-mh-kind", record.kind),
        phones=phones_shown(facts.phones, country),
        url=facts.url,
        email=facts.email,
        hours=open_shown(facts.hours, country, now),
        needs=tuple(labels.labels("nl-mh-need", record.of("nl-mh-need"))),
        forms=tuple(labels.labels("nl-mh-form", record.of("nl-mh-form"))),
        whom=_whom(record),
        access=tuple(labels.labels("nl-mh-access", record.of("nl-mh-access"))),
        languages=tuple((labels.language_name(item.code), item.note) for item in record.languages),
        areas=tuple(_area(item.kind, item.code, item.name) for item in record.areas),
        places=tuple(_place(item, record, pack, now) for item in record.places),
        costs=tuple(_cost(item) for item in record.costs),
        free=facts.free,
        documents=tuple((item.document, item.url) for item in record.documents),
        referral=tuple(_step(item) for item in record.referral),
        capacity=_capacity(record.capacity, now) if professional else (),
        dates=_dates(service, facts, now),
        fact=FactShown(facts.source.name, facts.source.url, facts.source.confidence),
        visible_to_all=record.visibility == Visibility.PUBLIC,
        closed_for_now=record.status == "temporarily closed",
        only_for=_only_for(record.visibility),
        source_language=record.language,
        source_language_name=labels.language_name(record.language),
    )


_TEXTS = ("name", "alternate_name", "description", "eligibility", "fees", "alert", "interpretation")


def _whom(record: ServiceRecord) -> tuple[str, ...]:
    """For whom it is, when it is not for everybody."""
    found = [
        text for name in ("nl-mh-gender", "nl-mh-age", "nl-mh-status") for text in labels.labels(name, record.of(name))
    ]
    if record.minimum_age is not None and record.maximum_age is not None:
        found.append(
            _("From %(first)d to %(last)d years old") % {"first": record.minimum_age, "last": record.maximum_age}
        )
    elif record.minimum_age is not None:
        found.append(_("From %(first)d years old") % {"first": record.minimum_age})
    elif record.maximum_age is not None:
        found.append(_("Until %(last)d years old") % {"last": record.maximum_age})
    return tuple(found)


def _area(kind: str, code: str, name: str) -> str:
    if kind == "country":
        return _("The whole of %(country)s") % {"country": labels.country_name(code)}
    return name or code


def _place(item: PlacedRecord, record: ServiceRecord, pack: Pack | None, now: dt.datetime) -> PlaceShown:
    place = item.location
    known = pack.places.municipalities.get(place.municipality) if pack else None
    address: tuple[str, ...] = ()
    if place.address:
        town = " ".join(part for part in (place.address.postal_code, place.address.city) if part)
        address = tuple(part for part in (place.address.address_1, town) if part)
    return PlaceShown(
        name=place.name,
        municipality=known.name if known else "",
        confidential=place.confidential,
        address=address,
        description=item.description,
        transportation=place.transportation,
        phones=phones_shown(item.phones, record.country),
        hours=open_shown(item.hours, record.country, now),
        accessibility=tuple((part.description, part.details) for part in place.accessibility),
    )


def _cost(item: CostRecord) -> str:
    amount = " ".join(part for part in (item.currency, item.amount) if part)
    return ": ".join(part for part in (item.option, " ".join(x for x in (amount, item.description) if x)) if part)


def _step(item: ReferralRecord) -> StepShown:
    consent = ""
    if item.consent_needed is not None:
        consent = _("Needs consent of the person") if item.consent_needed else _("Possible without consent")
    return StepShown(
        channel=str(labels.CHANNEL[Channel(item.channel)]) if item.channel else "",
        description=item.description,
        consent=consent,
        to_have_ready=item.to_have_ready,
        not_to_send=item.not_to_send,
    )


def _capacity(items: tuple[CapacityRecord, ...], now: dt.datetime) -> tuple[str, ...]:
    """Free places, only while somebody said so less than a day ago."""
    return tuple(
        " ".join(
            part
            for part in (
                _("%(available)d free: %(unit)s (reported %(moment)s).")
                % {
                    "available": item.available,
                    "unit": item.unit,
                    "moment": moment_text(item.updated.astimezone(now.tzinfo), now),
                },
                item.description,
            )
            if part
        )
        for item in items
        if dt.timedelta(0) <= now - item.updated < CAPACITY_FRESH
    )


def _dates(service: models.Service, facts: Facts, now: dt.datetime) -> DatesShown:
    seen = [facts.source.checked_on, service.source_seen_at.date() if service.source_seen_at else None]
    confirmed = service.verified_at.date() if service.verified_at else None
    due = service.due_on if confirmed else facts.source.check_by
    return DatesShown(
        source_seen=max((date for date in seen if date), default=None),
        confirmed=confirmed,
        how=_how(service) if confirmed else "",
        edited=service.edited_at.date(),
        overdue=bool(due and due < now.date()),
    )


def _how(service: models.Service) -> str:
    """In which way the last check was made, for the sentence about it."""
    right = [item for item in service.verifications.all() if item.outcome == "right"]
    if not right:
        return ""
    last = max(right, key=lambda item: item.at)
    if last.role == "owner":
        return _("by the organisation itself")
    if last.way == "visit":
        return _("by an editor who visited")
    return _("by telephone")


def _only_for(visibility: str) -> str:
    if visibility == Visibility.PROFESSIONALS:
        return _("Only professionals who signed in see this.")
    return _("Only editors see this.") if visibility == Visibility.HIDDEN else ""
