"""Background jobs: nothing written gets into their table, nothing is lost, and nothing is begun twice."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core import serializers
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.helpers.jobs import run_jobs, waiting
from tests.notices import fakes

from baken.notices import jobs, periodic, queue
from baken.notices.backend import NotAnIdError
from baken.notices.models import Worker
from baken.notices.moments import BACK_OFF, DAY
from baken.notices.worker import Ticker

START = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.done.clear()
    fakes.fails.clear()
    monkeypatch.setattr(periodic, "_known", {})
    return


def only() -> DBTaskResult:
    return DBTaskResult.objects.get()


def claimed_by(worker: str) -> DBTaskResult:
    """A job in the hands of a worker that is killed."""
    fakes.note.enqueue("one")
    found = only()
    found.claim(worker)
    return found


@pytest.mark.django_db
def test_a_job_is_there_with_its_cause_or_not_at_all() -> None:
    with contextlib.suppress(RuntimeError), transaction.atomic():
        fakes.note.enqueue("one")
        raise RuntimeError
    run_jobs()
    assert fakes.done == []
    with transaction.atomic():
        fakes.note.enqueue("two")
    run_jobs()
    assert fakes.done == ["two"]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["an address, or a story", "ann@oostzaan.example", ["x", "two words"], {"a": 1}, 1.5])
def test_the_queue_takes_ids_only(given: object) -> None:
    with pytest.raises(NotAnIdError) as refused:
        fakes.note.enqueue(given)  # type: ignore[arg-type]
    assert str(given) not in str(refused.value)
    with pytest.raises(NotAnIdError):
        fakes.not_ours.enqueue("one")
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("job", [fakes.note, fakes.stopped])
def test_a_failure_leaves_no_words(job, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fakes.fails.extend([True])
    job.enqueue("one")
    run_jobs()
    stored = serializers.serialize("json", DBTaskResult.objects.all())
    assert only().status == "READY"
    if job is fakes.note:
        assert only().traceback == "baken.notices.jobs.JobFailedError: builtins.ValueError"
    else:
        assert only().traceback == ""
    assert fakes.CANARY not in stored
    assert fakes.CANARY not in json.dumps([record.getMessage() for record in caplog.records])
    if job is fakes.note:
        # A formatter that prints exceptions in full finds none of the words either.
        assert fakes.CANARY not in caplog.text
        assert "builtins.ValueError at fakes.py" in caplog.text


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_later_and_given_up_at_last() -> None:
    fakes.fails.extend([True] * (len(BACK_OFF) + 1))
    with time_machine.travel(START, tick=False) as clock:
        fakes.note.enqueue("one")
        for wait in BACK_OFF:
            run_jobs()
            assert only().status == "READY"
            clock.shift(wait - dt.timedelta(seconds=1))
            before = len(fakes.fails)
            run_jobs()
            assert len(fakes.fails) == before, "not before its time"
            clock.shift(dt.timedelta(seconds=1))
        run_jobs()
        assert only().status == "FAILED"
        clock.shift(DAY)
        run_jobs()
        Ticker("other").tick()
        assert only().status == "FAILED"
    assert fakes.done == []
    assert fakes.fails == []


@pytest.mark.django_db
def test_a_failure_that_passes_is_made_good() -> None:
    fakes.fails.append(True)
    with time_machine.travel(START, tick=False) as clock:
        fakes.note.enqueue("one")
        run_jobs()
        clock.shift(BACK_OFF[0])
        run_jobs()
    assert fakes.done == ["one"]
    assert only().status == "SUCCESSFUL"
    assert only().traceback == ""


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_taken_up_and_what_a_living_one_does_is_not() -> None:
    claimed_by("killed")
    now = timezone.now()
    Worker.objects.create(id="killed", started_at=now, seen_at=now, beats=4)
    watch = queue.Watch()
    queue.mend(watch, now=now, moment=0)
    queue.mend(watch, now=now + 900 * DAY, moment=queue.SILENT - 1)
    assert only().status == "RUNNING", "a clock that jumps ahead kills nobody"
    Worker.objects.update(beats=5)
    queue.mend(watch, now=now, moment=queue.SILENT + 1)
    assert only().status == "RUNNING", "it lives"
    queue.mend(watch, now=now, moment=3 * queue.SILENT)
    assert only().status == "READY"
    with time_machine.travel(now + HOUR):
        run_jobs()
    assert fakes.done == ["one"]


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up() -> None:
    found = claimed_by("gone")
    DBTaskResult.objects.update(worker_ids=["gone"] * (len(BACK_OFF) + 1))
    queue.mend(queue.Watch(), now=START, moment=0)
    assert only().status == "FAILED"
    assert found.pk == only().pk


@pytest.mark.django_db
def test_a_worker_that_stops_leaves_its_job_to_others() -> None:
    claimed_by("mine")
    queue.leave("another", now=START)
    assert only().status == "RUNNING"
    queue.leave("mine", now=START)
    assert only().status == "READY"
    assert only().run_after == START + BACK_OFF[0]


@pytest.mark.django_db
def test_a_kill_between_failing_and_putting_off_is_made_good() -> None:
    claimed_by("one").set_failed(ValueError(fakes.CANARY))
    assert only().status == "FAILED"
    assert fakes.CANARY not in only().traceback
    queue.mend(queue.Watch(), now=START, moment=0)
    assert only().status == "READY"


@pytest.mark.django_db
def test_what_was_put_off_by_a_clock_that_was_ahead_runs_after_all() -> None:
    fakes.fails.append(True)
    with time_machine.travel(START + 900 * DAY, tick=False):
        fakes.note.enqueue("one")
        run_jobs()
    with time_machine.travel(START, tick=False):
        run_jobs()
        assert fakes.done == []
        Ticker("other").tick()
        run_jobs()
    assert fakes.done == ["one"]


@pytest.mark.django_db
def test_a_periodic_job_runs_once_per_interval_and_catches_up_once() -> None:
    periodic.register(name="test.hourly", every=HOUR, run=fakes.periodic)
    with time_machine.travel(START, tick=False) as clock:
        begun = []
        for shift in (HOUR / 2, HOUR / 2, 100 * HOUR, HOUR / 2, HOUR / 2):
            begun.append(periodic.start_due(timezone.now()))
            run_jobs()
            clock.shift(shift)
    assert begun == [["test.hourly"], [], ["test.hourly"], ["test.hourly"], []]
    assert fakes.done == ["periodic"] * 3


@pytest.mark.django_db
def test_a_periodic_job_goes_on_after_the_clock_was_put_back() -> None:
    periodic.register(name="test.hourly", every=HOUR, run=fakes.periodic)
    assert periodic.start_due(START) == ["test.hourly"]
    assert periodic.start_due(START - HOUR / 4) == [], "a little: it waits"
    assert periodic.start_due(START - 900 * DAY) == ["test.hourly"]
    assert periodic.start_due(START - 900 * DAY + HOUR / 2) == []
    assert periodic.start_due(START - 900 * DAY + HOUR) == ["test.hourly"]


@pytest.mark.django_db
def test_a_periodic_job_that_failed_runs_at_its_next_interval() -> None:
    periodic.register(name="test.hourly", every=HOUR, run=fakes.periodic)
    fakes.fails.extend([True] * 5)
    with time_machine.travel(START, tick=False) as clock:
        periodic.start_due(timezone.now())
        for minute in (0, 5, 10, 40, 60):
            clock.move_to(START + dt.timedelta(minutes=minute))
            run_jobs()
        assert fakes.fails == [True], "after the fourth failure it waits for two hours"
        periodic.start_due(timezone.now())
        run_jobs()
        assert fakes.fails == [], "its interval is over, so it runs"
        assert waiting() == ["run_periodic"], "still one, not two"


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_of_two_workers_one_begins_a_periodic_job() -> None:
    periodic.register(name="test.hourly", every=HOUR, run=fakes.periodic)
    together = Barrier(2)

    def begin(now: dt.datetime) -> list[str]:
        together.wait(5)
        try:
            return periodic.start_due(now)
        except OperationalError:
            return []  # SQLite in memory does not wait for the other thread; a tick notes that, and the next tries again.
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for hour in range(5):
            found = [name for names in pool.map(begin, [START + hour * HOUR] * 2) for name in names]
            found += periodic.start_due(START + hour * HOUR)
            assert found == ["test.hourly"]
            DBTaskResult.objects.all().delete()
    gc.collect()


def test_a_periodic_job_has_a_name_of_its_own_and_a_minute_at_least() -> None:
    periodic.register(name="test.hourly", every=HOUR, run=fakes.periodic)
    periodic.register(name="test.hourly", every=HOUR, run=fakes.periodic)
    with pytest.raises(ValueError, match="Two periodic"):
        periodic.register(name="test.hourly", every=HOUR, run=queue.prune)
    with pytest.raises(ValueError, match="at least a minute"):
        periodic.register(name="test.often", every=dt.timedelta(seconds=1), run=fakes.periodic)


@pytest.mark.django_db
def test_what_is_done_is_thrown_away_after_a_day() -> None:
    with time_machine.travel(START, tick=False):
        fakes.note.enqueue("one")
        run_jobs()
        fakes.note.enqueue("two")
    queue.prune(START + DAY - HOUR)
    assert DBTaskResult.objects.count() == 2
    queue.prune(START + DAY)
    assert waiting() == ["note"]
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_the_same_job_does_not_wait_twice() -> None:
    jobs.enqueue_once(fakes.note, "one")
    jobs.enqueue_once(fakes.note, "one")
    jobs.enqueue_once(fakes.note, "two")
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_a_hook_that_fails_does_not_keep_others_from_a_tick(monkeypatch, caplog) -> None:
    called: list[dt.datetime] = []

    def broken(_now: dt.datetime) -> None:
        raise ValueError(fakes.CANARY)

    monkeypatch.setattr(jobs, "_on_tick", [])
    for hook in (broken, called.append, called.append):
        jobs.on_worker_tick(hook)
    Ticker("me").tick()
    assert len(called) >= 1
    assert fakes.CANARY not in caplog.text
    assert Worker.objects.get().id == "me"
