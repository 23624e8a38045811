"""A map with something of everything, and programs that ask for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from tests.helpers.directory import NOW, full_service, place, provider, service

from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.records import PlacedRecord, ServiceRecord

Ask = Callable[..., Any]


def write(record: ServiceRecord) -> None:
    put(by=None, record=record, via=Via.EDITOR, now=NOW)


SHELTER = service(
    "Veilig onderdak",
    kind="shelter",
    provider=provider("Stichting Onderdak"),
    codes=frozenset({("nl-mh-need", "shelter")}),
    places=(PlacedRecord(location=place("Opvang", confidential=True, municipality="GM0344")),),
)
FOR_PROFESSIONALS = service("Alleen voor verwijzers", visibility="professionals")
HIDDEN = service("Niet voor anderen", visibility="hidden")
CLOSED = service("Gesloten", status="defunct")


@pytest.fixture
def the_map(db: None) -> None:
    """Nine services that everybody may see, and three that not everybody may."""
    write(full_service())
    write(SHELTER)
    for number in range(7):
        write(service(f"Spreekuur {number}"))
    for record in (FOR_PROFESSIONALS, HIDDEN, CLOSED):
        write(record)


@pytest.fixture
def ask() -> Ask:
    """Ask the API with GET, and with POST when there is a body."""
    http = Client(raise_request_exception=False)

    def asking(path: str, body: dict[str, Any] | None = None, token: str = "", **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is None:
            return http.get(f"/hsds/v3{path}", query, headers=headers)
        return http.post(f"/hsds/v3{path}", json.dumps(body), content_type="application/json", headers=headers)

    return asking


def renamed(record: ServiceRecord, name: str) -> ServiceRecord:
    return replace(record, name=name)
