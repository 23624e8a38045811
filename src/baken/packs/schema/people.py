"""``professions.yaml``, ``footings.yaml``, ``meldcode.yaml`` and ``pages.yaml``: for whom, and on what ground."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from baken.packs.schema.base import Fact, Id, PackModel, Text, Texts

Sector = Literal["municipal", "care", "education", "support", "asylum", "enforcement", "volunteer", "other"]
Secrecy = Literal["medical", "professional", "official", "none"]


class ProfessionSign(PackModel):
    """A sign in the words of one profession."""

    sign: Id
    example: Text


class Profession(Fact):
    """Who uses the check: own words, own order of signs, own duties."""

    name: Text
    sector: Sector
    intro: Text
    """What this professional comes across, in one or two sentences."""
    meldcode: bool
    """Does the Meldcode law apply to this profession?"""
    secrecy: Secrecy
    must_register: bool = False
    """Must this profession report to the national coordinator (police, border police, labour inspectorate)?"""
    instruments: Annotated[list[str], Field(min_length=1)]
    """Instruments to use, in order."""
    signs: Annotated[list[ProfessionSign], Field(min_length=8)]
    """Signs shown first, in this order."""
    ask: Texts
    """Open questions that can be asked safely."""
    do: Texts
    """What this profession in particular can do."""


class ProfessionsFile(PackModel):
    """``professions.yaml``."""

    professions: dict[Id, Profession]


class FootingCompare(PackModel):
    """The same four questions for every footing, in a few words, so that footings can be laid side by side."""

    consent: Text
    """Is consent of the person needed?"""
    name: Text
    """Does the name of the person leave your desk?"""
    decides: Text
    """Who decides?"""
    record: Text
    """What do you write down?"""


class Footing(Fact):
    """One ground on which something is shared."""

    title: Text
    short: Text
    compare: FootingCompare
    allows: Texts
    asks: Texts
    forbids: Texts
    by_secrecy: dict[Secrecy, Text]
    """What it means for your kind of professional secrecy."""


class FootingsFile(PackModel):
    """``footings.yaml``."""

    footings: dict[Literal["advice", "registration", "consent", "reasoned_report"], Footing]


class MeldcodeStep(PackModel):
    """One of the five statutory steps."""

    title: Text
    text: Text
    trafficking: Text
    """What this step asks when you think of human trafficking."""
    record: Text
    """What to write in your own file."""


class WeighingQuestion(PackModel):
    """One of the five questions of the weighing framework (steps 4 and 5)."""

    text: Text
    help: Text
    yes: Text
    no: Text
    """What follows from each answer."""


class Meldcode(Fact):
    """The reporting code for domestic violence and child abuse."""

    title: Text
    about: Text
    scope: Text
    """Which forms of trafficking fall under it and which do not."""
    internal_route: Texts
    """For professions that are not under the Meldcode."""
    steps: dict[Literal["map", "consult", "talk", "weigh", "decide"], MeldcodeStep]
    questions: dict[Literal["suspicion", "unsafe", "effective", "accepted", "result"], WeighingQuestion]
    conclusions: dict[Literal["close", "report_and_help", "report", "follow_up"], Text]


class MeldcodeFile(PackModel):
    """``meldcode.yaml``."""

    meldcode: Meldcode


class HelpPage(Fact):
    """The page for people who need help themselves. Plain, short, in every help language. The fact is the law behind the rights."""

    title: Text
    intro: Text
    safe: Text
    """How to use this page safely."""
    questions_title: Text
    questions: Texts
    """Is this about you? Recognisable situations."""
    rights_title: Text
    rights: Texts
    call_title: Text
    call: Texts
    """What happens when you call."""
    doors: Texts
    """Id of a door -> what it does for you, in plain words. In the order of the page."""


class PagesFile(PackModel):
    """``pages.yaml``."""

    help: HelpPage
