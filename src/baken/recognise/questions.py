"""The questions of the check and of the door page: the situation fields in words, and reading the answers.

Labels are interface texts; the values are those of ``baken.packs.situation``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from baken.packs.pack import Pack
from baken.packs.places import Municipality, UnknownPlaceError
from baken.packs.situation import DEFAULTS, FIELDS, UNKNOWN_PROFESSION, Situation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAX_MUNICIPALITY = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer."""

    value: str
    label: str
    hint: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers, ready to show."""

    name: str
    label: str
    hint: str
    choices: tuple[Choice, ...]


QUESTIONS: Mapping[str, tuple[_StrPromise, _StrPromise | str]] = {
    "danger": (gettext_lazy("Is somebody in danger right now?"), ""),
    "about": (gettext_lazy("Is it about a person or a place?"), ""),
    "age": (gettext_lazy("How old is the person?"), gettext_lazy("Not sure? Choose “I do not know”.")),
    "form": (gettext_lazy("What do you think is going on?"), gettext_lazy("A guess is enough.")),
    "sphere": (gettext_lazy("Who seems to be behind it?"), ""),
    "residence": (
        gettext_lazy("What do you know about the person’s right to stay here?"),
        gettext_lazy("This only decides which door can help. Do not ask for papers to find out."),
    ),
    "consent": (
        gettext_lazy("Does the person agree that you share this?"),
        gettext_lazy("Only ask when you can speak alone and safely."),
    ),
}

ANSWERS: Mapping[str, Mapping[str, tuple[_StrPromise, _StrPromise | str]]] = {
    "danger": {
        "now": (gettext_lazy("Yes, now"), gettext_lazy("Violence, threats, locked in, or a child in danger")),
        "no": (gettext_lazy("No"), ""),
        "unknown": (gettext_lazy("I do not know"), ""),
    },
    "about": {
        "person": (gettext_lazy("A person"), gettext_lazy("You worry about somebody")),
        "place": (gettext_lazy("A place"), gettext_lazy("A house, a work floor, an address; you know no person")),
        "unknown": (gettext_lazy("I do not know"), ""),
    },
    "age": {
        "minor": (gettext_lazy("Under 18"), ""),
        "adult": (gettext_lazy("18 or older"), ""),
        "unknown": (gettext_lazy("I do not know"), ""),
    },
    "form": {
        "sexual": (gettext_lazy("Forced sex work or sexual acts"), ""),
        "labour": (gettext_lazy("Exploitation at work"), ""),
        "criminal": (
            gettext_lazy("Forced to commit crimes"),
            gettext_lazy("For example carrying drugs, stealing, lending a bank card"),
        ),
        "domestic": (gettext_lazy("Exploitation in a household"), ""),
        "begging": (gettext_lazy("Forced begging"), ""),
        "organ": (gettext_lazy("Forced to give an organ"), ""),
        "other": (gettext_lazy("Something else"), ""),
        "unknown": (gettext_lazy("I do not know"), ""),
    },
    "sphere": {
        "home": (gettext_lazy("Family, partner or the household"), ""),
        "work": (gettext_lazy("An employer or an agency"), ""),
        "network": (gettext_lazy("A group or a network"), ""),
        "unknown": (gettext_lazy("I do not know"), ""),
    },
    "residence": {
        "dutch_eu": (gettext_lazy("Dutch or from another EU country"), ""),
        "asylum": (gettext_lazy("Asks for asylum, or lives in a reception centre"), ""),
        "unaccompanied": (gettext_lazy("A minor without parents here"), ""),
        "permit": (gettext_lazy("Has a residence permit"), ""),
        "none": (gettext_lazy("Has no papers"), ""),
        "unknown": (gettext_lazy("I do not know"), ""),
    },
    "consent": {
        "given": (gettext_lazy("Yes, the person agrees"), ""),
        "refused": (gettext_lazy("No, the person does not want it"), ""),
        "not_asked": (gettext_lazy("I have not asked"), ""),
        "unsafe": (gettext_lazy("Asking is not safe"), ""),
    },
}

FIRST_QUESTIONS = ("about", "age", "danger")
MORE_QUESTIONS = ("form", "sphere", "residence", "consent")


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody filled in: always usable, with an error beside each field that was not understood."""

    situation: Situation
    signs: tuple[str, ...] = ()
    municipality: Municipality | None = None
    municipality_text: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    def hidden(self, *leave_out: str) -> list[tuple[str, str]]:
        """Everything filled in as name and value, to carry along in another form."""
        pairs = [(name, value) for name, value in self.situation.values().items() if name not in leave_out]
        if "municipality" not in leave_out:
            pairs.append(("municipality", self.municipality_text))
        if "signs" not in leave_out:
            pairs += [("signs", code) for code in self.signs]
        return pairs


def read_answers(data: QueryDict, pack: Pack) -> Answers:
    """Read a form. What is unknown to the pack becomes an error and an unknown answer; the rest stays as typed."""
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, allowed in FIELDS.items():
        value = data.get(name) or DEFAULTS[name]
        if value not in allowed:
            errors[name] = _("This answer does not exist. Choose one of the answers below.")
            value = DEFAULTS[name]
        values[name] = value
    profession = data.get("profession") or UNKNOWN_PROFESSION
    if pack.professions and profession not in pack.professions:
        errors["profession"] = _("Choose your work from the list.")
        profession = UNKNOWN_PROFESSION
    typed = (data.get("municipality") or "").strip()[:MAX_MUNICIPALITY]
    municipality = _municipality(typed, pack, errors)
    wanted = set(data.getlist("signs"))
    if unknown := wanted - set(pack.signs):
        errors["signs"] = _("%(count)d of the ticked signs are not known here and were left out.") % {
            "count": len(unknown)
        }
    signs = tuple(code for code in pack.signs if code in wanted)
    return Answers(Situation(profession=profession, **values), signs, municipality, typed, errors)


def _municipality(typed: str, pack: Pack, errors: dict[str, str]) -> Municipality | None:
    if not typed:
        return None
    try:
        return pack.places.find(typed)
    except UnknownPlaceError as error:
        message = _("We do not know this municipality or postcode.")
        if error.suggestions:
            message += " " + _("Do you mean %(names)s?") % {"names": ", ".join(error.suggestions)}
        errors["municipality"] = message
        return None


def questions(names: tuple[str, ...], situation: Situation) -> list[Question]:
    """The named questions with the given answers filled in."""
    return [_question(name, getattr(situation, name), get_language()) for name in names]


@cache
def _question(name: str, answer: str, _language: str | None) -> Question:
    """One question in the language that is active; there are few, and every page with a form asks them."""
    label, hint = QUESTIONS[name]
    choices = tuple(
        Choice(value, str(text), str(more), value == answer) for value, (text, more) in ANSWERS[name].items()
    )
    return Question(name, str(label), str(hint), choices)


def answer_label(name: str, value: str) -> str:
    """An answer in words."""
    return str(ANSWERS[name][value][0])
