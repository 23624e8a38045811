"""The form of a service: what it says goes in and comes out the same, and what somebody typed becomes the record."""

from __future__ import annotations

from typing import Any

import pytest
from tests.helpers import directory
from tests.helpers.editing import Editors, there, typed

from baken.directory import models
from baken.directory.records import PlacedRecord, ServiceRecord
from baken.directory.rows import record_of, whole


@pytest.fixture
def editors(db: None) -> Editors:
    return Editors()


def now(service: models.Service) -> ServiceRecord:
    return record_of(whole(models.Service.objects.filter(pk=service.pk)).get())


def save(editors: Editors, service: models.Service, **changed: Any) -> Any:
    client, path = editors.client(), editors.at(f"services/{service.pk}/edit/")
    return client.post(path, {**typed(client.get(path)), **changed}, follow=True)


def test_saving_without_a_change_changes_nothing(editors: Editors) -> None:
    service = there()
    before = now(service)
    page = save(editors, service)
    assert "Nothing was changed" in page.content.decode()
    assert now(service) == before
    assert not models.Change.objects.exists()
    assert not models.Proposal.objects.exists()


def test_plain_fields_and_codes_show_at_once(editors: Editors) -> None:
    service = there()
    save(editors, service, description="Nieuwe tekst.", need=["legal", "shelter"], free="no", minimum_age="")
    record = now(service)
    assert record.description == "Nieuwe tekst."
    assert record.of("nl-mh-need") == {"legal", "shelter"}
    assert (record.free, record.minimum_age) == (False, None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phones-0-number": "020-5555555"}, "telephone"),
        ({"status": "inactive"}, "status"),
        ({"visibility": "professionals"}, "visibility"),
    ],
)
def test_what_can_harm_waits_for_a_colleague(editors: Editors, changed: dict[str, str], field: str) -> None:
    service = there()
    before = now(service)
    page = save(editors, service, **changed)
    assert "A colleague must agree first with" in page.content.decode()
    assert now(service) == before
    assert models.Proposal.objects.get().field == field


def test_hours_as_rows(editors: Editors) -> None:
    service = there()
    save(
        editors,
        service,
        **{
            "hours-day0_from1": "09:00",
            "hours-day0_until1": "12:30",
            "hours-day0_from2": "13:00",
            "hours-day0_until2": "00:00",
            "hours-date0": "2026-12-24",
            "hours-on0_from1": "10:00",
            "hours-on0_until1": "12:00",
            "hours-date1": "2026-12-31",
        },
    )
    assert now(service).hours == (
        "Mo 09:00-12:30,13:00-24:00; Tu-Fr 09:00-17:00; PH off; 2026 Dec 24 10:00-12:00; 2026 Dec 31 off"
    )


def test_hours_that_rows_cannot_hold_stay_until_somebody_says_otherwise(editors: Editors) -> None:
    hours = 'Mo-Fr 22:00-02:00; Sa "op afspraak"'
    service = there(hours=hours)
    page = editors.client().get(editors.at(f"services/{service.pk}/edit/"))
    assert "22:00-02:00" in page.content.decode()
    rows = {"hours-day0_from1": "09:00", "hours-day0_until1": "17:00"}
    save(editors, service, **rows)
    assert now(service).hours == hours
    save(editors, service, **rows, **{"hours-instead": "on"})
    assert now(service).hours == "Mo 09:00-17:00"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"hours-day0_from1": "18:00"}, "later than the one before"),
        ({"hours-day1_until1": ""}, "both from and until"),
        ({"hours-on0_from1": "10:00", "hours-on0_until1": "11:00"}, "Fill in the date"),
        ({"phones-0-number": "geen nummer"}, "is not a telephone number"),
        ({"phones-0-languages": "nederlands"}, "is not the code of a language"),
        ({"areas-0-name": "Amsterdm"}, "Do you mean Amsterdam?"),
        ({"maximum_age": "3"}, "lower than the youngest"),
        ({"places-0-municipality": "Nergenshuizen"}, "We do not know"),
        ({"costs-0-amount": "tien"}, "Write an amount like"),
        ({"name": ""}, "Name of the service"),
    ],
)
def test_a_mistake_is_named_and_keeps_what_was_typed(editors: Editors, changed: dict[str, str], said: str) -> None:
    service = there()
    before = now(service)
    page = save(editors, service, description="Blijft staan", **changed)
    assert page.status_code == 422
    shown = page.content.decode().replace("&#x27;", "'")
    assert said in shown
    assert "Blijft staan" in shown
    assert now(service) == before


def test_more_lines_keep_what_was_typed(editors: Editors) -> None:
    service = there()
    client, path = editors.client(), editors.at(f"services/{service.pk}/edit/")
    sent = typed(client.get(path)) | {"description": "Half af"}
    page = client.post(path, sent | {"more": "phones"})
    assert b"Half af" in page.content
    assert b"phones-5-number" in page.content
    assert b"phones-6-number" not in page.content
    page = client.post(path, sent | {"more": "places"})
    assert b"places-2-name" in page.content
    page = client.post(path, sent | {"more": "places-1-hours"})
    assert b"places-1-hours-day0_from1" in page.content


def test_areas_places_and_lines_by_name(editors: Editors) -> None:
    service = there()
    save(
        editors,
        service,
        **{
            "areas-2-name": "haarlem",
            "areas-2-kind": "municipality",
            "languages-2-code": "ro",
            "places-1-name": "Tweede kantoor",
            "places-1-municipality": "1511",
            "places-1-address_1": "Dorpsstraat 1",
            "places-1-accessibility": "Rolstoel: lift",
            "places-0-phones": "020-7654321",
        },
    )
    record = now(service)
    assert record.areas[2].code == "GM0392"
    assert [item.code for item in record.languages] == ["nl", "bg", "ro"]
    second = record.places[1].location
    assert (second.municipality, second.address and second.address.address_1) == ("GM0431", "Dorpsstraat 1")
    assert second.accessibility[0].details == "lift"


def test_another_address_loses_the_point_of_the_old_one(editors: Editors) -> None:
    service = there()
    save(editors, service, **{"places-0-address_1": "Elders 2"})
    location = now(service).places[0].location
    assert location.latitude is None


def test_a_place_is_taken_away(editors: Editors) -> None:
    service = there()
    save(editors, service, **{"places-0-remove": "on"})
    assert now(service).places == ()


def test_a_shelter_has_no_field_for_an_address(editors: Editors) -> None:
    hidden = PlacedRecord(location=directory.place("Huis", confidential=True), hours="Mo 09:00-10:00")
    service = there(kind="shelter", places=(hidden,))
    page = editors.client().get(editors.at(f"services/{service.pk}/edit/")).content.decode()
    assert "This place stays out of sight" in page
    assert "places-0-address_1" not in page
    assert "places-1-address_1" not in page
    save(editors, service, **{"places-0-municipality": "Haarlem"})
    assert now(service).places[0].location.municipality == "GM0392"
    assert now(service).places[0].hours == "Mo 09:00-10:00"


def test_an_address_typed_for_a_shelter_is_neither_kept_nor_shown_again(editors: Editors) -> None:
    client, path = editors.client(), editors.at("services/add/")
    sent = typed(client.get(path)) | {
        "name": "Opvang Noord",
        "provider_name": "Stichting Opvang",
        "source_name": "Voorbeeld",
        "kind": "shelter",
        "places-0-municipality": "Haarlem",
        "places-0-address_1": "Geheimlaan 7",
    }
    page = client.post(path, sent)
    assert page.status_code == 422
    assert b"is not kept, and is gone" in page.content
    assert b"Geheimlaan" not in page.content
    done = client.post(path, typed(page), follow=True)
    assert b"is in the map, as not verified" in done.content
    record = now(models.Service.objects.get(name="Opvang Noord"))
    assert record.places[0].location.confidential
    assert record.places[0].location.address is None


def test_a_confidential_place_of_an_open_service(editors: Editors) -> None:
    service = there()
    page = save(editors, service, **{"places-0-confidential": "on"})
    assert b"An address that nobody may learn is never kept" in page.content
    empty = dict.fromkeys(("address_1", "postal_code", "city", "province"), "")
    save(editors, service, **{"places-0-confidential": "on", **{f"places-0-{name}": "" for name in empty}})
    location = now(service).places[0].location
    assert (location.confidential, location.address, location.name) == (True, None, "")


def test_going_into_hiding_waits_but_takes_the_address_away_at_once(editors: Editors) -> None:
    service = there()
    emptied = {f"places-0-{name}": "" for name in ("address_1", "postal_code", "city", "province")}
    save(editors, service, visibility="hidden", **emptied)
    assert models.Proposal.objects.get().after == "hidden"
    record = now(service)
    assert record.visibility == "public"
    assert record.places[0].location.address is None


def test_an_organisation_that_we_know_is_not_there_twice(editors: Editors) -> None:
    service = there()
    client, path = editors.client(), editors.at("services/add/")
    sent = typed(client.get(path)) | {
        "name": "Nog een",
        "provider_name": "stichting  voorbeeld",
        "source_name": "Voorbeeld",
    }
    client.post(path, sent)
    made = models.Service.objects.get(name="Nog een")
    assert made.provider_id == service.provider_id
    assert made.provider.description == "Helpt mensen die werken."


def test_another_name_of_the_organisation_keeps_it(editors: Editors) -> None:
    service = there()
    save(editors, service, provider_name="Stichting Voorbeeld Nederland")
    assert models.Provider.objects.get().name == "Stichting Voorbeeld Nederland"


def test_who_is_left_out_cannot_be_added(editors: Editors) -> None:
    client = editors.client()
    client.post(editors.at("left-out/"), {"name": "Nergens", "reason": "Wil niet in de kaart staan."})
    path = editors.at("services/add/")
    page = client.post(path, typed(client.get(path)) | {"name": "nergens", "provider_name": "X", "source_name": "Y"})
    assert page.status_code == 422
    assert b"Wil niet in de kaart staan" in page.content
    assert not models.Service.objects.exists()


def test_two_at_once_see_both_texts_and_lose_nothing(editors: Editors) -> None:
    service = there()
    path = editors.at(f"services/{service.pk}/edit/")
    eva, eef = editors.client(), editors.client(editors.eef)
    of_eva, of_eef = typed(eva.get(path)), typed(eef.get(path))
    eef.post(path, of_eef | {"description": "Van Eef", "fees": "Gratis, zegt Eef"})
    page = eva.post(path, of_eva | {"description": "Van Eva", "alert": "Let op, zegt Eva"})
    assert page.status_code == 409
    shown = page.content.decode()
    assert all(text in shown for text in ("Van Eef", "Van Eva", "Gratis, zegt Eef", "What somebody must know first"))
    again = {**of_eva, "description": "Van Eva", "alert": "Let op, zegt Eva"}
    current = models.Service.objects.get()
    again |= {"version": str(current.version), "seen": current.edited_at.isoformat(), "theirs": ["fees"]}
    eva.post(path, again)
    record = now(service)
    assert (record.description, record.alert, record.fees) == ("Van Eva", "Let op, zegt Eva", "Gratis, zegt Eef")
