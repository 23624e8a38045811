"""The move of an inbox to a new key, when somebody leaves who could read: begun at once, done in portions, never half.

The new generation is made without any old secret, from the public keys of those who stay. Moving what lies there needs the
old private key. A background worker gets it as a *ticket*, sealed for its key in memory, from a colleague who opens the inbox;
without a worker the requests of such colleagues do a portion each. A portion is one transaction: texts are sealed anew under a
new key, files keep theirs and are granted anew. Whatever is cut off goes on where it stopped.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from baken.audit import actions as audit
from baken.audit.kinds import SYSTEM, Action, Kind, Subject
from baken.people.actor import Acting, actor_of
from baken.people.models import Member, Membership, Organisation
from baken.people.queries import active_memberships
from baken.vault import keyring, queries
from baken.vault.errors import VaultError
from baken.vault.inboxes import Generation, entrust, inbox_context
from baken.vault.models import EscrowedKey, Grant, Inbox, InboxAccess, MemberKey, Rotation, Sealed
from baken.vault.sealing import grant, open_grant, reseal
from baken.vault.secret import KeyPair
from baken.vault.session import accesses, inbox_pair
from baken.vault.tickets import hand_ticket, live_worker

BATCH = 100
"""Grants that a worker moves in one transaction."""
PORTION = 20
"""Grants that one request of a colleague moves when there is no worker."""
GRACE = dt.timedelta(minutes=5)
"""An older inbox is kept this long, empty or not: what was being sealed for it when the move began may still arrive."""


@transaction.atomic
def new_generation(*, by: Acting | None, organisation: Organisation, now: dt.datetime) -> Rotation | None:
    """A new key for the inbox, for those who could open the old one and still read reports, and for the sheet.

    None when the organisation has no inbox. Raises ValidationError when nobody at all could open the new one.
    """
    old = Inbox.objects.select_for_update().filter(organisation=organisation, retired_at__isnull=True).first()
    if old is None:
        return None
    staying = _who_stays(old, organisation, now)
    sheet = queries.sheet_of(organisation)
    if not staying and sheet is None:
        raise ValidationError(_("Nobody would be left who can open the inbox. Give a colleague access first."))
    old.retired_at = now
    old.save(update_fields=["retired_at"])
    generation = Generation(str(organisation.pk), old.number + 1, KeyPair.new())
    new = Inbox.objects.create(
        organisation=organisation,
        number=generation.number,
        public=generation.pair.public,
        key_id=generation.pair.id.hex(),
        made_at=now,
    )
    InboxAccess.objects.bulk_create(
        InboxAccess(inbox=new, member_id=key.member_id, entrusted=_sealed_for(generation, key.public), given_at=now)
        for key in staying
    )
    if sheet is not None:
        EscrowedKey.objects.create(inbox=new, escrow=sheet, entrusted=_sealed_for(generation, sheet.public))
    generation.pair.wipe()
    InboxAccess.objects.filter(inbox__organisation=organisation).exclude(
        member__in=[key.member_id for key in staying]
    ).delete()
    rotation = Rotation.objects.create(
        old=old, new=new, total=Grant.objects.filter(key_id=old.key_id).count(), started_at=now
    )
    audit.record(by=actor_of(by), action=Action.KEY_ROTATED, on=Subject(Kind.KEY, old.key_id), now=now)
    return rotation


def on_membership_ended(*, by: Acting | None, membership: Membership, now: dt.datetime, **_: object) -> None:
    """Inside the transaction that ends a function: who reads no more loses access, and what comes gets a new key."""
    member, organisation = membership.member, membership.organisation
    if not queries.reads_reports(member, organisation, now=now):
        could_open = InboxAccess.objects.filter(inbox__organisation=organisation, member=member)
        if could_open.exists():
            new_generation(by=by, organisation=organisation, now=now)
            could_open.delete()
    if not active_memberships(now).filter(member=member).exists() and not member.is_platform_administrator:
        keyring.remove_key(member=member)


def on_members_changed(*, request: HttpRequest, organisation: Organisation, now: dt.datetime, **_: object) -> None:
    """In the request of whoever ended the function: when they hold the older key, the move begins right away."""
    if isinstance(request.user, Member):
        carry_on(request, organisation, now=now)


def carry_on(request: HttpRequest, organisation: Organisation, *, now: dt.datetime) -> None:
    """Help unfinished moves on with what the member who asks can open: a ticket for the worker, or a portion by hand.

    Costs no query when the member holds one generation only, as nearly always.
    """
    if len(accesses(request, organisation)) < 2:
        return
    worker = live_worker(now)
    for rotation in queries.moves(organisation):
        pair = inbox_pair(request, organisation, rotation.old.key_id)
        if pair is None or not Grant.objects.filter(key_id=rotation.old.key_id).exists():
            continue
        if worker is None:
            move(rotation.pk, pair, now=now, most=PORTION)
        else:
            hand_ticket(rotation, pair, worker, now=now)


@transaction.atomic
def move(rotation_id: uuid.UUID, pair: KeyPair, *, now: dt.datetime, most: int = BATCH, after: int = 0) -> int | None:
    """Move at most so many grants with the old private key; the place to go on (``after``), or None when all are seen.

    What does not open, because somebody changed it on the disk, stays where it is and keeps the move unfinished.
    """
    rotation = Rotation.objects.select_for_update().select_related("old").get(pk=rotation_id)
    old = rotation.old
    if rotation.finished_at is not None or pair.id.hex() != old.key_id:
        return None
    newest = Inbox.objects.get(organisation_id=old.organisation_id, retired_at__isnull=True)
    found = list(Grant.objects.filter(key_id=old.key_id, pk__gt=after).order_by("pk")[:most])
    locked = Sealed.objects.select_for_update().filter(pk__in=[row.sealed_id for row in found]).order_by("pk")
    portion = _Portion(pair, newest)
    for sealed in locked.prefetch_related("grants"):
        portion.take(sealed)
    portion.save()
    rotation.done += portion.moved
    rotation.total = max(rotation.total, rotation.done)
    rotation.save(update_fields=["done", "total"])
    if len(found) == most:
        return found[-1].pk
    _finish(rotation, now)
    return None


def tidy(now: dt.datetime) -> None:
    """Finish the moves of which nothing is left to move. Needs no key; a periodic job."""
    for rotation_id in Rotation.objects.filter(finished_at__isnull=True).values_list("pk", flat=True):
        with transaction.atomic():
            _finish(Rotation.objects.select_for_update().select_related("old").get(pk=rotation_id), now)


def _finish(rotation: Rotation, now: dt.datetime) -> None:
    """When the old inbox is empty, and late arrivals are not to be expected: nobody needs its key any more."""
    if rotation.finished_at is not None or Grant.objects.filter(key_id=rotation.old.key_id).exists():
        return
    rotation.ticket, rotation.ticket_key_id = None, ""
    over = now >= rotation.started_at + GRACE
    if over:
        rotation.finished_at = now
        InboxAccess.objects.filter(inbox=rotation.old).delete()
        EscrowedKey.objects.filter(inbox=rotation.old).delete()
    rotation.save(update_fields=["ticket", "ticket_key_id", "finished_at"])
    if over:
        on = Subject(Kind.KEY, rotation.old.key_id)
        audit.record(by=SYSTEM, action=Action.GRANT_WITHDRAWN, on=on, now=now)


class _Portion:
    """What one transaction moves, in memory, until it is saved in four statements."""

    def __init__(self, pair: KeyPair, newest: Inbox) -> None:
        self._pair = pair
        self._newest = newest
        self._texts: list[Sealed] = []
        self._grants: list[Grant] = []
        self._double: list[int] = []
        self.moved = 0

    def take(self, sealed: Sealed) -> None:
        """One sealed thing: a text is sealed anew for everybody who holds a grant, a file is granted anew."""
        everybody = list(sealed.grants.all())
        own = next(row for row in everybody if row.key_id == self._pair.id.hex())
        try:
            if sealed.stored:
                self._file(sealed, own, everybody)
            else:
                self._text(sealed, own, everybody)
        except VaultError:
            return
        self.moved += 1

    def save(self) -> None:
        """Write it all."""
        Grant.objects.filter(pk__in=self._double).delete()
        if self._texts:
            Sealed.objects.bulk_create(
                self._texts, update_conflicts=True, unique_fields=["id"], update_fields=["version", "envelope", "size"]
            )
        if self._grants:
            Grant.objects.bulk_create(
                self._grants,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["key_id", "public", "granted"],
            )

    def _file(self, sealed: Sealed, own: Grant, everybody: list[Grant]) -> None:
        with open_grant(bytes(own.granted), self._pair, sealed.context()) as key:
            for row in self._to_newest(own, everybody):
                if row.pk == own.pk:
                    row.granted = grant(key, bytes(row.public), sealed.context())
                    self._grants.append(row)

    def _text(self, sealed: Sealed, own: Grant, everybody: list[Grant]) -> None:
        context = sealed.context()
        anew = replace(context, version=context.version + 1)
        with open_grant(bytes(own.granted), self._pair, context) as key:
            envelope = reseal(bytes(sealed.envelope or b""), key, context, anew)
        sealed.version, sealed.envelope, sealed.size = anew.version, envelope.envelope, len(envelope.envelope)
        self._texts.append(sealed)
        with envelope.key as key:
            for row in self._to_newest(own, everybody):
                row.granted = grant(key, bytes(row.public), anew)
                self._grants.append(row)

    def _to_newest(self, own: Grant, everybody: list[Grant]) -> list[Grant]:
        """The grants as they will be: ours for the newest inbox, unless that has one already."""
        if any(row.key_id == self._newest.key_id for row in everybody):
            self._double.append(own.pk)
            return [row for row in everybody if row.pk != own.pk]
        own.key_id, own.public = self._newest.key_id, self._newest.public
        return everybody


def _who_stays(old: Inbox, organisation: Organisation, now: dt.datetime) -> list[MemberKey]:
    """Keys of those who could open the old inbox and still read reports; nobody gets in by a move."""
    could = set(InboxAccess.objects.filter(inbox=old).values_list("member_id", flat=True))
    held = active_memberships(now).filter(organisation=organisation, function__in=queries.READING)
    reading = held.filter(member__in=could, member__is_active=True).values("member_id")
    return list(MemberKey.objects.filter(member__in=reading))


def _sealed_for(generation: Generation, public: bytes | memoryview) -> bytes:
    return entrust(generation.pair, bytes(public), inbox_context(generation.organisation, generation.number))
