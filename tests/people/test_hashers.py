"""Slow hashes: what they cost, that they stand in line, and what somebody sees who waited too long."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.test import override_settings
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World
from tests.helpers.reporting import hidden

from baken.config import settings as shipped  # noqa: TID251 - what an installation gets, not what tests use
from baken.people import proof, sign_in_work
from baken.people.hashers import BusyError, SlowArgon2Hasher, expensive, in_front
from baken.people.models import Member

pytestmark = pytest.mark.usefixtures("_nothing_spent")
LOGIN = "/en/account/login/"
MODERATE = {"memory": 256 * 1024, "passes": 3}


@pytest.fixture
def _nothing_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_work, "_spent", sign_in_work._Spent())


@override_settings(PASSWORD_HASHERS=shipped.PASSWORD_HASHERS)
def test_a_guess_costs_at_least_what_libsodium_calls_moderate() -> None:
    kept = make_password("vier gewone woorden samen")
    assert f"$m={MODERATE['memory']},t={MODERATE['passes']},p=1$" in kept
    assert check_password("vier gewone woorden samen", kept)
    assert not check_password("vier andere woorden samen", kept)


@pytest.mark.django_db
@override_settings(PASSWORD_HASHERS=shipped.PASSWORD_HASHERS)
def test_a_cheaper_hash_is_made_anew_at_the_next_sign_in(world: World) -> None:
    hasher = Argon2PasswordHasher()
    cheap = hasher.encode(PASSWORD, hasher.salt())
    Member.objects.filter(pk=world.ann.pk).update(password=cheap)
    assert PageClient().post(LOGIN, {"login": world.ann.email, "password": PASSWORD}).status_code == 302
    world.ann.refresh_from_db()
    assert not SlowArgon2Hasher().must_update(world.ann.password)


@override_settings(BAKEN_HASHES_AT_ONCE=1, BAKEN_HASH_WAIT=0)
def test_who_finds_no_place_in_time_is_told_so() -> None:
    with taken(), pytest.raises(BusyError), expensive():
        pytest.fail("two at once")
    with expensive():
        pass


@override_settings(BAKEN_HASHES_AT_ONCE=1, BAKEN_HASH_WAIT=20)
def test_who_waits_gets_the_place_that_comes_free() -> None:
    order: list[str] = []

    def second() -> None:
        with expensive():
            order.append("second")

    with expensive():
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(timeout=0.2)
        order.append("first")
    waiting.join(timeout=10)
    assert order == ["first", "second"]


@override_settings(BAKEN_HASHES_AT_ONCE=1, BAKEN_HASH_WAIT=0)
def test_who_is_inside_does_not_wait_for_themselves() -> None:
    with expensive(), expensive():
        pass
    with taken(), pytest.raises(BusyError), expensive():
        pytest.fail("the place was given back twice")


@override_settings(BAKEN_HASHES_AT_ONCE=1, BAKEN_HASH_WAIT=0)
def test_an_error_gives_the_place_back() -> None:
    with pytest.raises(ZeroDivisionError), expensive():
        raise ZeroDivisionError
    with expensive():
        pass


@override_settings(PASSWORD_HASHERS=shipped.PASSWORD_HASHERS, BAKEN_HASHES_AT_ONCE=1, BAKEN_HASH_WAIT=0)
def test_a_busy_moment_is_a_calm_page(client: PageClient, world: World) -> None:
    with taken():
        answer = client.post(LOGIN, {"login": "niemand@nergens.example", "password": PASSWORD})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "try again" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


@override_settings(BAKEN_HASHES_AT_ONCE=2, BAKEN_HASH_WAIT=0)
def test_strangers_leave_one_place_for_who_goes_in_front() -> None:
    with taken():
        with pytest.raises(BusyError), expensive():
            pytest.fail("a second stranger")
        with in_front(), expensive():
            pass
    with expensive():
        pass


@override_settings(BAKEN_HASHES_AT_ONCE=1, BAKEN_HASH_WAIT=20)
def test_who_came_later_with_work_goes_before_a_stranger_who_waits() -> None:
    order: list[str] = []

    def stand_in_line(name: str, *, front: bool) -> None:
        with in_front(really=front), expensive():
            order.append(name)

    line = [threading.Thread(target=stand_in_line, args=(name,), kwargs={"front": name == "member"}) for name in LINE]
    with taken():
        for one in line:
            one.start()
            one.join(timeout=0.2)
    for one in line:
        one.join(timeout=10)
    assert order == ["member", "stranger"]


@override_settings(PASSWORD_HASHERS=shipped.PASSWORD_HASHERS, BAKEN_HASHES_AT_ONCE=2, BAKEN_HASH_WAIT=0)
def test_in_a_flood_the_work_of_a_browser_opens_the_form_whoever_it_is(client: PageClient, world: World) -> None:
    page = client.get(LOGIN).content.decode()
    found = proof.read(hidden(page, "challenge"), sign_in_work._key())
    assert found is not None
    work = {"challenge": hidden(page, "challenge"), "proof": proof.solve(found)}
    nobody = {"login": "niemand@nergens.example", "password": PASSWORD}
    with taken():
        assert client.post(LOGIN, nobody).status_code == 503
        assert client.post(LOGIN, {"login": world.ann.email, "password": PASSWORD}).status_code == 503
        assert client.post(LOGIN, nobody | work).status_code == 200
        assert client.post(LOGIN, nobody | work).status_code == 503, "each challenge works once"


def test_the_more_work_was_spent_the_more_is_asked() -> None:
    def bits() -> int:
        found = proof.read(sign_in_work.challenge(), sign_in_work._key())
        assert found is not None
        return found.bits

    before = bits()
    now = timezone.now()
    for number in range(200):
        assert sign_in_work._spent.spend(proof.Challenge(sign_in_work.PLACE, now, 14, f"{number:032x}"), now)
    assert before < bits() <= sign_in_work.BITS_CAP
    assert not sign_in_work.is_done("1.made-up", "1,2,3,4,5,6,7,8")


LINE = ("stranger", "member")


class taken:  # noqa: N801 - reads as a word
    """All places taken, by another thread."""

    def __enter__(self) -> None:
        self.inside, self.end = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._stay)
        self.thread.start()
        assert self.inside.wait(10)

    def _stay(self) -> None:
        with expensive():
            self.inside.set()
            self.end.wait(30)

    def __exit__(self, *_: object) -> None:
        self.end.set()
        self.thread.join(10)
