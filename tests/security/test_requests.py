"""Forged forms, other methods, other people's ids, and addresses that lead away: every URL, tried one by one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.helpers.attack import Target, address, names_in, snapshot, urls

from baken.audience import DeclaredUrl
from baken.audit.models import Event

TOKEN = "a" * 32
AWAY = ("https://dief.example/", "//dief.example/", "/\\dief.example", "\\\\dief.example", "///dief.example/",
        "https:dief.example", "javascript:alert(1)", "\thttps://dief.example/", "https://testserver@dief.example/",
        "https://testserver.dief.example/", "data:text/html,<p>")  # fmt: skip
OTHER_METHODS = ("put", "patch", "delete")


def of_members() -> list[DeclaredUrl]:
    return list(urls(public=False))


@pytest.mark.walk
def test_a_form_without_our_token_is_refused_everywhere(target: Target) -> None:
    client = target.signed_in("bas", enforce_csrf_checks=True)
    before = snapshot()
    found = {}
    for url in of_members():
        response = client.post(address(url, target.known), {"text": "x", "how": "acknowledge"})
        if response.status_code != 403:
            found[url.name] = response.status_code
    assert not found, found
    assert snapshot() == before


@pytest.mark.walk
def test_a_form_of_another_site_is_refused_everywhere(target: Target) -> None:
    client = target.signed_in("bas", enforce_csrf_checks=True)
    client.cookies["csrf"] = TOKEN
    own = client.post("/nl/account/notices/seen/", {"csrfmiddlewaretoken": TOKEN}, HTTP_ORIGIN="http://testserver")
    assert own.status_code == 302, "with the right token and origin it works, so what follows is no accident"
    found = {}
    for url in of_members():
        for origin in ("https://dief.example", "null"):
            sent = client.post(address(url, target.known), {"csrfmiddlewaretoken": TOKEN}, HTTP_ORIGIN=origin)
            if sent.status_code != 403:
                found[url.name, origin] = sent.status_code
    assert not found, found


@pytest.mark.walk
@pytest.mark.parametrize("who", ["ann", "bas"])
def test_opening_a_page_changes_nothing_but_the_trace_of_it(target: Target, who: str) -> None:
    clients = [Client(), target.signed_in(who)]
    before, noted = snapshot(), Event.objects.count()
    for url in urls():
        for client in clients:
            client.get(address(url, target.known))
            client.head(address(url, target.known))
    after = snapshot()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert Event.objects.count() > noted


@pytest.mark.walk
def test_other_methods_do_nothing(target: Target) -> None:
    client = target.signed_in("bas")
    before = snapshot()
    found = {}
    for url in urls():
        for method in (*OTHER_METHODS, "trace"):
            status = getattr(client, method)(address(url, target.known)).status_code
            if status not in (302, 403, 404, 405, 410):
                found[url.name, method] = status
    assert not found, found
    assert snapshot() == before


def mixed(target: Target, url: DeclaredUrl) -> list[str]:
    """The address as it is, and with Cleo's own organisation before the ids of another."""
    theirs = address(url, target.known)
    return [theirs, theirs.replace(target.known["organisation_id"], str(target.sharing.world.there.pk))]


OWN = {
    "cleo": {"received", "accept", "decline", "outcome", "received_file", "question"},
    "ann": {"my_report"},
}
"""What was handed over to Cleo's organisation she may open; and Ann what she reported."""


@pytest.mark.walk
@pytest.mark.parametrize("who", ["cleo", "ann"])
def test_ids_of_others_are_not_there(target: Target, who: str) -> None:
    client = target.signed_in(who)
    before = snapshot()
    tried, found = 0, {}
    for url in of_members():
        if len(names_in(url)) < 2 or "organisation_id" not in names_in(url):
            continue
        for path in mixed(target, url):
            is_own = path != address(url, target.known) if who == "cleo" else path == address(url, target.known)
            if is_own and url.name.partition(":")[2] in OWN[who]:
                continue
            for method in ("get", "post"):
                response = getattr(client, method)(path, {"text": "x", "how": "acknowledge", "version": "1"})
                tried += 1
                if response.status_code not in (403, 404, 405) and not _asks_step_up(response):
                    found[url.name, method, path] = response.status_code
                assert b"kanarie" not in response.content, url.name
    assert tried > 30
    assert not found, found
    assert snapshot() == before


def test_another_file_of_the_sender_is_not_handed_over_with_the_report(target: Target) -> None:
    """Cleo holds one part of one report: not its file, not another report, not through her own hand-over."""
    client = target.signed_in("cleo")
    there = target.sharing.world.there.pk
    known = target.known
    base = f"/nl/organisation/{there}"
    for path in (
        f"{base}/handovers/{known['handover_id']}/file/{known['attachment_id']}/",
        f"{base}/inbox/{known['report_id']}/file/{known['attachment_id']}/",
        f"{base}/inbox/{known['report_id']}/",
        f"{base}/my-reports/{known['report_id']}/",
    ):
        assert client.get(path).status_code == 404, path


def test_own_reports_are_those_of_the_own_key_only(target: Target) -> None:
    """Bas reads the report as focal point; as its reporter he does not exist."""
    client = target.signed_in("bas")
    base = f"/nl/organisation/{target.known['organisation_id']}"
    assert client.get(f"{base}/inbox/{target.known['report_id']}/").status_code == 200
    assert client.get(f"{base}/my-reports/{target.known['report_id']}/").status_code == 404
    assert client.post(f"{base}/my-reports/{target.known['report_id']}/", {"text": "x"}).status_code == 404


@pytest.mark.walk
@pytest.mark.parametrize("who", ["visitor", "bas"])
def test_no_page_leads_away_because_an_address_says_so(target: Target, who: str) -> None:
    client = Client() if who == "visitor" else target.signed_in(who)
    found = {}
    for url in of_members():
        if url.name in ("account_logout",):
            continue
        for method in ("get", "post"):
            for wanted in AWAY:
                path = f"{address(url, target.known)}?" + _query(wanted)
                response = getattr(client, method)(path, **({} if method == "get" else {"data": {"next": wanted}}))
                if _leads_away(response):
                    found[url.name, method, wanted] = response.headers.get("Location", "in the page")
    assert not found, found


def test_signing_in_leads_home_whatever_the_address_says(target: Target) -> None:
    from tests.helpers.people import PASSWORD

    for wanted in AWAY:
        ann = target.sharing.world.ann
        form = {"login": ann.email, "password": PASSWORD, "next": wanted}
        done = Client().post("/nl/account/login/?" + _query(wanted), form)
        assert done.status_code == 302
        assert not _leads_away(done), wanted


def _query(wanted: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"next": wanted})


def _asks_step_up(response: Any) -> bool:
    """Sent to show once more who they are, or to their key: nothing of what they asked for."""
    return response.status_code == 302 and "/account/" in response.headers["Location"]


def _leads_away(response: Any) -> bool:
    location = response.headers.get("Location", "")
    if location and (not location.startswith("/") or location.startswith(("//", "/\\"))):
        return True
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    body = response.content.decode()
    return bool(
        re.search(r"""(?:href|action|src)="\s*(?:https?:|javascript:|data:|[/\\]{2})[^"]*(?:dief|alert|<p)""", body)
    )
