"""Figures of an organisation: nothing under five, and no test counts."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import World, member
from tests.helpers.reports import send
from tests.helpers.vault import acting

from baken.people.permissions import Function
from baken.reports.actions.triage import set_aside, take_into_triage
from baken.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets", "in_english")]


def shown(client: PageClient, world: World) -> str:
    return str(client.get(reverse("inbox:figures", args=[world.here.pk])).content.decode())


def test_few_are_not_shown_and_tests_do_not_count(client: PageClient, world: World) -> None:
    client.force_login(member("beleid@oostzaan.example", where=world.here, functions=(Function.POLICY_OFFICER,)))
    for _ in range(3):
        send(world)
    for _ in range(5):
        send(world, is_test=True)
    assert "too few to show" in shown(client, world)
    assert "<dd>3</dd>" not in "".join(shown(client, world).split())


def test_the_share_that_heard_back_is_shown(client: PageClient, world: World) -> None:
    client.force_login(world.bas)
    by, now = acting(world.bas, world.here), timezone.now()
    for _ in range(10):
        report = send(world).report
        take_into_triage(by=by, report_id=report.pk, expected=1, now=now)
        set_aside(by=by, report_id=report.pk, expected=2, reason="een vergissing", now=now)
    for pk in Report.objects.values_list("pk", flat=True)[:5]:
        Report.objects.filter(pk=pk).update(feedback_at=now)
    page = shown(client, world)
    assert "(50%)" in page


def test_a_reporter_sees_no_figures(client: PageClient, world: World) -> None:
    client.force_login(world.ann)
    assert client.get(reverse("inbox:figures", args=[world.here.pk])).status_code == 403
