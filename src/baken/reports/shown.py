"""What the page of a report shows, opened for one request and put in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from baken.packs.pack import Pack
from baken.people.models import Member
from baken.recognise.questions import ANSWERS, QUESTIONS
from baken.reports.labels import CHANNELS, LINKS, STATES
from baken.reports.models import Link, Report
from baken.reports.opened import texts_of
from baken.reports.parts import Content
from baken.reports.rows import who
from baken.vault.secret import KeyPair


@dataclass(frozen=True, slots=True)
class Said:
    """A message or a note, opened. ``what`` says what happened, for a list of everything together."""

    at: dt.datetime
    who: str
    what: str
    text: str = ""
    from_reporter: bool = False
    is_feedback: bool = False
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of the course."""

    at: dt.datetime
    state: str
    who: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another report that belongs with this one."""

    report: Report
    why: str
    state: str


def dialogue(report: Report, pair: KeyPair, me: Member) -> list[Said]:
    """What was said between the reporter and us, oldest first."""
    found = list(report.messages.select_related("by").order_by("at", "pk"))
    texts = texts_of("message", [item.pk for item in found], pair) if found else {}
    return [
        Said(
            at=item.at,
            who=_("Reporter") if item.from_reporter else who(item.by, me),
            what=_("wrote to us") if item.from_reporter else _("wrote to the reporter"),
            text=texts.get(str(item.pk), ""),
            from_reporter=item.from_reporter,
            is_feedback=item.is_feedback,
            is_read=item.read_at is not None,
        )
        for item in found
    ]


def notes(report: Report, pair: KeyPair, me: Member) -> list[Said]:
    """Internal notes, oldest first."""
    found = list(report.notes.select_related("by").order_by("at", "pk"))
    texts = texts_of("note", [item.pk for item in found], pair) if found else {}
    return [Said(item.at, who(item.by, me), _("kept a note"), texts.get(str(item.pk), "")) for item in found]


def steps(report: Report, me: Member) -> list[StepTaken]:
    """The course so far. Who reported is not named here: that has a place of its own."""
    found = report.steps.select_related("by").order_by("number")
    return [
        StepTaken(item.at, str(STATES[item.state]), who(item.by, me) if item.by and item.number > 1 else "")
        for item in found
    ]


def links(report: Report) -> list[Linked]:
    """Reports that belong with this one, newest first."""
    rows = Link.objects.filter(Q(first=report) | Q(second=report)).select_related("first", "second").order_by("-at")
    pairs = [(row.second if row.first_id == report.pk else row.first, row.why) for row in rows]
    return [Linked(other, str(LINKS[why]), str(STATES[other.state])) for other, why in pairs]


def happened_since(report: Report, pair: KeyPair, me: Member, since: dt.datetime) -> list[Said]:
    """Everything that colleagues and the reporter did since a moment, oldest first, with what they wrote."""
    found = [*dialogue(report, pair, me), *notes(report, pair, me)]
    found += [Said(item.at, item.who or _("Reporter"), item.state) for item in steps(report, me)]
    return sorted((item for item in found if item.at >= since), key=lambda item: item.at)


def situation_words(content: Content, pack: Pack) -> list[tuple[str, str]]:
    """The answers of the check as question and answer; what is unknown stays out."""
    fields: Mapping[str, Any] = {**(content.situation.get("fields") or {})}
    fields = {"about": content.situation.get("about", ""), **fields}
    found = [
        (str(QUESTIONS[name][0]), str(ANSWERS[name][value][0]))
        for name, value in fields.items()
        if name in QUESTIONS and value in ANSWERS[name] and value != "unknown"
    ]
    municipality = pack.places.municipalities.get(content.situation.get("municipality", ""))
    if municipality is not None:
        found.append((_("Municipality"), municipality.name))
    profession = pack.professions.get(fields.get("profession", ""))
    if profession is not None:
        found.append((_("Profession of the reporter"), profession.name))
    return found


def signs_in_words(content: Content, pack: Pack) -> list[tuple[str, bool]]:
    """The signs that were ticked, in words; one that the pack does not know any more shows its code."""
    codes = content.situation.get("signs") or ()
    known = pack.signs
    return [(known[code].text, code in pack.urgent_signs) if code in known else (code, False) for code in codes]


def reach_words(content: Content) -> list[tuple[str, str]]:
    """How the reporter can be reached safely."""
    reach = content.reach
    channel = reach.get("channel", "")
    found = [
        (_("How"), str(CHANNELS.get(channel, ""))),
        (_("Where"), reach.get("value", "")),
        (_("When it is safe"), reach.get("times", "")),
        (_("Code word"), reach.get("code_word", "")),
    ]
    return [(label, value) for label, value in found if value]
