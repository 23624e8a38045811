"""Making sure of a service: right, wrong and corrected, and who must agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.helpers.directory import NOW, full_service, place, service
from tests.helpers.keeping import DAY, Editors, confirm, editors, listed, look, said

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.deciding import (
    DecidedAlreadyError,
    LastDoorError,
    OutdatedError,
    SamePersonError,
    decide,
)
from baken.directory.actions.putting import Via
from baken.directory.actions.verifying import RIGHT, WRONG, Answer, Outcome, SeenBeforeChangeError, Way, verify
from baken.directory.codes import Field
from baken.directory.freshness import State, value_of
from baken.directory.parts import part_of
from baken.directory.records import AreaRecord, PhoneRecord, PlacedRecord

pytestmark = pytest.mark.django_db
LATER = NOW + DAY


@pytest.fixture
def team(db: None) -> Editors:
    return editors()


def corrected(record: Any, field: Field, **change: Any) -> Answer:
    return Answer(Outcome.WRONG, part_of(replace(record, **change), field))


def test_confirming_all_makes_it_fresh_and_says_who_and_how(team: Editors) -> None:
    made = listed(full_service())
    assert look(made, NOW).state is State.UNVERIFIED
    found = confirm(made, by=team.eva, now=NOW)
    assert (found.standing.state, found.standing.verified_at, found.waiting) == (State.FRESH, NOW, ())
    made.refresh_from_db()
    assert (made.verified_at, made.due_on) == (NOW, NOW.date() + 180 * DAY)
    rows = models.Verification.objects.all()
    assert {(row.role, row.way, row.by_id, row.outcome) for row in rows} == {
        ("editor", "telephone", team.eva.member.pk, "right")
    }
    assert Event.objects.latest("sequence").action == Action.SERVICE_VERIFIED


def test_the_owner_has_no_name_here(team: Editors) -> None:
    made = listed(service())
    confirm(made, by=None, now=NOW)
    assert {(row.role, row.way, row.by) for row in models.Verification.objects.all()} == {("owner", "mail_link", None)}
    event = Event.objects.latest("sequence")
    assert (event.member_id, event.function) == ("", "")


def test_a_correction_of_hours_is_written_at_once_and_counts_as_checked(team: Editors) -> None:
    made = listed(full_service())
    confirm(made, by=team.eva, now=NOW)
    answers = {Field.HOURS: corrected(said(made), Field.HOURS, hours="Mo-Tu 09:00-12:00")}
    found = verify(by=None, service_id=made.pk, answers=answers, way=Way.MAIL_LINK, now=LATER)
    assert said(made).hours == "Mo-Tu 09:00-12:00"
    assert found.standing.fields[Field.HOURS].verified_at == LATER
    assert found.standing.state is State.FRESH
    kept = models.Verification.objects.filter(field=Field.HOURS, at=LATER).values_list("outcome", flat=True)
    assert sorted(kept) == ["right", "wrong"]
    assert models.Change.objects.get(field="hours").via == "owner"


def test_an_edit_alone_does_not_count_as_checked(team: Editors) -> None:
    made = listed(full_service())
    confirm(made, by=team.eva, now=NOW)
    put(by=team.eva, record=replace(said(made), hours="Mo 09:00-12:00"), via=Via.EDITOR, now=LATER)
    found = look(made, LATER)
    assert found.fields[Field.HOURS].state is State.UNVERIFIED
    assert (found.state, found.verified_at, found.due_on) == (State.DUE, NOW, LATER.date())


@pytest.mark.parametrize(
    ("field", "change"),
    [
        (Field.TELEPHONE, {"phones": (PhoneRecord(number="020-7654321"),)}),
        (Field.STATUS, {"status": "temporarily closed"}),
        (Field.VISIBILITY, {"visibility": "professionals"}),
    ],
)
def test_what_can_harm_waits_and_counts_from_when_it_was_said(
    team: Editors, field: Field, change: dict[str, Any]
) -> None:
    made = listed(service(kind="support"))
    confirm(made, by=team.eva, now=NOW)
    answers = {field: corrected(said(made), field, **change)}
    found = verify(by=team.eva, service_id=made.pk, answers=answers, way=Way.TELEPHONE, now=LATER)
    assert found.waiting == (field,)
    assert (said(made), found.standing.due_on) == (service(kind="support"), LATER.date())
    (proposal,) = models.Proposal.objects.all()
    with pytest.raises(SamePersonError):
        decide(by=team.eva, proposal_id=proposal.pk, accept=True, now=LATER + DAY)
    decide(by=team.finn, proposal_id=proposal.pk, accept=True, now=LATER + DAY)
    assert part_of(said(made), field) == answers[field].corrected
    after = look(made, LATER + DAY)
    assert (after.state, after.fields[field].verified_at) == (State.FRESH, LATER)
    row = models.Verification.objects.get(field=field, outcome="right", at=LATER)
    assert row.by == team.eva.member
    with pytest.raises(DecidedAlreadyError):
        decide(by=team.finn, proposal_id=proposal.pk, accept=False, now=LATER + DAY)


def test_who_is_the_owner_too_does_not_decide_what_the_owner_said(team: Editors) -> None:
    made = listed(service())
    models.Provider.objects.update(owner_email=team.eva.member.email.title())
    answers = {Field.TELEPHONE: corrected(said(made), Field.TELEPHONE, phones=(PhoneRecord(number="112"),))}
    verify(by=None, service_id=made.pk, answers=answers, way=Way.MAIL_LINK, now=NOW)
    with pytest.raises(SamePersonError):
        decide(by=team.eva, proposal_id=models.Proposal.objects.get().pk, accept=True, now=LATER)
    assert decide(by=team.finn, proposal_id=models.Proposal.objects.get().pk, accept=True, now=LATER).decision


def test_a_proposal_of_an_owner_is_decided_by_any_editor(team: Editors) -> None:
    made = listed(service())
    answers = {Field.TELEPHONE: corrected(said(made), Field.TELEPHONE, phones=(PhoneRecord(number="112"),))}
    verify(by=None, service_id=made.pk, answers=answers, way=Way.MAIL_LINK, now=NOW)
    decide(by=team.eva, proposal_id=models.Proposal.objects.get().pk, accept=True, now=LATER)
    assert [phone.number for phone in said(made).phones] == ["112"]
    assert models.Verification.objects.get(outcome="right").role == "owner"


def test_who_only_edits_proposes_and_nothing_is_verified_by_deciding(team: Editors) -> None:
    made = listed(service())
    put(by=team.eva, record=replace(said(made), status="inactive"), via=Via.EDITOR, now=NOW)
    decide(by=team.finn, proposal_id=models.Proposal.objects.get().pk, accept=True, now=LATER)
    assert said(made).status == "inactive"
    assert not models.Verification.objects.exists()


def test_what_is_refused_changes_nothing(team: Editors) -> None:
    made = listed(service())
    put(by=team.eva, record=replace(said(made), status="inactive"), via=Via.EDITOR, now=NOW)
    row = decide(by=team.finn, proposal_id=models.Proposal.objects.get().pk, accept=False, now=LATER)
    assert (row.decision, row.decided_by, said(made)) == ("refused", team.finn.member, service())
    assert Event.objects.latest("sequence").action == Action.SERVICE_DECIDED


def test_a_proposal_about_an_older_value_is_not_accepted(team: Editors) -> None:
    made = listed(service())
    put(by=team.eva, record=replace(said(made), status="inactive"), via=Via.EDITOR, now=NOW)
    put(by=None, record=replace(said(made), status="temporarily closed"), via=Via.PACK, now=NOW)
    with pytest.raises(OutdatedError):
        decide(by=team.finn, proposal_id=models.Proposal.objects.get().pk, accept=True, now=LATER)
    assert models.Proposal.objects.get().decision == ""


def test_going_into_hiding_leaves_the_address_only_when_two_agree(team: Editors) -> None:
    record = service(kind="support", places=(PlacedRecord(location=place()),))
    made = listed(record)
    answers = {Field.VISIBILITY: Answer(Outcome.WRONG, "hidden")}
    verify(by=team.eva, service_id=made.pk, answers=answers, way=Way.TELEPHONE, now=NOW)
    assert said(made) == record
    decide(by=team.finn, proposal_id=models.Proposal.objects.get().pk, accept=True, now=LATER)
    assert said(made).visibility == "hidden"
    assert models.Location.objects.get().address_1 == ""


def test_the_last_door_cannot_be_hidden_by_two_either_but_can_be_closed_with_an_alarm(team: Editors) -> None:
    made = listed(service(kind="care_coordination", areas=(AreaRecord(kind="municipality", code="GM0363"),)))
    put(by=team.eva, record=replace(said(made), visibility="hidden"), via=Via.EDITOR, now=NOW)
    hiding = models.Proposal.objects.get()
    with pytest.raises(LastDoorError, match="GM0363"):
        decide(by=team.finn, proposal_id=hiding.pk, accept=True, now=LATER)
    put(by=team.eva, record=replace(said(made), status="defunct"), via=Via.EDITOR, now=NOW)
    closing = models.Proposal.objects.get(field=Field.STATUS)
    decide(by=team.finn, proposal_id=closing.pk, accept=True, now=LATER)
    assert said(made).status == "defunct"
    alarm = models.Alarm.objects.get()
    assert (alarm.what, alarm.municipality) == ("last_door", "GM0363")


def test_what_was_seen_before_a_change_is_not_confirmed(team: Editors) -> None:
    made = listed(full_service())
    seen = value_of(said(made), Field.HOURS)
    put(by=team.eva, record=replace(said(made), hours="Mo 09:00-10:00"), via=Via.EDITOR, now=NOW)
    answers = {Field.HOURS: Answer(Outcome.RIGHT, seen=seen)}
    with pytest.raises(SeenBeforeChangeError) as conflict:
        verify(by=None, service_id=made.pk, answers=answers, way=Way.MAIL_LINK, now=LATER)
    assert conflict.value.fields == (Field.HOURS,)
    assert not models.Verification.objects.exists()


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {Field.STATUS: Answer(Outcome.RIGHT, "inactive")},
        {Field.STATUS: Answer(Outcome.WRONG, "active")},
        {Field.HOURS: Answer(Outcome.WRONG, {"nonsense": 1})},
    ],
)
def test_answers_that_say_nothing_are_refused(team: Editors, answers: dict[Field, Answer]) -> None:
    made = listed(service())
    with pytest.raises(ValueError, match=r"."):
        verify(by=team.eva, service_id=made.pk, answers=answers, way=Way.TELEPHONE, now=NOW)
    assert not models.Verification.objects.exists()
    assert not models.Proposal.objects.exists()


def test_wrong_without_knowing_better_brings_it_forward(team: Editors) -> None:
    made = listed(service())
    confirm(made, by=team.eva, now=NOW)
    verify(by=team.eva, service_id=made.pk, answers={Field.TELEPHONE: WRONG}, way=Way.VISIT, now=LATER)
    made.refresh_from_db()
    assert (made.due_on, made.verified_at) == (LATER.date(), NOW)


def test_looking_at_it_answers_the_signals(team: Editors) -> None:
    made = listed(service())
    for what in ("number_not_working", "closed", "other"):
        models.Signal.objects.create(service=made, what=what, day=NOW.date())
    verify(by=team.eva, service_id=made.pk, answers={Field.TELEPHONE: RIGHT}, way=Way.TELEPHONE, now=LATER)
    assert list(models.Signal.objects.filter(handled_at=None).values_list("what", flat=True)) == ["closed"]


def test_made_sure_of_again_it_is_shown_again(team: Editors) -> None:
    made = listed(service())
    models.Service.objects.filter(pk=made.pk).update(stale_hidden_at=NOW)
    models.Alarm.objects.create(what="nobody_answers", service=made, raised_at=NOW)
    unreachable = {Field.TELEPHONE: Answer(Outcome.UNREACHABLE)}
    verify(by=team.eva, service_id=made.pk, answers=unreachable, way=Way.TELEPHONE, now=NOW)
    assert models.Service.objects.get().stale_hidden_at == NOW
    assert confirm(made, by=team.eva, now=LATER).standing.state is State.FRESH
    assert models.Service.objects.get().stale_hidden_at is None
    assert models.Alarm.objects.get().solved_at == LATER


def test_of_a_door_the_facts_of_the_pack_are_what_is_verified(team: Editors) -> None:
    made = listed(service(kind="crisis", door="emergency", phones=(), country="NL"))
    found = confirm(made, by=team.eva, now=NOW)
    assert {Field.TELEPHONE, Field.HOURS} <= set(found.standing.fields)
    assert found.standing.due_on == NOW.date() + dt.timedelta(days=30)
