"""Take over chosen differences, by the one road into the map. Telephone, visibility and status become proposals there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import DataError, IntegrityError, transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.directory import models
from baken.directory.actions.putting import ChangedMeanwhileError, NotListedError, Put, Via, put
from baken.directory.exchange.differences import Difference, Sort, chosen
from baken.directory.rows import record_of, whole
from baken.people.actor import Acting, actor_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One difference and the fields of it that somebody chose; of a service that is added all of them count."""

    difference: Difference
    fields: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of one choice: what was written and what waits, or why nothing was."""

    choice: Choice
    put: Put | None
    refused: str = ""


def apply(*, by: Acting | None, chosen: Iterable[Choice], now: dt.datetime) -> list[Applied]:
    """Write what was chosen; each service wholly or not at all. What is not chosen stays as it is, and nothing is deleted."""
    with transaction.atomic():
        done = [_applied(choice, by=by, now=now) for choice in chosen]
        if any(item.put for item in done):
            audit(by=actor_of(by), action=Action.DIRECTORY_IMPORTED, on=Subject(Kind.DIRECTORY), now=now)
    return done


def everything(differences: Iterable[Difference]) -> list[Choice]:
    """All that can be taken over without taking something away."""
    return [
        Choice(item, item.safe_fields)
        for item in differences
        if item.sort is Sort.ADDED or (item.sort is Sort.CHANGED and item.safe_fields)
    ]


def _applied(choice: Choice, *, by: Acting | None, now: dt.datetime) -> Applied:
    try:
        with transaction.atomic():
            return Applied(choice, _written(choice, by=by, now=now))
    except NotListedError as error:
        return Applied(choice, None, f"It is left out of the map on purpose: {error.reason}")
    except ChangedMeanwhileError:
        return Applied(choice, None, "Somebody changed it meanwhile. Compare the file again.")
    except (IntegrityError, DataError, ValueError) as error:
        return Applied(choice, None, f"It does not go together: {str(error).splitlines()[0][:200]}")


def _written(choice: Choice, *, by: Acting | None, now: dt.datetime) -> Put:
    difference = choice.difference
    if difference.sort is Sort.ADDED:
        if models.Service.objects.filter(pk=difference.record.id).exists():
            raise ChangedMeanwhileError(difference.record)
        return put(by=by, record=difference.record, via=Via.IMPORT, now=now)
    if difference.sort is not Sort.CHANGED or difference.here is None:
        raise ValueError(f"it is {difference.sort}")
    found = whole(models.Service.objects.filter(pk=difference.here.id)).first()
    if found is None or record_of(found) != difference.here:
        raise ChangedMeanwhileError(difference.here)
    record = chosen(difference, choice.fields, difference.here)
    return put(by=by, record=record, via=Via.IMPORT, now=now, version=found.version)
