"""The inbox: whose work, in which order, in words, and quick at any size."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import World
from tests.helpers.reports import fresh, inbox_of, second_reader, send
from tests.helpers.vault import acting, sign_in_unlocked

from baken.audit.models import Event
from baken.reports.actions.triage import assign, set_aside, take_into_triage
from baken.reports.inbox import PER_PAGE, Box, page_of, situations_of
from baken.reports.models import Message, Report
from baken.vault.models import Sealed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets", "in_english")]


def address(world: World, query: str = "") -> str:
    return reverse("inbox:inbox", args=[world.here.pk]) + query


def opened(client: PageClient, world: World, box: str = "team", page: int = 1) -> str:
    sign_in_unlocked(client, world.bas)
    answer = client.get(address(world, f"?list={box}&page={page}"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_row_says_what_waits_and_until_when(client: PageClient, world: World) -> None:
    report = send(world, urgent=True).report
    page = opened(client, world)
    assert report.reference in page
    for words in ("Urgent", "1 sign", "Exploitation at work", "A person", "Nobody yet"):
        assert words in page, words
    assert "kanarie" not in page


def test_an_overdue_report_says_so_in_words(client: PageClient, world: World) -> None:
    send(world, urgent=True, now=timezone.now() - dt.timedelta(hours=2))
    page = opened(client, world)
    assert "clock--over" in page
    assert "#warning" in page


def test_an_empty_inbox_says_what_to_do(client: PageClient, world: World) -> None:
    page = opened(client, world, "mine")
    assert reverse("inbox:test_report", args=[world.here.pk]) in page


def test_lists_are_of_work_and_the_first_clock_stands_first(world: World) -> None:
    bas, now = acting(world.bas, world.here), timezone.now()
    late = send(world, now=now - dt.timedelta(days=9)).report
    new = send(world).report
    urgent = send(world, urgent=True).report
    mine = send(world).report
    take_into_triage(by=bas, report_id=mine.pk, expected=1, now=now)
    done = send(world).report
    take_into_triage(by=bas, report_id=done.pk, expected=1, now=now)
    set_aside(by=bas, report_id=done.pk, expected=2, reason="een vergissing", now=now)
    assert [item.pk for item in page_of(bas, Box.TEAM, 1).reports] == [late.pk, urgent.pk, new.pk]
    assert {item.pk for item in page_of(bas, Box.MINE, 1).reports} == {mine.pk, done.pk}
    assert [item.pk for item in page_of(bas, Box.CLOSED, 1).reports] == [done.pk]
    assert page_of(bas, Box.WAITING, 1).reports == []
    assert page_of(acting(world.cleo, world.there), Box.TEAM, 1).reports == []
    assert page_of(acting(world.ann, world.here), Box.TEAM, 1).reports == []


def test_what_a_colleague_has_is_work_of_the_team(world: World) -> None:
    dina, now = second_reader(world), timezone.now()
    report = send(world).report
    assign(by=acting(world.bas, world.here), report_id=report.pk, expected=1, member=dina, now=now)
    assert page_of(acting(world.bas, world.here), Box.TEAM, 1).reports == [fresh(report)]
    assert page_of(acting(dina, world.here), Box.MINE, 1).reports == [fresh(report)]


def test_pages_hold_each_report_once_also_where_no_clock_runs(world: World) -> None:
    start = timezone.now() - dt.timedelta(days=3)
    made = [send(world, now=start + dt.timedelta(minutes=count)).report for count in range(PER_PAGE + 6)]
    still = {report.pk for report in made[:10]}
    Report.objects.filter(pk__in=still).update(due_at=None, due_clock="")
    bas = acting(world.bas, world.here)
    pages = [page_of(bas, Box.TEAM, number) for number in (1, 2, 3)]
    assert [len(page.reports) for page in pages] == [PER_PAGE, 6, 0]
    assert [page.has_more for page in pages] == [True, False, False]
    shown = [item.pk for page in pages for item in page.reports]
    assert len(set(shown)) == len(made)
    assert set(shown[-10:]) == still


def test_what_was_shown_is_in_the_audit(client: PageClient, world: World) -> None:
    reports = [send(world).report for _ in range(3)]
    opened(client, world)
    event = Event.objects.filter(action="list").get()
    assert set(event.listed.split()) == {str(report.pk) for report in reports}


def test_new_answers_are_counted(client: PageClient, world: World) -> None:
    report = send(world).report
    for _ in range(2):
        Message.objects.create(report=report, at=timezone.now(), from_reporter=True)
    Message.objects.create(report=report, at=timezone.now(), from_reporter=True, read_at=timezone.now())
    assert page_of(acting(world.bas, world.here), Box.TEAM, 1).reports[0].unread == 2  # type: ignore[attr-defined]


def test_a_page_takes_few_queries_however_many_there_are(client: PageClient, world: World) -> None:
    for _ in range(PER_PAGE + 2):
        send(world)
    sign_in_unlocked(client, world.bas)
    client.get(address(world, "?list=team"))
    with CaptureQueriesContext(connection) as asked:
        client.get(address(world, "?list=team"))
    queries = [item["sql"] for item in asked.captured_queries if "SAVEPOINT" not in item["sql"]]
    assert len(queries) <= 12, "\n".join(queries)


def test_only_the_situation_is_opened_and_what_was_changed_is_marked(client: PageClient, world: World) -> None:
    report = send(world).report
    pair = inbox_of(world)
    situation = situations_of([report.pk], {pair.id.hex(): pair})[report.pk]
    assert situation is not None
    assert situation["about"] == "person"
    row = Sealed.objects.get(kind="report", object_id=str(report.pk), field="situation")
    row.envelope = bytes(row.envelope or b"")[:-1] + b"\x00"
    row.save()
    assert situations_of([report.pk], {pair.id.hex(): pair}) == {report.pk: None}
    assert report.reference in opened(client, world)


def test_another_organisation_sees_nothing(client: PageClient, world: World) -> None:
    report = send(world).report
    sign_in_unlocked(client, world.cleo)
    assert client.get(address(world)).status_code == 404
    elsewhere = reverse("inbox:report", args=[world.there.pk, report.pk])
    assert client.get(elsewhere).status_code == 404


def test_without_an_unlocked_key_nothing_is_shown(client: PageClient, world: World) -> None:
    send(world)
    client.force_login(world.bas)
    assert client.get(address(world)).status_code == 302


def test_situations_are_found_from_the_reports_and_never_from_the_key_that_opens_all(world: World) -> None:
    """Nearly all keys open one report and the inbox opens all; SQLite knows the mean of them only."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL knows that one key is common")
    ids = [send(world, by=None, manner="anonymous").report.pk for _ in range(PER_PAGE + 1)][:PER_PAGE]
    pair = inbox_of(world)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        assert len(situations_of(ids, {pair.id.hex(): pair})) == PER_PAGE
    (sql,) = [item["sql"] for item in asked.captured_queries]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql)
        plan = [row[3] for row in cursor.fetchall()]
    assert plan[0].startswith("SEARCH vault_sealed"), plan
    assert all("(key_id=?)" not in step for step in plan), plan


@pytest.mark.parametrize("box", Box)
def test_no_list_sorts_all_reports(world: World, box: Box) -> None:
    """Each is read along an index in its order, so that its time does not grow with the number of reports."""
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL looks at how full the table is")
    with CaptureQueriesContext(connection) as asked:
        page_of(acting(world.bas, world.here), box, 1)
    lists = [item["sql"] for item in asked.captured_queries if "reports_message" in item["sql"]]
    assert lists
    for sql in lists:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + sql)
            plan = [row[3] for row in cursor.fetchall()]
        assert not any(step.startswith("SCAN reports_report") for step in plan), plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
