"""Editors of the social map, and what they do to a service."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.actions.verifying import RIGHT, Verified, Way, fields_to_ask, verify
from baken.directory.freshness import Standing
from baken.directory.knowing import standing_of, with_checks
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of, whole
from baken.people.actor import Acting
from baken.people.permissions import Function
from baken.people.queries import standing_of as member_standing
from tests.helpers.directory import NOW
from tests.helpers.people import member, organisation

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Editors:
    """Two people who keep the map."""

    eva: Acting
    finn: Acting


def editors() -> Editors:
    here = organisation("Redactie")

    def acting(name: str) -> Acting:
        made = member(f"{name}@redactie.example", where=here, functions=(Function.DIRECTORY_EDITOR,))
        return Acting(made, member_standing(made, now=timezone.now()), here)

    return Editors(acting("eva"), acting("finn"))


def listed(record: ServiceRecord, *, now: dt.datetime = NOW) -> models.Service:
    """The service in the map."""
    return put(by=None, record=record, via=Via.PACK, now=now).service


def said(service: models.Service) -> ServiceRecord:
    return record_of(whole(models.Service.objects.filter(pk=service.pk)).get())


def look(service: models.Service, now: dt.datetime) -> Standing:
    return standing_of(with_checks(models.Service.objects.filter(pk=service.pk)).get(), now=now)


def confirm(service: models.Service, *, by: Acting | None, now: dt.datetime) -> Verified:
    """Everything about it is right."""
    answers = dict.fromkeys(fields_to_ask(said(service)), RIGHT)
    way = Way.TELEPHONE if by else Way.MAIL_LINK
    return verify(by=by, service_id=service.pk, answers=answers, way=way, now=now)
