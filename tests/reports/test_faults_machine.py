"""What a machine does to us: killed for real, a full disk, a clock that jumps, a thousand reports in a minute."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError, connection
from django.utils import timezone
from tests.helpers.faults import everything
from tests.helpers.jobs import run_jobs
from tests.helpers.pages import PageClient
from tests.helpers.reporting import FORM, form_address, receipt_of, with_work
from tests.helpers.reports import fresh, second_reader
from tests.helpers.sharing import CONTENT, Sharing, as_, url

from baken.audit.queries import check_chain
from baken.notices.models import Notice
from baken.reports import reminders, retention
from baken.reports.actions import answering, closing, reporter, triage
from baken.reports.actions.expiry import expire
from baken.reports.actions.submit import Submitted
from baken.reports.errors import NoFooting
from baken.reports.models import Report
from baken.reports.opened import content_of

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
@pytest.mark.parametrize(("scene", "least"), [("submit", 6), ("hand-over", 10), ("rotation", 10)])
def test_killed_for_real_nothing_is_half_done_after_a_restart(tmp_path: Path, scene: str, least: int) -> None:
    address = f"sqlite:///{tmp_path}/baken.sqlite3".replace("sqlite:////", "sqlite:///%2F")
    env = {name: value for name, value in os.environ.items() if not name.startswith("BAKEN_")} | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": address,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.killed", scene],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= least
    assert (tmp_path / "baken.sqlite3").stat().st_size > 0


@contextmanager
def full_disk() -> Iterator[None]:
    """Not one page more in the database file."""
    with connection.cursor() as cursor:
        # What earlier tests removed left pages in the file that would be used again.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server has a disk of its own")
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_keeps_nothing_by_halves_and_the_same_form_works_afterwards(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sharing = Sharing.new()
    client = PageClient(raise_request_exception=False)
    address = form_address(sharing.world)
    form = FORM | with_work(client.get(address).content.decode()) | {"facts": "kanarie " * 700}
    before = everything()
    with full_disk():
        refused = client.post(address, form)
    assert refused.status_code == 500
    assert refused.exc_info[0] is OperationalError  # type: ignore[attr-defined]
    assert everything() == before
    assert "kanarie" not in caplog.text
    assert check_chain().sound
    assert receipt_of(client.post(address, form))
    assert Report.objects.count() == 1
    assert check_chain().sound


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_thousand_reports_in_a_minute_are_all_there() -> None:
    sharing = Sharing.new()
    dina = second_reader(sharing.world)
    # Their first keys are told to them by mail, apart from any report.
    run_jobs()
    mail.outbox.clear()
    began = timezone.now()
    receipts = set()
    for number in range(1000):
        moment = began + dt.timedelta(milliseconds=60 * number)
        sent = hand_in(sharing, now=moment, urgent=number % 100 == 0)
        receipts.add(sent.receipt)
    found = list(Report.objects.all())
    assert len(found) == len(receipts) == len({row.reference for row in found}) == 1000
    assert {row.due_clock for row in found} == {"acknowledge"}
    assert all(row.due_at is not None and row.due_at > row.received_at for row in found)
    facts = [content_of(row, sharing.pair).facts for row in found[::100]]
    assert facts == ["kanarie feit"] * 10
    assert check_chain().sound
    told = Counter(Notice.objects.values_list("member__email", flat=True))
    readers = {sharing.world.bas.email, dina.email, sharing.dirk.email}
    assert told == dict.fromkeys(readers, 1000)
    with time_machine.travel(began + dt.timedelta(minutes=2), tick=False):
        run_jobs()
    assert Counter(message.to[0] for message in mail.outbox) == dict.fromkeys(readers, 1)


def hand_in(sharing: Sharing, *, now: dt.datetime, urgent: bool) -> Submitted:
    return reporter.hand_in(
        challenge=None,
        by=None,
        organisation=sharing.world.here,
        content=CONTENT,
        manner="anonymous",
        urgent=urgent,
        language="nl",
        now=now,
    )


JUMPS = {
    "ahead, and put right": (0, 72, 0, 72, 0, 72, 0, 72),
    "back, and put right": (0, -72, 0, -72, 0, -72, 0, -72),
    "ever further back": (0, -1, -2, -3, -24, -48, -72, -96),
    "a day to and fro": (24, 0, 24, 0, 24, 0, 24, 0),
}
"""Hours by which the clock of the machine is wrong, step by step."""


@pytest.mark.django_db
@pytest.mark.parametrize("jumps", JUMPS.values(), ids=JUMPS)
def test_a_clock_that_jumps_stops_nobody_and_loses_nothing(jumps: tuple[int, ...]) -> None:
    began = timezone.now()
    with time_machine.travel(began - dt.timedelta(days=30), tick=True):
        sharing = Sharing.new()
    course = Course(sharing)
    for hours, step in zip(jumps, course.steps, strict=True):
        with time_machine.travel(began + dt.timedelta(hours=hours), tick=True):
            step()
            assert as_(sharing.world.bas).get(url(sharing, "report", course.report)).status_code == 200
            shown = PageClient().post("/nl/receipt/", {"code": course.receipt})
            assert (shown.status_code, len(shown.context["marks"])) == (200, 5)
            reminders.remind(timezone.now())
            expire(timezone.now())
            retention.run(timezone.now())
    report = fresh(course.report)
    assert (report.due_at, report.due_clock) == (None, ""), "nobody is reminded of what is done"
    assert (report.state, report.erased_at, report.handovers.get().state) == ("closed", None, "finished")
    assert content_of(report, sharing.pair).facts == "kanarie feit"
    assert [step.number for step in report.steps.order_by("number")] == list(range(1, report.steps.count() + 1))
    assert check_chain().sound


class Course:
    """One report from beginning to end, step by step, at whatever moment the machine says it is."""

    report: Report
    receipt: str

    def __init__(self, sharing: Sharing) -> None:
        self.sharing = sharing
        self.steps = (
            self.arrive,
            self.take_up,
            self.agree,
            self.decide,
            self.offer,
            self.accept,
            self.tell,
            self.close,
        )

    def arrive(self) -> None:
        sent = hand_in(self.sharing, now=timezone.now(), urgent=True)
        assert sent.receipt is not None
        self.report, self.receipt = sent.report, sent.receipt

    def take_up(self) -> None:
        triage.take_into_triage(by=self.sharing.bas, report_id=self.report.pk, expected=1, now=timezone.now())

    def agree(self) -> None:
        self.consent = self.sharing.consent(self.report)

    def decide(self) -> None:
        with_consent_of_now(self, self._decide)

    def _decide(self) -> None:
        self.decision = self.sharing.decide(self.report, consent=self.consent)

    def offer(self) -> None:
        with_consent_of_now(self, self._offer)

    def _offer(self) -> None:
        if self.decision.consent_id != self.consent.pk:
            self._decide()
        self.handover = self.sharing.offer(self.report, self.decision)

    def accept(self) -> None:
        answering.accept(by=self.sharing.cleo, handover_id=self.handover.pk, now=timezone.now())

    def tell(self) -> None:
        answering.report_outcome(
            by=self.sharing.cleo, handover_id=self.handover.pk, outcome="helped", text="ja", now=timezone.now()
        )

    def close(self) -> None:
        closing.close(
            by=self.sharing.bas,
            report_id=self.report.pk,
            category="referred_with_consent",
            erase_on=timezone.localdate() + dt.timedelta(days=730),
            feedback="dank je wel",
            now=timezone.now(),
        )


def with_consent_of_now(course: Course, act: Callable[[], None]) -> None:
    """A consent from the future is not believed: nothing is shared on it, until it is written down anew."""
    try:
        act()
    except NoFooting:
        course.agree()
        act()
