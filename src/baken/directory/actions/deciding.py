"""The second person: accepts or refuses a change of telephone, visibility or status that somebody else proposed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.directory import models, parts
from baken.directory.actions.putting import Via, put
from baken.directory.actions.stale import LAST_DOOR, raise_alarm, refresh, show_again, without
from baken.directory.codes import Field, Visibility
from baken.directory.freshness import value_of
from baken.directory.knowing import shown_record
from baken.directory.queries import NOT_AT_WORK
from baken.directory.rows import record_of, whole
from baken.people.actor import Acting, actor_of
from baken.people.models import Member


class DecidingError(Exception):
    """Cannot be decided by this person now."""


class SamePersonError(DecidingError):
    """Who proposed it does not decide it."""


class DecidedAlreadyError(DecidingError):
    """Somebody decided it before."""


class OutdatedError(DecidingError):
    """The field says something else by now than when the change was proposed: ask again."""


class LastDoorError(DecidingError):
    """Nobody could find such a service for a municipality any more; ``municipality`` is one of them."""

    def __init__(self, municipality: str) -> None:
        self.municipality = municipality
        super().__init__(f"The last one for {municipality}")


def decide(*, by: Acting, proposal_id: uuid.UUID, accept: bool, now: dt.datetime) -> models.Proposal:
    """Accept or refuse a proposal. What is accepted is written; it counts as verified when the proposer had made sure.

    Raises SamePersonError, DecidedAlreadyError, OutdatedError and, for hiding the last door of a municipality, LastDoorError.
    That the last door is closed is accepted, because it is so, and raises an alarm.
    """
    with transaction.atomic():
        proposal = models.Proposal.objects.select_for_update().get(pk=proposal_id)
        service = models.Service.objects.select_for_update().get(pk=proposal.service_id)
        if proposal.decision:
            raise DecidedAlreadyError("This was decided before")
        if is_own(proposal, by.member):
            raise SamePersonError("Who proposed a change does not decide it")
        if accept:
            _accept(by, proposal, service, now)
        proposal.decision = "accepted" if accept else "refused"
        proposal.decided_at, proposal.decided_by = now, by.member
        proposal.save(update_fields=["decision", "decided_at", "decided_by"])
        refresh(service_id=service.pk, now=now)
        subject = Subject(Kind.SERVICE, f"{service.pk}:{proposal.field}")
        audit(by=actor_of(by), action=Action.SERVICE_DECIDED, on=subject, now=now)
    return proposal


def is_own(proposal: models.Proposal, member: Member) -> bool:
    """Did this person propose it: as an editor, or as the owner by the link that went to their own mailbox?"""
    if proposal.by_id is not None or proposal.via != Via.OWNER:
        return proposal.by_id == member.pk
    return proposal.service.provider.owner_email.casefold() == member.email.casefold()


def _accept(by: Acting, proposal: models.Proposal, service: models.Service, now: dt.datetime) -> None:
    field = Field(proposal.field)
    record = record_of(whole(models.Service.objects.filter(pk=service.pk)).get())
    if parts.part_of(record, field) != proposal.before:
        raise OutdatedError("The service has changed since this was proposed")
    left = _left_without(field, proposal.after, service)
    if left and field is Field.VISIBILITY:
        raise LastDoorError(min(left))
    after = parts.with_part(record, field, proposal.after)
    put(by=by, record=after, via=Via.EDITOR, now=now, agreed=True)
    if left:
        raise_alarm(what=LAST_DOOR, service_id=service.pk, municipality=min(left), now=now)
    found = _verification_of(proposal)
    if found is not None:
        models.Verification.objects.create(
            service=service,
            field=field,
            at=proposal.at,
            outcome="right",
            role=found.role,
            way=found.way,
            value=value_of(shown_record(after), field),
            by=found.by,
        )
        if not refresh(service_id=service.pk, now=now).must_hide:
            show_again(service_id=service.pk, now=now)


def _left_without(field: Field, after: parts.Part, service: models.Service) -> frozenset[str]:
    """Places whose last door goes with this change."""
    fewer = (field is Field.VISIBILITY and after != Visibility.PUBLIC) or (
        field is Field.STATUS and after in NOT_AT_WORK
    )
    return without(service) if fewer else frozenset()


def _verification_of(proposal: models.Proposal) -> models.Verification | None:
    """That the proposer found the old value wrong, in the same moment; None for who only thought so."""
    return models.Verification.objects.filter(
        service_id=proposal.service_id, field=proposal.field, at=proposal.at, outcome="wrong"
    ).first()
