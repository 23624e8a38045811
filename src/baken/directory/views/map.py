"""Maps of the social map: who has what within reach, where help is missing, and how true it all is. Nothing about a person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baken.audience import public
from baken.directory import labels
from baken.directory.codes import Kind, Need
from baken.directory.distance import CHOICES
from baken.directory.gap_queries import failed_searches
from baken.directory.gaps import ANYWHERE, FEWEST, gap_map
from baken.directory.keeping_queries import figures
from baken.directory.layers import NEAR_KM, layer
from baken.directory.map_labels import LAYERS
from baken.directory.readers import audience_of, pages_of
from baken.packs.pack import Pack
from baken.recognise.current import current_pack

REGIONS = "care_coordination"


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Who has a care coordinator, a focal point, a place to stay within reach. The layer stands in the address: it names nobody."""
    now = timezone.localtime()
    wanted, far = request.GET.get("layer", ""), request.GET.get("km", "")
    kind = Kind(wanted) if wanted in {str(item) for item in LAYERS} else Kind.CARE_COORDINATION
    km = int(far) if far in {str(item) for item in CHOICES} else NEAR_KM
    context = {
        "heading": _("Who has what within reach"),
        "lead": _("Per municipality, as far as this map knows. An empty tile is a gap in help, or in what we know."),
        "map": layer(kind, pack=current_pack(), audience=audience_of(request), now=now, km=km),
        "layers": [(item.value, str(title), item is kind) for item, title in LAYERS.items()],
        "shelter": kind is Kind.SHELTER,
        "layer": kind.value,
        "km": km,
        "distances": CHOICES,
        **pages_of(request),
    }
    return render(request, "directory/coverage.html", context)


@public
def coverage(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return coverage_page(request)


@public
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """What people looked for and nobody offers: need by province."""
    provinces = sorted({item.province for item in current_pack().places.municipalities.values()})
    regions = [*provinces, ANYWHERE]
    found = gap_map(failed_searches(now=timezone.localtime()), needs=[str(need) for need in Need], regions=regions)
    context = {
        "heading": _("Where help is missing"),
        "lead": _("Searches of the last year that found nothing, by what was needed and in which province."),
        "regions": [name or _("No place named") for name in regions],
        "rows": [(labels.label("nl-mh-need", need), found.row(need)) for need in found.needs],
        "largest": [
            (labels.label("nl-mh-need", gap.need), gap.region or _("No place named"), gap.count)
            for gap in found.largest
        ],
        "fewest": FEWEST,
    }
    return render(request, "directory/gaps.html", context)


@public
@require_safe
def fresh(request: HttpRequest) -> HttpResponse:
    """How much of the map somebody made sure of lately, per region and kind."""
    pack = current_pack()
    found = figures(now=timezone.localtime(), region_kind=REGIONS)
    kinds = [str(kind) for kind in Kind if ("", str(kind)) in found.shares]
    regions = sorted({region for region, _kind in found.shares if region})
    names = {region: _region_name(pack, region) for region in regions}
    context: dict[str, Any] = {
        "heading": _("How true is this map?"),
        "lead": _(
            "A fact is fresh when somebody of the organisation, or an editor who asked them, made sure of it in time."
        ),
        "kinds": [str(labels.KINDS[Kind(kind)]) for kind in kinds],
        "all": [found.shares.get(("", kind)) for kind in ("", *kinds)],
        "rows": [
            (name, [found.shares.get((region, kind)) for kind in ("", *kinds)])
            for region, name in sorted(names.items(), key=lambda item: item[1])
        ],
        "share": found.shares.get(("", "")),
        "median_age": found.median_age,
        "signals": found.signals,
        "rates": [(str(labels.FIELD[field]), rate) for field, rate in found.rates.items()],
    }
    return render(request, "directory/fresh.html", context)


def _region_name(pack: Pack, region: str) -> str:
    kind, _sign, code = region.partition(":")
    if kind == "country":
        return _("The whole of %(country)s") % {"country": labels.country_name(code)}
    known = pack.regions.get(kind, {}).get(code)
    return known.name if known else code
