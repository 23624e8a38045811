"""Corrections by the owner: the boxes and lines of one critical field, and what was filled in as a part of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.codes import Field, ServiceStatus, Visibility
from baken.directory.owning import helping, reaching
from baken.directory.owning.shapes import FieldError, Tick
from baken.directory.parts import Part, part_of
from baken.directory.records import ServiceRecord


def inputs(record: ServiceRecord, field: Field, data: QueryDict | None) -> Mapping[str, Any]:
    """What the page shows to fill in: what was typed, and what the service says now where nothing was sent yet."""
    return _INPUTS[field](record, data)


def correction(record: ServiceRecord, field: Field, data: QueryDict) -> Part:
    """What was filled in. Raises FieldError, also when it says the same as before."""
    part = _READ[field](record, data)
    if part == part_of(record, field):
        raise FieldError(
            _("You chose that this has changed, but it still says the same. Change it, or choose another answer.")
        )
    return part


def _status_inputs(record: ServiceRecord, data: QueryDict | None) -> Mapping[str, Any]:
    chosen = data.get("new_status", "") if data else ""
    ticks = [Tick(code, str(text), code == chosen) for code, text in labels.SERVICE_STATUS.items()]
    return {"name": "new_status", "ticks": [tick for tick in ticks if tick.value != record.status]}


def _status(_record: ServiceRecord, data: QueryDict) -> Part:
    if data.get("new_status") not in set(ServiceStatus):
        raise FieldError(_("Choose what it is now."))
    return data["new_status"]


def _visibility_inputs(record: ServiceRecord, data: QueryDict | None) -> Mapping[str, Any]:
    chosen = data.get("new_visibility", "") if data else ""
    ticks = [Tick(code, str(text), code == chosen) for code, text in labels.VISIBILITY.items()]
    return {"name": "new_visibility", "ticks": [tick for tick in ticks if tick.value != record.visibility]}


def _visibility(_record: ServiceRecord, data: QueryDict) -> Part:
    if data.get("new_visibility") not in set(Visibility):
        raise FieldError(_("Choose who may see it."))
    return data["new_visibility"]


_INPUTS: Mapping[Field, Callable[[ServiceRecord, QueryDict | None], Mapping[str, Any]]] = {
    Field.TELEPHONE: reaching.telephone_inputs,
    Field.HOURS: reaching.hours_inputs,
    Field.FOR_WHOM: helping.for_whom_inputs,
    Field.REFERRAL: helping.referral_inputs,
    Field.STATUS: _status_inputs,
    Field.VISIBILITY: _visibility_inputs,
}
_READ: Mapping[Field, Callable[[ServiceRecord, QueryDict], Part]] = {
    Field.TELEPHONE: reaching.telephone,
    Field.HOURS: reaching.hours,
    Field.FOR_WHOM: helping.for_whom,
    Field.REFERRAL: helping.referral,
    Field.STATUS: _status,
    Field.VISIBILITY: _visibility,
}
