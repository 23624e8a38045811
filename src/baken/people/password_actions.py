"""Change a password: what hangs on it changes in the same transaction, and so does the audit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from baken.people import sign_in_events, signals
from baken.people.models import Member


def change_password(*, member: Member, old: str, new: str, now: dt.datetime) -> None:
    """The member changes their own password and proved the old one. All slow work is done before the transaction."""
    answers: list[tuple[Any, Any]] = signals.password_changing.send(
        sender=Member, member=member, old=old, new=new, now=now
    )
    member.set_password(new)
    with transaction.atomic():
        member.save(update_fields=["password"])
        for _receiver, store in answers:
            if store is not None:
                store()
        sign_in_events.password_changed(member)
