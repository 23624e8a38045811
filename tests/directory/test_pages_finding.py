"""The search page: by POST only, it says why something was found, and it never ends at nothing."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.helpers.directory import full_service, place, service
from tests.helpers.pages import PageClient
from tests.helpers.people import World, member

from baken.directory import index, models
from baken.directory.actions import put
from baken.directory.actions.failed import record_failed
from baken.directory.actions.putting import Via
from baken.directory.actions.stale import hide
from baken.directory.finding import store
from baken.directory.jobs import renew_index
from baken.directory.records import AreaRecord, LanguageRecord, PlacedRecord, ServiceRecord, id_of
from baken.packs.points import load_points
from baken.people.permissions import Function

pytestmark = pytest.mark.django_db
NOW = timezone.localtime()
ADDRESS = "/en/map/"
AMSTERDAM = "GM0363"


def kept(record: ServiceRecord) -> models.Service:
    return put(by=None, record=record, via=Via.PACK, now=NOW).service


def search(client: PageClient, **asked: Any) -> Any:
    """What the form finds for this visitor: for a member below the own account."""
    return client.post(reverse("directory_inside:find") if "session" in client.cookies else ADDRESS, asked)


def names(response: Any) -> list[str]:
    return [hit.name.text for hit in response.context["hits"]]


@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_the_form_stands_in_every_language(client: PageClient, language: str) -> None:
    response = client.get(f"/{language}/map/")
    body = response.content.decode()
    assert response.status_code == 200
    assert 'method="post"' in body
    assert response.headers["Cache-Control"] == "no-store"


def test_a_hit_says_why_how_far_and_when(client: PageClient) -> None:
    kept(full_service())
    tomorrow = NOW + dt.timedelta(days=1)
    asked = {"text": "loon", "place": "Utrecht", "within": "50", "language": "bg", "need": "legal"}
    response = search(client, **asked)
    body = response.content.decode()
    assert names(response) == ["Recht op loon"]
    assert "Found on: loon" in body
    assert "about 35 km" in body
    assert "Speaks: Bulgarian" in body
    assert "Legal help" in body
    weekday = tomorrow if tomorrow.weekday() < 5 else tomorrow + dt.timedelta(days=7 - tomorrow.weekday())
    response = search(client, text="loon", when="moment", date=weekday.date().isoformat(), time="11:00")
    assert names(response) == ["Recht op loon"]


def test_distance_counts_and_far_is_far(client: PageClient) -> None:
    kept(full_service())
    response = search(client, place="Utrecht", within="10")
    assert [str(wish) for wish in response.context["found"].relaxed] == ["distance"]
    assert "Further away than you asked" in response.content.decode()


def test_what_serves_another_region_only_is_not_shown_here(client: PageClient) -> None:
    kept(service("Alleen Amsterdam", areas=(AreaRecord(kind="municipality", code=AMSTERDAM),)))
    kept(service("Heel het land"))
    assert names(search(client, place="Utrecht")) == ["Heel het land"]
    assert set(names(search(client, place="1012"))) == {"Alleen Amsterdam", "Heel het land"}


def test_facets_are_counted(client: PageClient) -> None:
    kept(service("Een"))
    kept(service("Twee", codes=frozenset({("nl-mh-need", "legal")})))
    facets = {facet.name: facet for facet in search(client).context["facets"]}
    counts = {choice.value: choice.count for choice in facets["need"].choices}
    assert (counts["work"], counts["legal"], counts["shelter"]) == (1, 1, 0)


def test_a_choice_can_be_left_out_again(client: PageClient) -> None:
    kept(service("Een"))
    response = search(client, need=["legal", "work"], text="spreekuur", without="need:legal")
    assert [value for value, _label in response.context["chosen"]] == ["need:work"]
    response = search(client, place="Utrecht", within="5", without="place")
    assert response.context["place"] is None
    assert names(response) == ["Een"]


def test_nothing_found_ends_at_the_national_doors_and_is_counted_as_codes(client: PageClient) -> None:
    response = search(client, text="zxzxzx geheim woord", need="shelter", gender="men", place="Assen")
    body = response.content.decode()
    assert response.context["found"].national
    assert "Nothing in the map fits" in body
    assert 'href="tel:' in body.partition("<main")[2]
    row = models.FailedSearch.objects.get()
    assert (row.need, row.codes, row.region, row.count) == ("shelter", "g:men", "Drenthe", 1)
    search(client, text="zxzxzx anders", need="shelter", gender="men", place="Assen")
    assert models.FailedSearch.objects.get().count == 2


def test_for_whom_stays_as_it_was_asked(client: PageClient) -> None:
    kept(service("Voor vrouwen", codes=frozenset({("nl-mh-need", "shelter"), ("nl-mh-gender", "women")})))
    response = search(client, need="shelter", gender="men", language="bg")
    assert names(response) == []
    assert response.context["found"].national


def test_language_is_relaxed_to_an_interpreter_and_that_is_said(client: PageClient) -> None:
    kept(service("Met tolk", interpretation="Tolk via de telefoon."))
    response = search(client, language="yo")
    assert names(response) == ["Met tolk"]
    body = response.content.decode()
    assert "Not in that language themselves, but with an interpreter." in body
    assert "With an interpreter: Yoruba" in body
    assert "Does none of these fit?" in body


def test_at_most_twenty_and_more_by_post(client: PageClient) -> None:
    for number in range(23):
        kept(service(f"Spreekuur {number:02}", id=id_of("test", "service", str(number))))
    assert len(names(search(client, text="spreekuur"))) == 20
    response = search(client, text="spreekuur", page="2")
    assert len(names(response)) == 23
    assert not response.context["found"].has_more


def test_professionals_and_editors_find_more(world: World) -> None:
    kept(service("Voor ieder"))
    kept(service("Voor vakmensen", visibility="professionals"))
    kept(service("Verborgen", visibility="hidden"))
    assert names(search(PageClient())) == ["Voor ieder"]
    for function, found in ((Function.REPORTER, 2), (Function.DIRECTORY_EDITOR, 3)):
        client = PageClient()
        client.force_login(member(f"{function}@here.example", where=world.here, functions=(function,)))
        assert len(names(search(client))) == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"place": "Atlantis"}, "We do not know this municipality"),
        ({"place": "Utrech"}, "Do you mean Utrecht"),
        ({"within": "30"}, "Fill in a municipality or postcode"),
        ({"when": "moment", "date": "soon"}, "Fill in a day and a time"),
        ({"when": "moment", "date": "2001-01-01"}, "Choose a day in the next two weeks"),
    ],
)
def test_a_mistake_is_explained_and_nothing_typed_is_lost(client: PageClient, asked: dict[str, str], said: str) -> None:
    response = search(client, text="blijft <b>staan", **asked)
    body = response.content.decode()
    assert response.status_code == 422
    assert said in body
    assert "blijft &lt;b&gt;staan" in body


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "\x00' OR 1=1 -- \" * NEAR( {"},
        {"text": "a" * 100_000},
        {"need": "nothing", "language": "../../etc", "within": "-1", "when": "never", "page": "-5"},
        {"page": "99999999999999999999", "without": "need"},
        {"page": "٣"},
        {"place": "' ; DROP TABLE", "date": "9999-99-99", "when": "moment"},
    ],
)
def test_hostile_input_is_no_problem(client: PageClient, asked: dict[str, str]) -> None:
    kept(service("Een"))
    response = search(client, **asked)
    assert response.status_code in (200, 422)
    assert "Traceback" not in response.content.decode()


def test_a_search_is_in_no_address_and_no_log(client: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = search(client, text="kanariewoord", place="Utrecht")
    assert "kanariewoord" not in caplog.text
    assert "kanariewoord" not in response.headers.get("Location", "")
    assert "?" not in response.request["PATH_INFO"]
    assert client.get(ADDRESS, {"text": "kanariewoord"}).context.get("found") is None


def test_what_is_hidden_or_changed_is_found_no_more(client: PageClient) -> None:
    found = kept(service("Kortstondig hulpje", kind="support"))
    assert names(search(client, text="kortstondig")) == ["Kortstondig hulpje"]
    assert hide(by=None, service_id=found.pk, now=NOW)
    assert names(search(client, text="kortstondig")) == []


def test_a_place_that_was_left_is_left_in_the_index_too(client: PageClient) -> None:
    there = PlacedRecord(location=place("Daar", municipality="GM0014", latitude=53.2, longitude=6.57))
    kept(service("Verhuisd", places=(there,)))
    assert names(search(client, place="Groningen", within="5")) == ["Verhuisd"]
    kept(service("Verhuisd", places=(PlacedRecord(location=place("Hier")),)))
    assert search(client, place="Groningen", within="5").context["found"].relaxed
    assert index.rebuild(now=NOW) == 1


def test_two_places_of_a_service_are_one_hit(client: PageClient) -> None:
    places = (PlacedRecord(location=place("Een")), PlacedRecord(location=place("Twee")))
    kept(service("Dubbel", places=places, languages=(LanguageRecord(code="bg"),)))
    assert names(search(client, place="Amsterdam")) == ["Dubbel"]


def test_several_needs_are_counted_each(db: None) -> None:
    record_failed(codes=["n:legal", "n:work", "l:bg"], region="", now=NOW)
    rows = models.FailedSearch.objects.order_by("need").values_list("need", "codes", "count")
    assert list(rows) == [("legal", "l:bg", 1), ("work", "l:bg", 1)]


@pytest.mark.parametrize(
    "record",
    [
        service("Opvanghuis", kind="shelter", places=(PlacedRecord(location=place("Geheim", confidential=True)),)),
        service("Balie", visibility="professionals", places=(PlacedRecord(location=place("Balie")),)),
    ],
)
def test_what_not_everybody_may_find_is_as_far_as_its_municipality(record: ServiceRecord) -> None:
    """Whoever asks distances from many places learns the municipality and nothing finer."""
    points = load_points("nl")
    (document,) = index.documents_of(record, None, points, NOW)
    assert document.point == (points.of(AMSTERDAM).x, points.of(AMSTERDAM).y)


def test_the_index_is_made_anew_each_day(client: PageClient) -> None:
    kept(service("Altijd vindbaar"))
    store.rebuild([])
    assert names(search(client, text="vindbaar")) == []
    renew_index(NOW)
    assert names(search(client, text="vindbaar")) == ["Altijd vindbaar"]


def test_a_service_in_another_country_says_so(client: PageClient) -> None:
    kept(service("Hulp in Sofia", country="BG"))
    kept(service("Hulp in Utrecht"))
    body = search(client).content.decode()
    assert body.count("· Bulgaria") == 1
