"""The form of a report: what somebody wrote, read without losing a letter, and what is still missing.

Facts stand apart from opinion. No field asks for the name of the person it is about.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.packs.pack import Pack
from baken.packs.situation import DEFAULTS, UNKNOWN_PROFESSION
from baken.recognise.personal_data import find_personal_data
from baken.recognise.questions import Answers, Question, questions, read_answers
from baken.reports.parts import Content
from baken.routes.note import KINDS, MAX_TEXT

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAX_LINE = 300
"""Characters in a field of one line."""
ANONYMOUS = "anonymous"
HERE = ""
"""The way to be reached that asks nothing: answers wait behind the receipt."""
MANNERS: Mapping[str, tuple[_StrPromise, _StrPromise]] = {
    ANONYMOUS: (
        gettext_lazy("Without my name"),
        gettext_lazy("You get a receipt. With it you can read answers and add things."),
    ),
    "confidential": (
        gettext_lazy("In confidence"),
        gettext_lazy("Only the focal point knows your name. It is never handed over."),
    ),
    "named": (gettext_lazy("With my name"), gettext_lazy("The focal point may say that it comes from you.")),
}
CHANNELS: Mapping[str, _StrPromise] = {
    HERE: gettext_lazy("Only here, on this site"),
    "call": gettext_lazy("Call me"),
    "message": gettext_lazy("Send a text message"),
    "mail": gettext_lazy("Send an e-mail"),
    "other": gettext_lazy("Another way"),
}
LONG = ("facts", "opinion")
SHORT = ("where", "when", "name", "value", "times", "code_word")
CHECKED_FOR_PEOPLE = ("facts", "opinion", "where", "when")
"""Free text in which something may point to a person by accident; how to reach the reporter is asked on purpose."""


@dataclass(frozen=True)
class Written:
    """What somebody filled in. ``answers``: the check, or the two questions that this form asks of it."""

    answers: Answers
    texts: Mapping[str, str] = field(default_factory=dict)
    manner: str = ANONYMOUS
    channel: str = HERE
    never_text: bool = False
    region: str = "NL"
    """Country of telephone numbers."""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def urgent(self) -> bool:
        """Is somebody in danger now?"""
        return self.answers.situation.danger == "now"

    @property
    def questions(self) -> dict[str, Question]:
        """The two questions that a check asks too, with the answer that came along."""
        return {item.name: item for item in questions(("danger", "about"), self.answers.situation)}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What came along from a check, to carry on unseen."""
        return self.answers.hidden("danger", "about")

    @cached_property
    def hints(self) -> list[tuple[str, str]]:
        """What in the free text seems to point to a person: (kind in words, the text itself), each once."""
        found = [
            item
            for name in CHECKED_FOR_PEOPLE
            for item in find_personal_data(self.texts.get(name, ""), region=self.region)
        ]
        return list(dict.fromkeys((str(KINDS[item.kind]), item.text) for item in found))

    def content(self, *, reporter: str | None = None) -> Content:
        """As it is sealed. ``reporter``: who a member is; a name typed beside "without my name" goes nowhere."""
        texts = self.texts
        situation = {
            name: value for name, value in self.answers.situation.values().items() if value != DEFAULTS.get(name)
        }
        if self.manner == ANONYMOUS or situation.get("profession") == UNKNOWN_PROFESSION:
            # In a small team somebody's work is as good as a name.
            situation.pop("profession", None)
        place = self.answers.municipality
        reach = {name: texts.get(name, "") for name in ("value", "times", "code_word")}
        if any(reach.values()):
            reach["channel"] = self.channel
        name = reporter if reporter is not None else texts.get("name", "")
        return Content(
            situation={
                "signs": list(self.answers.signs),
                "fields": situation,
                "about": self.answers.situation.about,
                "municipality": place.code if place else "",
            },
            facts=texts.get("facts", ""),
            opinion=texts.get("opinion", ""),
            place="\n".join(filter(None, (texts.get("where", ""), texts.get("when", "")))),
            reach=reach | ({"never": "text"} if self.never_text else {}),
            reporter="" if self.manner == ANONYMOUS else name,
        )


def empty(data: QueryDict, pack: Pack, *, manner: str = ANONYMOUS) -> Written:
    """The form before anybody wrote in it, with the check that came along."""
    return Written(answers=read_answers(data, pack), manner=manner, region=pack.info.phone_region)


def read(data: QueryDict, pack: Pack, *, member: bool = False) -> Written:
    """What was sent. What came along from a check and is not understood is left out: no report is lost over it."""
    texts = {name: clean(data.get(name) or "") for name in LONG}
    texts |= {name: " ".join(clean(data.get(name) or "").split()) for name in SHORT}
    manner = data.get("manner", "")
    channel = data.get("channel", "")
    written = Written(
        answers=read_answers(data, pack),
        texts=texts,
        manner=manner if manner in MANNERS else ANONYMOUS,
        channel=channel if channel in CHANNELS else HERE,
        never_text=data.get("never") == "text",
        region=pack.info.phone_region,
    )
    return replace(written, errors=_errors(written, manner, member=member))


def _errors(written: Written, manner: str, *, member: bool) -> dict[str, str]:
    """By field, in the order of the page."""
    errors: dict[str, str] = {}
    texts = written.texts
    if not texts["facts"] and not written.answers.signs:
        errors["facts"] = _("Write down what you saw or heard. A few words are enough.")
    for name in LONG:
        if len(texts[name]) > MAX_TEXT:
            errors[name] = _("This text is too long: use at most %(count)d characters. Nothing was lost.") % {
                "count": MAX_TEXT
            }
    for name in SHORT:
        if len(texts[name]) > MAX_LINE:
            errors[name] = _("This is too long: use at most %(count)d characters. Nothing was lost.") % {
                "count": MAX_LINE
            }
    if manner not in MANNERS:
        errors["manner"] = _("Choose whether you give your name.")
    elif manner != ANONYMOUS and not texts["name"] and not member:
        errors["name"] = _("Write your name, or choose “Without my name”.")
    if written.channel != HERE and not texts["value"]:
        errors["value"] = _("Write where we can reach you, or choose “Only here, on this site”.")
    return errors


def clean(text: str) -> str:
    """What was typed: line ends made equal, control characters taken out, all else kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")
    ).strip()
