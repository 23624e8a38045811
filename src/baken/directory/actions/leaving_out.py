"""Who is not in the map on purpose: so that nobody, and no import, adds them again."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.directory import models
from baken.directory.names import folded
from baken.people.actor import Acting, actor_of


class NamedAlreadyError(Exception):
    """The name is on the list; ``row`` says why."""

    def __init__(self, row: models.NotListed) -> None:
        self.row = row
        super().__init__("This name is on the list")


def leave_out(
    *, by: Acting, name: str, reason: str, now: dt.datetime, url: str = "", telephone: str = ""
) -> models.NotListed:
    """Put a name on the list. Raises NamedAlreadyError, and ValueError without a name or a reason."""
    if not folded(name) or not reason.strip():
        raise ValueError("Whoever is left out has a name, and a reason why")
    with transaction.atomic():
        row, made = models.NotListed.objects.get_or_create(
            folded_name=folded(name),
            defaults={
                "name": name.strip(),
                "url": url,
                "telephone": telephone,
                "reason": reason.strip(),
                "at": now,
                "by": by.member,
            },
        )
        if not made:
            raise NamedAlreadyError(row)
        audit(by=actor_of(by), action=Action.DIRECTORY_LEFT_OUT, on=Subject(Kind.DIRECTORY, str(row.pk)), now=now)
    return row


def let_in(*, by: Acting, row_id: uuid.UUID, now: dt.datetime) -> None:
    """Take a name off the list; nothing happens when it is not on it."""
    with transaction.atomic():
        gone, _kinds = models.NotListed.objects.filter(pk=row_id).delete()
        if gone:
            audit(by=actor_of(by), action=Action.DIRECTORY_LEFT_OUT, on=Subject(Kind.DIRECTORY, str(row_id)), now=now)
