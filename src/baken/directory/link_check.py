"""Do the addresses in the map still answer, and does the source of a service still say the same? Each is looked at once a week.

What is dead or changed brings the check forward; it makes nothing fresh and nothing verified.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from baken.directory import models
from baken.directory.actions.stale import refresh
from baken.directory.codes import ServiceStatus
from baken.directory.fetching import Fetched, FetchError, fetch
from baken.directory.page_facts import fingerprint

WEEK = 7
GONE = (404, 410)
SERVER_FAILED = 500
FEW = 3
"""When so many or more were asked and not one answered, it is we who are not connected."""
Fetch = Callable[[str], Fetched]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What came of one service. ``dead`` None: not known, or it has no address of its own."""

    service_id: uuid.UUID
    dead: bool | None
    source: str


def run(now: dt.datetime) -> None:
    """Look at this day's seventh of the services, unless the installation does not want that."""
    if settings.BAKEN_LINK_CHECK:
        check_day(now, fetch=fetch)


def check_day(now: dt.datetime, *, fetch: Fetch) -> int:
    """Look at the services of this day; returns at how many."""
    day = timezone.localdate(now).toordinal() % WEEK
    found = models.Service.objects.exclude(status=ServiceStatus.DEFUNCT).exclude(url="", source_url="")
    return check([service for service in found.order_by("pk") if service.pk.int % WEEK == day], now, fetch=fetch)


def check(services: list[models.Service], now: dt.datetime, *, fetch: Fetch) -> int:
    """Look at these services; what does not answer is tried once more at the end, before it counts as dead."""
    answers: dict[str, Fetched | None] = {}
    urls = list(dict.fromkeys(url for service in services for url in (service.url, service.source_url) if url))
    for url in urls:
        answers[url] = _try(url, fetch)
    if len(urls) >= FEW and all(answer is None for answer in answers.values()):
        return 0
    for url in [url for url in urls if _is_dead(answers[url])]:
        answers[url] = _try(url, fetch)
    for service in services:
        _note(service, answers, now)
    return len(services)


def _try(url: str, fetch: Fetch) -> Fetched | None:
    try:
        return fetch(url)
    except FetchError:
        return None


def _is_dead(answer: Fetched | None) -> bool:
    """Gone, or no answer. A site that does not want programs (403, 429) lives."""
    return answer is None or answer.status in GONE or answer.status >= SERVER_FAILED


def _note(service: models.Service, answers: dict[str, Fetched | None], now: dt.datetime) -> None:
    looked = _Looked(
        service.pk,
        dead=_is_dead(answers[service.url]) if service.url else None,
        source=_source(answers.get(service.source_url)),
    )
    with transaction.atomic():
        row = models.Service.objects.select_for_update().get(pk=looked.service_id)
        changed: dict[str, object] = {}
        if looked.dead is not None and looked.dead != (row.url_dead_since is not None):
            changed["url_dead_since"] = now if looked.dead else None
        if looked.source:
            changed["source_seen_at"] = now
            if looked.source != row.source_hash:
                changed["source_hash"] = looked.source
            if row.source_hash and looked.source != row.source_hash:
                changed["source_changed_at"] = now
        if changed:
            models.Service.objects.filter(pk=row.pk).update(**changed)
            refresh(service_id=row.pk, now=now)


def _source(answer: Fetched | None) -> str:
    """What the source says, as a hash; "" when it could not be read."""
    return fingerprint(answer.text) if answer is not None and answer.status < 300 and answer.text else ""
