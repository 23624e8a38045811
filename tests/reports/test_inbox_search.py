"""Search in the inbox: everything that may be opened is found, and nothing of what was asked stays behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import World
from tests.helpers.reports import CONTENT, inbox_of, send
from tests.helpers.vault import acting, sign_in_unlocked

from baken.audit.models import Event
from baken.reports import finding
from baken.reports.actions.dialogue import write_note
from baken.reports.finding import Wanted, find
from baken.reports.indexes import MAX_AGE, MOST, NAME, Indexes, indexes
from baken.reports.parts import Content
from baken.reports.search import Index, Query
from baken.vault.session import forget

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets", "in_english")]


@pytest.fixture
def bas(client: PageClient, world: World) -> PageClient:
    sign_in_unlocked(client, world.bas)
    return client


def ask(client: Client, world: World, **data: Any) -> str:
    answer = client.post(reverse("inbox:search", args=[world.here.pk]), data)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_words_are_found_in_everything_that_was_written(bas: PageClient, world: World) -> None:
    report = send(world, content=replace(CONTENT, facts="Zij slaapt in de wasserij")).report
    other = send(world).report
    by = acting(world.bas, world.here)
    write_note(by=by, report_id=other.pk, expected=1, text="Bel de huisarts", now=timezone.now())
    assert report.reference in ask(bas, world, text="WASSER")
    assert other.reference not in ask(bas, world, text="wasserij")
    assert other.reference in ask(bas, world, text="huisarts")
    assert "Nothing fits" in ask(bas, world, text="onzinwoord")


def test_what_is_asked_narrows_together(bas: PageClient, world: World) -> None:
    report = send(world).report
    bare = send(world, content=Content(facts="iets")).report
    for given in (
        {"reference": report.reference.lower()},
        {"form": "labour"},
        {"sign": "dest_documents_taken"},
        {"place": "Oostzaan"},
    ):
        shown = ask(bas, world, **given)
        assert report.reference in shown, given
        assert bare.reference not in shown.partition("found-title")[2], given
    today = timezone.localdate().isoformat()
    assert "2 reports found" in ask(bas, world, since=today, until=today, state="received")
    assert "Nothing fits" in ask(bas, world, since=today, state="closed")


def test_the_audit_holds_what_was_found_and_never_the_words(bas: PageClient, world: World) -> None:
    report = send(world, content=replace(CONTENT, facts="kanariewoord")).report
    ask(bas, world, text="kanariewoord")
    event = Event.objects.get(action="search")
    assert event.listed.split() == [str(report.pk)]
    assert not any("kanarie" in str(value) for row in Event.objects.values_list() for value in row)
    assert "kanarie" not in str(dict(bas.session))


def test_a_slip_of_the_pen_comes_back_with_what_was_typed(bas: PageClient, world: World) -> None:
    answer = bas.post(reverse("inbox:search", args=[world.here.pk]), {"reference": "123", "text": "blijf staan"})
    assert answer.status_code == 422
    assert "blijf staan" in answer.content.decode()


def test_another_organisation_finds_nothing_of_ours(world: World) -> None:
    send(world, content=replace(CONTENT, facts="wasserij"))
    client = PageClient()
    sign_in_unlocked(client, world.cleo)
    answer = client.post(reverse("inbox:search", args=[world.there.pk]), {"text": "wasserij"})
    assert "Nothing fits" in answer.content.decode()
    assert client.post(reverse("inbox:search", args=[world.here.pk]), {"text": "wasserij"}).status_code == 404


def test_the_page_says_when_it_did_not_look_further_back(
    bas: PageClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_OPENED", 2)
    for _ in range(3):
        send(world)
    assert "Older reports were not looked into" in ask(bas, world, text="kanarie")
    assert "Older reports were not looked into" not in ask(bas, world, state="received")


def test_an_index_is_used_again_until_something_changes(world: World) -> None:
    report = send(world).report
    pair = inbox_of(world)
    pairs, by, kept = {pair.id.hex(): pair}, acting(world.bas, world.here), Indexes()
    wanted = Wanted(inside=Query(text="huisarts"))
    assert find(by, wanted, pairs, kept=kept, key="k").ids == []
    before = kept._kept["k"].index
    find(by, Wanted(inside=Query(text="kanarie")), pairs, kept=kept, key="k")
    assert kept._kept["k"].index is before
    write_note(by=by, report_id=report.pk, expected=1, text="Bel de huisarts", now=timezone.now())
    assert find(by, wanted, pairs, kept=kept, key="k").ids == [report.pk]


def test_an_index_goes_at_sign_out(bas: PageClient, world: World) -> None:
    send(world)
    ask(bas, world, text="kanarie")
    key = bas.session["search"]
    assert key in indexes._kept
    bas.logout()
    assert key not in indexes._kept


def test_an_index_is_for_one_owner_with_the_same_keys_and_gets_old() -> None:
    moment = [0.0]
    kept = Indexes(clock=lambda: moment[0])
    index = Index([])
    kept.put("a", "bas", "x", index)
    assert kept.get("a", "bas", "x") is index
    assert kept.get("a", "dina", "x") is None
    assert kept.get("a", "bas", "y") is None
    assert kept.get("b", "bas", "x") is None
    moment[0] = MAX_AGE
    assert kept.get("a", "bas", "x") is None
    assert len(kept) == 0


def test_there_are_never_many_indexes() -> None:
    kept = Indexes()
    for number in range(MOST + 3):
        kept.put(str(number), "bas", "x", Index([]))
        kept.get("0", "bas", "x")
    assert len(kept) == MOST
    assert kept.get("0", "bas", "x") is not None
    assert kept.get("1", "bas", "x") is None


def test_locking_the_key_forgets_the_index(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    request = rf.get("/")
    request.session = SessionStore()
    request.session[NAME] = "kept"
    dropped: list[str] = []
    monkeypatch.setattr(Indexes, "drop", lambda _self, key: dropped.append(key))
    forget(request)
    assert dropped == ["kept"]
