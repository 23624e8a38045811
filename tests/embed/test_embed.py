"""The embedded check: which pages may stand in a frame, what stands in them, and the script for other sites."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from baken.audience import declared_urls
from baken.recognise.embed import SCRIPT
from baken.recognise.framing import FRAMED

CHECK = "/nl/embed/check/"
RESULT = "/nl/embed/result/"
ADDRESSES = {"recognise:embed": "get", "routes:embed_result": "post"}


def policy(response: Any, directive: str) -> str:
    parts = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    return parts[directive]


@pytest.mark.parametrize(("view", "method"), ADDRESSES.items())
@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_embedded_pages_may_stand_in_a_frame(client, view, method, language):
    with translation.override(language):
        response = getattr(client, method)(reverse(view))

    assert response.status_code == 200
    assert policy(response, "frame-ancestors") == "*"
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("origins", "expected"),
    [(["https://a.example", "https://b.example"], "https://a.example https://b.example"), ([], "'none'")],
)
@pytest.mark.parametrize(("view", "method"), ADDRESSES.items())
def test_only_the_sites_of_the_setting_may_show_them(client, settings, view, method, origins, expected):
    settings.BAKEN_EMBED_ORIGINS = origins

    response = getattr(client, method)(reverse(view))

    assert policy(response, "frame-ancestors") == expected


@pytest.mark.django_db
def test_every_other_page_refuses_to_stand_in_a_frame(client):
    seen = 0
    for url in declared_urls():
        if url.name in ADDRESSES or re.search(r"[<(?]", url.pattern.replace("^", "")):
            continue
        response = client.get(f"/{url.pattern}")
        seen += 1
        if response.status_code < 300 or response.status_code >= 400:
            assert policy(response, "frame-ancestors") == "'none'", url.name
            assert response["X-Frame-Options"] == "DENY", url.name

    assert seen > 20


def test_script_is_for_any_site_and_may_be_kept_for_an_hour(client):
    response = client.get(reverse("embed_script"))

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert b"customElements.define" in response.content


def test_script_gives_the_frame_an_origin_of_its_own():
    text = SCRIPT.read_text(encoding="utf-8")

    assert "allow-same-origin" not in text
    assert "allow-top-navigation" not in text
    assert "import " not in text.replace("import.meta", "")


def test_embedded_check_is_bare_but_keeps_the_emergency_line(client):
    page = client.get(CHECK).content.decode()

    assert 'href="tel:112"' in page
    assert "data-exit" in page
    assert "<header" not in page
    assert "<footer" not in page
    assert "noindex" in page
    assert "check.js" not in page


def test_organisation_fills_in_its_own_profession_and_municipality(client):
    page = client.get(CHECK, {"profession": "gp", "municipality": "Oostzaan", "age": "minor"}).content.decode()

    assert '<option value="gp" selected>' in page
    assert 'value="Oostzaan"' in page
    assert not re.search(r'name="age" value="minor" checked', page)


def test_municipality_that_nobody_knows_is_said_and_stays_as_typed(client):
    page = client.get(CHECK, {"municipality": "Oostzan"}).content.decode()

    assert 'value="Oostzan"' in page
    assert "Oostzaan?" in page


def test_embedded_check_and_result_stay_in_the_frame(client):
    form = client.get(CHECK).content.decode()
    result = client.post(RESULT, {"signs": ["dest_locked_in_now"], "municipality": "Oostzaan"}).content.decode()
    again = client.post(CHECK, {"signs": ["dest_locked_in_now"]}).content.decode()

    assert re.findall(r'(?:form)?action="([^"]+)"', form) == [RESULT, CHECK]
    inside = re.findall(r'<form[^>]*action="([^"]+)"(?![^>]*_blank)', result)
    assert set(inside) == {RESULT, CHECK}
    assert "action--call_now" in result
    assert 'value="dest_locked_in_now" checked' in again


def test_mistakes_come_back_in_the_frame_with_what_was_typed(client):
    response = client.post(RESULT, {"municipality": "Nergenshuizen", "signs": ["dest_locked_in_now"]})

    assert response.status_code == 422
    assert policy(response, "frame-ancestors") == "*"
    assert 'value="Nergenshuizen"' in response.content.decode()
    assert 'value="dest_locked_in_now" checked' in response.content.decode()


def test_result_without_a_check_leads_to_the_embedded_form(client):
    assert client.get(RESULT)["Location"] == CHECK


def test_context_names_views_that_exist():
    assert reverse(FRAMED["check_view"]) == CHECK
    assert reverse(FRAMED["result_view"]) == RESULT
