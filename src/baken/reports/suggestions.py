"""Reports that may be about the same person or place, with the reasons in words. A suggestion links nothing by itself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.packs.pack import Pack
from baken.people.actor import MemberRequest
from baken.recognise.questions import ANSWERS
from baken.reports.linking import WINDOW, Opened, Reason, Why, suggest
from baken.reports.models import Link, Report
from baken.reports.opening import texts_of_reports
from baken.reports.parts import PLACE, SITUATION
from baken.reports.queries import visible_to
from baken.vault.session import inbox_pairs

NEWEST = 200
"""So many reports of the last half year are compared; opening more would make the page slow."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Another report, and why."""

    report: Report
    reasons: tuple[str, ...]


def suggestions_for(request: MemberRequest, report: Report, pack: Pack) -> list[Suggested]:
    """What to look at beside this report: of the newest ones in the same half year, those that are not linked yet."""
    if report.erased_at is not None:
        return []
    near = Q(received_at__gte=report.received_at - WINDOW, received_at__lte=report.received_at + WINDOW)
    linked = Link.objects.filter(Q(first=report) | Q(second=report)).values_list("first_id", "second_id")
    known = {item for pair in linked for item in pair} - {report.pk}
    others = visible_to(request.acting).filter(near, erased_at__isnull=True, is_test=report.is_test)
    rows = {row.pk: row for row in others.exclude(pk=report.pk).order_by("-received_at")[:NEWEST]}
    opened = texts_of_reports([report.pk, *rows], inbox_pairs(request, request.organisation), (SITUATION, PLACE))
    if report.pk not in opened:
        return []
    compared = [_opened(row, opened[row.pk]) for row in rows.values() if row.pk in opened and row.pk not in known]
    found = suggest(_opened(report, opened[report.pk]), compared)
    return [
        Suggested(rows[uuid.UUID(item.id)], tuple(_words(reason, pack) for reason in item.reasons)) for item in found
    ]


def _opened(report: Report, content: Any) -> Opened:
    situation: Mapping[str, Any] = content.situation
    return Opened(
        id=str(report.pk),
        received_at=report.received_at,
        signs=frozenset(situation.get("signs") or ()),
        place=content.place,
        municipality=situation.get("municipality") or "",
        form=(situation.get("fields") or {}).get("form") or "unknown",
    )


def _words(reason: Reason, pack: Pack) -> str:
    first = reason.what[0]
    if reason.why is Why.SIGNS:
        texts = [pack.signs[code].text.rstrip(".") if code in pack.signs else code for code in reason.what]
        return _("The same signs: %(signs)s") % {"signs": "; ".join(texts)}
    if reason.why is Why.PLACE_WORDS:
        return _("The same words about the place: %(words)s") % {"words": ", ".join(reason.what)}
    if reason.why is Why.MUNICIPALITY:
        place = pack.places.municipalities.get(first)
        return _("The same municipality: %(name)s") % {"name": place.name if place else first}
    if reason.why is Why.FORM:
        form = ANSWERS["form"][first][0] if first in ANSWERS["form"] else first
        return _("The same form: %(form)s") % {"form": form}
    days = int(first)
    return ngettext("%(count)d day apart", "%(count)d days apart", days) % {"count": days}
