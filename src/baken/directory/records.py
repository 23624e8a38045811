"""A service as one plain value, with everything that belongs to it. Pure.

Packs, imports, exports, the editor's form and the tests all speak in these records; ``actions.putting`` is the one place that
writes them to tables, and ``queries.records_of`` the one that reads them back. Times are aware; dates are local dates; a text
that is not known is "", never a guess.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from baken.directory.codes import TAXONOMIES

NAMESPACE = uuid.UUID("8f1d6c1e-55a2-5c0b-9a39-6f3f0c9f2b11")
"""Ids of things that a pack or an import names with words are made in this space, so that they stay the same everywhere."""


def id_of(*names: str) -> uuid.UUID:
    """The id of the thing with these names, from the outside to the inside: country, kind, name."""
    return uuid.uuid5(NAMESPACE, "/".join(names))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """Where the facts come from. ``checked_on`` is when the source was read, never when somebody was called."""

    name: str
    url: str = ""
    checked_on: dt.date | None = None
    check_by: dt.date | None = None
    confidence: str = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRecord:
    """A telephone number, as dialled inside the country or with + and the country code."""

    number: str
    kind: str = "voice"
    extension: str = ""
    description: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRecord:
    """A postal address that everybody may know."""

    address_1: str
    postal_code: str = ""
    city: str = ""
    province: str = ""
    country: str = "NL"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityRecord:
    """Can somebody in a wheelchair, or who hears or sees little, use the place?"""

    description: str
    details: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRecord:
    """A place. A confidential one has a municipality at most: its address is never stored, not even here.

    Raises ValueError when a confidential place is given an address or a point.
    """

    id: uuid.UUID
    name: str = ""
    kind: str = "physical"
    municipality: str = ""
    confidential: bool = False
    address: AddressRecord | None = None
    latitude: float | None = None
    longitude: float | None = None
    transportation: str = ""
    accessibility: tuple[AccessibilityRecord, ...] = ()

    def __post_init__(self) -> None:
        if self.confidential and (self.address or self.latitude is not None or self.longitude is not None):
            raise ValueError("The address of a confidential place is never stored; give its front gate")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRecord:
    """The service at one place, with hours and numbers that hold there only. ``hours`` is an OpenStreetMap string."""

    location: LocationRecord
    hours: str = ""
    description: str = ""
    phones: tuple[PhoneRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRecord:
    """For whom by place. ``kind`` is ``country``, ``municipality``, or a kind of region of the pack; ``code`` its code there."""

    kind: str
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRecord:
    """One step of referring somebody; the order is that of the tuple.

    ``channel`` is "" and ``consent_needed`` None when nobody knows.
    """

    channel: str
    description: str = ""
    consent_needed: bool | None = None
    to_have_ready: str = ""
    not_to_send: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRecord:
    """What it costs. ``amount`` is in units of ``currency``, as text with a point: ``12.50``; "" when there is no one amount."""

    option: str
    amount: str = ""
    currency: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A paper that somebody must bring."""

    document: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRecord:
    """A language that is spoken there: ISO 639-1 or 639-3. ``note`` says for example that it is through an interpreter."""

    code: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityRecord:
    """Free places at one moment. Shown to professionals only, and only while fresh."""

    unit: str
    available: int
    updated: dt.datetime
    maximum: int | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierRecord:
    """A number in a register, such as NL-KVK."""

    scheme: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRecord:
    """Who offers services."""

    id: uuid.UUID
    name: str
    description: str = ""
    url: str = ""
    email: str = ""
    legal_status: str = ""
    identifiers: tuple[IdentifierRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationRecord:
    """One text of the service in another language, made from the source text with ``source_hash``."""

    field: str
    language: str
    text: str
    source_hash: str
    reviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecord:
    """One service with everything that belongs to it.

    ``codes`` holds pairs of taxonomy and code (see ``codes.TAXONOMIES``); a service with no code of a for-whom taxonomy is for
    everybody. ``door`` is the id of the pack's door that this service is: telephone, hours, web address and source of a door are
    the door's own and are not repeated here, so that a map and a route can never differ.
    """

    id: uuid.UUID
    provider: ProviderRecord
    name: str
    source: SourceRecord
    alternate_name: str = ""
    description: str = ""
    language: str = "nl"
    country: str = "NL"
    kind: str = "support"
    visibility: str = "public"
    status: str = "active"
    url: str = ""
    email: str = ""
    hours: str = ""
    interpretation: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    alert: str = ""
    fees: str = ""
    free: bool | None = None
    door: str = ""
    codes: frozenset[tuple[str, str]] = frozenset()
    phones: tuple[PhoneRecord, ...] = ()
    languages: tuple[LanguageRecord, ...] = ()
    areas: tuple[AreaRecord, ...] = ()
    places: tuple[PlacedRecord, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    costs: tuple[CostRecord, ...] = ()
    referral: tuple[ReferralRecord, ...] = ()
    capacity: tuple[CapacityRecord, ...] = ()
    translations: tuple[TranslationRecord, ...] = ()
    custom: tuple[tuple[str, str], ...] = field(default=())
    """Attributes of other profiles, kept as they came: (taxonomy, code)."""

    def __post_init__(self) -> None:
        for taxonomy, code in self.codes:
            if taxonomy not in TAXONOMIES or code not in set(TAXONOMIES[taxonomy]):
                raise ValueError(f"{taxonomy} has no code '{code}'")
        if self.out_of_sight and not all(place.location.confidential for place in self.places):
            raise ValueError("Only confidential places go with a shelter or a hidden service")

    @property
    def out_of_sight(self) -> bool:
        """Must nobody learn where it is?"""
        return self.kind == "shelter" or self.visibility == "hidden"

    def of(self, taxonomy: str) -> frozenset[str]:
        """The codes of one taxonomy."""
        return frozenset(code for name, code in self.codes if name == taxonomy)
