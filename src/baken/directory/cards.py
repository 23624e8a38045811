"""A card to hand over: what stands on it, as text and as one text message. Pure; all texts come in ready to read.

A neutral card says nothing about what somebody is helped with: whoever finds it in a pocket or on a telephone reads no word of
``neutral.TELLING``. A card always holds a number, or says how else to get in touch.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from baken.directory.neutral import is_telling

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The letters of one text message of 160, each one place: 3GPP TS 23.038, the default alphabet."""
GSM_7_TWICE = frozenset("^{}\\[~]|€")
"""Those that take two places."""
ONE_GSM_7, ONE_OTHER = 160, 70
"""Places in one message: with the alphabet above, and with any other letter (then every letter is two bytes)."""
PLAIN = str.maketrans({"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "·": "-", "…": "...", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class CardPhone:
    """A number as people read it, what to know before calling, and the address that makes a telephone call it."""

    display: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands on a card, in one language. ``otherwise``: how to get in touch when there is no number.

    Raises ValueError for a card without a number that does not say how else, and for a neutral card with a telling word.
    """

    title: str
    phones: tuple[CardPhone, ...] = ()
    hours: str = ""
    languages: str = ""
    costs: str = ""
    otherwise: str = ""
    neutral: bool = True

    def __post_init__(self) -> None:
        if not self.phones and not self.otherwise:
            raise ValueError("A card holds a number, or says how else to get in touch")
        if self.neutral and any(is_telling(line) for line in self.lines()):
            raise ValueError("A neutral card has no word that gives away what it is about")

    def lines(self) -> tuple[str, ...]:
        """Everything on the card, line by line."""
        numbers = [
            " ".join(part for part in (phone.display, phone.note and f"({phone.note})") if part)
            for phone in self.phones
        ]
        found = (self.title, *numbers, self.otherwise, self.hours, self.languages, self.costs)
        return tuple(line for line in found if line)


def as_text(card: Card, address: str = "") -> str:
    """The card as plain text, to copy into a message or a letter; ``address`` is that of the card online."""
    return "\n".join((*card.lines(), *([address] if address else [])))


def sms_places(text: str) -> tuple[int, int]:
    """How many places a text takes, and how many one message has for such a text."""
    if all(letter in GSM_7 or letter in GSM_7_TWICE for letter in text):
        return sum(2 if letter in GSM_7_TWICE else 1 for letter in text), ONE_GSM_7
    return len(text.encode("utf-16-be")) // 2, ONE_OTHER


def fits_one_sms(text: str) -> bool:
    """Is it shorter than one text message?"""
    taken, room = sms_places(text)
    return taken < room


def sms_alphabet(text: str) -> str:
    """The text in the alphabet of text messages where its script has one: ő becomes o, Cyrillic stays as it is."""
    return "".join(_plain(letter) for letter in text.translate(PLAIN))


def as_sms(card: Card, address: str = "") -> str:
    """The card as one text message: title and number always, and of the rest, in order of use, what fits.

    A title that alone would make it too long is cut; a number never is.
    """
    first = sms_alphabet(card.phones[0].display if card.phones else card.otherwise)
    title = _cut(sms_alphabet(card.title), first)
    kept: dict[str, str] = {}
    for name, part in (
        ("hours", card.hours),
        ("address", address),
        ("costs", card.costs),
        ("languages", card.languages),
    ):
        longer = {**kept, name: sms_alphabet(part)}
        if part and fits_one_sms(_message(title, first, longer)):
            kept = longer
    return _message(title, first, kept)


def _message(title: str, first: str, kept: Mapping[str, str]) -> str:
    """The address stands last: a full stop right after it would become part of it."""
    text = _joined(title, first)
    for name in ("hours", "costs", "languages", "address"):
        text = _joined(text, kept.get(name, ""))
    return text


def _joined(first: str, second: str) -> str:
    return f"{first.removesuffix('.')}. {second}" if first and second else first or second


def _cut(title: str, number: str) -> str:
    while title and not fits_one_sms(_joined(title, number)):
        title = title[:-1].rstrip()
    return title


def _plain(letter: str) -> str:
    if letter in GSM_7 or letter in GSM_7_TWICE:
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base in GSM_7 else letter
