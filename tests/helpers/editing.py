"""Editors of the social map: two of them, because some changes need two people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from baken.directory import models
from baken.directory.actions.putting import Via, put
from baken.people.actor import Acting
from baken.people.models import Member, Organisation
from baken.people.permissions import Function
from tests.helpers import directory
from tests.helpers.pages import PageClient
from tests.helpers.people import member, organisation
from tests.helpers.vault import acting


@dataclass
class Editors:
    """Eva and Eef keep the map of one organisation."""

    here: Organisation = field(default_factory=organisation)

    def __post_init__(self) -> None:
        self.eva = member("eva@oostzaan.example", where=self.here, functions=(Function.DIRECTORY_EDITOR,))
        self.eef = member("eef@oostzaan.example", where=self.here, functions=(Function.DIRECTORY_EDITOR,))

    def acting(self, who: Member | None = None) -> Acting:
        return acting(who or self.eva, self.here)

    def client(self, who: Member | None = None) -> PageClient:
        client = PageClient()
        client.force_login(who or self.eva)
        return client

    def at(self, path: str = "") -> str:
        return f"/en/organisation/{self.here.pk}/directory/{path}"


def there(**more: Any) -> models.Service:
    """A service in the map, with everything in it unless ``more`` says otherwise."""
    record = directory.full_service(**more)
    return put(by=None, record=record, via=Via.PACK, now=timezone.now()).service


def typed(page: Any) -> dict[str, list[str] | str]:
    """What a browser would send of the form of a page, untouched."""
    import html5lib

    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page.content.decode())
    form = next(item for item in tree.iter("form") if item.find(".//*[@name='name']") is not None)
    found: dict[str, list[str]] = {}
    for item in form.iter():
        name, kind = item.get("name"), item.get("type", "text")
        if not name or item.tag == "button" or (kind in ("checkbox", "radio") and item.get("checked") is None):
            continue
        if item.tag == "select":
            chosen = [option.get("value", "") for option in item.iter("option") if option.get("selected") is not None]
            values = chosen or [next(item.iter("option")).get("value", "")]
        elif item.tag == "textarea":
            values = ["".join(item.itertext()).removeprefix("\n")]
        else:
            values = [item.get("value", "on" if kind == "checkbox" else "")]
        found.setdefault(name, []).extend(values)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}
