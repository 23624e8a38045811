"""One service with its facts, for a reader who may see it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils import timezone

from baken.directory import models
from baken.directory.facts import Facts, facts_of
from baken.directory.packs_here import pack_of
from baken.directory.queries import Audience, service_for, service_of_card
from baken.directory.readers import audience_of
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of
from baken.packs.pack import Pack


@dataclass(frozen=True, slots=True)
class Loaded:
    """A service that the reader may see. ``pack`` is that of its country, when we have one."""

    service: models.Service
    record: ServiceRecord
    facts: Facts
    pack: Pack | None
    audience: Audience
    now: dt.datetime


def visible_service(request: HttpRequest, service_id: uuid.UUID) -> Loaded:
    """The service, or 404: for who may not see it, it does not exist."""
    now = timezone.localtime()
    audience = audience_of(request)
    return _loaded(service_for(audience, service_id), audience, now)


def carded_service(card: str) -> Loaded:
    """The service whose card has this code, as everybody may see it, or 404."""
    return _loaded(service_of_card(card), "public", timezone.localtime())


def _loaded(service: models.Service | None, audience: Audience, now: dt.datetime) -> Loaded:
    if service is None:
        raise Http404
    record = record_of(service)
    pack = pack_of(record.country)
    return Loaded(service, record, facts_of(record, pack), pack, audience, now)
