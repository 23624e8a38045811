"""A change that waits for a second person: one open proposal per field, the last one said."""

from __future__ import annotations

import datetime as dt

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.directory import models, parts
from baken.directory.codes import Field
from baken.directory.records import ServiceRecord
from baken.people.actor import Acting, actor_of


def propose(
    *,
    by: Acting | None,
    before: ServiceRecord,
    field: Field,
    after: parts.Part,
    via: str,
    now: dt.datetime,
) -> models.Proposal:
    """Let ``field`` of the service say ``after``, once a second person agrees. Call it inside the transaction of its cause.

    What was proposed before and says something else is gone, with its id: who had that on the screen agrees to nothing else.
    Raises ValueError when ``after`` is not what the field looks like, or is what it says already.
    """
    parts.with_part(before, field, after)
    said = parts.part_of(before, field)
    if said == after:
        raise ValueError(f"{field} says that already")
    waiting = models.Proposal.objects.filter(service_id=before.id, field=field, decision="")
    waiting.exclude(pk__in=[row.pk for row in waiting if (row.before, row.after) == (said, after)]).delete()
    proposal, _made = models.Proposal.objects.update_or_create(
        service_id=before.id,
        field=field,
        decision="",
        defaults={"before": said, "after": after, "via": via, "at": now, "by": by.member if by else None},
    )
    who = Actor() if by is None and via == "owner" else actor_of(by)
    audit(by=who, action=Action.SERVICE_PROPOSED, on=Subject(Kind.SERVICE, f"{before.id}:{field}"), now=now)
    return proposal
