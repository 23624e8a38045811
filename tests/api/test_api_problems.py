"""Every kind of bad input gets a clear problem with the right status, and never a traceback."""

from __future__ import annotations

from typing import Any

import pytest
from tests.helpers.api import POSTS, V1, named, post, problem


def test_factsheet_of_an_unknown_municipality_is_400(http):
    found = problem(http.get(f"{V1}/factsheets/gp", {"municipality": "Oostzan"}), 400)

    assert "Oostzaan" in named(found)["municipality"]


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
