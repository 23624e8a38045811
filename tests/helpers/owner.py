"""The owner of a service: a link, and what a browser sends."""

from __future__ import annotations

import re
from typing import Any

from baken.directory import models
from baken.directory.actions.owners import make_link
from baken.directory.records import ServiceRecord
from tests.helpers.directory import NOW
from tests.helpers.keeping import listed
from tests.helpers.pages import PageClient


def address(token: str) -> str:
    return f"/en/map/owner/{token}/"


def linked(record: ServiceRecord) -> tuple[models.Service, str]:
    made = listed(record)
    return made, address(make_link(service_id=made.pk, now=NOW)[1])


def filled(client: PageClient, url: str, **change: str | list[str]) -> dict[str, Any]:
    """What a browser sends when everything is left as it stands, and each field is right."""
    body = client.get(url).content.decode()
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        kind = re.search(r'type="(\w+)"', tag)
        if name and (kind is None or kind[1] not in ("radio", "checkbox") or " checked" in tag):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', body):
        sent[name] = [text]
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    for code in re.findall(r'name="seen-(\w+)"', body):
        sent[f"answer-{code}"] = ["right"]
    return {**sent, **change}
