"""From what somebody wrote to plain Latin letters: one form for what is typed in many ways. Pure.

Cyrillic (Bulgarian, Macedonian) becomes a *skeleton*: transliterated, and then without the differences in which people who type
it in Latin letters vary (ж as zh, z or ž; ц as ts or c; й as y, j or i). A word typed in Latin letters is looked up as it
stands, and as the skeleton that it would be if it was meant as Cyrillic.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 40
"""Letters of a word that count; nobody means more."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LETTERS = str.maketrans(
    {"đ": "dj", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфх", "abvgdeziyklmnoprstufh", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya"}
    | {"ѓ": "gj", "ѕ": "dz", "ј": "j", "љ": "lj", "њ": "nj", "ќ": "kj", "џ": "dzh", "ѐ": "e", "ѝ": "i"}
    | {"ы": "y", "э": "e", "ё": "yo", "і": "i", "ї": "yi", "є": "ye", "ґ": "g"}
)
_HARD_SIGN = ("a", "u", "y")
"""How people type ъ: къща is kashta, kushta or kyshta."""
_SKELETON = (
    (re.compile(r"dj"), "dz"),
    (re.compile(r"sch|sht"), "st"),
    (re.compile(r"zh"), "z"),
    (re.compile(r"sh"), "s"),
    (re.compile(r"ch|ts"), "c"),
    (re.compile(r"kh|x"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[jy]"), "i"),
    (re.compile(r"(?<=[gklnd])i(?=[aeou])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_CHAT = str.maketrans({"4": "ch", "6": "sh", "q": "ya"})
"""How people type ч, ш and я on a telephone."""


def words(text: str) -> list[str]:
    """The words of a text, in small letters, accents and script as they were written."""
    return [found.group()[:LONGEST] for found in _WORD.finditer(unicodedata.normalize("NFC", text).casefold())]


def is_cyrillic(word: str) -> bool:
    """Whether the word has a Cyrillic letter."""
    return any("\u0400" <= letter <= "\u04ff" for letter in word)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The word in the letters a to z and digits, accents taken off. A letter of another script becomes its number."""
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(_LETTERS)
    plain = (
        letter if letter.isascii() else f"u{ord(letter):x}"
        for letter in small
        if letter.isalnum() and not unicodedata.combining(letter)
    )
    return "".join(plain)[:LONGEST]


def skeleton(word: str) -> str:
    """The form that the ways to type a Cyrillic word in Latin letters have in common. Takes folded letters."""
    for pattern, replacement in _SKELETON:
        word = pattern.sub(replacement, word)
    return word[:LONGEST]


@lru_cache(maxsize=65_536)
def latin_forms(word: str) -> tuple[str, ...]:
    """The Latin forms under which a written word is kept; the first is the one to count on."""
    if not is_cyrillic(word):
        plain = fold(word)
        return (plain,) if plain else ()
    signs = _HARD_SIGN if "ъ" in word else ("a",)
    found = (skeleton(fold(word.replace("ъ", sign).translate(_CYRILLIC))) for sign in signs)
    return tuple(dict.fromkeys(form for form in found if form))


@lru_cache(maxsize=16_384)
def typed_forms(word: str) -> tuple[str, ...]:
    """Skeletons that somebody who typed this in Latin letters may have meant. Nothing for a word in Cyrillic or of digits."""
    if is_cyrillic(word) or not any(letter.isalpha() for letter in word):
        return ()
    plain = fold(word).translate(_CHAT)
    meant = [plain, plain.replace("j", "zh"), plain.replace("c", "ts")]
    return tuple(dict.fromkeys(skeleton(form) for form in meant))
