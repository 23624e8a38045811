"""What the codes of the social map are called on screen: in the language of the reader, in plain words that judge nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import get_language_info, gettext_lazy

from baken.directory.codes import (
    TAXONOMIES,
    Access,
    Age,
    Channel,
    Confidence,
    Field,
    Form,
    Gender,
    Kind,
    Need,
    ServiceStatus,
    Status,
    Visibility,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_ = gettext_lazy

NEED: Mapping[Need, _StrPromise] = {
    Need.SAFETY: _("Safety"),
    Need.SHELTER: _("A place to stay"),
    Need.IDENTITY: _("Identity papers"),
    Need.RESIDENCE: _("Right to stay"),
    Need.LEGAL: _("Legal help"),
    Need.HEALTH: _("Health"),
    Need.SEXUAL_HEALTH: _("Sexual health and pregnancy"),
    Need.MENTAL_HEALTH: _("Mental health"),
    Need.ADDICTION: _("Addiction"),
    Need.INCOME: _("Money and debts"),
    Need.WORK: _("Work and wages"),
    Need.EDUCATION: _("School and language"),
    Need.FAMILY: _("Family and children"),
    Need.NETWORK: _("Contact with others"),
    Need.FUTURE: _("Plans for later, here or elsewhere"),
}
FORM: Mapping[Form, _StrPromise] = {
    Form.SEXUAL: _("Forced sex work or sexual acts"),
    Form.LABOUR: _("Exploitation at work"),
    Form.CRIMINAL: _("Forced to commit crimes"),
    Form.DOMESTIC: _("Exploitation in a household"),
    Form.BEGGING: _("Forced begging"),
    Form.ORGAN: _("Forced to give an organ"),
    Form.OTHER: _("Something else"),
}
GENDER: Mapping[Gender, _StrPromise] = {
    Gender.WOMEN: _("Women"),
    Gender.MEN: _("Men"),
    Gender.OTHER: _("People with another gender"),
}
AGE: Mapping[Age, _StrPromise] = {
    Age.MINOR: _("Under 18"),
    Age.ADULT: _("18 or older"),
}
STATUS: Mapping[Status, _StrPromise] = {
    Status.DUTCH: _("Dutch nationality"),
    Status.EU: _("From another EU country"),
    Status.ASYLUM: _("Asks for asylum"),
    Status.REFLECTION: _("In the time to think it over (B8)"),
    Status.PERMIT: _("Has a residence permit"),
    Status.UNDOCUMENTED: _("Has no papers"),
    Status.UNACCOMPANIED: _("A minor without parents here"),
}
ACCESS: Mapping[Access, _StrPromise] = {
    Access.SELF: _("The person can call or come"),
    Access.PROFESSIONAL: _("A professional refers"),
    Access.POLICE: _("The police refer"),
    Access.NATIONAL_COORDINATOR: _("Only through the national coordinator"),
}
VISIBILITY: Mapping[Visibility, _StrPromise] = {
    Visibility.PUBLIC: _("Everybody sees it"),
    Visibility.PROFESSIONALS: _("Professionals who signed in see it"),
    Visibility.HIDDEN: _("Only editors see it"),
}
KIND: Mapping[Kind, _StrPromise] = {
    Kind.CRISIS: _("Help in an emergency"),
    Kind.SHELTER: _("Place to stay"),
    Kind.CARE_COORDINATION: _("Care coordinator"),
    Kind.FOCAL_POINT: _("Focal point"),
    Kind.POLICE: _("Police"),
    Kind.LEGAL_AID: _("Legal advice"),
    Kind.HEALTH_CARE: _("Care"),
    Kind.ADVICE: _("Advice"),
    Kind.SUPPORT: _("Support"),
    Kind.OFFICIAL: _("Government service"),
}
"""Neutral on purpose: these are also the titles of a card that somebody carries."""
KINDS: Mapping[Kind, _StrPromise] = {
    Kind.CRISIS: _("Help in emergencies"),
    Kind.SHELTER: _("Places to stay"),
    Kind.CARE_COORDINATION: _("Care coordinators"),
    Kind.FOCAL_POINT: _("Focal points"),
    Kind.POLICE: _("Police units"),
    Kind.LEGAL_AID: _("Lawyers and legal advice"),
    Kind.HEALTH_CARE: _("Health care"),
    Kind.ADVICE: _("Advice by telephone or chat"),
    Kind.SUPPORT: _("Support and company"),
    Kind.OFFICIAL: _("Government services"),
}
"""The same, of more than one, for lists, tables and maps."""
FIELD: Mapping[Field, _StrPromise] = {
    Field.TELEPHONE: _("Telephone"),
    Field.HOURS: _("Opening hours"),
    Field.FOR_WHOM: _("For whom it is"),
    Field.REFERRAL: _("How to refer"),
    Field.STATUS: _("Open or closed"),
    Field.VISIBILITY: _("Who may see it"),
}
SERVICE_STATUS: Mapping[ServiceStatus, _StrPromise] = {
    ServiceStatus.ACTIVE: _("Open for people"),
    ServiceStatus.INACTIVE: _("Not at work"),
    ServiceStatus.DEFUNCT: _("Does not exist any more"),
    ServiceStatus.TEMPORARILY_CLOSED: _("Closed for a while"),
}
CONFIDENCE: Mapping[Confidence, _StrPromise] = {
    Confidence.CONFIRMED: _("Confirmed"),
    Confidence.REPORTED: _("Reported, not compared with the first source"),
    Confidence.UNCONFIRMED: _("Not confirmed"),
}
CHANNEL: Mapping[Channel, _StrPromise] = {
    Channel.TELEPHONE: _("By telephone"),
    Channel.EMAIL: _("By e-mail"),
    Channel.FORM: _("With a form"),
    Channel.IN_PERSON: _("In person"),
    Channel.LETTER: _("By letter"),
}
AREA: Mapping[str, _StrPromise] = {
    "country": _("Country"),
    "municipality": _("Municipality"),
    "town": _("Town"),
    "province": _("Province"),
    "veilig_thuis": _("Veilig Thuis region"),
    "police_unit": _("Police unit"),
    "care_coordination": _("Region of care coordination"),
    "safety_region": _("Safety region"),
    "court_district": _("Court district"),
    "focal_point": _("Area of a focal point"),
}
"""Kinds of area for which a service is: ``AreaRecord.kind``."""
PHONE_KIND: Mapping[str, _StrPromise] = {
    "voice": _("Telephone"),
    "text": _("Text message"),
    "fax": _("Fax"),
    "textphone": _("Text telephone"),
    "video": _("Video call"),
}
SIGNAL: Mapping[str, _StrPromise] = {
    "number_not_working": _("This number does not work"),
    "closed": _("It is closed"),
    "not_for_them": _("It is not for the people named here"),
    "other": _("Something else is wrong"),
}
COUNTRY: Mapping[str, _StrPromise] = {
    "NL": _("the Netherlands"),
    "HU": _("Hungary"),
    "BG": _("Bulgaria"),
    "MK": _("North Macedonia"),
}
TAXONOMY: Mapping[str, _StrPromise] = {
    "nl-mh-need": _("Helps with"),
    "nl-mh-form": _("Knows about"),
    "nl-mh-gender": _("Gender"),
    "nl-mh-age": _("Age"),
    "nl-mh-status": _("Residence status"),
    "nl-mh-access": _("Who can turn to it"),
    "nl-mh-visibility": _("Who sees it"),
    "nl-mh-kind": _("Kind of place"),
}
BY_TAXONOMY: Mapping[str, Mapping[StrEnum, _StrPromise]] = {
    "nl-mh-need": NEED,  # type: ignore[dict-item]
    "nl-mh-form": FORM,  # type: ignore[dict-item]
    "nl-mh-gender": GENDER,  # type: ignore[dict-item]
    "nl-mh-age": AGE,  # type: ignore[dict-item]
    "nl-mh-status": STATUS,  # type: ignore[dict-item]
    "nl-mh-access": ACCESS,  # type: ignore[dict-item]
    "nl-mh-visibility": VISIBILITY,  # type: ignore[dict-item]
    "nl-mh-kind": KIND,  # type: ignore[dict-item]
}
"""Name of the taxonomy in the profile -> its labels."""

# ISO 639: what Django does not know the name of.
LANGUAGE: Mapping[str, _StrPromise] = {
    "am": _("Amharic"),
    "dse": _("Dutch Sign Language"),
    "ha": _("Hausa"),
    "ku": _("Kurdish"),
    "ne": _("Nepali"),
    "ps": _("Pashto"),
    "rom": _("Romani"),
    "si": _("Sinhala"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "tl": _("Filipino"),
    "yo": _("Yoruba"),
    "zh": _("Chinese"),
}
SPOKEN = (
    "nl", "en", "bg", "hu", "mk", "ro", "pl", "es", "pt", "fr", "de", "it", "tr", "ar", "fa", "ps", "ku", "ti", "am", "so",
    "uk", "ru", "sq", "sr", "hr", "sk", "cs", "lt", "lv", "el", "rom", "vi", "zh", "th", "tl", "id", "hi", "ur", "ne", "ha",
    "ig", "yo", "sw", "dse",
)  # fmt: skip
"""Languages that a search offers, besides those that some service speaks."""


def label(taxonomy: str, code: str) -> str:
    """What one code of one taxonomy is called. Raises KeyError for an unknown taxonomy, ValueError for an unknown code."""
    return str(BY_TAXONOMY[taxonomy][TAXONOMIES[taxonomy](code)])


def labels(taxonomy: str, codes: Iterable[str]) -> list[str]:
    """What the codes are called, in the order of the taxonomy."""
    held = set(codes)
    return [str(text) for code, text in BY_TAXONOMY[taxonomy].items() if code in held]


def language_name(code: str) -> str:
    """The name of a language, in the language of the reader; the code itself where nobody knows a name."""
    try:
        name = str(LANGUAGE[code] if code in LANGUAGE else get_language_info(code)["name_translated"])
    except KeyError:
        return code
    # Django's catalogues do not agree with each other about capitals.
    return name[:1].upper() + name[1:]


def native_language_name(code: str) -> str:
    """The name of a language in that language, for who looks for their own."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return language_name(code)


def country_name(code: str) -> str:
    """The name of a country; the code itself where we have no name."""
    return str(COUNTRY.get(code.upper(), code))
