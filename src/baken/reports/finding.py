"""Find reports: by what the table knows, and then, in memory only, by what was written in those that the member can open."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from baken.people.actor import Acting
from baken.reports.indexes import Indexes
from baken.reports.models import Message, Note, Report
from baken.reports.opening import texts_of_reports, texts_of_things
from baken.reports.parts import FACTS, OPINION, PLACE, SITUATION, Content
from baken.reports.queries import visible_to
from baken.reports.search import Doc, Index, Query
from baken.vault.secret import KeyPair

MOST_OPENED = 1000
"""So many of the newest reports are opened to look into them; the page says so."""
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for."""

    reference: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    states: frozenset[str] = frozenset()
    inside: Query = field(default_factory=Query)

    @property
    def looks_inside(self) -> bool:
        """Must reports be opened for it?"""
        query = self.inside
        return bool(query.text.strip() or query.signs or query.places or query.forms)


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, newest first. ``count`` is None when only the table was asked and there is more than is shown."""

    ids: list[uuid.UUID]
    count: int | None
    was_cut: bool
    """There are older reports that were not looked into."""


def find(acting: Acting, wanted: Wanted, pairs: Mapping[str, KeyPair], *, kept: Indexes, key: str) -> Result:
    """Search. ``key`` names the session's own place in ``kept``."""
    rows = _rows(acting, wanted)
    if not wanted.looks_inside:
        ids = list(rows.values_list("pk", flat=True)[: MOST_SHOWN + 1])
        return Result(ids[:MOST_SHOWN], len(ids) if len(ids) <= MOST_SHOWN else None, was_cut=False)
    newest = list(rows.values_list("pk", flat=True)[: MOST_OPENED + 1])
    index = _index(acting, wanted, newest[:MOST_OPENED], pairs, kept, key)
    found = [uuid.UUID(item) for item in index.find(wanted.inside).ids]
    return Result(found[:MOST_SHOWN], len(found), was_cut=len(newest) > MOST_OPENED)


def _rows(acting: Acting, wanted: Wanted) -> QuerySet[Report]:
    rows = visible_to(acting).order_by("-received_at", "pk")
    if wanted.reference:
        rows = rows.filter(reference=wanted.reference)
    if wanted.since is not None:
        rows = rows.filter(received_at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        rows = rows.filter(received_at__lt=_midnight(wanted.until + dt.timedelta(days=1)))
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    return rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _index(
    acting: Acting, wanted: Wanted, ids: list[uuid.UUID], pairs: Mapping[str, KeyPair], kept: Indexes, key: str
) -> Index:
    """The session's own index when it is about the same reports as they are now; otherwise a new one."""
    owner = (acting.member.pk, acting.organisation.pk if acting.organisation else None, frozenset(pairs))
    about = (wanted.reference, wanted.since, wanted.until, wanted.states, _as_they_are(acting, ids))
    found = kept.get(key, owner, about)
    if found is None:
        found = Index(_docs(ids, pairs))
        kept.put(key, owner, about, found)
    return found


def _as_they_are(acting: Acting, ids: list[uuid.UUID]) -> tuple[object, ...]:
    """Changes with every report that comes, and with everything that is written or done in one."""
    if not ids:
        return ()
    some = visible_to(acting).filter(pk__in=ids)
    return (*some.aggregate(Max("received_at"), Sum("version")).values(), len(ids))


def _docs(ids: list[uuid.UUID], pairs: Mapping[str, KeyPair]) -> list[Doc]:
    opened = texts_of_reports(ids, pairs, (SITUATION, FACTS, OPINION, PLACE))
    said = _said(ids, pairs)
    known = Report.objects.in_bulk(ids)
    return [_doc(known[pk], opened.get(pk, Content()), tuple(said.get(pk, ()))) for pk in ids if pk in known]


def _doc(report: Report, content: Content, said: tuple[str, ...]) -> Doc:
    situation = content.situation
    return Doc(
        id=str(report.pk),
        received_at=timezone.localtime(report.received_at),
        state=report.state,
        form=(situation.get("fields") or {}).get("form") or "",
        place=situation.get("municipality") or "",
        signs=frozenset(situation.get("signs") or ()),
        reference=report.reference,
        texts=(content.facts, content.opinion, content.place, *said),
    )


def _said(ids: list[uuid.UUID], pairs: Mapping[str, KeyPair]) -> dict[uuid.UUID, list[str]]:
    """Messages and notes, by report."""
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for kind, model in (("message", Message), ("note", Note)):
        of = dict(model.objects.filter(report_id__in=ids).values_list("pk", "report_id"))
        for pk, text in texts_of_things(kind, of, pairs).items():
            found[of[pk]].append(text)
    return found
