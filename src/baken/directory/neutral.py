"""Words that give away what somebody is helped with. A card, a title and a text message never hold one. Pure."""

from __future__ import annotations

from baken.directory.names import folded

TELLING = (
    # Dutch
    "mensenhandel", "mensensmokkel", "uitbuiting", "uitgebuit", "slachtoffer", "prostitutie", "prostituee", "sekswerk",
    "seksuele", "seksueel", "loverboy", "gedwongen", "dwangarbeid", "slavernij", "orgaanhandel", "moderne slavernij",
    # English
    "traffick", "exploit", "victim", "prostitut", "sex work", "sexual", "forced", "slavery", "pimp", "smuggl",
    # Hungarian
    "emberkeresked", "kizsakmany", "aldozat", "prostitu", "szexu", "szexmunk", "kenyszer", "rabszolga", "csempesz",
    # Bulgarian and Macedonian
    "трафик", "трговија со", "трговија со луге", "експлоат", "жертв", "проститу", "сексуал", "секс работ", "принуд",
    "присил", "робство", "ропство", "контрабанд",
    # Arabic, for the page of who needs help
    "الاتجار", "استغلال",
    # Names that are a word of this list in another coat
    "comensha", "la strada", "avim",
)  # fmt: skip
"""Beginnings of words and names, folded: small letters without accents. In every language that a card can have."""
_WORDS = tuple(dict.fromkeys(folded(word) for word in TELLING))


def is_telling(text: str) -> bool:
    """Does a text give away what it is about, to whoever looks over a shoulder?"""
    plain = folded(text)
    return any(word in plain for word in _WORDS)
