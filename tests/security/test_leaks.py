"""Addresses that hold a secret stay out of logs; a host that a request claims stays out of mail; tombstones stay empty."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db.models import Q
from django.test import Client, override_settings
from django.utils import timezone
from tests.helpers.attack import Target
from tests.helpers.reporting import FORM, form_address, receipt_of, send, with_work
from tests.helpers.sharing import fresh, url
from tests.helpers.vault import acting

from baken.audit.models import Event
from baken.config.logs import WithoutVisitor
from baken.people import actions
from baken.people.links import token_of
from baken.reports.actions.dialogue import write_message, write_note
from baken.reports.actions.erasing import erase_report
from baken.reports.actions.reporter import answer
from baken.reports.actions.triage import assign, set_aside, take_into_triage
from baken.reports.errors import NoInbox
from baken.reports.footing import DecisionKind
from baken.reports.models import Report
from baken.vault.models import Sealed

SITE = "https://baken.example.org"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console handler would print, at the level that an installation has."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutVisitor())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_a_link_that_still_works_is_in_no_log(target: Target, log: io.StringIO) -> None:
    made = actions.invite(
        by=None, email="dirk2@oostzaan.example", organisation=None, functions=[], language="nl", now=timezone.now()
    )
    token = token_of(made)
    weak = Client().post(f"/nl/account/invitation/{token}/", {"password1": "kort", "password2": "kort"})
    assert weak.status_code == 422
    Client().get(f"/calendar/{token}.ics")
    assert "Unprocessable" in log.getvalue()
    assert token not in log.getvalue()


def test_no_log_says_which_report_or_what_was_typed(target: Target, log: io.StringIO) -> None:
    organisation, report = target.known["organisation_id"], target.known["report_id"]
    target.signed_in("cleo").get(f"/nl/organisation/{organisation}/inbox/{report}/")
    target.signed_in("bas").post(f"/nl/organisation/{organisation}/inbox/{report}/note/", {"text": ""})
    Client().get("/nl/kanarie-in-het-adres/")
    Client().post("/nl/receipt/", {"code": "kanarie"})
    Client(enforce_csrf_checks=True).post(f"/nl/organisation/{organisation}/inbox/{report}/note/", {"text": "kanarie"})
    written = log.getvalue()
    assert written
    assert organisation not in written
    assert report not in written
    assert "kanarie" not in written


@override_settings(ALLOWED_HOSTS=["*"], BAKEN_SITE=SITE)
def test_links_in_mail_are_those_of_this_site_whatever_a_request_says(target: Target) -> None:
    dief: dict[str, Any] = {"HTTP_HOST": "dief.example", "HTTP_X_FORWARDED_HOST": "dief.example"}
    Client().post("/nl/account/password/reset/", {"email": target.sharing.world.ann.email}, **dief)
    bas = target.signed_in("bas")
    bas.post(
        f"/nl/organisation/{target.known['organisation_id']}/members/invite/",
        {"email": "nieuw@oostzaan.example", "functions": ["reporter"]},
        **dief,
    )
    target.sharing.world.bas.is_platform_administrator = True
    target.sharing.world.bas.save()
    bas.post(
        "/nl/organisation/platform/invite/",
        {"name": "Gemeente Nieuw", "kind": "municipal", "email": "eerste@nieuw.example"},
        **dief,
    )
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        links = re.findall(r"https?://\S+", str(message.body))
        assert links
        assert all(link.startswith(SITE + "/") for link in links)
        assert "dief" not in str(message.message())


@override_settings(ALLOWED_HOSTS=["*"], BAKEN_SITE=SITE)
def test_addresses_to_write_down_are_those_of_this_site_whatever_a_request_says(target: Target) -> None:
    dief: dict[str, Any] = {"HTTP_HOST": "dief.example", "HTTP_X_FORWARDED_HOST": "dief.example"}
    sharing, bas = target.sharing, target.signed_in("bas")
    inbox = bas.get(f"/nl/organisation/{sharing.world.here.pk}/inbox/?list=closed", **dief)
    opened = Client().get(form_address(sharing.world)).content.decode()
    sent = Client().post(form_address(sharing.world), {**FORM, **with_work(opened)}, **dief)
    report = sharing.report()
    weighing = sharing.weighing(report, to="police")
    decision = sharing.decide(report, DecisionKind.REPORT_WITHOUT_CONSENT, weighing=weighing)
    typed = {
        "version": fresh(report).version,
        "way": "page",
        "parts": ["facts"],
        "until": f"{timezone.localdate() + dt.timedelta(days=5)}",
    }
    ready = bas.post(url(sharing, "hand_over", report, decision.pk), typed, **dief)
    for page in (inbox, sent, ready):
        assert page.status_code == 200, page.content.decode()
        assert SITE + "/" in page.content.decode()
        assert "dief.example" not in page.content.decode()


@pytest.mark.django_db
def test_unknown_hosts_are_refused_and_a_proxy_cannot_name_another() -> None:
    assert Client().get("/nl/", HTTP_HOST="dief.example").status_code == 400
    assert Client().get("/nl/account/login/", HTTP_HOST="dief.example").status_code == 400
    page = Client().get("/nl/account/login/", HTTP_X_FORWARDED_HOST="dief.example")
    assert page.status_code == 200
    assert "dief.example" not in page.content.decode()


def test_nothing_is_written_beside_what_was_erased(target: Target) -> None:
    world = target.sharing.world
    bas, now = acting(world.bas, world.here), timezone.now()
    sent = send(Client(), world)
    report = Report.objects.get(reference=sent.context["report"].reference)
    take_into_triage(by=bas, report_id=report.pk, expected=None, now=now)
    set_aside(by=bas, report_id=report.pk, expected=None, reason="kanarie reden", now=now)
    before = Report.objects.get(pk=report.pk)
    assert erase_report(report.pk, now=now)
    kept = Sealed.objects.count()
    for act in (write_note, write_message):
        with pytest.raises(Report.DoesNotExist):
            act(by=bas, report_id=report.pk, expected=None, text="kanarie", now=now)
    with pytest.raises(Report.DoesNotExist):
        assign(by=bas, report_id=report.pk, expected=None, member=world.bas, now=now)
    with pytest.raises(NoInbox):
        answer(before, by=None, text="kanarie", once=uuid.uuid4(), now=now)
    gone = Client().post("/nl/receipt/", {"code": receipt_of(sent)})
    assert gone.status_code == 422
    client = target.signed_in("bas")
    path = f"/nl/organisation/{world.here.pk}/inbox/{report.pk}/"
    version = Report.objects.get(pk=report.pk).version
    assert client.post(f"{path}note/", {"text": "kanarie", "version": version}).status_code == 404
    assert Sealed.objects.count() == kept


def test_who_reports_in_confidence_is_not_named_to_administrators(target: Target) -> None:
    """Bas is administrator too; the audit, which administrators read, does not tell what Ann told the focal point."""
    world = target.sharing.world
    ann = target.signed_in("ann")
    before = set(Event.objects.values_list("pk", flat=True))
    form = {**FORM, "manner": "confidential", "facts": "iets", "opinion": "", "where": "", "when": ""}
    ann.post(f"/nl/organisation/{world.here.pk}/report/", form)
    report = Report.objects.get(manner="confidential")
    assert report.reporter == world.ann
    ann.get(f"/nl/organisation/{world.here.pk}/my-reports/")
    ann.get(f"/nl/organisation/{world.here.pk}/my-reports/{report.pk}/")
    ann.post(f"/nl/organisation/{world.here.pk}/my-reports/{report.pk}/", {"text": "nog iets"})
    events = Event.objects.exclude(pk__in=before)
    about = events.filter(Q(object_id=str(report.pk)) | Q(listed__contains=str(report.pk)))
    assert set(about.values_list("action", flat=True)) >= {"report.received", "read"}
    assert not about.filter(member_id=str(world.ann.pk)).exists()
