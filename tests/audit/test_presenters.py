"""Every action has a sentence that a person can read, done and refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from baken.audit.kinds import CODE, SYSTEM, Action, Kind, Outcome
from baken.audit.models import Event, Head
from baken.audit.presenters import OBJECTS, Names, UnknownEventError, looked, sentence
from baken.audit.sentences import DONE, REFUSED

NAMES = Names(
    member=lambda _id: "Ann Bakker",
    organisation={"org-1": "Gemeente Voorbeeld"}.get,
    function={"focal_point": "focal point"}.get,
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The sentences are those of the source, whatever the site speaks by itself."""
    with translation.override("en"):
        yield


INVENTORY = Path(__file__).parents[2] / "docs" / "data-inventory.md"


def event(**changes: object) -> Event:
    given = {
        "sequence": 1,
        "at": dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC),
        "member_id": "a1b2c3d4-0000-4000-8000-000000000001",
        "organisation_id": "org-1",
        "function": "focal_point",
        "action": "read",
        "object_kind": "report",
        "object_id": "4f1c2a9b-0000-4000-8000-000000000001",
        "outcome": "ok",
    }
    return Event(**{**given, **changes})


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_action_has_its_own_sentence(action: Action, outcome: Outcome) -> None:
    said = sentence(event(action=action.value, outcome=outcome.value), NAMES)
    assert said.startswith("Ann Bakker (focal point, Gemeente Voorbeeld) ")
    assert said.endswith(".")
    assert "%" not in said
    assert action.description.endswith(".")
    assert CODE.fullmatch(action.value)


def test_no_two_actions_share_a_sentence() -> None:
    assert set(DONE) == set(REFUSED) == set(Action)
    assert set(OBJECTS) == set(Kind)
    assert len({*DONE.values(), *REFUSED.values()} - {DONE[Action.CONSENT_GIVEN]}) == 2 * len(Action) - 1


@pytest.mark.parametrize("changes", [{"action": "invented"}, {"object_kind": "invented"}])
def test_an_event_without_a_sentence_raises(changes: dict[str, str]) -> None:
    with pytest.raises(UnknownEventError, match="invented"):
        sentence(event(**changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Member a1b2c3d4 (focal_point, org-1) read report 4f1c2a9b."),
        ({"on_behalf_of": "org-2"}, "Member a1b2c3d4 (focal_point, org-1, on behalf of org-2) read report 4f1c2a9b."),
        ({"member_id": "", "organisation_id": "", "function": ""}, "Somebody without an account read report 4f1c2a9b."),
        ({"member_id": "", "organisation_id": "", "function": SYSTEM.function}, "Baken itself read report 4f1c2a9b."),
        ({"action": "list", "listed": "a b c"}, "Member a1b2c3d4 (focal_point, org-1) saw a list of 3 things."),
    ],
)
def test_without_names_people_stay_pseudonyms(changes: dict[str, str], expected: str) -> None:
    assert sentence(event(**changes)) == expected


def test_who_looked_merges_a_day_and_leaves_names_out() -> None:
    next_day = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
    found = looked(
        [
            event(),
            event(action="print", footing="consent"),
            event(outcome="refused", action="export"),
            event(at=next_day),
        ],
        NAMES,
    )
    assert [(item.day.day, item.actions, item.times, item.refused) for item in found] == [
        (21, ("read", "print"), 2, False),
        (21, ("export",), 1, True),
        (22, ("read",), 1, False),
    ]
    assert found[0].footings == ("consent",)
    assert {(item.organisation, item.function) for item in found} == {("Gemeente Voorbeeld", "focal point")}
    assert "Ann" not in repr(found)


@pytest.mark.parametrize("model", [Event, Head])
def test_every_field_stands_in_the_data_inventory(model: type[Event] | type[Head]) -> None:
    page = INVENTORY.read_text(encoding="utf-8")
    assert f"`{model._meta.db_table}`" in page
    assert [field.name for field in model._meta.fields if f"`{field.name}`" not in page] == []
