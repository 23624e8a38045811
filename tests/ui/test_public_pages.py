"""Every public page, in every language: it answers, keeps the house rules (by the client) and sets nothing on the device."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from tests.helpers.pages import PageClient

from baken.audience import PUBLIC, declared_urls
from baken.packs.loader import load_pack

LANGUAGES = [code for code, _name in settings.LANGUAGES if code not in settings.BAKEN_HELP_LANGUAGES]
PAGES = {
    "ui:start": {},
    "ui:sources": {},
    "ui:privacy": {},
    "ui:accessibility": {},
    "ui:about": {},
    "ui:offline": {},
    "recognise:check": {},
    "routes:doors": {},
    "routes:meldcode": {},
    "routes:footings": {},
    "routes:help": {},
    "routes:factsheets": {},
    "routes:factsheet": {"profession": "gp"},
    "routes:countries": {},
    "routes:country": {"code": "bg"},
    "reports:receipt": {},
}
NOT_PAGES = {
    "root", "exit", "health", "robots", "manifest", "service_worker", "embed_script", "api_elsewhere", "hsds_elsewhere",
    "recognise:signs", "recognise:embed", "routes:result", "routes:embed_result", "routes:note", "routes:result_pdf",
    "calendar_feed", "routes:factsheets_zip", "routes:factsheet_pdf", "routes:bundle", "routes:places",
    "reports:choose", "reports:form", "reports:receipt_answer", "reports:receipt_file",
    "reports:handed", "reports:handed_file",
    "directory:find", "directory:service", "directory:hand_over", "directory:card_paper", "directory:signal", "directory:card",
    "directory:coverage", "directory:gaps", "directory:fresh", "directory:device", "card_any", "card_short",
    "directory_owner:answer",
}  # fmt: skip
"""URLs that are no page to walk: they answer a form, are a file, or have a test of their own."""
CHECK = {
    "about": "person",
    "age": "unknown",
    "profession": "desk_clerk",
    "municipality": "Oostzaan",
    "signs": ["dest_asks_for_help"],
}


def address(name: str, language: str, **arguments: str) -> str:
    with translation.override(language):
        return reverse(name, kwargs=arguments)


def test_every_url_is_a_page_here_or_is_named_as_no_page() -> None:
    names = {
        url.name for url in declared_urls() if url.audience == PUBLIC and not url.name.startswith(("api:", "hsds:"))
    }
    assert names - set(PAGES) - NOT_PAGES == set()
    assert set(PAGES) - names == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_answers_and_keeps_the_house_rules(client: PageClient, name: str, language: str) -> None:
    response = client.get(address(name, language, **PAGES[name]))
    body = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{language}"' in body
    assert 'href="tel:112"' in body
    assert "data-exit" in body
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("profession", load_pack("nl").professions)
def test_check_in_the_words_of_every_profession(client: PageClient, profession: str) -> None:
    response = client.get(address("recognise:check", "nl"), {"profession": profession})
    assert response.context["profession"].name in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", ["person", "place", "unknown"])
def test_result_in_every_language(client: PageClient, language: str, about: str) -> None:
    response = client.post(address("routes:result", language), {**CHECK, "about": about})
    assert response.status_code == 200
    assert response.context["checked"].action == "call_now"


def test_start_offers_at_most_five_things_and_the_emergency_line(client: PageClient) -> None:
    body = client.get(address("ui:start", "nl")).content.decode()
    assert 1 <= body.count("card--link") <= 5
    assert "tel--emergency" in body


@pytest.mark.parametrize(
    ("accepted", "language"), [("en-GB,en;q=0.9", "en"), ("bg", "bg"), ("fr", "nl"), ("ar", "nl"), ("", "nl")]
)
def test_root_leads_to_a_language_of_the_reader(client: PageClient, accepted: str, language: str) -> None:
    assert client.get("/", HTTP_ACCEPT_LANGUAGE=accepted).headers["Location"] == f"/{language}/"


def test_a_help_language_speaks_the_help_page_only(client: PageClient) -> None:
    response = client.get("/ar/help/")
    assert (response.status_code, 'dir="rtl"' in response.content.decode()) == (200, True)
    assert client.get("/ar/check/").headers["Location"] == "/ar/help/"
    assert client.get("/ar/").headers["Location"] == "/ar/help/"


def test_quick_exit_without_javascript_leads_away(client: PageClient) -> None:
    response = client.get("/exit/")
    assert (response.status_code, response.headers["Location"]) == (302, settings.BAKEN_EXIT_URL)
    assert response.headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.django_db
def test_health_tells_what_can_be_reached(client: PageClient) -> None:
    data = client.get("/health/").json()
    assert data["database"] == "ok"
    assert data["packs"]["nl"] == "complete"


def test_result_without_a_post_leads_to_the_form(client: PageClient) -> None:
    assert client.get(address("routes:result", "nl")).headers["Location"] == "/nl/check/"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("municipality", "Atlantis & Zn", "Atlantis &amp; Zn"),
        ("municipality", "Oostzan", "Oostzaan"),
        ("profession", "astronaut", "Oostzaan"),
        ("age", "ancient", "Oostzaan"),
        ("signs", ["dest_asks_for_help", "no_such_sign"], "Oostzaan"),
        ("danger", "\x00\ud800"[:1], "Oostzaan"),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(
    client: PageClient, field: str, value: Any, kept: str
) -> None:
    response = client.post(address("routes:result", "nl"), {**CHECK, field: value})
    body = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in body
    assert kept in body
    assert 'value="dest_asks_for_help" checked' in body


@pytest.mark.parametrize("name", ["routes:result", "recognise:check", "routes:doors"])
def test_a_body_that_is_too_big_gets_413(client: PageClient, name: str) -> None:
    response = client.post(address(name, "nl"), {**CHECK, "municipality": "x" * 10_000_000})
    assert response.status_code == 413
    assert "Traceback" not in response.content.decode()


def test_too_many_fields_get_413(client: PageClient) -> None:
    response = client.post(address("routes:result", "nl"), {"signs": ["x"] * 600})
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"municipality=\xff\xfe&age=minor", "application/x-www-form-urlencoded"),
        (b"municipality=%FF%FE", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"{not json", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
    ],
)
def test_wrong_encodings_never_give_a_server_error(client: PageClient, body: bytes, kind: str) -> None:
    response = client.post(address("routes:result", "nl"), data=body, content_type=kind)
    assert response.status_code in (200, 400, 422)
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: PageClient, method: str) -> None:
    assert getattr(client, method)(address("recognise:check", "nl")).status_code == 405


def test_nothing_about_the_visitor_or_the_form_is_logged(client: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(address("routes:result", "nl"), {**CHECK, "municipality": "Canarygem"}, REMOTE_ADDR="203.0.113.77")
        client.get("/nl/nowhere-canary/", REMOTE_ADDR="203.0.113.77")
    assert "203.0.113.77" not in caplog.text
    assert "Canarygem" not in caplog.text


def test_the_situation_never_travels_in_an_address(client: PageClient) -> None:
    """A check in the address is not read: only the reader's own profession may stand there."""
    body = client.get(
        address("recognise:check", "nl"), {"signs": "dest_asks_for_help", "age": "minor"}
    ).content.decode()
    assert 'value="dest_asks_for_help" checked' not in body
    assert 'value="minor" checked' not in body
