"""Writing a service: what was said comes back, changes are seen, and some wait for a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.db import IntegrityError, connection, transaction
from tests.helpers.directory import NOW, full_service, place, provider, service
from tests.helpers.people import World

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.directory import models, parts
from baken.directory.actions import ChangedMeanwhileError, NotListedError, put
from baken.directory.actions.putting import Via
from baken.directory.codes import Field
from baken.directory.records import AddressRecord, LocationRecord, PhoneRecord, PlacedRecord, ServiceRecord, id_of
from baken.directory.rows import record_of, whole

pytestmark = pytest.mark.django_db


def said(record: ServiceRecord) -> ServiceRecord:
    return record_of(whole(models.Service.objects.all()).get(pk=record.id))


def write(record: ServiceRecord, via: Via = Via.EDITOR, **more: Any) -> Any:
    return put(by=None, record=record, via=via, now=NOW, **more)


def test_everything_that_was_said_comes_back() -> None:
    record = full_service()
    made = write(record)
    assert made.added
    assert said(record) == record
    assert not write(record).changed
    assert models.Service.objects.get().version == 1


def test_a_change_is_logged_and_told_to_the_audit() -> None:
    record = service()
    write(record)
    changed = write(replace(record, description="Nu ook op zaterdag."))
    assert changed.changed == ("description",)
    (entry,) = models.Change.objects.all()
    assert (entry.field, entry.before, entry.after, entry.via) == (
        "description",
        record.description,
        "Nu ook op zaterdag.",
        "editor",
    )
    assert [event.action for event in Event.objects.order_by("sequence")] == [
        Action.SERVICE_ADDED,
        Action.SERVICE_CHANGED,
    ]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        (Field.TELEPHONE, {"phones": (PhoneRecord(number="020-7654321"),)}),
        (Field.STATUS, {"status": "defunct"}),
        (Field.VISIBILITY, {"visibility": "professionals"}),
    ],
)
@pytest.mark.parametrize("via", [Via.EDITOR, Via.OWNER, Via.IMPORT])
def test_what_can_harm_waits_for_a_second_person(field: Field, change: dict[str, Any], via: Via) -> None:
    record = service()
    write(record)
    put_ = write(replace(record, **change, description="Anders."), via)
    assert put_.waiting == (field,)
    assert put_.changed == ("description",)
    assert said(record) == replace(record, description="Anders.")
    assert [item.field for item in models.Proposal.objects.filter(decision="")] == [field]
    assert write(replace(record, **change, description="Anders."), via, agreed=True).waiting == ()
    assert said(record) == replace(record, **change, description="Anders.")


def test_a_place_that_comes_or_goes_needs_no_second_person_but_its_number_does() -> None:
    record = service()
    write(record)
    placed = replace(record, places=(PlacedRecord(location=place()),))
    assert write(placed).waiting == ()
    numbered = PlacedRecord(location=place("Tweede"), phones=(PhoneRecord(number="020-7654321"),))
    more = replace(placed, places=(*placed.places, numbered))
    assert write(more).waiting == (Field.TELEPHONE,)
    assert [item.phones for item in said(record).places] == [(), ()]
    (proposal,) = models.Proposal.objects.all()
    assert proposal.before == parts.part_of(said(record), Field.TELEPHONE)
    assert proposal.after == parts.part_of(more, Field.TELEPHONE)
    assert write(placed).waiting == ()


def test_who_had_another_change_on_the_screen_agrees_to_nothing() -> None:
    record = service()
    write(record)
    write(replace(record, phones=(PhoneRecord(number="020-7654321"),)))
    seen = models.Proposal.objects.get()
    write(replace(record, phones=(PhoneRecord(number="020-7654321"),)))
    assert models.Proposal.objects.get() == seen
    write(replace(record, phones=(PhoneRecord(number="0900-0000"),)))
    assert models.Proposal.objects.get().pk != seen.pk


def test_a_pack_was_reviewed_and_need_not_wait() -> None:
    record = service()
    write(record)
    assert write(replace(record, status="defunct"), Via.PACK).changed == ("status",)


def test_two_editors_do_not_overwrite_each_other() -> None:
    record = service()
    write(record)
    write(replace(record, description="Van de eerste."), version=1)
    with pytest.raises(ChangedMeanwhileError) as conflict:
        write(replace(record, description="Van de tweede."), version=1)
    assert conflict.value.now.description == "Van de eerste."


def test_who_is_left_out_on_purpose_is_not_added() -> None:
    models.NotListed.objects.create(name="Hulp", folded_name="hulp bij werk", reason="Vraagt geld.", at=NOW)
    with pytest.raises(NotListedError, match="Vraagt geld"):
        write(service(name="Hulp bij  Wérk"))


def test_a_new_service_does_not_change_who_its_provider_is() -> None:
    write(service())
    theirs = provider(url="https://voorbeeld.example", email="info@voorbeeld.example")
    write(service("Van later", provider=replace(theirs, url="https://elders.example")))
    assert said(service()).provider == provider()
    write(service("Van later", provider=theirs))
    assert said(service()).provider == theirs


def test_a_place_that_no_service_has_any_more_goes() -> None:
    record = full_service()
    write(record)
    assert models.Location.objects.exists()
    write(replace(record, places=()), agreed=True)
    assert not models.Location.objects.exists()


def test_no_address_of_a_confidential_place_gets_in_by_any_road() -> None:
    with pytest.raises(ValueError, match="never stored"):
        LocationRecord(id=id_of("x"), confidential=True, latitude=52.0, longitude=4.9)
    for hidden in (
        {"address_1": "Straat 1"},
        {"postal_code": "1011 AA"},
        {"city": "Stad"},
        {"latitude": 52.0, "longitude": 4.9},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Location.objects.create(confidential=True, **hidden)


def test_a_shelter_cannot_have_a_place_that_is_not_confidential() -> None:
    with pytest.raises(ValueError, match="confidential"):
        replace(full_service(), kind="shelter")


def test_what_goes_into_hiding_leaves_no_address_behind() -> None:
    record = full_service()
    write(record)
    moved = place("Nieuw kantoor", address=AddressRecord(address_1="Geheimstraat 2"))
    record = replace(record, places=(replace(record.places[0], location=moved),))
    write(record)
    write(parts.with_part(record, Field.VISIBILITY, "hidden"), agreed=True)
    hidden = said(record)
    assert [at.location.municipality for at in hidden.places] == ["GM0363"]
    assert all(at.location.confidential for at in hidden.places)
    for model in apps.get_app_config("directory").get_models():
        kept = serialize("json", model._default_manager.all())
        assert "Voorbeeldstraat" not in kept, model
        assert "Geheimstraat" not in kept, model


def test_who_proposed_cannot_decide(world: World) -> None:
    record = service()
    write(record)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Proposal.objects.create(
            service_id=record.id,
            field=Field.STATUS,
            before="active",
            after="defunct",
            via="editor",
            at=NOW,
            by=world.bas,
            decided_by=world.bas,
            decided_at=NOW + dt.timedelta(hours=1),
            decision="accepted",
        )


@contextmanager
def checked() -> Iterator[None]:
    """A transaction whose end is checked here, though the test's own goes on."""
    with transaction.atomic():
        yield
        connection.check_constraints()


def test_the_database_itself_refuses_an_address_of_what_is_out_of_sight() -> None:
    record = full_service()
    write(record)
    with pytest.raises(IntegrityError), checked():
        models.Service.objects.update(visibility="hidden")
    hidden = parts.with_part(record, Field.VISIBILITY, "hidden")
    write(hidden, agreed=True)
    with pytest.raises(IntegrityError), checked():
        models.Location.objects.update(confidential=False)
    write(record, agreed=True)
    assert said(record) == record
