"""Background jobs of the vault."""

from __future__ import annotations

import uuid

from django.utils import timezone

from baken.notices.jobs import job
from baken.vault import tickets
from baken.vault.models import Rotation
from baken.vault.rotation import move


class OtherWorkerError(Exception):
    """The ticket is for another worker, which still runs: the queue gives this job out again later."""


@job
def move_inbox(rotation_id: str) -> None:
    """Move what is granted to an older inbox, portion by portion. Without a ticket for this worker there is nothing to do."""
    rotation = Rotation.objects.select_related("old").filter(pk=uuid.UUID(rotation_id), finished_at=None).first()
    if rotation is None or not rotation.ticket:
        return
    pair = tickets.take_ticket(rotation)
    if pair is None:
        if tickets.is_for_a_live_worker(rotation):
            raise OtherWorkerError
        # Its worker is gone with its key; the next colleague who opens the inbox hands out another ticket.
        Rotation.objects.filter(pk=rotation.pk, ticket_key_id=rotation.ticket_key_id).update(
            ticket=None, ticket_key_id=""
        )
        return
    place: int | None = 0
    while place is not None:
        place = move(rotation.pk, pair, now=timezone.now(), after=place)
    pair.wipe()
