"""A place of an ordinary service becomes confidential: no table holds its old address any more."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.serializers import serialize
from tests.helpers.directory import NOW, place, service

from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.codes import Field
from baken.directory.parts import without_address
from baken.directory.records import AddressRecord, LocationRecord, PlacedRecord, ServiceRecord

pytestmark = pytest.mark.django_db
OLD, FIRST = "Schuilstraat 9", "Vroegerstraat 3"
KNOWN = place("Kantoor", address=AddressRecord(address_1=OLD, postal_code="1017 ZZ", city="Amsterdam"))
HIDDEN = without_address(KNOWN)
OTHER = place("Loket", address=AddressRecord(address_1="Marktplein 1", city="Utrecht"))


def write(record: ServiceRecord, *locations: LocationRecord) -> ServiceRecord:
    record = replace(record, places=tuple(PlacedRecord(location=location) for location in locations))
    put(by=None, record=record, via=Via.EDITOR, now=NOW, agreed=True)
    return record


def kept() -> str:
    """Everything in every table."""
    models_ = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return "".join(serialize("json", model._default_manager.all()) for model in models_)


def test_no_table_holds_the_old_street() -> None:
    record = write(service(), replace(KNOWN, address=AddressRecord(address_1=FIRST)), OTHER)
    write(record, KNOWN, OTHER)
    assert OLD in kept()
    assert FIRST in kept()
    write(record, HIDDEN, OTHER)
    for text in (OLD, FIRST, "1017 ZZ"):
        assert text not in kept()
    assert "Marktplein 1" in kept()
    assert models.Change.objects.filter(field="places", before="", after="").count() == 2


def test_another_id_for_the_hidden_place_makes_no_difference() -> None:
    record = write(service(), KNOWN)
    write(record, replace(HIDDEN, id=uuid.uuid4()))
    assert OLD not in kept()


def test_a_service_that_shared_the_place_does_not_tell_it_either() -> None:
    shared = write(service("Ernaast"), OTHER)
    write(shared, OTHER, KNOWN)
    write(shared, OTHER)
    write(shared, KNOWN)
    write(service("Nieuw"), HIDDEN)
    assert OLD not in kept()


def test_a_proposal_and_a_text_in_the_log_lose_the_address_and_nothing_else() -> None:
    record = write(replace(service(), description=f"Kom naar {OLD}."), KNOWN)
    said = {"codes": {}, "steps": [{"description": f"Bel aan op {OLD}", "channel": "visit"}]}
    models.Proposal.objects.create(
        service_id=record.id, field=Field.REFERRAL, before=said, after={"steps": []}, via="editor", at=NOW
    )
    record = write(replace(record, description="Bel eerst."), KNOWN)
    write(record, HIDDEN)
    assert OLD not in kept()
    assert models.Proposal.objects.get().before["steps"] == [{"description": "Bel aan op ", "channel": "visit"}]


def test_the_log_stays_as_it_is_when_nothing_is_hidden() -> None:
    record = write(service(), KNOWN)
    write(record, OTHER)
    entry = models.Change.objects.get()
    assert OLD in entry.before
    write(record, OTHER, place("Al vertrouwelijk", confidential=True))
    assert OLD in models.Change.objects.get(pk=entry.pk).before
