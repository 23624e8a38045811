"""Calls, hiding, and the last door that is never hidden."""

from __future__ import annotations

import pytest
from tests.helpers.directory import NOW, place, service
from tests.helpers.keeping import DAY, Editors, confirm, editors, listed, look, said

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.directory import jobs, models
from baken.directory.actions.calling import Answered, call
from baken.directory.actions.leaving_out import NamedAlreadyError, leave_out, let_in
from baken.directory.actions.putting import NotListedError
from baken.directory.actions.stale import hide
from baken.directory.actions.verifying import RIGHT, WRONG, Answer, Outcome
from baken.directory.codes import Field
from baken.directory.freshness import State
from baken.directory.keeping_queries import call_list, open_alarms, open_proposals
from baken.directory.queries import visible_to
from baken.directory.reach import DOOR_KINDS, Serving, left_without, reach_of
from baken.directory.records import AreaRecord, PlacedRecord
from baken.packs.pack import Pack

pytestmark = pytest.mark.django_db
HERE = (AreaRecord(kind="municipality", code="GM0363"),)
TWO_PLACES = (*HERE, AreaRecord(kind="municipality", code="GM0431"))


@pytest.fixture
def team(db: None) -> Editors:
    return editors()


def ring(team: Editors, made: models.Service, *answers: Answered, start: int = 0) -> list[bool]:
    return [
        call(by=team.eva, service_id=made.pk, answer=answer, now=NOW + (start + day) * DAY).hidden
        for day, answer in enumerate(answers)
    ]


def is_seen(made: models.Service) -> bool:
    return visible_to("public").filter(pk=made.pk).exists()


@pytest.mark.parametrize("second", [Answered.NO_ANSWER, Answered.WRONG_NUMBER, Answered.REFUSED])
def test_two_failed_calls_in_a_row_hide(team: Editors, second: Answered) -> None:
    made = listed(service(kind="support"))
    assert ring(team, made, Answered.NO_ANSWER, second) == [False, True]
    assert not is_seen(made)
    assert look(made, NOW + DAY).state is State.HIDDEN
    assert {event.action for event in Event.objects.all()} >= {Action.SERVICE_CALLED, Action.SERVICE_HIDDEN}


def test_somebody_who_answers_starts_the_count_anew_and_shows_it_again(team: Editors) -> None:
    made = listed(service(kind="support"))
    ring(team, made, Answered.NO_ANSWER)
    answers = {Field.TELEPHONE: RIGHT}
    call(by=team.eva, service_id=made.pk, answer=Answered.CONFIRMED, answers=answers, now=NOW + 2 * DAY)
    assert ring(team, made, Answered.NO_ANSWER, start=3) == [False]
    assert ring(team, made, Answered.NO_ANSWER, start=4) == [True]
    call(by=team.eva, service_id=made.pk, answer=Answered.CONFIRMED, answers=answers, now=NOW + 5 * DAY)
    assert is_seen(made)


def test_calls_say_what_they_say_about_the_fields(team: Editors) -> None:
    made = listed(service(kind="support"))
    ring(team, made, Answered.NO_ANSWER, Answered.CLOSED, Answered.WRONG_NUMBER)
    rows = models.Verification.objects.order_by("at").values_list("field", "outcome", "way")
    assert list(rows) == [
        ("telephone", "unreachable", "telephone"),
        ("status", "wrong", "telephone"),
        ("telephone", "wrong", "telephone"),
    ]
    assert open_proposals().get().after == "defunct"


@pytest.mark.parametrize(
    ("answer", "answers"),
    [
        (Answered.CONFIRMED, {}),
        (Answered.NO_ANSWER, {Field.STATUS: RIGHT}),
        (Answered.CONFIRMED, {Field.STATUS: WRONG}),
    ],
)
def test_calls_that_contradict_themselves_are_refused(
    team: Editors, answer: Answered, answers: dict[Field, Answer]
) -> None:
    made = listed(service())
    with pytest.raises(ValueError, match=r"."):
        call(by=team.eva, service_id=made.pk, answer=answer, answers=answers, now=NOW)
    assert not models.Call.objects.exists()


@pytest.mark.parametrize("kind", DOOR_KINDS)
def test_the_last_door_stays_with_an_alarm(team: Editors, kind: str) -> None:
    made = listed(service(kind=kind, areas=TWO_PLACES))
    listed(service("Elders", kind=kind, areas=HERE))
    assert ring(team, made, Answered.NO_ANSWER, Answered.NO_ANSWER) == [False, False]
    assert is_seen(made)
    (alarm,) = open_alarms()
    assert (alarm.what, alarm.municipality) == ("nobody_answers", "GM0431")
    refused = Event.objects.filter(action=Action.SERVICE_HIDDEN)
    assert [event.outcome for event in refused] == ["refused"]
    ring(team, made, Answered.NO_ANSWER, start=3)
    assert (open_alarms().count(), refused.count()) == (1, 1)
    # Somebody else does it there now: the alarm may end, and the other may go.
    listed(service("Ook daar", kind=kind, areas=TWO_PLACES))
    assert ring(team, made, Answered.NO_ANSWER, start=4) == [True]


@pytest.mark.parametrize("other", [{"visibility": "professionals"}, {"status": "inactive"}, {"kind": "support"}])
def test_another_door_counts_only_when_the_same_readers_find_it(team: Editors, other: dict[str, str]) -> None:
    made = listed(service(kind="police", areas=HERE))
    listed(service("Ander", **{"kind": "police", "areas": HERE, **other}))
    assert not hide(by=None, service_id=made.pk, now=NOW)
    assert is_seen(made)


def test_of_two_doors_only_one_can_go(team: Editors) -> None:
    first, second = (listed(service(name, kind="crisis")) for name in ("Een", "Twee"))
    assert hide(by=None, service_id=first.pk, now=NOW)
    assert hide(by=None, service_id=first.pk, now=NOW + DAY)
    assert not hide(by=None, service_id=second.pk, now=NOW)
    assert models.Service.objects.get(pk=first.pk).stale_hidden_at == NOW


def test_a_year_later_it_is_hidden_and_the_last_door_raises_an_alarm(team: Editors) -> None:
    made, last = listed(service(kind="support")), listed(service("Laatste", kind="advice"))
    for item in (made, last):
        confirm(item, by=team.eva, now=NOW)
    jobs.keep(NOW + 364 * DAY)
    assert (is_seen(made), is_seen(last), open_alarms().count()) == (True, True, 0)
    jobs.keep(NOW + 365 * DAY)
    assert (is_seen(made), is_seen(last)) == (False, True)
    assert [(alarm.what, alarm.service) for alarm in open_alarms()] == [("last_door", last)]
    before = models.Service.objects.get(pk=made.pk)
    assert (before.verified_at, before.due_on) == (NOW, NOW.date() + 180 * DAY)
    jobs.keep(NOW + 366 * DAY)
    assert open_alarms().count() == 1
    confirm(last, by=team.eva, now=NOW + 367 * DAY)
    assert open_alarms().count() == 0


def test_an_alarm_ends_when_somebody_else_does_it_there(team: Editors) -> None:
    made = listed(service(kind="advice"))
    hide(by=None, service_id=made.pk, now=NOW)
    jobs.keep(NOW)
    assert open_alarms().count() == 1
    listed(service("Ander", kind="advice"))
    jobs.keep(NOW)
    assert open_alarms().count() == 0


def test_a_confirmed_call_corrects_at_once(team: Editors) -> None:
    made = listed(service(kind="support", hours="Mo 09:00-12:00"))
    answers = {Field.HOURS: Answer(Outcome.WRONG, {"hours": "Tu 09:00-12:00", "places": {}})}
    done = call(by=team.eva, service_id=made.pk, answer=Answered.CORRECTED, answers=answers, now=NOW)
    assert (said(made).hours, done.waiting, done.hidden) == ("Tu 09:00-12:00", (), False)


def test_who_to_call_first(team: Editors) -> None:
    for name, kind in (("Steun", "support"), ("Crisis", "crisis"), ("Opvang", "shelter"), ("Verdwenen", "support")):
        listed(service(name, kind=kind))
    fresh = listed(service("Vers", kind="support"))
    confirm(fresh, by=team.eva, now=NOW)
    models.Service.objects.filter(name="Verdwenen").update(status="defunct")
    models.Signal.objects.create(
        service=models.Service.objects.get(name="Steun"), what="closed", day=NOW.date(), count=3
    )
    found = call_list(now=NOW)
    assert found[0].last_call is None
    assert [(item.record.name, item.signals) for item in found] == [("Steun", 3), ("Crisis", 0), ("Opvang", 0)]


def test_who_is_left_out_stays_out_until_somebody_lets_them_in(team: Editors) -> None:
    row = leave_out(by=team.eva, name="Hulp bij Wérk", reason="Vraagt geld.", now=NOW)
    with pytest.raises(NotListedError):
        listed(service("hulp bij werk"))
    with pytest.raises(NamedAlreadyError):
        leave_out(by=team.finn, name="Hulp  bij werk", reason="Nog eens.", now=NOW)
    with pytest.raises(ValueError, match="reason"):
        leave_out(by=team.finn, name="Iets", reason=" ", now=NOW)
    let_in(by=team.finn, row_id=row.pk, now=NOW)
    assert listed(service("hulp bij werk")).name == "hulp bij werk"
    assert Event.objects.filter(action=Action.DIRECTORY_LEFT_OUT).count() == 2


# --- The rule itself ---------------------------------------------------------------------------------------------------


def test_reach_goes_by_area_then_by_place_then_by_country(nl: Pack) -> None:
    assert reach_of(service(areas=HERE), nl) == {"GM0363"}
    unit = nl.places.municipalities["GM0431"].police_unit
    region = reach_of(service(areas=(AreaRecord(kind="police_unit", code=unit),)), nl)
    assert "GM0431" in region
    assert 1 < len(region) < 342
    assert reach_of(service(areas=(), places=(PlacedRecord(location=place()),)), nl) == {"GM0363"}
    assert len(reach_of(service(areas=()), nl)) == len(nl.places.municipalities) + 1
    assert reach_of(service(areas=(AreaRecord(kind="country", code="HU"),)), nl) == {"country:HU"}
    assert reach_of(service(areas=(AreaRecord(kind="town", code="Elst"),)), nl) == {"town:Elst"}


def test_what_nobody_finds_leaves_nobody_without() -> None:
    hidden = Serving("police", "hidden", frozenset({"GM0363"}))
    assert left_without(hidden, []) == frozenset()
    assert left_without(Serving("support", "public", frozenset({"GM0363"})), []) == frozenset()
    shown = Serving("police", "professionals", frozenset({"GM0363", "GM0431"}))
    assert left_without(shown, [Serving("police", "public", frozenset({"GM0363"})), hidden]) == {"GM0431"}
