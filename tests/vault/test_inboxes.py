"""Members come and go, and the inbox stays readable for those who may read it."""

from __future__ import annotations

import dataclasses

import pytest
from tests.helpers.damage import CONTEXT

from baken.vault.errors import NotGranted, UnreadableCode, WrongContext
from baken.vault.inboxes import (
    entrust,
    escrow_pair,
    first_generation,
    member_key_context,
    new_escrow,
    receive,
    receive_generation,
)
from baken.vault.keys import WEAK_FOR_TESTS, unlock_with_password, wrap_with_password
from baken.vault.sealing import grant, open_granted, regrant_all, seal
from baken.vault.secret import KeyPair

ORGANISATION = "org-1"


def test_member_reads_through_the_inbox():
    member, inbox, sealed = KeyPair.new(), first_generation(ORGANISATION), seal(b"a text", CONTEXT)
    granted = grant(sealed.key, inbox.pair.public, CONTEXT)
    entrusted = entrust(inbox.pair, member.public, inbox.context)

    received = receive_generation(entrusted, member, ORGANISATION, 1)

    assert received == inbox
    assert open_granted(sealed.envelope, granted, received.pair, CONTEXT) == b"a text"


def test_leaving_member_cannot_open_what_comes_or_goes_over():
    stays, leaves, old = KeyPair.new(), KeyPair.new(), first_generation(ORGANISATION)
    kept_by_leaver = entrust(old.pair, leaves.public, old.context)
    sealed = {number: seal(b"open", dataclasses.replace(CONTEXT, id=str(number))) for number in range(5)}
    grants = [
        (context := dataclasses.replace(CONTEXT, id=str(number)), grant(thing.key, old.pair.public, context))
        for number, thing in sealed.items()
    ]

    new = old.next()
    entrusted = entrust(new.pair, stays.public, new.context)
    moved = list(regrant_all(grants, old.pair, new.pair.public))

    reader = receive_generation(entrusted, stays, ORGANISATION, 2)
    leaver = receive_generation(kept_by_leaver, leaves, ORGANISATION, 1)
    assert len(moved) == 5
    for context, granted in moved:
        envelope = sealed[int(context.id)].envelope
        assert open_granted(envelope, granted, reader.pair, context) == b"open"
        with pytest.raises(NotGranted):
            open_granted(envelope, granted, leaver.pair, context)
    with pytest.raises(NotGranted):
        receive_generation(entrusted, leaves, ORGANISATION, 2)


@pytest.mark.parametrize(("organisation", "number"), [("org-2", 1), (ORGANISATION, 2)])
def test_inbox_key_is_not_taken_for_another(organisation, number):
    member, inbox = KeyPair.new(), first_generation(ORGANISATION)

    with pytest.raises(WrongContext):
        receive_generation(entrust(inbox.pair, member.public, inbox.context), member, organisation, number)


def test_data_key_is_not_taken_for_an_inbox_key():
    member, inbox = KeyPair.new(), first_generation(ORGANISATION)

    with pytest.raises(WrongContext):
        receive(grant(seal(b"", CONTEXT).key, member.public, CONTEXT), member, inbox.context)


def test_colleague_helps_when_all_of_a_member_is_lost():
    colleague, inbox, renewed = KeyPair.new(), first_generation(ORGANISATION), KeyPair.new()
    held = entrust(inbox.pair, colleague.public, inbox.context)

    passed_on = entrust(receive(held, colleague, inbox.context), renewed.public, inbox.context)

    assert receive_generation(passed_on, renewed, ORGANISATION, 1) == inbox


def test_escrow_sheet_opens_the_inbox_when_the_last_member_is_gone():
    code, escrow = new_escrow()
    inbox = first_generation(ORGANISATION)
    entrusted = entrust(inbox.pair, escrow.public, inbox.context)

    found = escrow_pair(code.lower().replace("-", ""))

    assert receive_generation(entrusted, found, ORGANISATION, 1) == inbox


def test_escrow_sheet_gives_a_member_a_new_password():
    member, (code, escrow) = KeyPair.new(), new_escrow()
    context = member_key_context("member-1")
    entrusted = entrust(member, escrow.public, context)

    pair = receive(entrusted, escrow_pair(code), context)
    wrapped = wrap_with_password(pair, "new", "member-1", cost=WEAK_FOR_TESTS)

    assert unlock_with_password(wrapped, "new", "member-1") == member


def test_another_sheet_or_a_slip_stays_out():
    inbox, (code, escrow) = first_generation(ORGANISATION), new_escrow()
    entrusted = entrust(inbox.pair, escrow.public, inbox.context)

    with pytest.raises(NotGranted):
        receive(entrusted, new_escrow()[1], inbox.context)
    with pytest.raises(UnreadableCode):
        escrow_pair(code[1:])
