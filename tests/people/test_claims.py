"""What a provider says, read without trust: types first, then meaning."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.people.openid.claims import MORE_THAN_A_PASSWORD, Claims, ClaimsError, is_fresh, is_strong, read

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)
SAID: dict[str, Any] = {"sub": "s", "email": "Els@Oostzaan.example", "email_verified": True}


@given(
    said=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("sub", "email", "email_verified", "amr", "acr", "auth_time"), anything)
    )
)
def test_whatever_is_said_is_read_or_refused(said: dict[str, Any]) -> None:
    try:
        claims = read(said)
    except ClaimsError:
        assert not (
            isinstance(said.get("sub"), str) and str(said.get("email")).count("@") == 1 and 0 < len(said["sub"]) < 192
        )
        return
    assert claims.email_verified is (said.get("email_verified") is True)
    assert claims.email == claims.email.lower()
    assert 0 < len(claims.subject) <= 191


@pytest.mark.parametrize("change", [{"sub": ""}, {"sub": 7}, {"sub": "x" * 192}, {"email": None}, {"email": "a@b@c"}])
def test_without_who_and_where_nothing_is_read(change: dict[str, Any]) -> None:
    with pytest.raises(ClaimsError):
        read({**SAID, **change})


@pytest.mark.parametrize(
    ("verified", "domains", "counts"),
    [
        (True, (), True),
        (False, ("oostzaan.example",), False),
        (None, ("oostzaan.example",), True),
        (None, ("elders.example",), False),
        ("true", ("oostzaan.example",), False),
    ],
)
def test_an_address_counts_when_somebody_vouches_for_it(verified: Any, domains: tuple[str, ...], counts: bool) -> None:
    assert read({**SAID, "email_verified": verified}, verified_domains=domains).email_verified is counts


@given(methods=st.lists(st.sampled_from(["pwd", "sms", "kba", *MORE_THAN_A_PASSWORD])), context=st.text(max_size=3))
def test_strong_is_what_the_standard_or_the_agreement_says(methods: list[str], context: str) -> None:
    claims = read({**SAID, "amr": methods, "acr": context})
    expected = bool(set(methods) & {"mfa", "otp", "hwk"}) or context == "2"
    assert is_strong(claims, contexts=["2", ""]) is expected


@pytest.mark.parametrize(
    ("moment", "fresh"),
    [(None, False), (True, False), (1000, True), (701, True), (699, False), (1060, True), (1061, False)],
)
def test_fresh_is_a_moment_ago(moment: Any, fresh: bool) -> None:
    claims = read({**SAID, "auth_time": moment})
    assert isinstance(claims, Claims)
    assert is_fresh(claims, now=1000, seconds=300) is fresh
