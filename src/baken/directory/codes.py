"""The codes of the profile HSDS-NL-MH: what a service helps with, for whom, and who may see and use it. Pure.

Each enumeration is one taxonomy of the profile; its value is the code of a term, and stays the same for ever. What a code is
called on screen stands in ``labels``.
"""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """What somebody needs: the 15 domains of manuals for care coordination and of the self-sufficiency matrix."""

    SAFETY = "safety"
    SHELTER = "shelter"
    IDENTITY = "identity"
    RESIDENCE = "residence"
    LEGAL = "legal"
    HEALTH = "health"
    SEXUAL_HEALTH = "sexual_health"
    MENTAL_HEALTH = "mental_health"
    ADDICTION = "addiction"
    INCOME = "income"
    WORK = "work"
    EDUCATION = "education"
    FAMILY = "family"
    NETWORK = "network"
    FUTURE = "future"


class Form(StrEnum):
    """A form of exploitation that the service knows about. The values are those of ``situation.form`` in the packs."""

    SEXUAL = "sexual"
    LABOUR = "labour"
    CRIMINAL = "criminal"
    DOMESTIC = "domestic"
    BEGGING = "begging"
    ORGAN = "organ"
    OTHER = "other"


class Gender(StrEnum):
    """For whom the service is, when it is not for everybody."""

    WOMEN = "women"
    MEN = "men"
    OTHER = "other"


class Age(StrEnum):
    """For whom the service is, when it is not for everybody."""

    MINOR = "minor"
    ADULT = "adult"


class Status(StrEnum):
    """Residence status that the service works for, when it is not for everybody."""

    DUTCH = "dutch"
    EU = "eu"
    ASYLUM = "asylum"
    REFLECTION = "reflection"
    PERMIT = "permit"
    UNDOCUMENTED = "undocumented"
    UNACCOMPANIED = "unaccompanied"


class Access(StrEnum):
    """Who can turn to the service."""

    SELF = "self"
    PROFESSIONAL = "professional"
    POLICE = "police"
    NATIONAL_COORDINATOR = "national_coordinator"


class Visibility(StrEnum):
    """Who sees the service."""

    PUBLIC = "public"
    PROFESSIONALS = "professionals"
    HIDDEN = "hidden"


class Kind(StrEnum):
    """What sort of place it is: decides how often it is checked, and what the gap map counts."""

    CRISIS = "crisis"
    SHELTER = "shelter"
    CARE_COORDINATION = "care_coordination"
    FOCAL_POINT = "focal_point"
    POLICE = "police"
    LEGAL_AID = "legal_aid"
    HEALTH_CARE = "health_care"
    ADVICE = "advice"
    SUPPORT = "support"
    OFFICIAL = "official"


class Field(StrEnum):
    """What is checked one by one, because a mistake in it harms."""

    TELEPHONE = "telephone"
    HOURS = "hours"
    FOR_WHOM = "for_whom"
    REFERRAL = "referral"
    STATUS = "status"
    VISIBILITY = "visibility"


class ServiceStatus(StrEnum):
    """Open or closed, in the words of HSDS."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class Confidence(StrEnum):
    """How sure we are of what a source says; the words of the packs."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    UNCONFIRMED = "unconfirmed"


class Channel(StrEnum):
    """How a referral is made."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    FORM = "form"
    IN_PERSON = "in_person"
    LETTER = "letter"


TAXONOMIES: dict[str, type[StrEnum]] = {
    "nl-mh-need": Need,
    "nl-mh-form": Form,
    "nl-mh-gender": Gender,
    "nl-mh-age": Age,
    "nl-mh-status": Status,
    "nl-mh-access": Access,
    "nl-mh-visibility": Visibility,
    "nl-mh-kind": Kind,
}
"""Name of the taxonomy in the profile -> its codes. HSDS puts a code on a service as an attribute."""


def values(codes: type[StrEnum]) -> list[str]:
    """The codes as plain text, for the database and for what is sent elsewhere."""
    return [code.value for code in codes]
