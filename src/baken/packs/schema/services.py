"""``services.yaml`` and ``services/*.yaml``: what the social map of a country starts with.

The descriptions are content of the social map: it translates them in its own table, so they are no messages of the pack.
The codes are those of ``baken.directory.codes``, which stands above this room; a test holds the two equal.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from baken.packs.schema.base import Id, Line, PackModel, PartialFact
from baken.packs.schema.doors import Hours, Phone
from baken.packs.schema.info import Language, RegionKind

Need = Literal[
    "safety",
    "shelter",
    "identity",
    "residence",
    "legal",
    "health",
    "sexual_health",
    "mental_health",
    "addiction",
    "income",
    "work",
    "education",
    "family",
    "network",
    "future",
]
Form = Literal["sexual", "labour", "criminal", "domestic", "begging", "organ", "other"]
Gender = Literal["women", "men", "other"]
Age = Literal["minor", "adult"]
Status = Literal["dutch", "eu", "asylum", "reflection", "permit", "undocumented", "unaccompanied"]
Access = Literal["self", "professional", "police", "national_coordinator"]
Visibility = Literal["public", "professionals", "hidden"]
Kind = Literal[
    "crisis",
    "shelter",
    "care_coordination",
    "focal_point",
    "police",
    "legal_aid",
    "health_care",
    "advice",
    "support",
    "official",
]
Channel = Literal["telephone", "email", "form", "in_person", "letter"]
LegalBody = Literal["foundation", "association", "public_body", "government", "company", "international"]
Cost = Literal["free", "call_charge", "income_dependent", "insurance"]
Site = Annotated[str, StringConstraints(pattern=r"^https://")]
OF_THE_DOOR = (
    "phones",
    "hours",
    "url",
    "source",
    "source_url",
    "checked_on",
    "check_by",
    "confidence",
)
"""What a service that is a door takes from the door, so that it stands in one place only."""
OWN_FACT = ("source", "checked_on", "check_by", "confidence")


class Provider(PackModel):
    """An organisation that offers services."""

    name: Line
    """As the organisation writes it itself. A name is not translated."""
    description: Line | None = None
    url: Site | None = None
    legal_body: LegalBody | None = None
    """Unknown when left out."""


class Area(PackModel):
    """For whom by place: exactly one of these."""

    nationwide: bool = False
    """The whole country of the pack."""
    country: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    """The whole of another country."""
    regions: dict[RegionKind, Annotated[list[str], Field(min_length=1)]] = {}
    """Kind of region -> ids of ``regions.yaml``."""
    municipalities: list[str] = []
    """Codes of ``municipalities.csv``."""
    towns: list[Line] = []
    """Names, in a country of which the pack has no municipalities."""

    @model_validator(mode="after")
    def _one_of_them(self) -> Area:
        if len([1 for name in type(self).model_fields if getattr(self, name)]) != 1:
            raise ValueError("expected one of nationwide, country, regions, municipalities, towns")
        return self


class Address(PackModel):
    """A visiting address that the provider publishes. Never of a shelter."""

    street: Line
    """Street and number."""
    postcode: Line | None = None
    town: Line


class Referral(PackModel):
    """One step of referring somebody; the order in the file is the order of the steps."""

    channel: Channel | None = None
    """Unknown when left out."""
    front_gate: Id | None = None
    """The service that is asked for a place here, when it is another one."""
    by: list[Access] = []
    """Who may refer; unknown when empty."""
    consent_needed: bool | None = None
    how: Line | None = None
    have_ready: Line | None = None
    leave_out: Line | None = None
    """What not to send."""


class Service(PartialFact):
    """What a provider offers.

    A service that is a ``door`` has its telephone, hours, site and source there and may not repeat them. Every other service
    has a source, two dates and a confidence of its own.
    """

    provider: Id
    door: Id | None = None
    """The door of ``doors.yaml`` that this service is. Each door is one service."""
    part_of_door: Id | None = None
    """The door that this service is in its own region only, for a door that differs per region."""
    name: Line
    """In the language of the file. A name is not translated."""
    description: Line
    """One to three plain sentences in the language of the file."""
    kind: Kind
    needs: Annotated[list[Need], Field(min_length=1)]
    forms: list[Form] = []
    """Forms of exploitation that it knows about; every form when empty."""
    genders: list[Gender] = []
    """Everybody when empty, as with ages and statuses."""
    ages: list[Age] = []
    statuses: list[Status] = []
    access: Annotated[list[Access], Field(min_length=1)]
    """Who can turn to it."""
    visibility: Visibility
    languages: list[Language] = []
    """Languages that are surely spoken there; unknown when empty."""
    phones: list[Phone] = []
    hours: Hours | None = None
    """Unknown when left out. Never guessed."""
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    url: Site | None = None
    """Page of this service, when it is not the site of the provider."""
    area: Area
    municipality: str | None = None
    """Code of the municipality that people come to. Of a shelter only when that is published."""
    address: Address | None = None
    referral: list[Referral] = []
    costs: Cost | None = None
    """Unknown when left out."""
    source_url: Site | None = None
    note: Line | None = None
    """What a reader must know about these facts, for example that the page is old."""

    @model_validator(mode="after")
    def _facts_stand_in_one_place(self) -> Service:
        if self.door and self.part_of_door:
            raise ValueError("expected door or part_of_door, not both")
        if self.door or self.part_of_door:
            if repeated := [name for name in OF_THE_DOOR if getattr(self, name)]:
                raise ValueError(f"expected these to stand with the door only: {', '.join(repeated)}")
        elif missing := [name for name in OWN_FACT if getattr(self, name) is None]:
            raise ValueError(f"expected these, because the service is no door: {', '.join(missing)}")
        return self

    @model_validator(mode="after")
    def _shelters_stay_out_of_sight(self) -> Service:
        if self.kind == "shelter" and self.visibility == "public":
            raise ValueError("expected a shelter to be for professionals or hidden; its front gate may be public")
        if self.address and (self.kind == "shelter" or self.visibility == "hidden"):
            raise ValueError("expected no address: the place of a shelter is never stored")
        if self.visibility == "hidden" and (self.phones or self.email or self.url):
            raise ValueError("expected no telephone, e-mail or page of a hidden service: give its front gate")
        if self.visibility == "hidden" and not any(step.front_gate for step in self.referral):
            raise ValueError("expected a referral step with the front gate of this hidden service")
        return self


class ServicesFile(PackModel):
    """``services.yaml`` or a file of ``services/``; loaded, all files of a country together."""

    language: Language
    """In which names and descriptions are written; the same in all files of a country."""
    providers: dict[Id, Provider] = {}
    services: dict[Id, Service] = {}
