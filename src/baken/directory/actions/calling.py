"""An editor calls a service to ask whether it is still right."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.directory import models
from baken.directory.actions.stale import NOBODY_ANSWERS, hide, refresh
from baken.directory.actions.verifying import RIGHT, WRONG, Answer, Outcome, Verified, Way, verify
from baken.directory.codes import Field, ServiceStatus
from baken.directory.freshness import Standing
from baken.people.actor import Acting, actor_of

FAILED_IN_A_ROW = 2
"""After so many calls in a row by which nobody could confirm it, a service is hidden."""


class Answered(StrEnum):
    """How a call went; the codes of the register of calls."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    REFUSED = "refused"
    CLOSED = "closed"


FAILED = (Answered.NO_ANSWER, Answered.WRONG_NUMBER, Answered.REFUSED)


@dataclass(frozen=True, slots=True)
class Called:
    """What came of it. ``hidden``: nobody could confirm it twice in a row, and readers do not see it any more."""

    call: models.Call
    standing: Standing
    waiting: tuple[Field, ...]
    hidden: bool


def call(
    *,
    by: Acting,
    service_id: uuid.UUID,
    answer: Answered,
    now: dt.datetime,
    answers: Mapping[Field, Answer] | None = None,
) -> Called:
    """Write down how a call went, with the answers per field when somebody confirmed or corrected.

    A wrong number is a telephone that was found wrong; a closed service is proposed as one that does not exist any more.
    Raises ValueError when there are answers and should not be, or the other way round.
    """
    found = dict(answers or {})
    if bool(found) != (answer in (Answered.CONFIRMED, Answered.CORRECTED)):
        raise ValueError("Answers per field go with a call in which somebody confirmed or corrected, and only then")
    if answer is Answered.CONFIRMED and any(
        item != RIGHT and item.outcome is not Outcome.RIGHT for item in found.values()
    ):
        raise ValueError("Somebody who confirmed found nothing wrong")
    with transaction.atomic():
        service = models.Service.objects.select_for_update().get(pk=service_id)
        made = models.Call.objects.create(service=service, at=now, by=by.member, answer=answer)
        verified = _verified(by, service, answer, found, now)
        hidden = answer in FAILED and _failed_too_often(service) and _hide(by, service, now)
        audit(by=actor_of(by), action=Action.SERVICE_CALLED, on=Subject(Kind.SERVICE, str(service_id)), now=now)
        standing = refresh(service_id=service_id, now=now)
    return Called(made, standing, verified.waiting if verified else (), hidden)


def _verified(
    by: Acting, service: models.Service, answer: Answered, found: dict[Field, Answer], now: dt.datetime
) -> Verified | None:
    """What the call says about the fields."""
    if answer is Answered.WRONG_NUMBER:
        found = {Field.TELEPHONE: WRONG}
    elif answer is Answered.NO_ANSWER:
        found = {Field.TELEPHONE: Answer(Outcome.UNREACHABLE)}
    elif answer is Answered.CLOSED:
        gone = ServiceStatus.DEFUNCT
        found = {Field.STATUS: Answer(Outcome.WRONG, str(gone)) if service.status != gone else RIGHT}
    return verify(by=by, service_id=service.pk, answers=found, way=Way.TELEPHONE, now=now) if found else None


def _failed_too_often(service: models.Service) -> bool:
    last = models.Call.objects.filter(service=service).order_by("-at", "-pk").values_list("answer", flat=True)
    lately = list(last[:FAILED_IN_A_ROW])
    return len(lately) == FAILED_IN_A_ROW and all(answer in FAILED for answer in lately)


def _hide(by: Acting, service: models.Service, now: dt.datetime) -> bool:
    return hide(by=by, service_id=service.pk, now=now, why=NOBODY_ANSWERS)
