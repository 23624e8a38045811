"""How many documents there are per facet, so that somebody sees beforehand what a choice gives. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from baken.directory.codes import Age, Gender, Status
from baken.directory.finding.documents import FOR_WHOM, Group, by_group
from baken.directory.finding.rows import everybody

VALUES: dict[Group, type[StrEnum]] = {Group.GENDER: Gender, Group.AGE: Age, Group.STATUS: Status}
"""The values that a document for everybody counts for."""


def counted(rows: Iterable[tuple[str, int]], chosen: frozenset[str]) -> dict[str, int]:
    """Per facet token the documents that are left when it is chosen as well.

    ``rows`` are the facets of documents that have all that was asked besides ``chosen``, with how many have just these. Inside
    a group the choices widen, so a group does not count against itself.
    """
    groups = {group: _accepted(group, values) for group, values in by_group(chosen).items()}
    total: Counter[str] = Counter()
    for facets, count in rows:
        has = frozenset(facets.split())
        lacking = [group for group, accepted in groups.items() if not has & accepted]
        if len(lacking) > 1:
            continue
        for token in _values(has):
            if not lacking or token.partition(":")[0] == lacking[0]:
                total[token] += count
    return dict(sorted(total.items()))


def _accepted(group: str, values: list[str]) -> frozenset[str]:
    return frozenset(values) | ({everybody(group)} if group in FOR_WHOM else frozenset())


def _values(has: frozenset[str]) -> set[str]:
    """The facets of a document; for everybody is each value."""
    found = {token for token in has if not token.startswith("everybody:")}
    for group, values in VALUES.items():
        if everybody(group) in has:
            found |= {f"{group}:{value}" for value in values}
    return found
