"""A document as the row that an index keeps. Pure."""

from __future__ import annotations

import json
from typing import NamedTuple

from baken.directory.finding import analyser, cells, opening
from baken.directory.finding.documents import FOR_WHOM, Document, Weight

IN_NAME = "h"
"""Before a token that stands in the name."""


class Row(NamedTuple):
    """``tokens`` has those of the name, of the keywords and of the description, then all others; the ends are places in it.

    A space stands before and after each token, so that one search in the string says whether, and where, a document has it.
    """

    key: str
    x: int | None
    y: int | None
    name_end: int
    keywords_end: int
    text_end: int
    tokens: str
    facets: str
    texts: str


def everybody(group: str) -> str:
    """The token of a document that does not say for whom it is, in this respect."""
    return f"everybody:{group}"


def facets_of(document: Document) -> list[str]:
    """The facet tokens of a document, its visibility and *for everybody* included."""
    found = {*document.facets, f"v:{document.visibility}"}
    said = {facet.partition(":")[0] for facet in found}
    return sorted(found | {everybody(group) for group in FOR_WHOM if group not in said})


def row(document: Document) -> Row:
    """The row of a document. Two documents that differ in their key alone have rows that differ in their key alone."""
    by_weight: dict[Weight, list[str]] = {weight: [] for weight in Weight}
    for text in document.texts:
        by_weight[text.weight] += analyser.tokens(text.text, text.language)
    seen: dict[str, None] = {}
    ends = []
    length = 1
    for weight in sorted(Weight, reverse=True):
        new = [token for token in dict.fromkeys(by_weight[weight]) if token not in seen]
        seen.update(dict.fromkeys(new))
        length += sum(len(token) + 1 for token in new)
        ends.append(length)
    facets = facets_of(document)
    others = [
        *(IN_NAME + token for token in dict.fromkeys(by_weight[Weight.NAME])),
        *facets,
        *cells.tokens(document.point),
        *opening.tokens(document.opening),
    ]
    return Row(
        key=document.key.hex,
        x=document.point.x if document.point else None,
        y=document.point.y if document.point else None,
        name_end=ends[0],
        keywords_end=ends[1],
        text_end=ends[2],
        tokens=" " + " ".join([*seen, *others]) + " ",
        facets=" ".join(facets),
        texts=json.dumps(
            [[text.language, text.text] for text in sorted(document.texts, key=lambda text: -text.weight)],
            ensure_ascii=False,
            separators=(",", ":"),
        ),
    )


def counted_tokens(tokens: str, text_end: int) -> list[str]:
    """The tokens of a row of which the index keeps how many documents have them: words, facets, squares, hours."""
    return [*tokens[:text_end].split(), *(token for token in tokens[text_end:].split() if ":" in token)]
