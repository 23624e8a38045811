"""What a document must have, as a tree of *and* and *or* over tokens: the question that both databases answer alike. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Each of these holds."""

    of: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these holds."""

    of: tuple[Expression, ...]


Expression = str | All | Any
NOTHING = Any(())
"""Holds for no document."""


def all_of(parts: Iterable[Expression]) -> Expression:
    """All of these, without idle brackets; nothing when one of them is nothing."""
    found: list[Expression] = []
    for part in parts:
        if part == NOTHING:
            return NOTHING
        found += part.of if isinstance(part, All) else (part,)
    found = list(dict.fromkeys(found))
    return found[0] if len(found) == 1 else All(tuple(found))


def any_of(parts: Iterable[Expression]) -> Expression:
    """At least one of these, without idle brackets."""
    found: list[Expression] = []
    for part in parts:
        found += part.of if isinstance(part, Any) else (part,)
    found = list(dict.fromkeys(found))
    return found[0] if len(found) == 1 else Any(tuple(found))


def written(expression: Expression, *, quote: str, both: str, either: str) -> str:
    """The expression in the language of a database: with this quote around a token and these words for *and* and *or*.

    Tokens are letters, digits, colon and underscore, so nothing in them needs escaping.
    """
    if isinstance(expression, str):
        return f"{quote}{expression}{quote}"
    joint = both if isinstance(expression, All) else either
    return "(" + joint.join(written(part, quote=quote, both=both, either=either) for part in expression.of) + ")"


def tokens_of(expression: Expression) -> set[str]:
    """All tokens that it speaks of."""
    return (
        {expression} if isinstance(expression, str) else {token for part in expression.of for token in tokens_of(part)}
    )


def holds(expression: Expression, tokens: str) -> bool:
    """Whether it holds for tokens with a space before and after each."""
    if isinstance(expression, str):
        return f" {expression} " in tokens
    if isinstance(expression, All):
        return all(holds(part, tokens) for part in expression.of)
    return any(holds(part, tokens) for part in expression.of)
