"""Keys of an organisation: its first inbox, who has access, and the escrow sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import Acting, actor_of
from baken.people.models import Member, Organisation
from baken.vault import queries
from baken.vault.errors import VaultError
from baken.vault.inboxes import (
    Generation,
    entrust,
    escrow_pair,
    first_generation,
    inbox_context,
    new_escrow,
    receive_generation,
)
from baken.vault.models import Escrow, EscrowedKey, Inbox, InboxAccess, MemberKey
from baken.vault.secret import KeyPair, key_id


class HasInboxError(Exception):
    """The organisation has its inbox already."""


@transaction.atomic
def make_first_inbox(*, by: Acting, organisation: Organisation, now: dt.datetime) -> str:
    """The first inbox and the escrow sheet of an organisation, by a member who reads reports there and has a key.

    Returns the code of the sheet, to be shown once. Raises HasInboxError, and ValidationError for a member without a key
    or who does not read reports.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Inbox.objects.filter(organisation=organisation).exists():
        raise HasInboxError
    key = reader_key(by.member, organisation, now)
    generation = first_generation(str(organisation.pk))
    inbox = keep_generation(generation, organisation, now)
    _entrust(generation, inbox, key, by.member, now)
    code = _new_sheet(organisation, {inbox: generation.pair}, now)
    generation.pair.wipe()
    _record(by, Action.KEY_MADE, inbox.key_id, now)
    return code


@transaction.atomic
def give_access(
    *, by: Acting, organisation: Organisation, member: Member, pairs: Mapping[str, KeyPair], now: dt.datetime
) -> None:
    """Entrust every generation that the giver holds (``pairs``, by key id) to a colleague who reads reports.

    Raises ValidationError when that colleague has no key yet or does not read reports here.
    """
    key = reader_key(member, organisation, now)
    _entrust_all(organisation, pairs, key, by.member, now)
    _record(by, Action.GRANT_GIVEN, key.key_id, now)


@transaction.atomic
def new_sheet(*, by: Acting, organisation: Organisation, pairs: Mapping[str, KeyPair], now: dt.datetime) -> str:
    """A new escrow sheet for every generation that the maker holds; the old one opens nothing of those any more."""
    inboxes = {inbox: pairs[inbox.key_id] for inbox in _inboxes(organisation, pairs)}
    if not inboxes:
        raise ValidationError(_("You need access to the inbox for this."))
    code = _new_sheet(organisation, inboxes, now)
    _record(by, Action.KEY_MADE, key_of_sheet(organisation).key_id, now)
    return code


@transaction.atomic
def open_with_sheet(*, by: Acting, organisation: Organisation, typed: str, member: Member, now: dt.datetime) -> None:
    """Entrust all that the escrow sheet opens to a member who reads reports: for the day that nobody is left.

    Raises UnreadableCode for a slip of the pen, and ValidationError for the sheet of somebody else, or an old one.
    """
    key = reader_key(member, organisation, now)
    pair = escrow_pair(typed)
    sheet = Escrow.objects.filter(organisation=organisation, key_id=pair.id.hex()).first()
    opened: dict[str, KeyPair] = {}
    for kept in sheet.keys.select_related("inbox") if sheet else ():
        try:
            generation = receive_generation(bytes(kept.entrusted), pair, str(organisation.pk), kept.inbox.number)
        except VaultError:
            continue
        opened[kept.inbox.key_id] = generation.pair
    pair.wipe()
    if not opened:
        raise ValidationError(_("This is not the sheet that is in use for this organisation."))
    _entrust_all(organisation, opened, key, None, now)
    for found in opened.values():
        found.wipe()
    _record(by, Action.KEY_RECOVERED, key.key_id, now)


def reader_key(member: Member, organisation: Organisation, now: dt.datetime) -> MemberKey:
    """The key of a member who reads reports here; ValidationError otherwise."""
    if not queries.reads_reports(member, organisation, now=now):
        raise ValidationError(_("Only who reads reports in this organisation can get access to its inbox."))
    key = MemberKey.objects.filter(member=member).first()
    if key is None:
        raise ValidationError(_("This colleague has no key yet. They get one when they sign in."))
    return key


def key_of_sheet(organisation: Organisation) -> Escrow:
    """The sheet in use."""
    return Escrow.objects.get(organisation=organisation, retired_at__isnull=True)


def keep_generation(generation: Generation, organisation: Organisation, now: dt.datetime) -> Inbox:
    """Store the public half of a new generation."""
    pair = generation.pair
    return Inbox.objects.create(
        organisation=organisation, number=generation.number, public=pair.public, key_id=pair.id.hex(), made_at=now
    )


def _entrust_all(
    organisation: Organisation,
    pairs: Mapping[str, KeyPair],
    key: MemberKey,
    given_by: Member | None,
    now: dt.datetime,
) -> None:
    inboxes = list(_inboxes(organisation, pairs))
    if not inboxes:
        raise ValidationError(_("You need access to the inbox for this."))
    for inbox in inboxes:
        generation = Generation(str(organisation.pk), inbox.number, pairs[inbox.key_id])
        _entrust(generation, inbox, key, given_by, now)


def _inboxes(organisation: Organisation, pairs: Mapping[str, KeyPair]) -> Iterable[Inbox]:
    """The generations whose pair is the one that the table names: nobody can slip in another."""
    found = Inbox.objects.filter(organisation=organisation, key_id__in=pairs)
    return [inbox for inbox in found if key_id(pairs[inbox.key_id].public).hex() == inbox.key_id]


def _entrust(
    generation: Generation, inbox: Inbox, key: MemberKey, given_by: Member | None, now: dt.datetime
) -> InboxAccess:
    row, _made = InboxAccess.objects.update_or_create(
        inbox=inbox,
        member_id=key.member_id,
        defaults={
            "entrusted": entrust(generation.pair, bytes(key.public), generation.context),
            "given_by": given_by,
            "given_at": now,
        },
    )
    return row


def _new_sheet(organisation: Organisation, pairs: Mapping[Inbox, KeyPair], now: dt.datetime) -> str:
    code, sheet_pair = new_escrow()
    Escrow.objects.filter(organisation=organisation, retired_at__isnull=True).update(retired_at=now)
    sheet = Escrow.objects.create(
        organisation=organisation, public=sheet_pair.public, key_id=sheet_pair.id.hex(), made_at=now
    )
    EscrowedKey.objects.filter(inbox__in=list(pairs)).delete()
    EscrowedKey.objects.bulk_create(
        EscrowedKey(
            inbox=inbox,
            escrow=sheet,
            entrusted=entrust(pair, sheet_pair.public, inbox_context(str(organisation.pk), inbox.number)),
        )
        for inbox, pair in pairs.items()
    )
    sheet_pair.wipe()
    return code


def _record(by: Acting | None, action: Action, key: str, now: dt.datetime) -> None:
    audit.record(by=actor_of(by), action=action, on=Subject(Kind.KEY, key), now=now)
