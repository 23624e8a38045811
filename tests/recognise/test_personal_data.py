"""The hint for personal data in free text: finds what points to a person, leaves public numbers alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.recognise.personal_data import find_personal_data, is_bsn


def kinds(text: str) -> list[str]:
    return [found.kind for found in find_personal_data(text)]


@pytest.mark.parametrize("text", ["BSN 111222333", "bsn: 1112.22.333", "nummer 111 222 333.", "(111222333)"])
def test_finds_a_citizen_service_number(text):
    assert kinds(text) == ["bsn"]


@pytest.mark.parametrize("text", ["111222334", "12345678", "1112223330", "000000000", "kenteken 11-AB-22"])
def test_leaves_other_numbers_alone(text):
    assert "bsn" not in kinds(text)


@pytest.mark.parametrize("text", ["bel 06 12345678", "06-12345678", "+31 6 12345678", "020 7600809", "+36 20 123 4567"])
def test_finds_a_telephone_number(text):
    assert kinds(text) == ["phone"]


@pytest.mark.parametrize("text", ["Veilig Thuis 0800-2000", "0900-8844", "112", "kamer 12, 14:30 uur, 21-11-2026"])
def test_leaves_public_numbers_dates_and_hours_alone(text):
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["mail jan.de-vries+x@example.co.uk", "a@b.nl"])
def test_finds_an_address_for_mail(text):
    assert kinds(text) == ["email"]


def test_says_where_it_stands_and_in_order():
    text = "Mail a@b.nl of bel 06 12345678, BSN 111222333."
    found = find_personal_data(text)
    assert [item.kind for item in found] == ["email", "phone", "bsn"]
    assert [text[item.start : item.end] for item in found] == [item.text for item in found]


@given(st.text(max_size=300))
def test_takes_any_text(text):
    for found in find_personal_data(text):
        assert text[found.start : found.end] == found.text


@given(st.integers(min_value=1, max_value=99_999_999))
def test_the_eleven_test_sees_one_wrong_digit(number):
    digits = f"{number:08}"
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
    if total < 10:
        assert is_bsn(digits + str(total))
        assert not is_bsn(digits + str((total + 1) % 10))


@pytest.mark.parametrize("text", ["1 " * 5000, "a." * 5000 + "@", "a" * 10_000 + "@b", "+" * 10_000])
def test_long_text_costs_little_time(text):
    started = time.perf_counter()
    find_personal_data(text)
    assert time.perf_counter() - started < 2
