"""The JSON API: every resource and the shapes that others rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.helpers.api import MOMENT, POSTS, V1, post
from tests.helpers.pages import header_problems

from baken.audience import PUBLIC, declared_urls
from baken.config.api import api
from baken.config.openapi import document
from baken.packs.loader import load_pack
from baken.packs.situation import FIELDS

GETS = {
    "/countries": "Countries",
    "/instruments": "Instruments",
    "/instruments/ilo-2009-adult-labour": "Instrument",
    "/signs": "Signs",
    "/signs/dest_locked_in_now": "Sign",
    "/situation-fields": "SituationFields",
    "/doors": "Doors",
    "/doors/emergency": "Door",
    "/places": "Places",
    "/places/GM0431": "FullPlace",
    "/professions": "Professions",
    "/professions/gp": "FullProfession",
    "/factsheets/gp": "Factsheet",
}


def fits(data: Any, name: str) -> None:
    """Hold data against a schema of the OpenAPI document, in which nothing that is not described may stand."""
    schemas = json.loads(json.dumps(document(api)["components"]["schemas"]))
    for schema in schemas.values():
        schema["additionalProperties"] = False
    Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}).validate(data)


@pytest.mark.parametrize("country", ["nl", "hu", "bg", "mk"])
@pytest.mark.parametrize("path", GETS)
def test_resource_has_the_described_shape(http, path, country):
    response = http.get(V1 + path, {"country": country, "language": "en"})

    if country != "nl" and response.status_code == 404:
        pytest.skip("a starter pack does not hold this")
    assert response.status_code == 200
    assert response["Content-Language"] == "en"
    fits(response.json(), GETS[path])


@pytest.mark.parametrize("path", POSTS)
def test_answer_has_the_described_shape(http, path):
    body, name = POSTS[path]

    response = post(http, path, body)

    assert response.status_code == 200
    assert response["Content-Language"] == "nl"
    fits(response.json(), name)


@pytest.mark.parametrize("path", [*GETS, "/openapi.json", "/nothing"])
def test_every_answer_has_safe_headers_and_is_open_to_other_sites(http, path):
    response = http.get(V1 + path)

    assert list(header_problems(response)) == []
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["X-Frame-Options"] == "DENY"


def test_every_address_is_declared_public():
    found = [url for url in declared_urls() if url.pattern.lstrip("^").startswith("api")]

    assert len(found) > len(GETS) + len(POSTS)
    assert {url.audience for url in found} == {PUBLIC}


def test_instruments_are_listed_as_on_the_command_line(http):
    found = http.get(f"{V1}/instruments").json()["instruments"]

    by_id = {item["id"]: item for item in found}
    assert len(by_id["ilo-2009-adult-labour"]["signs"]) == 67
    assert len(by_id["ilo-2009-child-labour"]["signs"]) == 65
    assert {sign["weight"] for item in found for sign in item["signs"]} == {"strong", "medium", "weak", "none"}


def test_situation_fields_are_those_of_the_router_in_the_asked_language(http):
    found = http.get(f"{V1}/situation-fields", {"language": "en"}).json()["situation_fields"]

    assert {item["name"]: tuple(value["value"] for value in item["values"]) for item in found} == FIELDS
    assert all(item["label"] and all(value["label"] for value in item["values"]) for item in found)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("1511", ["Oostzaan"]),
        ("oostz", ["Oostzaan"]),
        ("den haag", ["'s-Gravenhage"]),
        ("GM0431", ["Oostzaan"]),
        ("qqq", []),
    ],
)
def test_places_are_found_by_name_code_and_postcode(http, query, names):
    found = http.get(f"{V1}/places", {"query": query}).json()

    assert [place["name"] for place in found["places"]] == names
    assert found["total"] == len(names)


def test_places_are_counted_beyond_the_limit(http, nl):
    found = http.get(f"{V1}/places", {"limit": 3}).json()

    assert len(found["places"]) == 3
    assert found["total"] == len(nl.places.municipalities)


def test_place_names_its_regions(http):
    found = http.get(f"{V1}/places/GM0431").json()

    assert found["postcodes"] == ["1511"]
    assert {"veilig_thuis", "police_unit"} <= {region["kind"] for region in found["regions"]}


def test_factsheet_names_the_doors_of_its_own_municipality(http):
    found = http.get(f"{V1}/factsheets/gp", {"municipality": "1511"}).json()

    assert found["municipality"] == "Oostzaan"
    assert found["emergency"]["phone"] == "112"
    assert any(door["region"] == "Zaanstreek-Waterland" for door in found["doors"])


def test_route_takes_what_it_gave(http):
    first = post(http, "/routes", POSTS["/routes"][0]).json()

    second = post(http, "/routes", first["situation"]).json()

    assert second == first
    assert first["situation"]["municipality"] == "Oostzaan"
    assert first["situation"]["at"] == MOMENT


def test_route_needs_to_know_nothing(http):
    found = post(http, "/routes", {}).json()

    assert found["doors"]
    assert found["steps"]
    assert found["situation"]["danger"] == "unknown"


def test_danger_now_puts_the_emergency_number_first(http):
    found = post(http, "/routes", {"danger": "now"}).json()

    assert found["doors"][0]["id"] == "emergency"
    assert found["doors"][0]["phone"] == "112"


@pytest.mark.parametrize("country", ["hu", "bg", "mk"])
def test_route_in_another_country_has_its_own_doors(http, country):
    found = post(http, "/routes", {"country": country, "danger": "now"}).json()

    assert {door["id"] for door in found["doors"]} <= set(load_pack(country).doors)
    assert found["situation"]["country"] == country


def test_check_of_an_urgent_sign_says_call_now_with_its_route(http):
    found = post(http, "/checks", POSTS["/checks"][0]).json()

    assert found["action"] == "call_now"
    assert found["reasons"] == ["urgent_sign"]
    assert found["route"]["doors"]
    assert all(any(item["signs"] for item in one["dimensions"]) for one in found["assessments"])


def test_texts_follow_accept_language_and_the_query_wins(http):
    def language(**extra: Any) -> str:
        found: str = http.get(f"{V1}/doors", **extra)["Content-Language"]
        return found

    assert language() == "nl"
    assert language(headers={"Accept-Language": "fr, hu-HU;q=0.8, en;q=0.5"}) == "hu"
    assert language(headers={"Accept-Language": "ar"}) == "nl"
    assert language(data={"language": "bg"}, headers={"Accept-Language": "en"}) == "bg"
    assert "Accept-Language" in http.get(f"{V1}/doors")["Vary"]


def test_head_answers_as_get_without_a_body(http):
    response = http.head(f"{V1}/signs")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert "HEAD" in http.options(f"{V1}/signs")["Allow"]


def test_other_sites_may_ask_before_they_post(http):
    response = http.options(f"{V1}/routes", headers={"Origin": "https://intranet.example"})

    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert "Content-Type" in response["Access-Control-Allow-Headers"]
