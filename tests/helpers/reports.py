"""Reports for tests: handed in as everybody does, with words that a test can look for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from baken.people.models import Organisation
from baken.people.permissions import Function
from baken.reports.actions.submit import Submitted, submit
from baken.reports.models import Report
from baken.reports.parts import Content
from baken.vault.inbox_actions import give_access
from baken.vault.inboxes import receive_generation
from baken.vault.models import InboxAccess
from baken.vault.secret import KeyPair
from tests.helpers.people import World, member
from tests.helpers.vault import acting, give_key, own_pair

CONTENT = Content(
    situation={
        "signs": ["dest_documents_taken"],
        "fields": {"form": "labour", "age": "adult"},
        "about": "person",
        "municipality": "GM0431",
    },
    facts="kanarie feit",
    opinion="kanarie mening",
    place="kanarie plek",
    reach={"channel": "call", "value": "kanarie nummer", "times": "kanarie tijd", "never": "text"},
    reporter="kanarie naam",
)


def send(
    world: World,
    *,
    manner: str = "named",
    by: Any = "ann",
    where: Organisation | None = None,
    content: Content = CONTENT,
    now: dt.datetime | None = None,
    **more: Any,
) -> Submitted:
    """Ann hands in a report at her own organisation; ``by=None`` is an outsider."""
    place = where or world.here
    who = acting(getattr(world, by), world.here) if by else None
    moment = now or timezone.now()
    more = {"urgent": False, "language": "nl", **more}
    return submit(by=who, organisation=place, content=content, manner=manner, now=moment, **more)


def fresh(report: Report) -> Report:
    """As the table has it now."""
    return Report.objects.select_related("organisation").get(pk=report.pk)


def inbox_of(world: World, who: Any = None) -> KeyPair:
    """The pair of the inbox, as a focal point opens it (Bas by default)."""
    reader = who or world.bas
    access = InboxAccess.objects.select_related("inbox").get(member=reader)
    entrusted = bytes(access.entrusted)
    return receive_generation(entrusted, own_pair(reader), str(world.here.pk), access.inbox.number).pair


def second_reader(world: World, email: str = "dina@oostzaan.example") -> Any:
    """A second focal point, who can open the inbox too."""
    made = member(email, where=world.here, functions=(Function.FOCAL_POINT,))
    give_key(made)
    pair = inbox_of(world)
    give_access(
        by=acting(world.bas, world.here),
        organisation=world.here,
        member=made,
        pairs={pair.id.hex(): pair},
        now=timezone.now(),
    )
    return made
