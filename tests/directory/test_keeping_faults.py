"""Killed at every write: what keeps the map true is never half-done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from tests.helpers.directory import NOW, full_service, service
from tests.helpers.faults import all_or_nothing, cut_off_anywhere
from tests.helpers.keeping import DAY, Editors, confirm, editors, listed, said

from baken.directory import jobs, models
from baken.directory.actions import put
from baken.directory.actions.calling import Answered, call
from baken.directory.actions.deciding import decide
from baken.directory.actions.leaving_out import leave_out, let_in
from baken.directory.actions.owners import answer, make_link, note_asked, note_bounce, set_owner
from baken.directory.actions.putting import Via
from baken.directory.actions.signalling import signal
from baken.directory.actions.stale import hide
from baken.directory.actions.verifying import Answer, Outcome, Way, verify
from baken.directory.codes import Field
from baken.directory.parts import part_of

pytestmark = pytest.mark.django_db(transaction=True)
Scene = Callable[[Editors], Callable[[], object]]
LATER = NOW + DAY


def _corrections(made: models.Service) -> dict[Field, Answer]:
    other = replace(said(made), hours="Mo 09:00-10:00", status="inactive")
    return {field: Answer(Outcome.WRONG, part_of(other, field)) for field in (Field.HOURS, Field.STATUS)}


def verifying(team: Editors) -> Callable[[], object]:
    made = listed(full_service())
    models.Signal.objects.create(service=made, what="closed", day=NOW.date())
    answers = _corrections(made)
    return lambda: verify(by=team.eva, service_id=made.pk, answers=answers, way=Way.TELEPHONE, now=LATER)


def deciding(team: Editors) -> Callable[[], object]:
    made = listed(full_service())
    verify(by=None, service_id=made.pk, answers=_corrections(made), way=Way.MAIL_LINK, now=NOW)
    proposal = models.Proposal.objects.get()
    return lambda: decide(by=team.eva, proposal_id=proposal.pk, accept=True, now=LATER)


def calling(team: Editors) -> Callable[[], object]:
    made = listed(service(kind="support"))
    call(by=team.eva, service_id=made.pk, answer=Answered.NO_ANSWER, now=NOW)
    return lambda: call(by=team.eva, service_id=made.pk, answer=Answered.WRONG_NUMBER, now=LATER)


def hiding_the_last(_team: Editors) -> Callable[[], object]:
    made = listed(service(kind="police"))
    return lambda: hide(by=None, service_id=made.pk, now=NOW)


def answering(_team: Editors) -> Callable[[], object]:
    made = listed(full_service())
    _row, token = make_link(service_id=made.pk, now=NOW)
    answers = _corrections(made)
    return lambda: answer(token=token, answers=answers, now=LATER)


def signalling(_team: Editors) -> Callable[[], object]:
    made = listed(service())
    return lambda: signal(service_id=made.pk, what="closed", now=NOW)


def bouncing(_team: Editors) -> Callable[[], object]:
    made = listed(service())
    confirm(made, by=None, now=NOW)
    return lambda: note_bounce(provider_id=made.provider_id, now=LATER)


def asking(_team: Editors) -> Callable[[], object]:
    made = listed(service())
    return lambda: note_asked(service_ids=[made.pk], now=NOW)


def owning(team: Editors) -> Callable[[], object]:
    made = listed(service())
    return lambda: set_owner(by=team.eva, provider_id=made.provider_id, email="a@b.example", language="nl", now=NOW)


def leaving_out(team: Editors) -> Callable[[], object]:
    return lambda: leave_out(by=team.eva, name="Hulp", reason="Vraagt geld.", now=NOW)


def letting_in(team: Editors) -> Callable[[], object]:
    row = leave_out(by=team.eva, name="Hulp", reason="Vraagt geld.", now=NOW)
    return lambda: let_in(by=team.eva, row_id=row.pk, now=NOW)


def editing(team: Editors) -> Callable[[], object]:
    made = listed(full_service())
    record = replace(said(made), hours="Mo 09:00-10:00", status="inactive")
    return lambda: put(by=team.eva, record=record, via=Via.EDITOR, now=LATER)


SCENES: Mapping[str, Scene] = {
    scene.__name__: scene
    for scene in (
        verifying,
        deciding,
        calling,
        hiding_the_last,
        answering,
        signalling,
        bouncing,
        asking,
        owning,
        leaving_out,
        letting_in,
        editing,
    )
}


@pytest.mark.parametrize("name", SCENES)
def test_wholly_or_not_at_all(name: str) -> None:
    assert all_or_nothing(SCENES[name](editors())) >= 1


def test_cut_off_anywhere_the_night_comes_to_the_same_end() -> None:
    team = editors()
    for name, kind in (("Een", "support"), ("Twee", "advice"), ("Drie", "legal_aid")):
        confirm(listed(service(name, kind=kind)), by=team.eva, now=NOW)
    assert cut_off_anywhere(lambda: jobs.keep(NOW + 365 * DAY)) >= 1
    assert models.Service.objects.filter(stale_hidden_at=None).count() == 1
