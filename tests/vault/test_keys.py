"""A member gets in with what they have, nobody else does, and a lost password loses no report."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.damage import damaged

from baken.vault.errors import Tampered, UnknownFormat, UnreadableCode, VaultError, WrongContext, WrongKey
from baken.vault.keys import (
    CEILING,
    MODERATE,
    WEAK_FOR_TESTS,
    Cost,
    is_outdated,
    lock_in_session,
    new_recovery_code,
    rewrap_with_password,
    unlock_in_session,
    unlock_with_passkey,
    unlock_with_password,
    unlock_with_recovery_code,
    wrap_with_passkey,
    wrap_with_password,
    wrap_with_recovery_code,
)
from baken.vault.secret import KeyPair, Secret

OWNER, OTHER = "member-1", "member-2"
PAIR = KeyPair.from_seed(Secret(bytes(32)))


def weak(password: str, owner: str = OWNER) -> bytes:
    return wrap_with_password(PAIR, password, owner, cost=WEAK_FOR_TESTS)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_password_unlocks_what_it_wrapped(password):
    assert unlock_with_password(weak(password), password, OWNER) == PAIR


def test_moderate_password_unlocks():
    wrapped = wrap_with_password(PAIR, "a long enough sentence", OWNER)

    assert unlock_with_password(wrapped, "a long enough sentence", OWNER) == PAIR
    assert not is_outdated(wrapped)


def test_same_letters_from_another_keyboard_unlock():
    wrapped = weak(unicodedata.normalize("NFC", "geheimpje é"))

    assert unlock_with_password(wrapped, unicodedata.normalize("NFD", "geheimpje é"), OWNER) == PAIR


def test_wrong_password_and_wrong_member_stay_out():
    with pytest.raises(WrongKey):
        unlock_with_password(weak("right"), "wrong", OWNER)
    with pytest.raises(WrongContext):
        unlock_with_password(weak("right"), "right", OTHER)


def test_same_password_wraps_differently_each_time():
    assert weak("same") != weak("same")


def test_any_damage_to_a_password_wrap_shows():
    for wrapped in damaged(weak("right")):
        with pytest.raises(VaultError):
            unlock_with_password(wrapped, "right", OWNER)


@pytest.mark.parametrize(
    "cost", [Cost(MODERATE.memory - 1, MODERATE.passes), Cost(MODERATE.memory, MODERATE.passes - 1), Cost(8192, 2)]
)
def test_cheap_cost_is_refused(cost):
    with pytest.raises(ValueError, match="MODERATE"):
        wrap_with_password(PAIR, "x", OWNER, cost=cost)


def test_empty_password_is_refused():
    with pytest.raises(ValueError, match="empty"):
        weak("")


@pytest.mark.parametrize(
    "cost", [Cost(CEILING.memory + 1024, 1), Cost(8192, CEILING.passes + 1), Cost(8192, 0), Cost(1024, 1)]
)
def test_cost_that_nobody_set_is_refused_before_it_is_paid(cost):
    wrapped = bytearray(weak("right"))
    wrapped[6:14] = (cost.memory // 1024).to_bytes(4, "big") + cost.passes.to_bytes(4, "big")

    with pytest.raises(UnknownFormat):
        unlock_with_password(bytes(wrapped), "right", OWNER)


@pytest.mark.parametrize(
    ("today", "outdated"),
    [(WEAK_FOR_TESTS, False), (Cost(16384, 1), True), (Cost(8192, 2), True), (MODERATE, True)],
)
def test_old_cost_is_noticed(today, outdated):
    assert is_outdated(weak("x"), today) is outdated


def test_changed_password_opens_the_same_pair():
    changed = rewrap_with_password(weak("old"), "old", "new", OWNER, cost=WEAK_FOR_TESTS)

    assert unlock_with_password(changed, "new", OWNER) == PAIR
    with pytest.raises(WrongKey):
        unlock_with_password(changed, "old", OWNER)
    with pytest.raises(WrongKey):
        rewrap_with_password(changed, "old", "newest", OWNER, cost=WEAK_FOR_TESTS)


def test_lost_password_is_no_lost_key():
    code = new_recovery_code()
    kept = wrap_with_recovery_code(PAIR, code, OWNER)

    pair = unlock_with_recovery_code(kept, code.lower().replace("-", " "), OWNER)
    renewed = wrap_with_password(pair, "new", OWNER, cost=WEAK_FOR_TESTS)

    assert unlock_with_password(renewed, "new", OWNER) == PAIR


def test_recovery_code_of_another_or_with_a_slip_stays_out():
    code = new_recovery_code()
    kept = wrap_with_recovery_code(PAIR, code, OWNER)

    with pytest.raises(WrongKey):
        unlock_with_recovery_code(kept, new_recovery_code(), OWNER)
    with pytest.raises(WrongContext):
        unlock_with_recovery_code(kept, code, OTHER)
    with pytest.raises(UnreadableCode):
        unlock_with_recovery_code(kept, code[:-1], OWNER)


def test_passkey_unlocks():
    output = Secret.random()
    wrapped = wrap_with_passkey(PAIR, output, OWNER)

    assert unlock_with_passkey(wrapped, output, OWNER) == PAIR
    with pytest.raises(WrongKey):
        unlock_with_passkey(wrapped, Secret.random(), OWNER)
    with pytest.raises(ValueError, match="32 bytes"):
        unlock_with_passkey(wrapped, Secret(b"short"), OWNER)


def test_session_and_cookie_unlock_together_only():
    cookie, wrapped = lock_in_session(PAIR, f"{OWNER}:session-1")

    assert unlock_in_session(wrapped, cookie, f"{OWNER}:session-1") == PAIR
    assert cookie.encode() not in wrapped
    with pytest.raises(WrongContext):
        unlock_in_session(wrapped, cookie, f"{OWNER}:session-2")
    with pytest.raises(WrongKey):
        unlock_in_session(wrapped, lock_in_session(PAIR, OWNER)[0], f"{OWNER}:session-1")


@pytest.mark.parametrize("cookie", ["", "x", "é", "AAAA", "A" * 100, "\x00"])
def test_cookie_that_is_none_of_ours_stays_out(cookie):
    _, wrapped = lock_in_session(PAIR, OWNER)

    with pytest.raises(WrongKey):
        unlock_in_session(wrapped, cookie, OWNER)


@pytest.mark.parametrize("way", ["recovery", "passkey", "session"])
def test_any_damage_to_the_other_wraps_shows(way):
    code, output = new_recovery_code(), Secret.random()
    cookie, in_session = lock_in_session(PAIR, OWNER)
    wrapped, unlock = {
        "recovery": (wrap_with_recovery_code(PAIR, code, OWNER), lambda w: unlock_with_recovery_code(w, code, OWNER)),
        "passkey": (wrap_with_passkey(PAIR, output, OWNER), lambda w: unlock_with_passkey(w, output, OWNER)),
        "session": (in_session, lambda w: unlock_in_session(w, cookie, OWNER)),
    }[way]

    assert unlock(wrapped) == PAIR
    for changed in damaged(wrapped):
        with pytest.raises(VaultError):
            unlock(changed)


def test_wraps_do_not_take_each_others_place():
    code = new_recovery_code()
    with pytest.raises(UnknownFormat):
        unlock_with_password(wrap_with_recovery_code(PAIR, code, OWNER), "x", OWNER)
    with pytest.raises(WrongContext):
        unlock_with_recovery_code(weak("x"), code, OWNER)


def test_wrap_that_was_cut_off_says_so():
    with pytest.raises(Tampered):
        unlock_with_passkey(wrap_with_passkey(PAIR, Secret(bytes(32)), OWNER)[:-40], Secret(bytes(32)), OWNER)
