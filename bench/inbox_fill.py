"""An inbox with many reports in it, and how long it takes to move them to a new key."""

from __future__ import annotations

import time
from typing import Any

BATCH = 1000


def fill(where: Any, reporter: Any, count: int) -> None:
    """Reports up to ``count`` in the inbox of an organisation, each with its sealed situation."""
    import datetime as dt

    from django.utils import timezone

    from baken.reports.models import Report
    from baken.reports.parts import Content
    from baken.vault.actions import inbox_recipient, prepare, save
    from baken.vault.codes import new_code
    from baken.vault.context import Context
    from baken.vault.models import Inbox

    inbox = Inbox.objects.get(organisation=where, retired_at__isnull=True)
    now = timezone.now()
    there = Report.objects.filter(organisation=where).count()
    for start in range(there, count, BATCH):
        reports = [
            Report(
                # Longer than a real one, so that among so many no two are the same, and short enough without its dashes.
                reference=new_code(45).replace("-", ""),
                organisation=where,
                manner="confidential",
                reporter=reporter,
                received_at=now - dt.timedelta(minutes=number),
                due_at=now + dt.timedelta(minutes=number),
                due_clock="acknowledge",
            )
            for number in range(start, min(start + BATCH, count))
        ]
        Report.objects.bulk_create(reports)
        texts: dict[Context, bytes] = {}
        for report in reports:
            content = Content(situation={"signs": ["dest_documents_taken"], "fields": {"form": "labour"}})
            texts |= content.sealed_texts(str(report.pk), str(where.pk))
        save(prepare(texts, [inbox_recipient(inbox)], now=now))


def rotated_in(world: Any, count: int) -> float:
    """Seconds to move ``count`` reports to a new inbox key; -1 when one of them cannot be read afterwards."""
    from django.db import transaction
    from django.utils import timezone
    from tests.helpers.vault import acting, own_pair

    from baken.reports.models import Report
    from baken.reports.opened import contents_of
    from baken.vault.inboxes import receive_generation
    from baken.vault.models import Inbox, InboxAccess
    from baken.vault.rotation import move, new_generation

    fill(world.there, world.cleo, count)
    own = own_pair(world.cleo)

    def pair_of(inbox: Inbox) -> Any:
        access = InboxAccess.objects.get(inbox=inbox, member=world.cleo)
        return receive_generation(bytes(access.entrusted), own, str(world.there.pk), inbox.number).pair

    old = pair_of(Inbox.objects.get(organisation=world.there, retired_at__isnull=True))
    with transaction.atomic():
        rotation = new_generation(by=acting(world.cleo, world.there), organisation=world.there, now=timezone.now())
    assert rotation is not None
    start, after = time.perf_counter(), 0
    while True:
        with transaction.atomic():
            reached = move(rotation.pk, old, now=timezone.now(), after=after)
        if reached is None:
            break
        after = reached
    seconds = time.perf_counter() - start
    new = pair_of(Inbox.objects.get(organisation=world.there, retired_at__isnull=True))
    ids = list(Report.objects.filter(organisation=world.there).values_list("pk", flat=True))
    opened = [contents_of(ids[start : start + BATCH], new) for start in range(0, len(ids), BATCH)]
    whole = sum(bool(content.situation) for part in opened for content in part.values()) == count
    return seconds if whole else -1.0
