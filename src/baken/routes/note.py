"""The note for somebody's own file: what I saw apart from what I think, as plain text. Nothing is stored.

The same lines make the page, the text file and the PDF.
"""

from __future__ import annotations

import datetime as dt
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.packs.pack import Pack
from baken.recognise.check import CheckResult
from baken.recognise.personal_data import Found, find_personal_data
from baken.routes.cards import FOOTING_TITLES
from baken.routes.router import Route
from baken.routes.words import WORDS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAX_TEXT = 6000
"""Characters in one field: about two printed pages."""
MAX_DOORS = 5
WIDTH = 78
LINE = "_" * 24
FOOTINGS = ("nothing_shared", "advice", "consent", "reasoned_report", "registration")

KINDS: Mapping[str, _StrPromise] = {
    "bsn": gettext_lazy("a citizen service number (BSN)"),
    "email": gettext_lazy("an e-mail address"),
    "phone": gettext_lazy("a telephone number"),
}


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What somebody typed, cleaned of what no text file can hold."""

    saw: str = ""
    think: str = ""
    who_when: str = ""

    @property
    def too_long(self) -> tuple[str, ...]:
        """Names of the fields that hold more than MAX_TEXT characters."""
        return tuple(name for name in ("who_when", "saw", "think") if len(getattr(self, name)) > MAX_TEXT)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the note. An ``item`` is a point of a list, a ``box`` is to tick, a ``blank`` to fill in by hand."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """The whole note."""

    title: str
    made: str
    sections: tuple[Section, ...]


def own_words(data: Mapping[str, str]) -> OwnWords:
    """What was typed in a form: line ends made equal, control characters taken out, all else kept."""
    return OwnWords(*(_clean(data.get(name) or "") for name in ("saw", "think", "who_when")))


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")
    ).strip()


def make_note(*, pack: Pack, words: OwnWords, checked: CheckResult, route: Route, now: dt.datetime) -> Note:
    """The note for a check and what somebody wrote beside it. ``now``: an aware moment in the reader's time zone."""
    moment = _("%(day)s at %(time)s") % {
        "day": formats.date_format(now, "j F Y"),
        "time": formats.time_format(now, "H:i"),
    }
    sections = (
        Section(_("When, where, and who was there"), text=words.who_when, blanks=() if words.who_when else ("", "")),
        Section(
            _("What I saw, heard, know or read"),
            text=words.saw,
            items=tuple(pack.signs[code].text for code in checked.signs),
            hint=_("Facts only. Put words that somebody said between quotation marks."),
        ),
        Section(
            _("What I think"),
            text=words.think,
            blanks=() if words.think else ("", ""),
            hint=_("My own reading, apart from the facts. A sign is never proof."),
        ),
        Section(
            _("What the check asked me to do"),
            items=(str(WORDS[f"action_{checked.action}"]),),
            hint=_("The check gives no score of a person and no proof."),
        ),
        Section(_("Whom I spoke, and what we agreed"), blanks=tuple(_door_lines(route))),
        Section(
            _("On which ground I shared something"),
            boxes=tuple(str(FOOTING_TITLES[code]) for code in FOOTINGS),
            blanks=(_("What I shared, with whom, and why:"),),
            hint=_("Consent for help is not consent for registration. Ask for each apart."),
        ),
        Section(_("When I will hear what happened"), blanks=("",)),
    )
    return Note(_("Note for my own file"), moment, sections)


def _door_lines(route: Route) -> Iterable[str]:
    for advice in route.doors[:MAX_DOORS]:
        yield " ".join(filter(None, [advice.door.name, advice.phone])) + ":"
    yield _("Someone else:")


def as_text(note: Note) -> str:
    """The note as plain text, wrapped for a file or an e-mail to yourself."""
    lines = [note.title.upper(), _("Made on %(moment)s") % {"moment": note.made}]
    for section in note.sections:
        lines += ["", section.title.upper()]
        lines += _wrapped(section.hint, "") if section.hint else []
        for item in section.items:
            lines += _wrapped(item, "- ")
        for paragraph in section.text.split("\n") if section.text else ():
            lines += _wrapped(paragraph, "") or [""]
        for box in section.boxes:
            lines += _wrapped(box, "[ ] ")
        for blank in section.blanks:
            lines += [f"{blank} {LINE}".strip()]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, bullet: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet), break_long_words=False
    )


def personal_hints(words: OwnWords, region: str) -> list[tuple[str, str]]:
    """What in the text seems to point to a person: (kind in words, the text itself), each once."""
    found: list[Found] = []
    for text in (words.who_when, words.saw, words.think):
        found += find_personal_data(text[:MAX_TEXT], region=region)
    return list(dict.fromkeys((str(KINDS[item.kind]), item.text) for item in found))
