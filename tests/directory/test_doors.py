"""The router's doors and the map's services are one thing: what the map knows better is at the right door at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from tests.helpers.directory import NOW, service
from tests.helpers.keeping import confirm, editors, said

from baken.directory import doors, models
from baken.directory.actions import put
from baken.directory.actions.deciding import decide
from baken.directory.actions.putting import Via
from baken.directory.facts import facts_of
from baken.directory.records import PhoneRecord, ServiceRecord
from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.packs.schema.info import RegionsFile
from baken.recognise.current import current_pack, local_version
from baken.routes.hours import open_minutes

pytestmark = pytest.mark.django_db
DOOR = "national_coordinator"


def write(**more: Any) -> ServiceRecord:
    record = service(door=DOOR, **{"phones": (), **more})
    put(by=None, record=record, via=Via.PACK, now=NOW)
    doors.forget()
    return record


def test_a_door_that_nobody_corrected_is_that_of_the_pack(nl: Pack) -> None:
    record = write()
    assert current_pack("nl").doors == nl.doors
    facts = facts_of(record, nl)
    assert [phone.number for phone in facts.phones] == [phone.number for phone in nl.doors[DOOR].phones]
    assert facts.source.name == nl.doors[DOOR].source


def test_a_corrected_number_is_at_the_right_door_and_on_the_map() -> None:
    before = local_version()
    record = write(phones=(PhoneRecord(number="020-7654321", description="Nieuw"),), hours="Mo-Fr 09:00-12:00")
    door = current_pack("nl").doors[DOOR]
    assert [(phone.number, phone.label, phone.confidence) for phone in door.phones] == [
        ("020-7654321", "Nieuw", "reported")
    ]
    assert door.hours is not None
    assert door.hours.osm == "Mo-Fr 09:00-12:00"
    assert local_version() != before
    assert facts_of(record, load_pack("nl")).phones == record.phones


@pytest.mark.parametrize("typed", ["020.765.4321", "(020) 765 43 21", "020 – 765 4321"])
def test_a_number_as_people_write_it_does_not_close_every_page(typed: str) -> None:
    write(phones=(PhoneRecord(number=typed),))
    (phone,) = current_pack("nl").doors[DOOR].phones
    assert phone.number == "+31207654321"


def test_what_is_no_number_leaves_the_door_as_the_pack_has_it(nl: Pack) -> None:
    write(phones=(PhoneRecord(number="bel ons"),))
    assert current_pack("nl").doors[DOOR].phones == nl.doors[DOOR].phones


@pytest.mark.parametrize("visibility", ["hidden", "professionals"])
def test_what_not_everybody_may_see_is_not_at_the_public_door(visibility: str, nl: Pack) -> None:
    write(visibility=visibility, phones=(PhoneRecord(number="020-7654321"),), hours="Mo 09:00-12:00")
    assert current_pack("nl").doors == nl.doors


def test_a_closed_door_never_says_that_it_is_open() -> None:
    write(status="temporarily closed")
    door = current_pack("nl").doors[DOOR]
    assert door.hours is not None
    for day in range(8):
        assert not open_minutes(osm=door.hours.osm, country="NL", day=NOW.date() + dt.timedelta(days=day))


def test_a_confirmed_door_says_when_and_until() -> None:
    record = write()
    models.Service.objects.filter(pk=record.id).update(verified_at=NOW, due_on=NOW.date() + dt.timedelta(days=30))
    doors.forget()
    door = current_pack("nl").doors[DOOR]
    assert (door.checked_on, door.confidence) == (NOW.date(), "confirmed")


def test_a_door_of_one_region_has_the_number_of_that_region() -> None:
    pack = load_pack("nl")
    code, region = next(iter(pack.regions["veilig_thuis"].items()))
    with_number = region.model_copy(update={"phone": "0800-0000"})
    regions = RegionsFile(regions={**pack.regions_file.regions, "veilig_thuis": {code: with_number}})
    record = service(door=f"veilig_thuis/{code}", phones=())
    assert [phone.number for phone in facts_of(record, replace(pack, regions_file=regions)).phones] == ["0800-0000"]
    of_the_door = [phone.number for phone in pack.doors["veilig_thuis"].phones]
    assert [phone.number for phone in facts_of(record, pack).phones] == of_the_door


def test_a_database_that_does_not_answer_costs_no_page(monkeypatch: pytest.MonkeyPatch, nl: Pack) -> None:
    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(doors, "_read", broken)
    doors.forget()
    assert current_pack("nl").doors == nl.doors


def test_nobody_puts_another_number_behind_a_door_alone(nl: Pack) -> None:
    record = write()
    team = editors()
    for taken in (replace(record, door=""), replace(record, country="BE")):
        put(by=team.eva, record=taken, via=Via.IMPORT, now=NOW)
    other = service("Een ander", door="veilig_thuis", phones=(PhoneRecord(number="020-7654321"),))
    put(by=team.eva, record=other, via=Via.IMPORT, now=NOW)
    doors.forget()
    assert said(models.Service.objects.get(pk=record.id)) == record
    assert current_pack("nl").doors == nl.doors


def test_a_number_that_nobody_called_is_not_confirmed() -> None:
    team = editors()
    with time_machine.travel(NOW, tick=False):
        record = write()
        service_ = models.Service.objects.get(pk=record.id)
        confirm(service_, by=team.eva, now=NOW)
        put(by=team.eva, record=replace(record, phones=(PhoneRecord(number="020-7654321"),)), via=Via.EDITOR, now=NOW)
        decide(by=team.finn, proposal_id=models.Proposal.objects.get().pk, accept=True, now=NOW)
        doors.forget()
        door = current_pack("nl").doors[DOOR]
    assert [(phone.number, phone.confidence) for phone in door.phones] == [("020-7654321", "reported")]
    assert (door.confidence, door.check_by) == ("reported", NOW.date())
