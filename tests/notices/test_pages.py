"""The pages of notices below the own account; the client holds each against the house rules."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from tests.helpers.pages import PageClient
from tests.helpers.people import World

from baken.audit.kinds import Kind
from baken.notices import actions, links, queries
from baken.notices.kinds import NoticeKind
from baken.notices.moments import How, Wishes

TEXT = {"how": "daily", "digest_at": "09:30", "quiet_from": "21:00", "quiet_until": "06:30"}


@pytest.fixture
def bas(world: World) -> PageClient:
    client = PageClient()
    client.force_login(world.bas)
    return client


def test_an_empty_list_says_what_comes(bas: PageClient) -> None:
    body = bas.get(reverse("notices:list")).content.decode()
    assert f'href="{reverse("notices:preferences")}"' in body
    assert "<form method" not in body.partition("<main")[2].partition("</main>")[0]


def test_notices_are_listed_with_their_link_until_they_were_seen(
    bas: PageClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "_known", {})
    links.lead_to(Kind.REPORT, lambda notice: f"/nl/there/{notice.subject_id}/")
    with transaction.atomic():
        for member, subject in ((world.bas, "mine"), (world.cleo, "hers")):
            actions.notify(
                members=[member],
                kind=NoticeKind.REPORT_RECEIVED,
                organisation=world.here,
                subject_id=subject,
                urgent=True,
                now=timezone.now(),
            )
        actions.notify(members=[world.bas], kind=NoticeKind.KEY, organisation=None, now=timezone.now())
    body = bas.get(reverse("notices:list")).content.decode()
    assert 'href="/nl/there/mine/"' in body
    assert "hers" not in body
    assert world.here.name in body
    assert bas.post(reverse("notices:seen")).status_code == 302
    assert not queries.visible_to(world.bas).exists()
    assert queries.visible_to(world.cleo).count() == 1
    assert "/nl/there/" not in bas.get(reverse("notices:list")).content.decode()


def test_wishes_are_kept(bas: PageClient, world: World) -> None:
    assert queries.wishes_of(world.bas) == Wishes()
    assert bas.get(reverse("notices:preferences")).status_code == 200
    assert bas.post(reverse("notices:preferences"), TEXT).status_code == 302
    assert queries.wishes_of(world.bas) == Wishes(How.DAILY, dt.time(21), dt.time(6, 30), dt.time(9, 30))
    body = bas.get(reverse("notices:preferences")).content.decode()
    assert 'value="21:00"' in body
    assert 'value="09:30"' in body
    assert bas.post(reverse("notices:preferences"), TEXT | {"quiet_from": "", "quiet_until": ""}).status_code == 302
    assert queries.wishes_of(world.bas).quiet_from == queries.wishes_of(world.bas).quiet_until


@pytest.mark.parametrize("wrong", [{"quiet_until": ""}, {"quiet_from": ""}, {"how": "never"}, {"digest_at": "25:00"}])
def test_an_error_says_so_and_keeps_what_was_typed(bas: PageClient, world: World, wrong: dict[str, str]) -> None:
    response = bas.post(reverse("notices:preferences"), TEXT | {"digest_at": "11:11"} | wrong)
    assert response.status_code == 422
    assert "field__error" in response.content.decode()
    if "digest_at" not in wrong:
        assert "11:11" in response.content.decode()
    assert queries.wishes_of(world.bas) == Wishes()


@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_pages_keep_the_rules_in_each_language(bas: PageClient, language: str) -> None:
    for name in ("list", "preferences", "calendar"):
        with translation.override(language):
            path = reverse(f"notices:{name}")
        assert path.startswith(f"/{language}/")
        assert bas.get(path).status_code == 200
