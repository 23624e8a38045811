"""How true the map is, in figures: what is fresh, how old checks are, how quickly signals are answered and facts go wrong."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.directory import labels
from baken.directory.codes import Kind
from baken.directory.hazard import ENOUGH, Rate, Share
from baken.directory.keeping_queries import Figures
from baken.directory.keeping_queries import figures as measure
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack

REGIONS = "care_coordination"
HALF_A_YEAR = 182.6
SHOWN_MOST = 2.0
"""Errors per year at the end of a bar."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One row of what is fresh."""

    name: str
    share: Share


@dataclass(frozen=True, slots=True)
class RateRow:
    """How quickly one kind of fact goes wrong. The bar is in hundredths of `SHOWN_MOST`."""

    name: str
    rate: Rate
    said: str
    interval: str
    within: str
    start: float
    length: float
    mark: float


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def figures(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The figures of what everybody may see."""
    found = measure(now=timezone.now(), region_kind=REGIONS)
    context = {
        "heading": _("How true the map is"),
        "lead": _("Counted over what everybody may see."),
        "organisation": request.organisation,
        "all": found.shares.get(("", "")),
        "median_age": found.median_age,
        "signals": found.signals,
        "kinds": _by_kind(found),
        "regions": _by_region(found),
        "rates": [_rate(str(labels.FIELD[field]), rate) for field, rate in found.rates.items()],
        "enough": ENOUGH,
        "most": number_format(SHOWN_MOST, 0),
    }
    return render(request, "directory/editing/figures.html", context)


def _by_kind(found: Figures) -> list[ShareRow]:
    return [
        ShareRow(str(labels.KINDS[kind]), share)
        for kind in Kind
        if (share := found.shares.get(("", str(kind)))) is not None
    ]


def _by_region(found: Figures) -> list[ShareRow]:
    regions = {region: share for (region, kind), share in found.shares.items() if region and not kind}
    rows = [ShareRow(_region_name(region), share) for region, share in regions.items()]
    return sorted(rows, key=lambda row: row.name)


def _region_name(region: str) -> str:
    kind, _between, code = region.partition(":")
    if kind == "country":
        return labels.country_name(code)
    known = current_pack().regions.get(kind, {}).get(code)
    return known.name if known else code


def _rate(name: str, rate: Rate) -> RateRow:
    if rate.rate is None or rate.low is None:
        return RateRow(name, rate, _("Not known yet"), "", "", 0, 0, 0)
    low, high = _place(rate.low), _place(SHOWN_MOST if rate.high is None else rate.high)
    upper = _("no bound") if rate.high is None else number_format(rate.high, 2)
    return RateRow(
        name=name,
        rate=rate,
        said=number_format(rate.rate, 2),
        interval=_("%(low)s to %(high)s") % {"low": number_format(rate.low, 2), "high": upper},
        within=f"{number_format(100 * (rate.wrong_within(HALF_A_YEAR) or 0), 0)}%",
        start=low,
        length=max(high - low, 1),
        mark=_place(rate.rate),
    )


def _place(rate: float) -> float:
    return round(100 * min(rate, SHOWN_MOST) / SHOWN_MOST, 1)
