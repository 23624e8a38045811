"""The signs as the check shows them."""

from __future__ import annotations

from baken.recognise.listing import Listing, SignGroup, sign_listing


def codes(groups: tuple[SignGroup, ...]) -> list[str]:
    return [sign.code for group in groups for sign in group.signs]


def test_signs_of_the_profession_come_first_and_every_sign_once(nl):
    listing = sign_listing(pack=nl, profession="gp", ticked=())
    own = {item.sign for item in nl.professions["gp"].signs}

    assert set(codes(listing.first)) == own
    assert sorted(codes(listing.first) + codes(listing.more)) == sorted(nl.signs)


def test_somebody_without_a_known_profession_gets_every_sign(nl):
    listing = sign_listing(pack=nl, profession="wizard", ticked=())

    assert listing.first == ()
    assert sorted(codes(listing.more)) == sorted(nl.signs)


def test_what_is_ticked_is_counted_where_it_stands(nl):
    untouched: Listing = sign_listing(pack=nl, profession="gp", ticked=())
    first, more = codes(untouched.first)[0], codes(untouched.more)[0]

    assert not untouched.more_ticked
    assert not sign_listing(pack=nl, profession="gp", ticked={first}).more_ticked
    both = sign_listing(pack=nl, profession="gp", ticked={first, more})
    assert both.more_ticked
    assert [sum(group.ticked for group in groups) for groups in (both.first, both.more)] == [1, 1]
