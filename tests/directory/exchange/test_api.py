"""The HSDS API: what each address gives, to whom, in pages, and in how many queries."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.directory.exchange.conftest import CLOSED, FOR_PROFESSIONALS, HIDDEN, SHELTER, write
from tests.helpers.directory import NOW, full_service, provider, service
from tests.helpers.hsds import paging_problems, problems
from tests.helpers.pages import header_problems
from tests.helpers.people import World

from baken.directory.actions.tokens import make_token, revoke_tokens
from baken.directory.exchange.ids import taxonomy_id, term_id
from baken.directory.models import ApiToken

pytestmark = pytest.mark.usefixtures("the_map")
LISTS = {
    "/services": "service",
    "/service_at_locations": "service_at_location",
    "/organizations": "organization",
    "/taxonomies": "taxonomy",
    "/taxonomy_terms": "taxonomy_term",
}
PUBLIC = 9


def names(response: Any) -> list[str]:
    assert response.status_code == 200, response.content[:300]
    return [item["name"] for item in response.json()["contents"]]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("more", [{}, {"full": "true"}])
def test_every_object_that_goes_out_is_valid(ask: Any, path: str, more: dict[str, str]) -> None:
    response = ask(path, **more)
    found = response.json()["contents"]
    assert found
    assert [problems(item, LISTS[path]) for item in found] == [[]] * len(found)
    one = ask(f"{path}/{found[0]['id']}")
    assert problems(one.json(), LISTS[path]) == []
    assert list(header_problems(response)) == []
    assert (response["Access-Control-Allow-Origin"], response["API-Version"]) == ("*", "3.1.0")


@pytest.mark.parametrize("path", LISTS)
def test_pages_keep_the_rules(ask: Any, path: str) -> None:
    for size in (1, 2, 100):
        assert paging_problems(partial(lambda size, page: ask(path, page=page, per_page=size).json(), size), size) == []
        posted = partial(lambda size, page: ask(path, {"page": page, "per_page": size}).json(), size)
        assert paging_problems(posted, size) == []


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_so(ask: Any, path: str) -> None:
    page = ask(path, {"search": "xyzzyqwerty"}).json()
    assert (page["total_items"], page["empty"], page["first_page"], page["last_page"]) == (0, True, True, True)


def test_the_root_says_what_this_is(ask: Any) -> None:
    found = ask("/").json()
    assert (found["version"], found["publisher"]["name"]) == ("3.1", "Baken")
    assert found["openapi_url"].endswith("/hsds/v3/openapi.json")
    profile = ask("/profile.json").json()
    assert found["profile"].endswith("/hsds/v3/profile.json")
    assert profile["patches"]["contact"] is None


def test_who_may_see_what(ask: Any, world: World) -> None:
    def seen(token: str = "") -> set[str]:
        return {item["name"] for item in ask("/services", token=token, per_page=100).json()["contents"]}

    token = make_token(by=None, organisation=world.here, now=NOW)
    assert len(seen()) == PUBLIC
    assert seen(token) - seen() == {FOR_PROFESSIONALS.name}
    for record in (HIDDEN, CLOSED):
        assert ask(f"/services/{record.id}", token=token).status_code == 404
    assert ask(f"/services/{FOR_PROFESSIONALS.id}").status_code == 404
    assert ask(f"/services/{FOR_PROFESSIONALS.id}", token=token).status_code == 200


def test_a_token_is_kept_as_a_hash_and_can_be_taken_back(ask: Any, world: World) -> None:
    token = make_token(by=None, organisation=world.here, now=NOW)
    assert token not in ApiToken.objects.get().token_hash
    assert revoke_tokens(by=None, organisation=world.here, now=NOW) == 1
    assert revoke_tokens(by=None, organisation=world.here, now=NOW) == 0
    for wrong in (token, "x" * 300, " "):
        response = ask("/services", token=wrong)
        assert response.status_code == 401
        assert response.json()["title"] == "Unauthorized"
    assert Client().get("/hsds/v3/services", headers={"Authorization": "Basic eDp5"}).status_code == 401


def test_other_sites_cannot_use_a_token(ask: Any) -> None:
    response = Client().options("/hsds/v3/services", headers={"Origin": "https://elders.example"})
    assert "Authorization" not in response["Access-Control-Allow-Headers"]


def test_filters_hold_together(ask: Any) -> None:
    shelter, legal = term_id("nl-mh-need", "shelter"), term_id("nl-mh-need", "legal")
    assert names(ask("/services", taxonomy_term_id=shelter)) == [SHELTER.name]
    assert names(ask("/services", {"taxonomy_term_id": str(legal)})) == ["Recht op loon"]
    assert names(ask("/services", taxonomy_term_id=term_id("nl-mh-kind", "shelter"))) == [SHELTER.name]
    assert names(ask("/services", taxonomy_id=taxonomy_id("nl-mh-form"))) == ["Recht op loon"]
    assert len(names(ask("/services", taxonomy_id=taxonomy_id("nl-mh-kind")))) == PUBLIC
    assert names(ask("/services", taxonomy_term_id=shelter, organization_id=full_service().provider.id)) == []
    assert names(ask("/services", organization_id=SHELTER.provider.id)) == [SHELTER.name]
    assert names(ask("/services", taxonomy_term_id="00000000-0000-0000-0000-000000000001")) == []
    assert names(ask("/services", modified_after="2026-11-24T00:00:00Z")) == []
    assert len(names(ask("/services", modified_after="2026-11-23T09:30:00Z"))) == PUBLIC
    assert ask("/service_at_locations", modified_after="2026-11-24T00:00:00Z").json()["contents"] == []
    assert ask("/service_at_locations", modified_after="2026-11-23T09:30:00Z").json()["contents"]
    assert names(ask("/organizations", taxonomy_term_id=shelter)) == ["Stichting Onderdak"]
    assert names(ask("/organizations", search="onderdak")) == ["Stichting Onderdak"]


def test_words_are_looked_for_in_the_index(ask: Any) -> None:
    assert names(ask("/services", {"search": "onderdak"})) == [SHELTER.name]
    assert names(ask("/services", {"search": "onderdak", "organization_id": str(full_service().provider.id)})) == []
    (at,) = ask("/service_at_locations", {"search": "onderdak"}).json()["contents"]
    assert at["service"]["name"] == SHELTER.name


def test_minimal_has_ids_and_moments_on_one_page(ask: Any) -> None:
    page = ask("/services", minimal="true", per_page=2).json()
    assert (page["size"], page["total_pages"]) == (PUBLIC, 1)
    assert set(page["contents"][0]) == {"id", "last_modified"}


@pytest.mark.parametrize("path", LISTS)
def test_lines_hold_the_same_as_the_pages(ask: Any, path: str) -> None:
    response = ask(path, format="ndjson")
    assert response["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
    assert lines == ask(path, per_page=100).json()["contents"]


def test_an_organization_has_its_services(ask: Any) -> None:
    path = f"/organizations/{SHELTER.provider.id}"
    assert ask(path).json()["services"] == [{"id": str(SHELTER.id), "name": SHELTER.name, "status": "active"}]
    (whole,) = ask(path, full_service="true").json()["services"]
    assert whole["phones"][0]["number"] == "020-1234567"


def test_terms_are_in_the_language_of_the_reader(ask: Any) -> None:
    found = ask("/taxonomy_terms", taxonomy_id=taxonomy_id("nl-mh-gender")).json()["contents"]
    assert {item["code"] for item in found} == {"women", "men", "other"}
    assert {item["language"] for item in found} == {"nl"}
    assert ask("/taxonomy_terms", parent_id=found[0]["id"]).json()["empty"]
    assert ask("/taxonomy_terms", top_only="true").json()["total_items"] > 50


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/services", {"per_page": 101}, "per_page"),
        ("/services", {"page": 0}, "page"),
        ("/services", {"format": "xml"}, "format"),
        ("/services", {"taxonomy_term_id": "need"}, "taxonomy_term_id"),
        ("/service_at_locations", {"proximity": 1000}, "postcode"),
        ("/service_at_locations", {"postcode": "0000", "proximity": 1000}, "postcode"),
    ],
)
def test_what_cannot_be_used_is_named(ask: Any, path: str, query: dict[str, Any], field: str) -> None:
    response = ask(path, **query)
    assert response.status_code == 400
    assert [item["field"] for item in response.json()["errors"]] == [field]
    assert ask(path, query).status_code in (400, 422)


def test_an_unknown_word_in_a_body_is_named(ask: Any) -> None:
    response = ask("/services", {"taxonomy_term": "x"})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "taxonomy_term")


@pytest.mark.parametrize("path", ["/services", "/service_at_locations", "/organizations"])
@pytest.mark.parametrize("full", ["true", "false"])
def test_more_on_a_page_costs_no_more_queries(ask: Any, path: str, full: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert ask(path, full=full, per_page=100).status_code == 200
        return len(found)

    few = queries()
    for number in range(12):
        write(service(f"Nog een {number}", provider=service().provider))
    assert queries() == few <= 30


def test_every_other_address_is_a_problem(ask: Any) -> None:
    assert ask("/nothing").json()["status"] == 404
    assert Client().get("/hsds/").status_code == 404
    assert ask("/services/niet-een-id").status_code in (400, 404)


def test_nobody_learns_that_a_place_was_a_shelter_once(ask: Any) -> None:
    record = service("Inloop", provider=provider("Inloophuis"))
    for kind in ("shelter", "support"):
        write(replace(record, kind=kind))
    (change,) = ask(f"/services/{record.id}").json()["metadata"]
    assert (change["field_name"], change["previous_value"], change["replacement_value"]) == ("kind", "", "")
