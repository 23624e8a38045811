"""Making sure of a service, field by field: what was found right, what was wrong, and what it should say."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.directory import models, parts
from baken.directory.actions.proposing import propose
from baken.directory.actions.putting import Via, put
from baken.directory.actions.stale import LAST_DOOR, NOBODY_ANSWERS, STALE_DOOR, TRUSTED, refresh, show_again, solve
from baken.directory.codes import Field
from baken.directory.freshness import Standing, fields_of, value_of
from baken.directory.knowing import shown_record
from baken.directory.parts import Part
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of, whole
from baken.people.actor import Acting, actor_of


class Way(StrEnum):
    """How somebody made sure."""

    TELEPHONE = "telephone"
    MAIL_LINK = "mail_link"
    VISIT = "visit"


class Outcome(StrEnum):
    """What came of it for one field."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one field. ``corrected`` is what it should say, as `parts.part_of` gives it, when it was wrong.

    ``seen`` is the `value_of` what was asked about, when that was shown before and could have changed meanwhile.
    """

    outcome: Outcome
    corrected: Part = None
    seen: str = ""


RIGHT, WRONG = Answer(Outcome.RIGHT), Answer(Outcome.WRONG)


class SeenBeforeChangeError(Exception):
    """These fields say something else by now than what was asked about."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.fields = fields
        super().__init__(f"Changed meanwhile: {', '.join(fields)}")


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it: how true the service is now, and the fields that wait for a second person."""

    standing: Standing
    waiting: tuple[Field, ...]


SIGNAL_ABOUT: Mapping[str, Field] = {
    "number_not_working": Field.TELEPHONE,
    "closed": Field.STATUS,
    "not_for_them": Field.FOR_WHOM,
}
"""Which field answers which signal; anything else is answered by looking at any field at all."""


def verify(
    *,
    by: Acting | None,
    service_id: uuid.UUID,
    answers: Mapping[Field, Answer],
    way: Way,
    now: dt.datetime,
) -> Verified:
    """Write down what somebody made sure of; an editor (``by``), or the owner when nobody signed in.

    A correction of telephone, visibility or status waits for a second person; another one is written at once, and then
    counts as verified. Raises SeenBeforeChangeError, and ValueError for a correction in another shape or of nothing.
    """
    if not answers:
        raise ValueError("Nothing was verified")
    with transaction.atomic():
        models.Service.objects.select_for_update().get(pk=service_id)
        before = record_of(whole(models.Service.objects.filter(pk=service_id)).get())
        _refuse_unseen(shown_record(before), answers)
        waiting = _correct(before, answers, by=by, now=now)
        after = record_of(whole(models.Service.objects.filter(pk=service_id)).get())
        _write(before, after, answers, waiting, by=by, way=way, now=now)
        _handle_signals(service_id, answers, now)
        found = refresh(service_id=service_id, now=now)
        if any(_is_sure(answer) for answer in answers.values()):
            found = _back(service_id, found, now)
        who = actor_of(by) if by else Actor()
        audit(by=who, action=Action.SERVICE_VERIFIED, on=Subject(Kind.SERVICE, str(service_id)), now=now)
    return Verified(found, waiting)


def _refuse_unseen(shown: ServiceRecord, answers: Mapping[Field, Answer]) -> None:
    changed = tuple(field for field, answer in answers.items() if answer.seen and answer.seen != value_of(shown, field))
    if changed:
        raise SeenBeforeChangeError(changed)


def _correct(
    before: ServiceRecord, answers: Mapping[Field, Answer], *, by: Acting | None, now: dt.datetime
) -> tuple[Field, ...]:
    """Write the corrections, or propose them; returns the fields that wait."""
    via = Via.EDITOR if by else Via.OWNER
    record = before
    waiting: list[Field] = []
    for field, answer in answers.items():
        if answer.corrected is None:
            continue
        if answer.outcome is not Outcome.WRONG:
            raise ValueError("Only what was wrong is corrected")
        if field in parts.TWO_PEOPLE:
            propose(by=by, before=before, field=field, after=answer.corrected, via=via, now=now)
            waiting.append(field)
        else:
            record = parts.with_part(record, field, answer.corrected)
    if record != before:
        put(by=by, record=record, via=via, now=now)
    return tuple(waiting)


def _write(
    before: ServiceRecord,
    after: ServiceRecord,
    answers: Mapping[Field, Answer],
    waiting: tuple[Field, ...],
    *,
    by: Acting | None,
    way: Way,
    now: dt.datetime,
) -> None:
    """What was found; and what was corrected at once counts as right from now on, because they told us."""
    asked, told = shown_record(before), shown_record(after)
    rows = []
    for field, answer in answers.items():
        rows.append((field, answer.outcome, value_of(asked, field)))
        if answer.corrected is not None and field not in waiting:
            rows.append((field, Outcome.RIGHT, value_of(told, field)))
    # A field that is there only since this correction is verified by it; one that is gone needs no verification.
    models.Verification.objects.bulk_create(
        models.Verification(
            service_id=before.id,
            field=field,
            at=now,
            outcome=outcome,
            role="editor" if by else "owner",
            way=way,
            value=value,
            by=by.member if by else None,
        )
        for field, outcome, value in rows
    )


def _back(service_id: uuid.UUID, found: Standing, now: dt.datetime) -> Standing:
    """Somebody was there and knew: it is shown again, and nobody need be alarmed any more."""
    if not found.must_hide:
        show_again(service_id=service_id, now=now)
        found = refresh(service_id=service_id, now=now)
    solve(service_id=service_id, what=(NOBODY_ANSWERS,), now=now)
    if found.state in TRUSTED:
        solve(service_id=service_id, what=(LAST_DOOR, STALE_DOOR), now=now)
    return found


def _is_sure(answer: Answer) -> bool:
    return answer.outcome is Outcome.RIGHT or answer.corrected is not None


def _handle_signals(service_id: uuid.UUID, answers: Mapping[Field, Answer], now: dt.datetime) -> None:
    looked_at = {field for field, answer in answers.items() if answer.outcome is not Outcome.UNREACHABLE}
    answered = [
        signal.pk
        for signal in models.Signal.objects.filter(service_id=service_id, handled_at=None)
        if (SIGNAL_ABOUT[signal.what] in looked_at if signal.what in SIGNAL_ABOUT else looked_at)
    ]
    models.Signal.objects.filter(pk__in=answered).update(handled_at=now)


def fields_to_ask(record: ServiceRecord) -> tuple[Field, ...]:
    """The fields to go through with somebody, in the order in which they are asked."""
    return fields_of(shown_record(record))
