"""Areas as people name them, and as the pack knows them."""

from __future__ import annotations

import difflib

from django import forms
from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.records import AreaRecord
from baken.packs.pack import Pack
from baken.packs.places import UnknownPlaceError, folded


def name_of(area: AreaRecord, pack: Pack | None) -> str:
    """An area as people name it."""
    if area.name or pack is None:
        return area.name or area.code
    if area.kind == "municipality" and area.code in pack.places.municipalities:
        return pack.places.municipalities[area.code].name
    region = pack.regions.get(area.kind, {}).get(area.code)
    return region.name if region else area.code


def municipality_name(code: str, pack: Pack | None) -> str:
    """A municipality by its name; its code where the pack does not know it."""
    known = pack.places.municipalities.get(code) if pack else None
    return known.name if known else code


def municipality_of(typed: str, pack: Pack | None) -> str:
    """The code of a municipality by name or postcode; in a country without a table what was typed. Raises ValidationError."""
    text = " ".join(typed.split())
    if not text or pack is None or not pack.places.municipalities:
        return text[:10]
    try:
        return pack.places.find(text).code
    except UnknownPlaceError as error:
        raise forms.ValidationError(_unknown(text, error.suggestions)) from None


def area_of(kind: str, typed: str, pack: Pack | None, before: tuple[AreaRecord, ...]) -> AreaRecord:
    """The area that somebody means; one that was there stays as it was. Raises ValidationError."""
    text = " ".join(typed.split())
    for known in before:
        if known.kind == kind and text in (known.name, known.code, name_of(known, pack)):
            return known
    if kind == "country":
        return AreaRecord(kind=kind, code=_country(text))
    if kind == "municipality":
        code = municipality_of(text, pack)
        return AreaRecord(kind=kind, code=code, name=municipality_name(code, pack))
    regions = pack.regions.get(kind, {}) if pack else {}
    if not regions:
        return AreaRecord(kind=kind, code=text[:40], name=text)
    by_name = {folded(region.name): code for code, region in regions.items()} | {folded(code): code for code in regions}
    found = by_name.get(folded(text))
    if found is None:
        near = difflib.get_close_matches(folded(text), by_name, n=3, cutoff=0.6)
        raise forms.ValidationError(_unknown(text, list(dict.fromkeys(regions[by_name[key]].name for key in near))))
    return AreaRecord(kind=kind, code=found, name=regions[found].name)


def _country(text: str) -> str:
    named = {str(name).lower(): code for code, name in labels.COUNTRY.items()}
    code = named.get(text.lower(), text.upper())
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise forms.ValidationError(_("Write the two letters of the country, for example NL."))
    return code


def _unknown(text: str, suggestions: list[str]) -> str:
    said = _("We do not know “%(name)s”.") % {"name": text[:60]}
    if suggestions:
        said += " " + _("Do you mean %(names)s?") % {"names": ", ".join(suggestions)}
    return said
