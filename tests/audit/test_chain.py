"""The chain alone: whatever is done to it, the first broken row is named."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.audit.chain import START, Break, Entry, Tip, canonical, digest, sealed, verify

NOW = dt.datetime(2026, 11, 21, 9, 0, 0, 5, tzinfo=dt.UTC)
TEXTS = ("member_id", "organisation_id", "function", "on_behalf_of", "action", "object_kind", "object_id")
FIELDS = (*TEXTS, "listed", "footing", "outcome", "previous", "hash")


def entry(object_id: str = "x") -> Entry:
    return Entry(0, NOW, "m", "o", "focal_point", "", "read", "report", object_id, "", "", "ok", "")


def chain(count: int) -> list[Entry]:
    made: list[Entry] = []
    for number in range(count):
        made.append(sealed(entry(f"r{number}"), after=made[-1].tip() if made else START))
    return made


def renumbered(rows: list[Entry]) -> list[Entry]:
    return [row._replace(sequence=number) for number, row in enumerate(rows, start=1)]


def found(rows: list[Entry], head: Tip | None = None) -> tuple[str, int]:
    problem = verify(rows, head=head).problem
    assert problem is not None
    assert str(problem.sequence) in problem.message
    return problem.kind.value, problem.sequence


def test_a_sound_chain_holds() -> None:
    rows = chain(20)
    verdict = verify(rows, head=rows[-1].tip())
    assert (verdict.checked, verdict.tip, verdict.problem) == (20, rows[-1].tip(), None)
    assert verify(rows[10:], start=rows[9].tip(), head=rows[-1].tip()).problem is None
    assert verify([], head=START).problem is None


def test_the_hash_does_not_change_between_versions() -> None:
    first = sealed(entry(), after=START)
    assert canonical(first) == (
        b'{"action":"read","at":"2026-11-21T09:00:00.000005+00:00","footing":"","function":"focal_point","listed":"",'
        b'"member_id":"m","object_id":"x","object_kind":"report","on_behalf_of":"","organisation_id":"o","outcome":"ok",'
        b'"previous":"","sequence":1,"v":1}'
    )
    assert first.hash == "8480ae1bcf7f7ea12c4be0688d9dda85308aa63d253aef0e4dca32b7744243d0"


def test_the_moment_counts_and_its_zone_does_not() -> None:
    first = sealed(entry(), after=START)
    elsewhere = first._replace(at=NOW.astimezone(dt.timezone(dt.timedelta(hours=5))))
    assert digest(elsewhere) == first.hash
    assert digest(first._replace(at=NOW + dt.timedelta(microseconds=1))) != first.hash


@settings(deadline=None)
@given(st.integers(1, 12), st.data())
def test_any_changed_field_is_named(count: int, data: st.DataObject) -> None:
    rows = chain(count)
    number = data.draw(st.integers(0, count - 1))
    field = data.draw(st.sampled_from(FIELDS))
    text = data.draw(st.text(max_size=5).filter(lambda text: text != getattr(rows[number], field)))
    rows[number] = Entry(**{**rows[number]._asdict(), field: text})
    assert found(rows) == ("changed", number + 1)


@settings(deadline=None)
@given(st.integers(2, 12), st.data())
def test_any_changed_row_with_a_fresh_hash_is_named(count: int, data: st.DataObject) -> None:
    rows = chain(count)
    head = rows[-1].tip()
    number = data.draw(st.integers(0, count - 1))
    changed = rows[number]._replace(object_id="someone else")
    rows[number] = changed._replace(hash=digest(changed))
    assert found(rows, head) == ("changed", number + 1)


@settings(deadline=None)
@given(st.integers(2, 12), st.data())
def test_deleted_rows_are_named(count: int, data: st.DataObject) -> None:
    rows = chain(count)
    head = rows[-1].tip()
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, count - 1))
    left = rows[:first] + rows[last + 1 :]
    kind = "truncated" if last == count - 1 else "deleted"
    assert found(left, head) == (kind, first + 1)
    assert found(renumbered(left), head) == (kind, first + 1)


@settings(deadline=None)
@given(st.integers(2, 12), st.data())
def test_reordered_rows_are_named(count: int, data: st.DataObject) -> None:
    rows = chain(count)
    one, other = sorted(data.draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True)))
    rows[one], rows[other] = rows[other], rows[one]
    assert found(renumbered(rows)) == ("reordered", one + 1)


@settings(deadline=None)
@given(st.integers(1, 12), st.booleans(), st.data())
def test_inserted_rows_are_named(count: int, with_hash: bool, data: st.DataObject) -> None:
    rows = chain(count)
    place = data.draw(st.integers(0, count - 1))
    before = rows[place - 1].tip() if place else START
    false = sealed(entry("false"), after=before)
    rows.insert(place, false if with_hash else false._replace(hash="0" * 64))
    assert found(renumbered(rows)) == ("inserted", place + 1)


def test_a_row_behind_the_head_is_named() -> None:
    rows = chain(3)
    head = rows[-1].tip()
    rows.append(sealed(entry("late"), after=head))
    assert found(rows, head) == ("inserted", 4)


def test_a_number_that_stands_there_twice_is_named() -> None:
    rows = chain(4)
    assert found([*rows[:2], rows[1], *rows[2:]]) == ("inserted", 2)


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_row_moved_to_the_end_is_named(number: int) -> None:
    rows = chain(5)
    moved = rows.pop(number - 1)
    assert found([*rows, moved._replace(sequence=99)]) == ("reordered", number)


def test_a_chain_made_anew_does_not_meet_the_head() -> None:
    head = chain(3)[-1].tip()
    anew: list[Entry] = []
    for name in ("a", "b", "c"):
        anew.append(sealed(entry(name), after=anew[-1].tip() if anew else START))
    assert found(anew, head) == ("changed", 3)
    assert {item.value for item in Break} == {"changed", "deleted", "inserted", "reordered", "truncated"}


@given(st.integers(2, 12), st.data())
@settings(deadline=None)
def test_copies_of_rows_are_named(count: int, data: st.DataObject) -> None:
    rows = chain(count)
    one = data.draw(st.integers(0, count - 1))
    place = data.draw(st.integers(one + 1, count))
    rows.insert(place, rows[one])
    assert found(renumbered(rows)) == ("inserted", place + 1)
