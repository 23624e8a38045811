"""Links that other rooms give to the page of an organisation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from tests.helpers.people import World

from baken.people import menu
from baken.people.actor import Acting
from baken.people.permissions import Permission


@pytest.fixture(autouse=True)
def _provided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_providers", {place: [] for place in (menu.ORGANISATION, menu.SET_UP, menu.BAR)})
    menu.provide(later)
    menu.provide(later)
    menu.provide(first)


def later(acting: Acting) -> Iterator[menu.Entry]:
    yield menu.Entry(label="Later", url="/nl/later/", about="for everybody", order=50)


def first(acting: Acting) -> Iterator[menu.Entry]:
    if acting.may(Permission.REPORT_READ):
        yield menu.Entry(label="Eerst", url="/nl/eerst/", order=10)


def shown(client: Client, world: World) -> str:
    return client.get(reverse("people:organisation", args=[world.here.pk])).content.decode()


def test_each_entry_once_in_its_order_for_who_may(client: Client, world: World) -> None:
    client.force_login(world.bas)
    page = shown(client, world)
    assert 0 < page.index("/nl/eerst/") < page.index("/nl/later/")
    assert page.count("/nl/later/") == 1
    client.force_login(world.ann)
    page = shown(client, world)
    assert "/nl/eerst/" not in page
    assert "/nl/later/" in page


def test_the_bar_leads_to_the_inbox_of_who_reads_it(client: Client, world: World) -> None:
    menu.provide(first, menu.BAR)
    client.force_login(world.bas)
    assert shown(client, world).count("/nl/eerst/") == 2  # the bar and the card
    client.force_login(world.ann)
    assert "/nl/eerst/" not in shown(client, world)


def test_the_thread_of_setting_up_shows_what_is_next_until_it_is_done(client: Client, world: World) -> None:
    menu.provide(done, menu.SET_UP)
    menu.provide(open_step, menu.SET_UP)
    client.force_login(world.bas)
    page = shown(client, world)
    assert 'href="/nl/stap-twee/"' in page
    assert 'href="/nl/stap-een/"' not in page
    assert page.count('aria-current="step"') == 1
    client.force_login(world.ann)
    assert "/nl/stap-twee/" not in shown(client, world)


def test_a_finished_thread_is_gone(client: Client, world: World) -> None:
    menu.provide(done, menu.SET_UP)
    client.force_login(world.bas)
    assert "stepper" not in shown(client, world)


def done(_acting: Acting) -> Iterator[menu.Entry]:
    yield menu.Entry(label="Een", url="/nl/stap-een/", order=10, is_done=True)


def open_step(_acting: Acting) -> Iterator[menu.Entry]:
    yield menu.Entry(label="Twee", url="/nl/stap-twee/", order=20)
