"""An import shows what differs and writes what somebody chose; it never deletes, and never overwrites a telephone number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.directory.exchange.conftest import write
from tests.helpers.directory import NOW, full_service, place, provider, service

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.directory import models
from baken.directory.exchange.applying import Choice, apply, everything
from baken.directory.exchange.differences import Sort, Turn
from baken.directory.exchange.documents import document
from baken.directory.exchange.hsds import from_hsds, to_hsds
from baken.directory.exchange.loading import documents_for
from baken.directory.exchange.reading import Origin
from baken.directory.exchange.reconciling import Reconciled, reconcile
from baken.directory.records import AreaRecord, PhoneRecord, PlacedRecord, ServiceRecord, id_of
from baken.directory.rows import record_of, whole

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 23)
ORIGIN = Origin(name="Lijst", on=ON)


def compare(*records: ServiceRecord) -> Reconciled:
    return reconcile(from_hsds(to_hsds([document(item) for item in records], ON), ORIGIN))


def said(record: ServiceRecord) -> ServiceRecord:
    return record_of(whole(models.Service.objects.all()).get(pk=record.id))


def test_our_own_export_differs_in_nothing() -> None:
    write(full_service())
    write(service())
    content = to_hsds(documents_for("editors", NOW), ON)
    found = reconcile(from_hsds(content, ORIGIN))
    assert [item.sort for item in found.differences] == [Sort.SAME, Sort.SAME]
    assert not everything(found.differences)
    assert to_hsds(documents_for("editors", NOW), ON) == content


def test_an_export_into_an_empty_map_gives_the_same_bytes() -> None:
    write(full_service())
    content = to_hsds(documents_for("editors", NOW), ON)
    models.Service.objects.all().delete()
    models.Location.objects.all().delete()
    models.Provider.objects.all().delete()
    found = reconcile(from_hsds(content, ORIGIN))
    assert [item.put.added for item in apply(by=None, chosen=everything(found.differences), now=NOW) if item.put] == [
        True
    ]
    assert to_hsds(documents_for("editors", NOW), ON) == content


def test_each_field_that_differs_is_shown() -> None:
    here = service(url="https://voorbeeld.example", email="info@voorbeeld.example")
    write(here)
    there = replace(here, description="Nieuwe uitleg.", email="", fees="Gratis")
    (found,) = compare(there).differences
    assert {(item.field, item.turn, item.before, item.after) for item in found.fields} == {
        ("description", Turn.CHANGED, here.description, "Nieuwe uitleg."),
        ("email", Turn.EMPTIED, "info@voorbeeld.example", ""),
        ("fees", Turn.FILLED, "", "Gratis"),
    }
    (done,) = apply(by=None, chosen=everything([found]), now=NOW)
    assert done.put
    assert said(here) == replace(here, description="Nieuwe uitleg.", fees="Gratis")
    assert Event.objects.filter(action=Action.DIRECTORY_IMPORTED).count() == 1


@pytest.mark.parametrize(
    "change", [{"phones": (PhoneRecord(number="020-7654321"),)}, {"visibility": "professionals"}, {"status": "defunct"}]
)
def test_what_can_harm_becomes_a_proposal(change: dict[str, Any]) -> None:
    here = service()
    write(here)
    (done,) = apply(by=None, chosen=everything(compare(replace(here, **change)).differences), now=NOW)
    assert done.put
    assert (len(done.put.waiting), done.put.changed) == (1, ())
    assert said(here) == here
    assert models.Proposal.objects.get().via == "import"


def test_a_service_is_known_by_its_name_and_provider() -> None:
    here = service("Spreekuur voor werkers")
    write(here)
    there = replace(
        here, id=id_of("elders"), name="Spreekuur  voor wérkers", provider=replace(here.provider, id=id_of("hun"))
    )
    (found,) = compare(there).differences
    assert (found.sort, found.here) == (Sort.CHANGED, here)
    assert [item.field for item in found.fields] == ["name"]


def test_the_same_name_elsewhere_is_another_service() -> None:
    here = service(areas=(AreaRecord(kind="municipality", code="GM0363"),))
    write(here)
    other: dict[str, Any] = {"id": id_of("elders"), "phones": (PhoneRecord(number="010-1111111"),)}
    there = replace(here, **other, areas=(AreaRecord(kind="municipality", code="GM0599"),))
    assert compare(there).differences[0].sort is Sort.ADDED
    assert compare(replace(here, **other, provider=provider("Een ander"))).differences[0].sort is Sort.ADDED


def test_two_that_it_can_be_are_for_somebody_to_look_at() -> None:
    write(service("Spreekuur", id=id_of("een"), phones=()))
    write(service("Spreekuur", id=id_of("twee"), phones=()))
    (found,) = compare(service("Spreekuur", id=id_of("drie"))).differences
    assert found.sort is Sort.DOUBTFUL
    assert "any of these" in found.why
    assert apply(by=None, chosen=[Choice(found)], now=NOW)[0].refused


def test_a_number_decides_between_two() -> None:
    write(service("Spreekuur", id=id_of("een"), phones=(PhoneRecord(number="020-1111111"),)))
    write(service("Spreekuur", id=id_of("twee"), phones=(PhoneRecord(number="+31202222222"),)))
    (found,) = compare(service("Spreekuur", id=id_of("drie"), phones=(PhoneRecord(number="020-222 2222"),))).differences
    assert found.here
    assert found.here.id == id_of("twee")


def test_who_is_left_out_on_purpose_stays_out() -> None:
    models.NotListed.objects.create(name="Hulp", folded_name="hulp", reason="Vraagt geld.", at=NOW)
    (found,) = compare(service("Hulp")).differences
    assert (found.sort, found.why) == (Sort.LEFT_OUT, "Vraagt geld.")
    assert not everything([found])


def test_what_is_only_here_is_named_and_stays() -> None:
    write(service("Alleen hier"))
    found = compare(service("Ook daar"))
    assert found.only_here == ("Alleen hier",)
    apply(by=None, chosen=everything(found.differences), now=NOW)
    assert models.Service.objects.count() == 2


def test_a_file_cannot_tell_where_a_shelter_is() -> None:
    """Neither of the service itself, nor of a place of it by way of another service."""
    hidden = place("Opvang", confidential=True)
    shelter = service("Onderdak", kind="shelter", places=(PlacedRecord(location=hidden),))
    write(shelter)
    told = place("Opvang", latitude=52.1, longitude=4.9)
    other = service("Kantoor", places=(PlacedRecord(location=replace(told, id=hidden.id)),))
    (found,) = compare(other).differences
    assert (found.sort, found.here) == (Sort.DOUBTFUL, None)
    foreign = replace(shelter, kind="support", places=(PlacedRecord(location=replace(told, id=hidden.id)),))
    changes = compare(foreign).differences
    apply(by=None, chosen=everything(changes), now=NOW)
    assert models.Location.objects.get().address_1 == ""


@pytest.mark.parametrize("change", [{"name": "x" * 201}, {"email": "a" * 250 + "@b.example"}, {"maximum_age": 40_000}])
def test_what_does_not_fit_is_told_before_anything_is_written(change: dict[str, Any]) -> None:
    (found,) = compare(replace(service(), **change)).differences
    assert found.sort is Sort.DOUBTFUL
    assert "at most" in found.why


def test_what_was_changed_meanwhile_is_not_overwritten() -> None:
    here = service()
    write(here)
    found = compare(replace(here, description="Uit het bestand."))
    write(replace(here, description="Van de redactie."))
    (done,) = apply(by=None, chosen=everything(found.differences), now=NOW)
    assert "meanwhile" in done.refused
    assert said(here).description == "Van de redactie."


def test_one_service_that_does_not_go_together_does_not_stop_the_others() -> None:
    twice = service("Twee keer", areas=(AreaRecord(kind="country", code="NL"),) * 2)
    done = apply(by=None, chosen=everything(compare(twice, service("Goed")).differences), now=NOW)
    assert sorted(bool(item.refused) for item in done) == [False, True]
    assert models.Service.objects.get().name == "Goed"


def test_a_service_twice_in_one_file_is_doubtful() -> None:
    here = service()
    write(here)
    data = to_hsds([document(here)], ON).decode().strip()
    reads = from_hsds(f"[{data[1:-1]},{data[1:-1]}]".encode(), ORIGIN)
    assert [item.sort for item in reconcile(reads).differences] == [Sort.SAME, Sort.DOUBTFUL]
