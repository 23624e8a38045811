"""Reporting in tests: the form as a browser sends it, and what stands on its pages."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from baken.people.proof import read, solve
from baken.reports.views.reporter import key
from tests.helpers.people import World

CHECK = {
    "about": "person",
    "age": "unknown",
    "profession": "desk_clerk",
    "municipality": "Oostzaan",
    "signs": ["dest_asks_for_help"],
}
FORM = {
    "send": "1",
    "danger": "no",
    "about": "person",
    "facts": "kanarie feit: zij mocht niet zelf praten",
    "opinion": "kanarie mening",
    "where": "kanarie straat",
    "when": "maandag",
    "manner": "anonymous",
}


def form_address(world: World) -> str:
    return f"/nl/report/{world.here.pk}/"


def hidden(body: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', body)
    assert found is not None, f"no hidden field {name}"
    return found[1]


def with_work(body: str) -> dict[str, str]:
    """The challenge of a form with the work that a browser does on it."""
    challenge = hidden(body, "challenge")
    made = read(challenge, key())
    assert made is not None
    return {"challenge": challenge, "proof": solve(made)}


def send(client: Client, world: World, **changes: Any) -> Any:
    """Open the form and send it, as a browser with JavaScript does."""
    opened = client.get(form_address(world)).content.decode()
    data = {**FORM, **with_work(opened), **changes}
    return client.post(form_address(world), {name: value for name, value in data.items() if value is not None})


def receipt_of(response: Any) -> str:
    """The code on the page after sending."""
    assert response.status_code == 200, response.content.decode()[:2000]
    code = response.context["code"]
    assert isinstance(code, str)
    return code
