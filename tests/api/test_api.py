"""The JSON API: every resource, the shapes that others rely on, and a clear problem for every kind of bad input."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from tests.helpers.pages import header_problems

from baken.audience import PUBLIC, declared_urls
from baken.config.api import api
from baken.config.openapi import document
from baken.packs.loader import load_pack
from baken.packs.situation import FIELDS

V1 = "/api/v1"
MOMENT = "2026-11-21T14:30:00+01:00"
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
}
POSTS: dict[str, tuple[dict[str, Any], str]] = {
    "/routes": ({"age": "minor", "municipality": "Oostzaan", "at": MOMENT}, "Route"),
    "/assessments": ({"instrument": "ilo-2009-adult-labour", "signs": ["recruit_deceived_job"]}, "Assessment"),
    "/checks": ({"signs": ["dest_locked_in_now"], "situation": {"age": "minor"}}, "Check"),
}


@pytest.fixture
def http() -> Client:
    return Client(raise_request_exception=False)


def post(http: Client, path: str, body: Any, content_type: str = "application/json", **extra: Any) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return http.post(V1 + path, data, content_type=content_type, **extra)


def fits(data: Any, name: str) -> None:
    """Hold data against a schema of the OpenAPI document, in which nothing that is not described may stand."""
    schemas = json.loads(json.dumps(document(api)["components"]["schemas"]))
    for schema in schemas.values():
        schema["additionalProperties"] = False
    Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}).validate(data)


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem that a response is: right status, right type, no traceback."""
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    assert response["API-Version"]
    data: dict[str, Any] = response.json()
    assert data["status"] == status
    assert data["title"]
    assert data["detail"]
    assert "Traceback" not in response.content.decode()
    return data


def named(data: dict[str, Any]) -> dict[str, str]:
    return {item["field"]: item["expected"] for item in data["errors"]}


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


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/nothing", "", "/signs/", "/signs/x", "/doors/x", "/instruments/x", "/places/x", "/professions/x"]
)
def test_unknown_resource_is_404(http, path):
    problem(http.get(V1 + path), 404)


def test_other_versions_do_not_exist(http):
    assert http.get("/api/v2/signs")["Content-Type"] == "application/problem+json"
    assert http.get("/api")["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(http, method):
    response = getattr(http, method)(f"{V1}/signs")

    problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_situation_in_an_address_is_refused(http):
    problem(http.get(f"{V1}/routes", {"age": "minor"}), 405)


def test_answer_in_another_format_is_406(http):
    problem(http.get(f"{V1}/signs", headers={"Accept": "text/html, application/xml"}), 406)


@pytest.mark.parametrize("query", ["limit=0", "limit=many", "language=xx", "country=xx", f"query={'a' * 61}"])
def test_query_that_cannot_be_used_is_400_and_names_the_field(http, query):
    found = problem(http.get(f"{V1}/places?{query}"), 400)

    assert list(named(found)) == [query.partition("=")[0]]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""]
)
def test_other_content_types_are_415(http, content_type):
    problem(post(http, "/routes", "{}", content_type=content_type), 415)


@pytest.mark.parametrize(
    "body",
    ["{", "nonsense", b"\xff\xfe{\x00}\x00", '{"age": "minor"}'.encode("utf-16"), b'{"age": "\xe9"}', "[" * 100_000,
     '{"at": NaN}', "1" * 10_000],
    ids=["broken", "words", "bytes", "utf-16", "latin-1", "deep", "nan", "digits"],
)  # fmt: skip
@pytest.mark.parametrize("path", POSTS)
def test_body_that_is_not_json_is_400(http, path, body):
    problem(post(http, path, body), 400)


@pytest.mark.parametrize("path", POSTS)
def test_body_of_ten_megabytes_is_413(http, path):
    found = problem(post(http, path, b'{"a": "' + b"x" * 10_000_000 + b'"}'), 413)

    assert "256 kB" in found["detail"]


@pytest.mark.parametrize("body", ["[]", "null", '"text"', "7", '{"\\ud800": 1}'])
@pytest.mark.parametrize("path", POSTS)
def test_json_of_another_shape_is_422(http, path, body):
    problem(post(http, path, body), 422)


def test_every_unknown_value_is_named_with_what_was_expected(http):
    body = {"age": "young", "form": "?", "profession": "wizard", "municipality": "Oostzan", "at": "soon"}

    found = named(problem(post(http, "/routes", body), 422))

    assert set(found) == set(body)
    assert found["age"] == "one of minor, adult, unknown"
    assert "Oostzaan" in found["municipality"]


def test_unknown_value_inside_a_check_is_named_by_its_path(http):
    found = problem(post(http, "/checks", {"signs": [], "situation": {"age": "young"}}), 422)

    assert list(named(found)) == ["situation.age"]


def test_typing_mistake_in_a_field_is_not_taken_for_unknown(http):
    found = problem(post(http, "/routes", {"agee": "minor"}), 422)

    assert list(named(found)) == ["agee"]


@pytest.mark.parametrize("path", ["/assessments", "/checks"])
def test_unknown_sign_codes_are_422(http, path):
    body = {**POSTS[path][0], "signs": ["dest_locked_in_now", "made_up", "\ud800"]}

    found = problem(post(http, path, body), 422)

    assert any(field.startswith("signs") for field in named(found))


def test_unknown_instrument_names_those_that_exist(http):
    found = named(problem(post(http, "/assessments", {"instrument": "x", "signs": []}), 422))

    assert "ilo-2009-adult-labour" in found["instrument"]


def test_country_without_places_says_so(http):
    found = named(problem(post(http, "/routes", {"country": "hu", "municipality": "Budapest"}), 422))

    assert "no municipalities" in found["municipality"]


@pytest.mark.parametrize("at", ["1999-12-31T23:59", "2100-01-01T00:00Z", "2026-13-01", ""])
def test_moment_that_cannot_be_is_422(http, at):
    problem(post(http, "/routes", {"at": at}), 422)


def test_defect_of_ours_is_500_without_a_traceback(http, monkeypatch):
    def broken(**_: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("baken.routes.api.route", broken)

    response = post(http, "/routes", {})

    assert "secret" not in str(problem(response, 500))
