"""The signs as the check shows them: those of the profession first, then all others, by how they are noticed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import get_args

from baken.packs.pack import Pack
from baken.packs.schema.signs import Noticed

NOTICED: tuple[Noticed, ...] = get_args(Noticed)


@dataclass(frozen=True, slots=True)
class ShownSign:
    """One sign in the words of the profession."""

    code: str
    text: str
    example: str
    urgent: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Signs that are noticed in the same way."""

    noticed: Noticed
    signs: tuple[ShownSign, ...]

    @property
    def ticked(self) -> int:
        """How many of the group are ticked."""
        return sum(sign.ticked for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a professional sees first, and the rest."""

    first: tuple[SignGroup, ...]
    more: tuple[SignGroup, ...]

    @property
    def more_ticked(self) -> bool:
        """Is anything ticked among the rest?"""
        return any(group.ticked for group in self.more)


def sign_listing(*, pack: Pack, profession: str, ticked: Collection[str]) -> Listing:
    """All signs of the pack, ordered for a profession, with the ``ticked`` codes marked."""
    found = pack.professions.get(profession)
    examples = {item.sign: item.example for item in found.signs} if found else {}
    rest = [code for code in pack.signs if code not in examples]
    return Listing(_groups(pack, list(examples), examples, ticked), _groups(pack, rest, examples, ticked))


def _groups(pack: Pack, codes: list[str], examples: dict[str, str], ticked: Collection[str]) -> tuple[SignGroup, ...]:
    shown = {
        noticed: tuple(
            ShownSign(code, sign.text, examples.get(code) or sign.hint or "", sign.urgent, code in ticked)
            for code in codes
            if (sign := pack.signs[code]).noticed == noticed
        )
        for noticed in NOTICED
    }
    return tuple(SignGroup(noticed, signs) for noticed, signs in shown.items() if signs)
