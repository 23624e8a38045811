"""A card to hand over: as page, text, message, paper and code; neutral in every language, with a number or another way."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests.helpers.directory import full_service, service
from tests.helpers.pages import TELLING_TITLE, PageClient

from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.carding import TITLES, card_of
from baken.directory.cards import fits_one_sms
from baken.directory.codes import Kind
from baken.directory.facts import facts_of
from baken.directory.neutral import is_telling
from baken.directory.records import PhoneRecord, ServiceRecord

NOW = timezone.localtime()
LANGUAGES = ("nl", "en", "hu", "bg", "mk")
TELLING = replace(
    full_service(),
    name="Hulp voor slachtoffers van mensenhandel",
    description="Voor wie is uitgebuit.",
    fees="Gratis voor slachtoffers van mensenhandel.",
    free=None,
    phones=(PhoneRecord(number="0800-2000", description="hulplijn mensenhandel"),),
)


def kept(record: ServiceRecord) -> models.Service:
    return put(by=None, record=record, via=Via.PACK, now=NOW).service


def opened(client: PageClient, name: str, *arguments: Any, language: str = "nl") -> Any:
    with override(language):
        return client.get(reverse(f"directory:{name}", args=arguments))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", [full_service(), TELLING], ids=["calm", "telling"])
def test_the_card_is_neutral_in_every_language(client: PageClient, language: str, record: ServiceRecord) -> None:
    found = kept(record)
    response = opened(client, "card", found.card, language=language)
    body = response.content.decode()
    main = body.partition("<main")[2].partition("</main>")[0]
    assert not TELLING_TITLE.search(main)
    assert not is_telling(main)
    assert record.name not in body
    assert record.provider.name not in body
    assert 'href="tel:0800' in main
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "data-exit" in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "phones", [(), (PhoneRecord(number="112"),), (PhoneRecord(number="020-1234567", kind="text"),)]
)
def test_a_card_always_says_how_to_get_in_touch(language: str, kind: Kind, phones: tuple[PhoneRecord, ...]) -> None:
    record = service(
        kind=kind, phones=phones, email="mensenhandel@voorbeeld.example", url="https://www.comensha.nl/mensenhandel"
    )
    with override(language):
        made = card_of(record, facts_of(record, None), language=language)
        assert made.title == str(TITLES[kind])
    assert made.phones or made.otherwise
    assert not any(is_telling(line) for line in made.lines())


def test_without_a_number_a_calm_address_is_given() -> None:
    record = service(phones=(), email="hulp@voorbeeld.example")
    with override("en"):
        assert card_of(record, facts_of(record, None), language="en").otherwise == "Write to hulp@voorbeeld.example"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_handing_over_gives_code_text_and_message(client: PageClient, language: str) -> None:
    found = kept(full_service())
    with override(language):
        response = client.post(reverse("directory:hand_over", args=[found.pk]), {"language": "bg"})
    body = response.content.decode()
    assert '<svg class="qr"' not in body or "style=" not in body
    assert response.context["address"].endswith(f"/k/{found.card}/bg/")
    assert str(found.pk) not in response.context["address"]
    assert fits_one_sms(response.context["sms"])
    assert "0800-2000" in response.context["sms"]
    assert "0800-2000" in response.context["text"]
    assert not is_telling(response.context["text"])


@pytest.mark.django_db
def test_a_name_is_on_the_card_only_when_asked(client: PageClient) -> None:
    found = kept(TELLING)
    with override("nl"):
        address = reverse("directory:hand_over", args=[found.pk])
    assert TELLING.name not in client.get(address).context["text"]
    assert TELLING.name in client.post(address, {"name": "yes"}).context["text"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "language", "lands"), [("bg", "", "bg"), ("bg", "hu", "hu"), ("fr", "", "nl"), ("ar", "", "nl")]
)
def test_the_code_leads_to_the_card(client: PageClient, accepted: str, language: str, lands: str) -> None:
    found = kept(full_service())
    path = f"/k/{found.card}/{language}/" if language else f"/k/{found.card}/"
    response = client.get(path, HTTP_ACCEPT_LANGUAGE=accepted)
    assert response.headers["Location"] == f"/{lands}/map/card/{found.card}/"
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "bg"])
def test_the_paper_is_four_neutral_cards(client: PageClient, language: str) -> None:
    found = kept(TELLING)
    with override(language):
        response = client.post(reverse("directory:card_paper", args=[found.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    read = pypdf.PdfReader(io.BytesIO(response.content))
    text = read.pages[0].extract_text()
    assert len(read.pages) == 1
    assert text.count("0800-2000") == 4
    assert not is_telling(text)


@pytest.mark.django_db
@pytest.mark.parametrize("visibility", ["professionals", "hidden"])
def test_there_is_no_card_of_what_not_everybody_may_see(client: PageClient, visibility: str) -> None:
    found = kept(service(visibility=visibility))
    assert opened(client, "card", found.card).status_code == 404
    assert opened(client, "hand_over", found.pk).status_code == 404
    assert client.get(f"/k/{found.card}/").status_code == 404


@pytest.mark.django_db
def test_a_code_that_nobody_gave_out_leads_nowhere(client: PageClient) -> None:
    assert client.get("/k/zzzzzzzzzz/").status_code == 404
    assert client.get("/k/zzzzzzzzzz/bg/").status_code == 404
    assert client.get("/nl/map/card/zzzzzzzzzz/").status_code == 404
