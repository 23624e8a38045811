"""What every page of the editors starts with: the service that the address names, and what somebody typed in a list."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from baken.directory import models
from baken.directory.editing_labels import CHIP, STATE
from baken.directory.editing_queries import whole_service
from baken.directory.freshness import State
from baken.directory.records import ServiceRecord
from baken.people.actor import MemberRequest


@dataclass(frozen=True, slots=True)
class StateShown:
    """How true something is, as a chip with a word."""

    label: str
    look: str


def state_shown(state: State) -> StateShown:
    """The chip of a state."""
    return StateShown(str(STATE[state]), CHIP[state])


def load(service_id: uuid.UUID) -> tuple[models.Service, ServiceRecord]:
    """A service as it is written, of whatever visibility: editors see all. Raises Http404."""
    found = whole_service(service_id)
    if found is None:
        raise Http404
    return found


def address(request: MemberRequest, name: str, *arguments: Any) -> str:
    """The address of another page of the editors, in the same organisation."""
    return reverse(f"directory_editing:{name}", args=[request.organisation.pk, *arguments])


def number(typed: str, *, otherwise: int = 1) -> int:
    """A whole number above zero as it was typed, or the other one."""
    fine = typed.isascii() and typed.isdigit() and len(typed) < 6
    return max(int(typed), 1) if fine else otherwise
