"""The other forms: a table for editors, places on a map, paper, and a signed file."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from nacl.signing import SigningKey
from pypdf import PdfReader
from tests.directory.exchange.conftest import SHELTER, write
from tests.helpers.directory import NOW, full_service, place, service
from tests.helpers.hsds import problems

from baken.directory.exchange.documents import document
from baken.directory.exchange.geojson import to_geojson
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.giving import FORMS
from baken.directory.exchange.paper import groups_of, municipality_pdf
from baken.directory.exchange.plain_csv import from_csv, to_csv
from baken.directory.exchange.profile import schemas
from baken.directory.exchange.reading import Origin
from baken.directory.exchange.signed import signed_map, verified
from baken.directory.exchange.taking import read_file
from baken.directory.exchange.writing import service_data
from baken.directory.records import AreaRecord, PlacedRecord
from baken.packs.loader import load_pack

ON = dt.date(2026, 11, 23)
ORIGIN = Origin(name="Lijst", on=ON)
KEY = SigningKey(b"1" * 32)


def test_the_table_comes_back_as_it_went_out() -> None:
    record = full_service(description="=1+1", places=())
    (read,) = from_csv(to_csv([document(record)]), ORIGIN)
    back = read.document.record
    for name in ("id", "name", "description", "codes", "hours", "minimum_age", "kind", "status"):
        assert getattr(back, name) == getattr(record, name)
    assert [phone.number for phone in back.phones] == [phone.number for phone in record.phones]
    assert back.provider.id == record.provider.id


def test_a_column_that_is_left_out_says_nothing() -> None:
    (read,) = from_csv(b"naam,name,provider\r\nx,Hulp,Stichting\r\n", ORIGIN)
    assert read.told == {"name", "provider"}
    assert read.left == ("line 2.naam",)
    again = from_csv(b"name,provider\r\nHulp,Stichting\r\n", ORIGIN)
    assert again[0].document.record.id == read.document.record.id


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("Hulp,,,", "line 2, provider"),
        ("Hulp,Stichting,huis,", "line 2, kind"),
        ("Hulp,Stichting,,oud", "line 2, minimum_age"),
        (",Stichting,,", "line 2, name"),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_line(row: str, where: str) -> None:
    with pytest.raises(UnreadableError, match="expected") as error:
        from_csv(f"name,provider,kind,minimum_age\r\n{row}\r\n".encode(), ORIGIN)
    assert error.value.where == where


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\xff\xfe\x00\x00", b'name,provider\r\n"open'])
def test_a_file_that_is_none_of_these_is_refused_calmly(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="expected"):
        read_file(content, ORIGIN)


def test_the_map_of_points_has_no_confidential_place() -> None:
    secret = replace(service("Niet open"), places=(PlacedRecord(location=place("Hier", confidential=True)),))
    private = service("Voor verwijzers", visibility="professionals", places=(PlacedRecord(location=place()),))
    found = json.loads(to_geojson([document(item) for item in (full_service(), SHELTER, secret, private)]))
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.8926, 52.3731]}
    assert feature["properties"]["telephone"] == ["020-7654321"]


def test_a_signed_map_holds_until_the_first_check_and_at_most_sixty_days() -> None:
    def until(*due: dt.date) -> dt.date:
        made = signed_map([document(service())], due=due, key=KEY, now=NOW, today=ON)
        return verified(made).valid_until

    assert until() == dt.date(2027, 1, 22)
    assert until(dt.date(2026, 12, 1), dt.date(2027, 3, 1)) == dt.date(2026, 12, 1)
    assert until(dt.date(2026, 1, 1)) == ON


def test_a_changed_map_is_refused() -> None:
    made = signed_map([document(service())], due=(), key=KEY, now=NOW, today=ON)
    assert verified(made).services[0]["name"] == service().name
    assert verified(made).key == KEY.verify_key.encode().hex()
    for changed in (
        made.replace(b"020-1234567", b"020-7654321"),
        b"{}",
        b"[]",
        made.replace(b'"key": "', b'"key": "zz'),
    ):
        with pytest.raises(UnreadableError, match="expected"):
            verified(changed)


def test_a_municipality_on_paper_has_telephone_and_hours_of_each(db: None) -> None:
    write(full_service(areas=(AreaRecord(kind="municipality", code="GM0363"),)))
    write(service("Elders", areas=(AreaRecord(kind="municipality", code="GM0599"),)))
    amsterdam = load_pack("nl").places.municipalities["GM0363"]
    (group,) = groups_of(amsterdam, "nl", NOW)
    (shown,) = group.services
    assert (shown.phones[0].display.replace(" ", ""), bool(shown.hours)) == ("0800-2000", True)
    reader = PdfReader(io.BytesIO(municipality_pdf(amsterdam, language="nl", now=NOW)))
    assert "/StructTreeRoot" in reader.root_object
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Recht op loon" in text
    assert "Elders" not in text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_bytes_twice_and_no_hidden_service(the_map: None, form: str) -> None:
    first = FORMS[form][1]("public", NOW)
    assert FORMS[form][1]("public", NOW) == first
    assert b"Niet voor anderen" not in first
    assert b"Alleen voor verwijzers" not in first


def test_what_goes_out_is_valid_without_the_profile_too() -> None:
    data = service_data(document(full_service()), ON)
    assert problems(data, "service") == []
    assert problems(data, "service", profile=False) == []
    assert len(schemas()) == 23


@pytest.mark.parametrize(
    "change",
    [
        {"id": "1"},
        {"name": None},
        {"status": "open"},
        {"email": "bel ons"},
        {"url": "voorbeeld.example"},
        {"last_modified": "2026-11-23T09:30:00"},
        {"assured_date": "gisteren"},
        {"wait_time": "lang"},
        {"phones": [{"id": "ac148810-d857-441c-9679-408f346de14a"}]},
    ],
)
def test_a_schema_that_never_says_no_would_prove_nothing(change: dict[str, object]) -> None:
    assert problems(service_data(document(full_service()), ON) | change, "service")
