"""Guessing and flooding: doors that close, that say nothing about who is a member, and that never lock out a reporter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.helpers.attack import Target
from tests.helpers.people import PASSWORD
from tests.helpers.reporting import FORM, form_address, hidden, receipt_of, send
from tests.people.test_sign_in import code_of

from baken.people import proof
from baken.reports.actions.erasing import erase_report
from baken.reports.actions.triage import set_aside, take_into_triage
from baken.reports.models import Report
from baken.vault.receipts import new_receipt

LOGIN, RESET, SECOND = "/nl/account/login/", "/nl/account/password/reset/", "/nl/account/second-step/"
NOBODY = "niemand@nergens.example"


@contextmanager
def work_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """How many slow hashes are made, and which tables are asked: what a clock outside would measure."""
    hasher = type(get_hasher())
    spent = {"hashes": 0}
    encode = hasher.encode

    def counted(*args: Any) -> Any:
        spent["hashes"] += 1
        return encode(*args)

    with monkeypatch.context() as patched, CaptureQueriesContext(connection) as asked:
        patched.setattr(hasher, "encode", counted)
        yield spent
    spent["queries"] = len(asked)


def same(body: bytes) -> str:
    """A page without what differs each time."""
    return re.sub(r'value="[^"]*"', "", body.decode())


def test_a_sign_in_does_the_same_work_for_members_and_others(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for login in (target.sharing.world.ann.email, NOBODY, target.sharing.world.bas.email):
        with work_of(monkeypatch) as work:
            page = Client().post(LOGIN, {"login": login, "password": "fout fout fout"})
        seen.append((work["hashes"], page.status_code, same(page.content)))
        assert abs(work["queries"] - 20) < 20
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == 1


def test_a_lost_password_is_answered_the_same_for_members_and_others(target: Target) -> None:
    seen = []
    for email in (target.sharing.world.ann.email, NOBODY):
        page = Client().post(RESET, {"email": email})
        seen.append((page.status_code, page["Location"], page.content))
    assert seen[0] == seen[1]
    assert [message.to for message in mail.outbox] == [[target.sharing.world.ann.email], [NOBODY]]
    assert {message.subject for message in mail.outbox} == {mail.outbox[0].subject}


def test_a_lost_password_mails_nobody_without_end(target: Target) -> None:
    for _ in range(12):
        Client().post(RESET, {"email": NOBODY})
    assert len(mail.outbox) == 5


def test_receipts_that_never_were_and_that_are_over_take_the_same_way(target: Target) -> None:
    report, bas, now = Report.objects.get(receipt_lookup__isnull=False), target.sharing.bas, timezone.now()
    take_into_triage(by=bas, report_id=report.pk, expected=None, now=now)
    set_aside(by=bas, report_id=report.pk, expected=None, reason="niets", now=now)
    assert erase_report(report.pk, now=now)
    seen = []
    for code in (new_receipt()[0], target.receipt):
        with CaptureQueriesContext(connection) as asked:
            page = Client().post("/nl/receipt/", {"code": code})
        seen.append((page.status_code, len(asked), same(page.content)))
    assert seen[0] == seen[1]
    assert seen[0][0] == 422


def test_no_number_of_wrong_receipts_closes_the_page_for_a_right_one(target: Target) -> None:
    client = Client()
    for _ in range(40):
        assert client.post("/nl/receipt/", {"code": new_receipt()[0]}).status_code == 422
    assert client.post("/nl/receipt/", {"code": target.receipt}).status_code == 200


def test_codes_of_the_second_step_cannot_be_tried_out(target: Target) -> None:
    bas, client = target.sharing.world.bas, Client()
    client.post(LOGIN, {"login": bas.email, "password": PASSWORD})
    for number in range(6):
        client.post(SECOND, {"code": f"{number:06}"})
    # A new session does not help: it is counted by member.
    again = Client()
    again.post(LOGIN, {"login": bas.email, "password": PASSWORD})
    done = again.post(SECOND, {"code": code_of(bas)})
    assert done.status_code != 302 or done["Location"] != "/nl/organisation/"
    assert again.get("/nl/account/").status_code == 302
    cache.clear()
    free = Client()
    free.post(LOGIN, {"login": bas.email, "password": PASSWORD})
    assert free.post(SECOND, {"code": code_of(bas)})["Location"] == "/nl/organisation/"


def test_a_code_of_the_second_step_works_once(target: Target) -> None:
    bas = target.sharing.world.bas
    with time_machine.travel(timezone.now(), tick=False):
        code = code_of(bas)
        for expected in (True, False):
            client = Client()
            client.post(LOGIN, {"login": bas.email, "password": PASSWORD})
            client.post(SECOND, {"code": code})
            assert (client.get("/nl/account/").status_code == 200) is expected


def test_the_password_of_an_open_session_cannot_be_tried_out(target: Target) -> None:
    client = target.signed_in("bas")
    for _ in range(10):
        client.post("/nl/account/reauthenticate/", {"password": "fout fout fout"})
    late = client.post("/nl/account/reauthenticate/", {"password": PASSWORD})
    assert late.status_code == 429 or "error-summary" in late.content.decode()


def test_a_key_cannot_be_tried_out_in_a_session(target: Target) -> None:
    client = target.signed_in("bas")
    client.cookies["vault"] = "A" * 43
    for _ in range(5):
        tried = client.post("/nl/account/keys/open/?again=1", {"typed": "fout fout fout"})
    assert tried["Location"] == LOGIN
    assert client.get("/nl/account/")["Location"].startswith(LOGIN)


def test_a_flood_asks_more_and_locks_nobody_out(target: Target) -> None:
    world = target.sharing.world
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(proof.CALM + 5):
            receipt_of(send(Client(), world))
        page = Client().get(form_address(world)).content.decode()
        quick = Client().post(form_address(world), {**FORM, "challenge": hidden(page, "challenge")})
        assert quick.status_code == 422
        assert "kanarie feit" in quick.content.decode()
        clock.shift(dt.timedelta(seconds=proof.WAIT_CAP))
        waited = Client().post(form_address(world), {**FORM, "challenge": hidden(page, "challenge")})
        receipt_of(waited)
        again = Client().post(form_address(world), {**FORM, "challenge": hidden(page, "challenge")})
    assert again.status_code == 422, "a form is sent once"
