"""Recording: in the transaction of the change, gapless, and never more than ids and codes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.helpers.audit import ANN, NOW, record_some

from baken.audit.actions import OutsideTransactionError, record, record_alone
from baken.audit.chain import digest
from baken.audit.kinds import Action, Actor, Kind, Outcome, Subject
from baken.audit.models import Event, Head
from baken.audit.queries import check_chain, signed_head, who_looked

REPORT = Subject(Kind.REPORT, "report-1")


@pytest.mark.django_db
def test_an_event_holds_who_what_and_why() -> None:
    with transaction.atomic():
        event = record(
            by=ANN, action=Action.HANDOVER_OFFERED, on=REPORT, now=NOW, footing="consent", on_behalf_of="member-2"
        )
    event.refresh_from_db()
    assert (event.sequence, event.at, event.function, event.footing) == (1, NOW, "focal_point", "consent")
    assert (event.on_behalf_of, event.outcome, event.previous) == ("member-2", "ok", "")
    assert digest(event.entry()) == event.hash
    assert Head.objects.get().tip() == event.entry().tip()


@pytest.mark.django_db
def test_events_form_a_chain_that_the_head_signs() -> None:
    events = record_some(5)
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5]
    assert [event.previous for event in events[1:]] == [event.hash for event in events[:-1]]
    head = signed_head()
    assert head is not None
    assert head.tip() == events[-1].entry().tip()
    assert check_chain().sound


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransactionError):
        record(by=ANN, action=Action.READ, on=REPORT, now=NOW)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_kept_though_the_change_is_undone() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = record(by=ANN, action=Action.EXPORT, on=REPORT, now=NOW).sequence / 0
    record_alone(by=ANN, action=Action.EXPORT, on=REPORT, now=NOW)
    with pytest.raises(RuntimeError), transaction.atomic():
        record_alone(by=ANN, action=Action.EXPORT, on=REPORT, now=NOW)
    assert [(event.sequence, event.outcome) for event in Event.objects.all()] == [(1, Outcome.REFUSED)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"by": Actor(member_id="ann@example.org")},
        {"by": Actor(function="a sentence with words")},
        {"on": Subject(Kind.REPORT, "Jan de Vries")},
        {"on": Subject(Kind.REPORT, listed=("r1", "Jan de Vries"))},
        {"footing": "because\nshe said so"},
        {"footing": "x" * 65},
        {"outcome": "perhaps"},
        {"action": "invented"},
        {"now": dt.datetime(2026, 11, 21)},
    ],
)
def test_text_that_is_no_id_or_code_stays_out(given: dict[str, Any]) -> None:
    call = {"by": ANN, "action": Action.READ, "on": REPORT, "now": NOW, **given}
    with pytest.raises(ValueError), transaction.atomic():  # noqa: PT011 - each has its own message
        record(**call)
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET object_id = 'other' WHERE sequence = 2",
        "UPDATE audit_event SET sequence = 9 WHERE sequence = 3",
        "DELETE FROM audit_event WHERE sequence = 3",
        "DELETE FROM audit_event",
        "UPDATE audit_head SET sequence = 2",
        "UPDATE audit_head SET hash = ''",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head SELECT 2, sequence, at, hash, key, signature FROM audit_head",
        "INSERT INTO audit_event SELECT 5, at, member_id, organisation_id, function, on_behalf_of, action, object_kind, "
        "object_id, listed, footing, outcome, previous, hash FROM audit_event WHERE sequence = 3",
        "INSERT INTO audit_event SELECT 4, at, member_id, organisation_id, function, on_behalf_of, action, object_kind, "
        "object_id, listed, footing, outcome, previous, hash FROM audit_event WHERE sequence = 3",
    ],
)
def test_the_database_refuses_to_rewrite_the_past(sql: str) -> None:
    record_some(3)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert check_chain().sound


@pytest.mark.django_db
def test_postgresql_refuses_to_truncate() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    record_some(1)
    for table in ("audit_event", "audit_head"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table}")


@pytest.mark.django_db
def test_the_model_refuses_too() -> None:
    event = record_some(1)[0]
    event.object_id = "other"
    for attempt in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


@pytest.fixture
def changes(transactional_db: None) -> Any:
    """A table that stands for the rest of the application, and how many rows it has."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE probe (id integer)")
    yield _count_changes
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE probe")


def _count_changes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM probe")
        return int(cursor.fetchone()[0])


def _change_and_record() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO probe VALUES (1)")
        record(by=ANN, action=Action.REPORT_RECEIVED, on=REPORT, now=NOW)
        cursor.execute("INSERT INTO probe VALUES (2)")


def _break_statement(number: int) -> Callable[..., Any]:
    seen = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == number:
            raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)

    return wrapper


def test_a_fault_at_any_statement_undoes_change_and_event_together(changes: Callable[[], int]) -> None:
    _change_and_record()
    for number in range(1, 50):
        try:
            with connection.execute_wrapper(_break_statement(number)):
                _change_and_record()
        except DatabaseError:
            assert (changes(), Event.objects.count()) == (2, 1)
            assert check_chain().sound
        else:
            break
    assert number > 5
    assert (changes(), Event.objects.count()) == (4, 2)


def test_without_the_audit_nothing_happens(changes: Callable[[], int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO audit_away")
    try:
        with pytest.raises(DatabaseError):
            _change_and_record()
        assert changes() == 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_away RENAME TO audit_event")


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_make_one_gapless_chain() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite: test_audit_command writes from several processes")
    failed: list[Exception] = []

    def write() -> None:
        try:
            for _number in range(15):
                with transaction.atomic():
                    record(by=ANN, action=Action.READ, on=REPORT, now=NOW)
        except Exception as error:  # noqa: BLE001 - told below, in the thread that can fail the test
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert check_chain().checked == 90
    assert check_chain().sound


@pytest.mark.django_db
def test_who_looked_finds_reads_lists_and_refusals_and_no_changes() -> None:
    with transaction.atomic():
        record(by=ANN, action=Action.READ, on=REPORT, now=NOW)
        record(by=ANN, action=Action.LIST, on=Subject(Kind.REPORT, listed=("report-2", "report-1")), now=NOW)
        record(by=ANN, action=Action.READ, on=Subject(Kind.REPORT, "report-2"), now=NOW)
        record(by=ANN, action=Action.EXPORT, on=REPORT, now=NOW, outcome=Outcome.REFUSED)
        record(by=ANN, action=Action.REPORT_CLOSED, on=REPORT, now=NOW)
    assert [event.action for event in who_looked(Kind.REPORT, "report-1")] == ["read", "list", "export"]
