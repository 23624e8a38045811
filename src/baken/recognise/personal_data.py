"""Text that seems to point to a person: a citizen service number, a telephone number, an e-mail address. Pure.

Only ever used for a hint beside what somebody typed; nothing is refused, changed or kept. Numbers that anybody may
call, such as 0800 numbers, are not personal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberMatcher, PhoneNumberType

Kind = Literal["bsn", "email", "phone"]

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_NINE_DIGITS = re.compile(r"(?<![\d+])(?:\d[ .-]?){8}\d(?!\d)")
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NOBODYS = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
)
"""Kinds of number that belong to an organisation, never to a person."""


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of text that may point to a person; ``start`` and ``end`` count characters."""

    kind: Kind
    text: str
    start: int
    end: int


def is_bsn(digits: str) -> bool:
    """Does this pass the eleven test of the Dutch citizen service number (weights 9 to 2, then -1)?"""
    if not re.fullmatch(r"[0-9]{9}", digits) or digits == "000000000":
        return False
    return sum(weight * int(digit) for weight, digit in zip(_BSN_WEIGHTS, digits, strict=True)) % 11 == 0


def find_personal_data(text: str, *, region: str = "NL") -> tuple[Found, ...]:
    """Everything in ``text`` that looks like personal data, in order. ``region``: the country of its telephone numbers.

    Where two overlap the longer one counts (nine digits inside a foreign telephone number are no citizen service
    number), and of two that are as long the one that says most about a person: citizen number, mail, telephone.
    """
    kept: list[Found] = []
    candidates = [*_bsns(text), *_emails(text), *_phones(text, region)]
    for found in sorted(candidates, key=lambda item: item.start - item.end):
        if all(found.end <= other.start or found.start >= other.end for other in kept):
            kept.append(found)
    return tuple(sorted(kept, key=lambda found: found.start))


def _bsns(text: str) -> Iterator[Found]:
    for match in _NINE_DIGITS.finditer(text):
        if is_bsn(re.sub(r"[ .-]", "", match.group())):
            yield Found("bsn", match.group(), match.start(), match.end())


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Found("email", match.group(), match.start(), match.end())


def _phones(text: str, region: str) -> Iterator[Found]:
    for match in PhoneNumberMatcher(text, region):
        if phonenumbers.number_type(match.number) not in _NOBODYS:
            yield Found("phone", match.raw_string, match.start, match.end)
