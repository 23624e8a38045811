"""Who looked, when and why: for the one it is about, and for who keeps an eye on the organisation."""

from __future__ import annotations

import csv

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import member
from tests.helpers.reports import send
from tests.helpers.sharing import Sharing
from tests.helpers.vault import sign_in_unlocked

from baken.audit.models import Event
from baken.people.permissions import Function
from baken.reports.actions.reporter import note_read
from baken.reports.views.audit import _events_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_who_looked_names_organisations_and_functions_and_no_member(client: PageClient) -> None:
    sharing = Sharing.new()
    report, _consent, handover = sharing.offered()
    cleo = PageClient()
    sign_in_unlocked(cleo, sharing.world.cleo)
    cleo.get(reverse("inbox:received", args=[sharing.world.there.pk, handover.pk]))
    sign_in_unlocked(client, sharing.world.bas)
    page = client.get(reverse("inbox:looked", args=[sharing.world.here.pk, report.pk])).content.decode()
    assert sharing.world.there.name in page
    assert "Focal point" in page
    assert "Consent" in page
    assert "kanarie" not in page
    for who in (sharing.world.bas, sharing.world.cleo):
        assert who.email not in page
    assert Event.objects.filter(action="print", object_id=str(report.pk)).count() == 1


def test_the_audit_of_the_organisation_is_in_sentences_and_can_be_narrowed(client: PageClient) -> None:
    sharing = Sharing.new()
    sharing.offered()
    sign_in_unlocked(client, sharing.world.bas)
    address = reverse("inbox:audit", args=[sharing.world.here.pk])
    page = client.get(address).content.decode()
    assert "recorded consent" in page
    narrowed = client.get(address, {"group": "shared"}).content.decode()
    assert "recorded consent" in narrowed
    assert "handed in" not in narrowed
    assert "recorded consent" not in client.get(address, {"group": "refused"}).content.decode()
    today = timezone.localtime().date()
    empty = client.get(address, {"until": today.replace(year=today.year - 1).isoformat()}).content.decode()
    assert "Nothing happened in this time" in empty
    assert client.get(address, {"since": "2026-99-99", "page": "x"}).status_code == 200
    assert Event.objects.filter(action="audit.read").count() == 5


def test_the_table_has_a_row_for_each_event_and_only_of_this_organisation(client: PageClient) -> None:
    sharing = Sharing.new()
    sharing.offered()
    sign_in_unlocked(client, sharing.world.bas)
    answer = client.get(reverse("inbox:audit_file", args=[sharing.world.here.pk]))
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert {row["organisation"] for row in rows} <= {str(sharing.world.here.pk), ""}
    assert "consent.given" in {row["action"] for row in rows}
    assert Event.objects.filter(action="export", object_kind="audit").count() == 1


def test_a_focal_point_alone_does_not_read_the_audit(client: PageClient) -> None:
    sharing = Sharing.new()
    only = member("elsa@oostzaan.example", where=sharing.world.here, functions=(Function.FOCAL_POINT,))
    client.force_login(only)
    assert client.get(reverse("inbox:audit", args=[sharing.world.here.pk])).status_code == 403


def test_when_the_reporter_looked_is_left_out() -> None:
    sharing = Sharing.new()
    sent = send(sharing.world, by=None, manner="anonymous")
    note_read(sent.report, by=None, now=timezone.now())
    assert Event.objects.filter(action="read", object_id=str(sent.report.pk)).count() == 1
    assert list(_events_of(sent.report)) == []
