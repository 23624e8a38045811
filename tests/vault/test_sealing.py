"""A sealed text opens for those it was granted to, as what it was sealed as, and in no other way."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_box_seal
from tests.helpers.damage import CONTEXT, damaged

from baken.vault.context import Context
from baken.vault.errors import (
    NotGranted,
    Tampered,
    UnknownFormat,
    VaultError,
    Wiped,
    WrongContext,
    WrongKey,
)
from baken.vault.sealing import (
    PADDED_TO,
    grant,
    granted_to,
    open_grant,
    open_granted,
    open_sealed,
    regrant,
    regrant_all,
    reseal,
    seal,
)
from baken.vault.secret import KeyPair, Secret, derive

NAMES = st.text("ABCxyz019_.:-", min_size=1, max_size=64)
CONTEXTS = st.builds(
    Context,
    kind=NAMES,
    id=NAMES,
    field=NAMES,
    organisation=st.one_of(st.just(""), NAMES),
    version=st.integers(0, 2**63 - 1),
)
ELSEWHERE = [
    {"kind": "note"},
    {"id": "another"},
    {"field": "opinion"},
    {"organisation": "org-2"},
    {"organisation": ""},
    {"version": 2},
    {"version": 0},
]


@settings(deadline=None)
@given(st.binary(max_size=1000), CONTEXTS)
def test_sealed_text_opens_again(plain, context):
    pair = KeyPair.new()
    sealed = seal(plain, context)

    assert open_sealed(sealed.envelope, sealed.key, context) == plain
    assert open_granted(sealed.envelope, grant(sealed.key, pair.public, context), pair, context) == plain


@settings(deadline=None)
@given(st.text("canary", min_size=8))
def test_envelope_does_not_hold_the_text(word):
    assert word.encode() not in seal(word.encode(), CONTEXT).envelope


def test_same_text_never_gives_the_same_bytes():
    first, second = seal(b"", CONTEXT), seal(b"", CONTEXT)

    assert first.key != second.key
    assert first.envelope != second.envelope


def test_short_texts_are_equally_long_when_sealed():
    sizes = {len(seal(b"x" * size, CONTEXT).envelope) for size in range(PADDED_TO)}

    assert len(sizes) == 1


def test_any_damage_to_an_envelope_shows():
    sealed = seal(b"a text", CONTEXT)

    for envelope in damaged(sealed.envelope):
        with pytest.raises(VaultError):
            open_sealed(envelope, sealed.key, CONTEXT)


def test_any_damage_to_a_grant_shows():
    pair = KeyPair.new()
    granted = grant(Secret.random(), pair.public, CONTEXT)

    for damaged_grant in damaged(granted):
        with pytest.raises(VaultError):
            open_grant(damaged_grant, pair, CONTEXT)


@pytest.mark.parametrize("change", ELSEWHERE, ids=str)
def test_envelope_and_grant_open_nowhere_else(change):
    pair, sealed = KeyPair.new(), seal(b"a text", CONTEXT)
    granted = grant(sealed.key, pair.public, CONTEXT)
    elsewhere = dataclasses.replace(CONTEXT, **change)

    with pytest.raises(WrongContext):
        open_sealed(sealed.envelope, sealed.key, elsewhere)
    with pytest.raises(WrongContext):
        open_grant(granted, pair, elsewhere)


def test_context_digest_put_right_by_a_thief_does_not_help():
    """The digest in the envelope chooses the error; the associated data is what guards."""
    other, sealed = dataclasses.replace(CONTEXT, id="another"), seal(b"a text", CONTEXT)
    forged = sealed.envelope.replace(CONTEXT.digest(), other.digest())

    with pytest.raises(Tampered):
        open_sealed(forged, sealed.key, other)


@settings(deadline=None)
@given(CONTEXTS, CONTEXTS)
def test_contexts_are_the_same_bytes_only_when_they_are_the_same(one, other):
    assert (one.canonical() == other.canonical()) == (one == other)
    assert (one.digest() == other.digest()) == (one == other)


@pytest.mark.parametrize(
    "change", [{"kind": ""}, {"id": "é"}, {"field": "a b"}, {"organisation": "x" * 65}, {"version": -1}, {"id": "a\n"}]
)
def test_context_that_could_be_misread_is_refused(change):
    with pytest.raises(ValueError, match="of a context"):
        dataclasses.replace(CONTEXT, **change)


def test_swapped_envelopes_and_mixed_grants_fail():
    """Two versions of the same field, even under the same context: neither opens with what belongs to the other."""
    pair, one, other = KeyPair.new(), seal(b"one", CONTEXT), seal(b"other", CONTEXT)
    granted = grant(one.key, pair.public, CONTEXT)

    with pytest.raises(WrongKey):
        open_sealed(one.envelope, other.key, CONTEXT)
    with pytest.raises(WrongKey):
        open_granted(other.envelope, granted, pair, CONTEXT)


def test_one_envelope_cannot_be_made_to_open_with_two_keys():
    """The commitment names one key, so a second key is refused before anything is decrypted."""
    sealed, second = seal(b"a text", CONTEXT), Secret.random()
    forged = sealed.envelope.replace(
        derive(sealed.key.reveal(), "baken.commit"), derive(second.reveal(), "baken.commit")
    )

    with pytest.raises(WrongKey):
        open_sealed(forged, sealed.key, CONTEXT)
    with pytest.raises(Tampered):
        open_sealed(forged, second, CONTEXT)


def test_grant_opens_for_its_reader_only():
    reader, other = KeyPair.new(), KeyPair.new()
    granted = grant(Secret.random(), reader.public, CONTEXT)

    assert granted_to(granted) == reader.id
    with pytest.raises(NotGranted):
        open_grant(granted, other, CONTEXT)


def test_grant_that_claims_another_reader_is_seen():
    reader, other = KeyPair.new(), KeyPair.new()
    claimed = grant(Secret.random(), reader.public, CONTEXT).replace(reader.id, other.id)

    with pytest.raises(Tampered):
        open_grant(claimed, other, CONTEXT)


def test_box_that_holds_something_else_is_no_grant():
    pair = KeyPair.new()
    head = grant(Secret.random(), pair.public, CONTEXT)[:21]

    with pytest.raises(Tampered):
        open_grant(head + crypto_box_seal(b"short", pair.public), pair, CONTEXT)


@pytest.mark.parametrize("public", [b"", bytes(32), b"\x01" + bytes(31), bytes(33)], ids=repr)
def test_nothing_is_granted_to_a_broken_key(public):
    with pytest.raises(ValueError, match="not a public key"):
        grant(Secret.random(), public, CONTEXT)


def test_envelope_is_not_a_grant_and_a_grant_is_not_an_envelope():
    pair, sealed = KeyPair.new(), seal(b"", CONTEXT)

    with pytest.raises(UnknownFormat):
        open_grant(sealed.envelope, pair, CONTEXT)
    with pytest.raises(UnknownFormat):
        open_sealed(grant(sealed.key, pair.public, CONTEXT), sealed.key, CONTEXT)


def test_hand_over_is_one_more_grant():
    ours, theirs, sealed = KeyPair.new(), KeyPair.new(), seal(b"a text", CONTEXT)
    granted = regrant(grant(sealed.key, ours.public, CONTEXT), ours, theirs.public, CONTEXT)

    assert open_granted(sealed.envelope, granted, theirs, CONTEXT) == b"a text"


def test_withdrawal_leaves_the_old_grant_useless():
    reader, sealed = KeyPair.new(), seal(b"a text", CONTEXT)
    old = grant(sealed.key, reader.public, CONTEXT)
    newer = dataclasses.replace(CONTEXT, version=2)
    resealed = reseal(sealed.envelope, sealed.key, CONTEXT, newer)

    assert open_sealed(resealed.envelope, resealed.key, newer) == b"a text"
    with pytest.raises(WrongKey):
        open_sealed(resealed.envelope, open_grant(old, reader, CONTEXT), newer)
    with pytest.raises(WrongContext):
        open_granted(resealed.envelope, old, reader, newer)


@settings(deadline=None)
@given(st.integers(0, 8))
def test_rotation_that_stops_halfway_loses_nothing(stop):
    old, new = KeyPair.new(), KeyPair.new()
    contexts = [dataclasses.replace(CONTEXT, id=f"report-{number}") for number in range(8)]
    sealed = {context: seal(context.id.encode(), context) for context in contexts}
    grants = {context: grant(sealed[context].key, old.public, context) for context in contexts}

    for (context, granted), _ in zip(regrant_all(list(grants.items()), old, new.public), range(stop), strict=False):
        grants[context] = granted

    for context, granted in grants.items():
        reader = new if granted_to(granted) == new.id else old
        assert open_granted(sealed[context].envelope, granted, reader, context) == context.id.encode()
    assert sum(granted_to(granted) == new.id for granted in grants.values()) == stop


def test_secret_does_not_show_or_travel():
    secret = Secret(b"canary")

    assert "canary" not in f"{secret!r} {secret} {KeyPair.new()!r} {seal(b'', CONTEXT)!r}"
    assert secret != b"canary"
    with pytest.raises(TypeError, match="seal it"):
        pickle.dumps(secret)
    with pytest.raises(TypeError, match="unhashable"):
        hash(secret)


def test_wiped_secret_is_gone():
    pair = KeyPair.new()
    pair.wipe()
    pair.wipe()

    with pytest.raises(Wiped):
        pair.private.reveal()


def test_error_tells_nothing_of_what_is_sealed():
    sealed = seal(b"canary", CONTEXT)

    with pytest.raises(Tampered) as failure:
        open_sealed(sealed.envelope[:-1], sealed.key, CONTEXT)

    assert "canary" not in repr(failure.value)
    assert failure.value.__suppress_context__
