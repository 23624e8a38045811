"""From a query to what a document must have, from strict to loose. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baken.directory.finding import cells, opening
from baken.directory.finding.analyser import STEM, WORD
from baken.directory.finding.concepts import Concept
from baken.directory.finding.documents import FOR_WHOM, INTERPRETER, SEES, Query, by_group
from baken.directory.finding.expressions import NOTHING, Expression, all_of, any_of
from baken.directory.finding.rows import IN_NAME, everybody


def facet(group: str, values: Sequence[str]) -> Expression:
    """One of these values; a document for everybody has each of them."""
    return any_of([*values, *([everybody(group)] if group in FOR_WHOM else [])])


def filters(query: Query) -> dict[str, Expression]:
    """All that must hold besides the text, by what it is about."""
    found: dict[str, Expression] = {group: facet(group, values) for group, values in by_group(query.facets).items()}
    if query.language:
        found["language"] = any_of([f"l:{query.language}", *([INTERPRETER] if query.interpreter_will_do else [])])
    if query.open_at is not None:
        found["open"] = any_of(opening.tokens_at(query.open_at))
    if query.near is not None and query.within_km is not None:
        squares = cells.tokens_within(query.near, metres(query.within_km))
        if squares:
            found["place"] = any_of(squares)
    found["audience"] = any_of(f"v:{visibility}" for visibility in SEES[query.audience])
    return found


def metres(kilometres: float) -> int:
    """Kilometres as whole metres."""
    return round(kilometres * 1000)


def in_name(found: Sequence[Concept]) -> Expression:
    """Every concept stands in the name."""
    return all_of(
        any_of(IN_NAME + token for token in _needed(concept)) if concept.answers else NOTHING for concept in found
    )


def steps(found: Sequence[Concept]) -> Iterator[Expression]:
    """What the text asks, from strict to loose: all words, words that look like them, all but one.

    A later step is only for when the earlier ones found too little.
    """
    strict = [_answered(concept) for concept in found]
    loose = [loosely(concept) for concept in found]
    yield all_of(strict)
    if loose != strict:
        yield all_of(loose)
    if len(found) > 2:
        yield any_of(all_of([*loose[:place], *loose[place + 1 :]]) for place in range(len(loose)))


def singly(found: Sequence[Concept]) -> list[Expression]:
    """Each word by itself: the last step, of which all parts are taken together."""
    return [loosely(concept) for concept in found] if len(found) > 1 else []


def loosely(concept: Concept) -> Expression:
    """The word, or one that looks like it."""
    return any_of([_answered(concept), *concept.alike])


def _answered(concept: Concept) -> Expression:
    """One of the tokens, or all parts of the compound."""
    together = all_of(any_of(part) for part in concept.parts) if concept.parts else NOTHING
    return any_of([*_needed(concept), together])


def _needed(concept: Concept) -> list[str]:
    """Every word in the index stands there with a stem too, and the stems of a typed word are among its answers."""
    stems = [token for token in concept.answers if not token.startswith(WORD)]
    return stems if any(token.startswith(STEM) for token in stems) else list(concept.answers)
