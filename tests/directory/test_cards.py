"""A card always says how to get in touch, fits one text message, and a neutral one gives nothing away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.directory.cards import Card, CardPhone, as_sms, as_text, fits_one_sms, sms_alphabet, sms_places
from baken.directory.neutral import is_telling

NUMBER = CardPhone("0800-2000")


def card(**more: object) -> Card:
    return Card(**{"title": "Advies", "phones": (NUMBER,), **more})  # type: ignore[arg-type]


def test_a_card_without_a_number_must_say_how_else() -> None:
    with pytest.raises(ValueError, match="how else"):
        card(phones=())
    assert "Schrijf naar" in as_text(card(phones=(), otherwise="Schrijf naar hulp@voorbeeld.example"))


@pytest.mark.parametrize(
    "telling",
    [
        "Hulp na mensenhandel", "Seksuele uitbuiting", "Victims of trafficking", "Emberkereskedelem áldozatai", "Kényszermunka",
        "Трафик на хора", "Жертви на експлоатация", "Трговија со луѓе", "Жртви на експлоатација", "CoMensha", "الاتجار بالبشر",
    ],
)  # fmt: skip
def test_a_neutral_card_refuses_a_telling_word(telling: str) -> None:
    assert is_telling(telling)
    for place in ("title", "hours", "languages", "costs"):
        with pytest.raises(ValueError, match="gives away"):
            card(**{place: telling})
    assert card(title=telling, neutral=False).title == telling


@pytest.mark.parametrize(
    "calm", ["Advies", "Juridische hulp", "Правен съвет", "Jogi tanács", "Здравствена помош", "Care"]
)
def test_calm_words_are_not_telling(calm: str) -> None:
    assert not is_telling(calm)


def test_the_text_has_everything_and_the_address() -> None:
    made = card(hours="maandag 9:00–17:00", languages="Bulgaars", costs="Gratis")
    assert as_text(made, "https://baken.example/k/x/").splitlines() == [
        "Advies", "0800-2000", "maandag 9:00–17:00", "Bulgaars", "Gratis", "https://baken.example/k/x/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Bel 0800", (8, 160)),
        ("€", (2, 160)),
        ("a–b", (3, 70)),
        ("Обади се", (8, 70)),
        ("ő", (1, 70)),
        ("é[", (3, 160)),
    ],
)
def test_places_are_counted_as_telephones_do(text: str, places: tuple[int, int]) -> None:
    assert sms_places(text) == places


def test_letters_of_our_latin_languages_fit_the_alphabet_of_text_messages() -> None:
    assert sms_alphabet("hétfőtől – péntekig, zorgcoördinator") == "hétfotol - péntekig, zorgcoördinator"
    assert sms_alphabet("Обади се") == "Обади се"


def test_a_message_in_cyrillic_leaves_out_what_does_not_fit() -> None:
    made = card(
        title="Правен съвет", hours="понеделник до петък 9:00–17:00, не и на официални празници", costs="Безплатно"
    )
    sms = as_sms(made, "https://baken.example/k/bcdfghjkmn/bg/")
    assert sms == "Правен съвет. 0800-2000. https://baken.example/k/bcdfghjkmn/bg/"
    assert fits_one_sms(sms)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=300)


@given(title=WORDS, hours=WORDS, costs=WORDS, languages=WORDS, address=WORDS)
def test_every_message_fits_and_holds_the_number(
    title: str, hours: str, costs: str, languages: str, address: str
) -> None:
    made = card(title=title, hours=hours, costs=costs, languages=languages, neutral=False)
    sms = as_sms(made, address)
    assert fits_one_sms(sms)
    assert "0800-2000" in sms


def test_a_sentence_in_a_text_message_ends_once() -> None:
    card = Card(title="Hulp.", otherwise="Vraag het na.", costs="Gratis")
    assert as_sms(card) == "Hulp. Vraag het na. Gratis"
