"""Tickets: the private key of an older inbox, sealed for the key that one running worker holds in memory and nowhere else."""

from __future__ import annotations

import datetime as dt
import threading

from django.db import transaction
from django.utils import timezone

from baken.notices.jobs import enqueue_once
from baken.vault.errors import VaultError
from baken.vault.inboxes import entrust, inbox_context, receive
from baken.vault.models import Rotation, WorkerKey
from baken.vault.secret import KeyPair

ALIVE = dt.timedelta(seconds=150)
"""A worker beats every minute; one that is silent for longer gets no ticket."""
GONE = dt.timedelta(hours=1)
"""Then the row of a worker that was killed is taken away."""
_own = threading.Lock()
_pair: KeyPair | None = None


def begin(now: dt.datetime) -> None:
    """A worker starts: a key of its own, that ends with it. Registered with ``on_worker_start``."""
    global _pair  # noqa: PLW0603 - one worker, one process, one key
    with _own:
        _pair = _pair or KeyPair.new()
    beat(now)


def beat(now: dt.datetime) -> None:
    """The worker still runs. Registered with ``on_worker_tick``."""
    if _pair is not None:
        WorkerKey.objects.update_or_create(key_id=_pair.id.hex(), defaults={"public": _pair.public, "seen_at": now})
    WorkerKey.objects.filter(seen_at__lt=now - GONE).delete()


def end(now: dt.datetime) -> None:
    """The worker stops in an orderly way; what it did not finish waits for another. Registered with ``on_worker_stop``."""
    global _pair
    with _own:
        pair, _pair = _pair, None
    if pair is not None:
        WorkerKey.objects.filter(pk=pair.id.hex()).delete()
        Rotation.objects.filter(ticket_key_id=pair.id.hex()).update(ticket=None, ticket_key_id="")
        pair.wipe()


def live_worker(now: dt.datetime) -> WorkerKey | None:
    """The worker that was seen last, if it still runs."""
    return WorkerKey.objects.filter(seen_at__gte=now - ALIVE).order_by("-seen_at").first()


@transaction.atomic
def hand_ticket(rotation: Rotation, pair: KeyPair, worker: WorkerKey, *, now: dt.datetime) -> None:
    """Seal the old key for a worker and let it begin; one that has a ticket already is only asked again."""
    from baken.vault.tasks import move_inbox

    held = WorkerKey.objects.filter(pk=rotation.ticket_key_id, seen_at__gte=now - ALIVE)
    if not rotation.ticket or not held.exists():
        context = inbox_context(str(rotation.old.organisation_id), rotation.old.number)
        Rotation.objects.filter(pk=rotation.pk, finished_at__isnull=True).update(
            ticket=entrust(pair, bytes(worker.public), context), ticket_key_id=worker.key_id
        )
    enqueue_once(move_inbox, str(rotation.pk))


def take_ticket(rotation: Rotation) -> KeyPair | None:
    """The old key, in the worker for which the ticket was sealed; None in every other process."""
    if _pair is None or not rotation.ticket or rotation.ticket_key_id != _pair.id.hex():
        return None
    context = inbox_context(str(rotation.old.organisation_id), rotation.old.number)
    try:
        return receive(bytes(rotation.ticket), _pair, context)
    except VaultError:
        return None


def is_for_a_live_worker(rotation: Rotation) -> bool:
    """Does another worker that still runs hold the key to this ticket?"""
    return WorkerKey.objects.filter(pk=rotation.ticket_key_id, seen_at__gte=timezone.now() - ALIVE).exists()
