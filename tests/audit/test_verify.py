"""Verifying what is stored: an intruder who may write anything in the database is found out, and the row is named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests.helpers.audit import NOW, record_some, unguarded

from baken.audit import guards
from baken.audit.chain import Entry, digest
from baken.audit.heads import HeadError, SignedHead, check_signature, public_key, read_heads
from baken.audit.models import Event, Head
from baken.audit.queries import check_chain, signed_head

pytestmark = pytest.mark.django_db
COUNT = 12
OTHERS = ", ".join(field for field in Entry._fields if field != "sequence")
EACH_FIELD = [
    (field, "'2020-01-01 00:00:00+00:00'" if field == "at" else "'refused'" if field == "outcome" else f"'{'e' * 64}'")
    for field in Entry._fields
    if field != "sequence"
]


def broken() -> tuple[str, int] | None:
    found = check_chain().broken
    return (found.kind.value, found.sequence) if found else None


def kept_head() -> SignedHead:
    head = signed_head()
    assert head is not None
    return head


@pytest.mark.parametrize(("field", "value"), EACH_FIELD)
def test_a_changed_field_names_the_row(field: str, value: str) -> None:
    record_some(COUNT)
    with unguarded() as cursor:
        cursor.execute(f"UPDATE audit_event SET {field} = {value} WHERE sequence = 5")
    assert broken() == ("changed", 5)


def test_a_changed_row_with_a_fresh_hash_names_the_row() -> None:
    events = record_some(COUNT)
    changed = events[4].entry()._replace(object_id="other")
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_event SET object_id='other', hash=%s WHERE sequence = 5", [digest(changed)])
    assert broken() == ("changed", 5)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["DELETE FROM audit_event WHERE sequence = 5"], ("deleted", 5)),
        (["DELETE FROM audit_event WHERE sequence BETWEEN 1 AND 3"], ("deleted", 1)),
        (["DELETE FROM audit_event WHERE sequence > 9"], ("truncated", 10)),
        (["DELETE FROM audit_event"], ("truncated", 1)),
        (["DELETE FROM audit_head"], ("inserted", 1)),
        (["UPDATE audit_head SET sequence = 8"], ("inserted", 9)),
        (
            [
                "UPDATE audit_event SET sequence = 99 WHERE sequence = 5",
                "UPDATE audit_event SET sequence = 5 WHERE sequence = 8",
                "UPDATE audit_event SET sequence = 8 WHERE sequence = 99",
            ],
            ("reordered", 5),
        ),
        (["UPDATE audit_event SET sequence = 99 WHERE sequence = 5"], ("reordered", 5)),
        (
            [f"INSERT INTO audit_event (sequence, {OTHERS}) SELECT 13, {OTHERS} FROM audit_event WHERE sequence = 12"],
            ("inserted", 13),
        ),
    ],
)
def test_rows_that_are_gone_moved_or_added_are_named(statements: list[str], expected: tuple[str, int]) -> None:
    record_some(COUNT)
    with unguarded() as cursor:
        for statement in statements:
            cursor.execute(statement)
    assert broken() == expected


def test_a_row_put_in_between_is_named() -> None:
    record_some(COUNT)
    with unguarded() as cursor:
        for number in range(COUNT, 4, -1):
            cursor.execute("UPDATE audit_event SET sequence = %s WHERE sequence = %s", [number + 1, number])
        cursor.execute(
            f"INSERT INTO audit_event (sequence, {OTHERS}) SELECT 5, {OTHERS} FROM audit_event WHERE sequence = 3"
        )
    assert broken() == ("inserted", 5)


def _write_anew() -> SignedHead:
    """The intruder changes event 3, computes every later hash again, and sets the head. Returns the head of before."""
    record_some(COUNT)
    before = kept_head()
    previous = Event.objects.get(sequence=2).hash
    with unguarded() as cursor:
        for event in Event.objects.filter(sequence__gt=2).order_by("sequence"):
            entry = event.entry()._replace(previous=previous, object_id="other")
            previous = digest(entry)
            cursor.execute(
                "UPDATE audit_event SET object_id = 'other', previous = %s, hash = %s WHERE sequence = %s",
                [entry.previous, previous, event.sequence],
            )
        cursor.execute("UPDATE audit_head SET hash = %s", [previous])
    return before


def test_a_chain_written_anew_lacks_the_signature() -> None:
    before = _write_anew()
    assert broken() is None
    found = check_chain(kept=[before]).problems
    assert [text.split(" is not ")[0] for text in found] == ["The signature of the head at event 12", "Event 12"]


def test_a_kept_head_tells_that_the_end_is_gone() -> None:
    record_some(3)
    early = kept_head()
    record_some(3)
    kept = kept_head()
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE sequence > 3")
        cursor.execute(
            "UPDATE audit_head SET sequence = 3, hash = %s, at = %s, signature = %s",
            [early.hash, early.at, early.signature],
        )
    assert check_chain().sound
    assert check_chain(kept=[early]).sound
    assert check_chain(kept=[early, kept]).problems == ("The kept head names event 6, which is gone.",)


def test_only_what_came_since_a_moment_is_checked() -> None:
    record_some(COUNT)
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_event SET object_id = 'other' WHERE sequence = 5")
    found = check_chain(since=NOW + dt.timedelta(minutes=8))
    assert (found.first, found.checked, found.sound) == (8, 5, True)
    assert check_chain(since=NOW + dt.timedelta(minutes=4)).broken is not None
    assert check_chain(since=NOW + dt.timedelta(days=1)).sound


def test_a_missing_guard_is_told() -> None:
    record_some(2)
    assert guards.missing(connection) == []
    guards.lift(connection)
    found = check_chain()
    guards.put(connection)
    assert not found.sound
    assert all("lacks the guard audit_" in text for text in found.problems)
    assert len(found.problems) >= 5


def test_a_head_is_bound_to_all_that_it_says() -> None:
    record_some(3)
    head = kept_head()
    check_signature(head)
    for false in (
        replace(head, sequence=2),
        replace(head, hash="0" * 64),
        replace(head, at="2020-01-01T00:00:00+00:00"),
        replace(head, signature="00" * 64),
        replace(head, signature="no"),
        replace(head, key="00" * 32),
    ):
        with pytest.raises(HeadError):
            check_signature(false)


def test_a_head_of_another_key_is_not_ours(settings: Settings) -> None:
    record_some(1)
    head = kept_head()
    settings.BAKEN_AUDIT_KEY = "ab" * 32
    with pytest.raises(HeadError, match="another key"):
        check_signature(head)
    record_some(1)
    assert kept_head().key == public_key()


def test_the_key_is_made_once_for_its_owner_only(settings: Settings, tmp_path: Path) -> None:
    settings.BAKEN_AUDIT_KEY_PATH = tmp_path / "audit-key"
    first = public_key()
    assert (tmp_path / "audit-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["audit-key"]
    assert public_key() == first
    (tmp_path / "bad").write_text("not a key")
    settings.BAKEN_AUDIT_KEY_PATH = tmp_path / "bad"
    with pytest.raises(HeadError, match="64 hexadecimal"):
        public_key()


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"sequence": 1}', None])
def test_a_file_without_heads_is_named(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "heads"
    if text is not None:
        path.write_text(text)
    with pytest.raises(HeadError, match="heads"):
        read_heads(path)


def test_an_empty_audit_is_whole() -> None:
    assert check_chain().sound
    assert signed_head() is None
    assert not Head.objects.exists()
