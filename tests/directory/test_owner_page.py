"""The owner's page: with a link, without an account, each field in plain words."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from tests.helpers.directory import NOW, full_service, place, service
from tests.helpers.keeping import DAY, listed, look
from tests.helpers.owner import address, filled, linked
from tests.helpers.pages import PageClient

from baken.directory import models
from baken.directory.actions.forgetting import TWO_YEARS, forget
from baken.directory.actions.owners import LinkOverError, answer, link_of, make_link
from baken.directory.actions.verifying import RIGHT
from baken.directory.codes import Field
from baken.directory.freshness import LINK_LIFE, State
from baken.directory.records import PlacedRecord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_opening_uses_nothing_up_and_sending_does(client: PageClient) -> None:
    made, url = linked(full_service())
    sent = filled(client, url)
    for _time in range(3):
        assert client.get(url).status_code == 200
    assert client.head(url).status_code == 200
    answered = client.post(url, sent)
    assert answered.status_code == 200
    assert "Thank you" in answered.content.decode()
    assert look(made, NOW).state is State.FRESH
    assert set(models.Verification.objects.values_list("field", "role", "way")) == {
        (field, "owner", "mail_link") for field in Field
    }
    for again in (client.get(url), client.post(url, sent)):
        assert again.status_code == 410
    assert models.Verification.objects.count() == len(Field)


def test_each_field_stands_there_in_plain_words(client: PageClient) -> None:
    _made, url = linked(full_service())
    body = client.get(url).content.decode()
    for text in (
        "0800-2000",
        "Monday to Friday 9:00–17:00",
        "Women",
        "Bel eerst.",
        "Open for people",
        "Everybody sees it",
    ):
        assert text in body, text
    assert 'checked value="right"' not in body
    assert not re.search(r'value="(right|changed|open)" checked', body)


@pytest.mark.parametrize("change", [{"visibility": "public"}, {"visibility": "professionals"}])
def test_no_address_is_on_the_page(client: PageClient, change: dict[str, str]) -> None:
    _made, url = linked(full_service(**change))
    body = client.get(url).content.decode()
    for text in ("Voorbeeldstraat", "1011", "52.37"):
        assert text not in body


def test_a_hidden_service_says_nothing_about_where_it_is(client: PageClient) -> None:
    hidden = PlacedRecord(location=place("Schuilplaats", confidential=True), hours="24/7")
    _made, url = linked(service(kind="shelter", visibility="hidden", places=(hidden,)))
    body = client.get(url).content.decode()
    assert "GM0363" not in body
    assert "Amsterdam" not in body


def test_one_and_the_same_page_for_any_link_that_does_not_work(client: PageClient) -> None:
    made, url = linked(service())
    client.post(url, filled(client, url))
    over = address(make_link(service_id=made.pk, now=NOW - LINK_LIFE)[1])
    forged = url[:-2] + ("a" if url[-2] != "a" else "b") + "/"
    pages = {client.get(bad).content for bad in (url, over, forged, address("nonsense"), address("x" * 300))}
    bodies = {re.sub(rb"/map/owner/[^/]+/", b"", page) for page in pages}
    assert len(bodies) == 1
    assert b"does not work any more" in bodies.pop()


def test_only_the_hash_of_a_link_is_kept() -> None:
    made = listed(service())
    row, token = make_link(service_id=made.pk, now=NOW)
    assert token not in str(models.OwnerLink.objects.values().get())
    assert link_of(token, now=NOW) == row
    models.OwnerLink.objects.filter(pk=row.pk).update(until=NOW + DAY)
    with pytest.raises(LinkOverError):
        link_of(token, now=NOW + DAY)


def test_of_two_that_answer_one_is_too_late() -> None:
    made = listed(service())
    _row, token = make_link(service_id=made.pk, now=NOW)
    answer(token=token, answers={Field.STATUS: RIGHT}, now=NOW)
    with pytest.raises(LinkOverError):
        answer(token=token, answers={Field.STATUS: RIGHT}, now=NOW)


def test_links_are_forgotten_after_90_days() -> None:
    made = listed(service())
    make_link(service_id=made.pk, now=NOW)
    forget(NOW + LINK_LIFE + 89 * DAY)
    assert models.OwnerLink.objects.count() == 1
    forget(NOW + LINK_LIFE + 90 * DAY)
    assert models.OwnerLink.objects.count() == 0


def test_signals_and_alarms_are_forgotten_two_years_after_they_are_over() -> None:
    made = listed(service())
    for what, handled in (("closed", NOW), ("other", None)):
        models.Signal.objects.create(service=made, what=what, day=NOW.date(), handled_at=handled)
        models.Alarm.objects.create(
            what="last_door" if handled else "stale_door", service=made, raised_at=NOW, solved_at=handled
        )
    forget(NOW + TWO_YEARS - DAY)
    assert (models.Signal.objects.count(), models.Alarm.objects.count()) == (2, 2)
    forget(NOW + TWO_YEARS)
    assert (models.Signal.objects.get().what, models.Alarm.objects.get().what) == ("other", "stale_door")
