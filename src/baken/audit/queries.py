"""Reading the audit: the chain for whoever verifies it, and who looked at what for whoever may know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from baken.audit import guards
from baken.audit.chain import START, Entry, Problem, Tip, Verdict, verify
from baken.audit.heads import HeadError, SignedHead, check_signature
from baken.audit.kinds import Action, Kind
from baken.audit.models import Event, Head

CHUNK = 5000
LOOKS = (Action.READ, Action.LIST, Action.SEARCH, Action.PRINT, Action.EXPORT, Action.HANDOVER_OPENED)
"""The actions by which somebody sees what is kept about a person."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of verifying the stored chain."""

    first: int
    """Number of the first event that was checked."""
    checked: int
    """How many events hold."""
    broken: Problem | None
    """The first broken row."""
    problems: tuple[str, ...]
    """What else is wrong: signatures, heads kept elsewhere, guards of the database."""

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return self.broken is None and not self.problems


def entries(*, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
    """The events behind number ``after``, in order, up to and including ``upto``."""
    found = Event.objects.filter(sequence__gt=after).order_by("sequence")
    if upto is not None:
        found = found.filter(sequence__lte=upto)
    return (Entry(*row) for row in found.values_list(*Entry._fields).iterator(chunk_size=CHUNK))


def signed_head() -> SignedHead | None:
    """The head of the chain as it was signed with the last event; None before the first event."""
    head = Head.objects.filter(sequence__gt=0).first()
    if head is None or head.at is None:
        return None
    moment = head.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return SignedHead(sequence=head.sequence, hash=head.hash, at=moment, key=head.key, signature=head.signature)


def check_chain(*, since: dt.datetime | None = None, kept: Sequence[SignedHead] = ()) -> Checked:
    """Verify the stored chain, from the first event at ``since`` when given, against its head and heads kept elsewhere."""
    start = _start(since)
    verdict = verify(entries(after=start.sequence), start=start)
    broken, tip, checked = verdict.problem, verdict.tip, verdict.checked
    # The head is read after the events: what others append meanwhile is checked up to it, and no further.
    head = signed_head()
    if broken is None:
        ending = _to_head(tip, head)
        broken, checked = ending.problem, checked + ending.checked
    problems = [f"The database lacks the guard {name}." for name in guards.missing(connection)]
    problems += [found for item in ([head] if head else []) if (found := _wrong_signature(item))]
    problems += [found for item in kept if (found := _wrong_signature(item) or _not_in_chain(item))]
    return Checked(first=start.sequence + 1, checked=checked, broken=broken, problems=tuple(problems))


def who_looked(kind: Kind, object_id: str) -> QuerySet[Event]:
    """Everything by which somebody saw this object, or was refused to, oldest first; lists and searches that showed it too."""
    seen = Q(object_id=object_id) | Q(listed__contains=object_id)
    actions = [item.value for item in LOOKS]
    return Event.objects.filter(seen, object_kind=kind.value, action__in=actions).order_by("sequence")


def _start(since: dt.datetime | None) -> Tip:
    """The event before the first one at ``since``: the chain is taken to be sound up to there."""
    if since is None:
        return START
    first = Event.objects.filter(at__gte=since).order_by("sequence").values_list("sequence", flat=True).first()
    before = Event.objects.order_by("-sequence")
    before = before if first is None else before.filter(sequence__lt=first)
    return Tip(*(before.values_list("sequence", "hash").first() or START))


def _to_head(tip: Tip, head: SignedHead | None) -> Verdict:
    """The rest of the chain, up to the head."""
    end = head.tip() if head else START
    return verify(entries(after=tip.sequence, upto=end.sequence), start=tip, head=end)


def _wrong_signature(head: SignedHead) -> str | None:
    try:
        check_signature(head)
    except HeadError as error:
        return str(error)
    return None


def _not_in_chain(head: SignedHead) -> str | None:
    """A head that was kept elsewhere names an event that is gone or different now."""
    found = Event.objects.filter(sequence=head.sequence).values_list("hash", flat=True).first()
    if found is None:
        return f"The kept head names event {head.sequence}, which is gone."
    if found != head.hash:
        return (
            f"Event {head.sequence} is not the one that the kept head of {head.at} names: the chain was written anew."
        )
    return None
