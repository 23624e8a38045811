"""Which own focal points take reports, for the result of a check. Read at most once in ``FRESH`` seconds per process."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError
from django.urls import reverse

from baken.reports.queries import receiving
from baken.routes.reporting import ReportPlace

FRESH = 5.0
OWN = "own_"


@dataclass(slots=True)
class _Remembered:
    names: dict[str, str] = field(default_factory=dict)
    until: float = 0.0


_remembered = _Remembered()


def forget() -> None:
    """Read again at the next page."""
    _remembered.until = 0.0


def places_of(codes: Sequence[str]) -> list[ReportPlace]:
    """The places of those regions that are organisations with an inbox. Without a database there are none; never fails."""
    names = _names()
    ids = [code.removeprefix(OWN) for code in codes]
    return [ReportPlace(names[item], _address(item)) for item in ids if item in names]


def _address(found: str) -> str:
    return reverse("reports:form", kwargs={"organisation_id": uuid.UUID(found)})


def _names() -> dict[str, str]:
    moment = time.monotonic()
    if moment >= _remembered.until:
        try:
            _remembered.names = {pk.hex: name for pk, name in receiving().values_list("pk", "name")}
        except DatabaseError:
            _remembered.names = {}
        _remembered.until = moment + FRESH
    return _remembered.names
