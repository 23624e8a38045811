"""Who can open what: sealed texts and files of an organisation, read with the keys that members really hold."""

from __future__ import annotations

from itertools import count

from django.utils import timezone

from baken.people import actions as people
from baken.people.models import Member, Membership, Organisation
from baken.people.permissions import Function
from baken.vault.actions import Recipient, inbox_recipient, keep, keep_file
from baken.vault.context import Context
from baken.vault.errors import VaultError
from baken.vault.inbox_actions import give_access
from baken.vault.inboxes import escrow_pair, receive_generation
from baken.vault.models import EscrowedKey, InboxAccess, Rotation, Sealed
from baken.vault.opening import current_inbox, data_key, open_text
from baken.vault.rotation import GRACE, move, tidy
from baken.vault.secret import KeyPair, Secret
from tests.helpers.people import World, member
from tests.helpers.vault import acting, give_key, own_pair

_numbers = count(1)


def seal_one(where: Organisation, text: str, *others: Recipient, file: bool = False) -> Sealed:
    """One text (or the data key of one file) for the newest inbox, and for others."""
    inbox = current_inbox(where)
    assert inbox is not None
    context = Context(kind="report", id=f"r{next(_numbers)}", field="facts", organisation=where.pk.hex)
    to = [inbox_recipient(inbox), *others]
    if file:
        key = Secret(text.encode().ljust(32, b"."))
        return keep_file(context=context, stored=context.id, size=1, key=key, recipients=to, now=timezone.now())
    return keep({context: text.encode()}, to, now=timezone.now())[context]


def pairs_of(who: Member, where: Organisation) -> dict[str, KeyPair]:
    """Every generation that a member can open now, by key id."""
    own = own_pair(who)
    found = InboxAccess.objects.filter(member=who, inbox__organisation=where).select_related("inbox")
    return {
        row.inbox.key_id: receive_generation(bytes(row.entrusted), own, str(where.pk), row.inbox.number).pair
        for row in found
    }


def pairs_of_sheet(code: str, where: Organisation) -> dict[str, KeyPair]:
    """Every generation that the sheet in the safe opens."""
    pair = escrow_pair(code)
    found = EscrowedKey.objects.filter(escrow__key_id=pair.id.hex()).select_related("inbox")
    return {
        row.inbox.key_id: receive_generation(bytes(row.entrusted), pair, str(where.pk), row.inbox.number).pair
        for row in found
    }


def opened_with(pairs: dict[str, KeyPair], where: Organisation) -> dict[str, str]:
    """What these keys open of everything that belongs to an organisation, by id."""
    found = {}
    for sealed in Sealed.objects.filter(organisation_id=where.pk.hex).prefetch_related("grants"):
        for pair in pairs.values():
            try:
                raw = data_key(sealed, pair).reveal().rstrip(b".") if sealed.stored else open_text(sealed, pair)
            except VaultError:
                continue
            found[sealed.object_id] = raw.decode()
    return found


def finish_moves(pairs: dict[str, KeyPair]) -> None:
    """Move all that there is to move, and let the grace pass."""
    for rotation in Rotation.objects.filter(finished_at=None).select_related("old"):
        place: int | None = 0
        while place is not None:
            place = move(rotation.pk, pairs[rotation.old.key_id], now=timezone.now(), after=place)
    tidy(timezone.now() + GRACE)


def join(world: World, email: str) -> Member:
    """A second reader, who got access from Bas."""
    made = member(email, where=world.here, functions=(Function.FOCAL_POINT, Function.ORGANISATION_ADMINISTRATOR))
    give_key(made)
    let_in(world, world.bas, made)
    return made


def let_in(world: World, giver: Member, newcomer: Member) -> None:
    give_access(
        by=acting(giver, world.here),
        organisation=world.here,
        member=newcomer,
        pairs=pairs_of(giver, world.here),
        now=timezone.now(),
    )


def leave(world: World, who: Member, *, by: Member | None = None) -> None:
    for membership in Membership.objects.filter(member=who, organisation=world.here, until=None):
        people.end_membership(by=acting(by or world.bas, world.here), membership=membership, now=timezone.now())
