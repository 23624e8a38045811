"""A country pack in memory: all facts and texts of one country, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from baken.packs.conditions import Predicate, compile_condition
from baken.packs.places import Municipality, Places
from baken.packs.schema.base import PackModel
from baken.packs.schema.doors import Door, DoorsFile, RoutesFile, Rule, Step
from baken.packs.schema.info import PackInfo, PlacesFile, Region, RegionsFile
from baken.packs.schema.people import (
    Footing,
    FootingsFile,
    Meldcode,
    MeldcodeFile,
    PagesFile,
    Profession,
    ProfessionsFile,
)
from baken.packs.schema.reports import ReportsFile
from baken.packs.schema.signs import Instrument, Sign, SignsFile
from baken.packs.situation import FIELDS

PROFESSION_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sector": ("municipal", "care", "education", "support", "asylum", "enforcement", "volunteer", "other"),
        "secrecy": ("medical", "professional", "official", "none"),
        "meldcode": ("yes", "no"),
        "must_register": ("yes", "no"),
    }
)
"""Fields of a route condition that follow from the profession."""


@dataclass(frozen=True)
class Pack:
    """All facts and texts of one country. The files are schema models; this class gives them their everyday names."""

    info: PackInfo
    language: str
    doors_file: DoorsFile
    routes_file: RoutesFile
    signs_file: SignsFile
    instruments: Mapping[str, Instrument]
    regions_file: RegionsFile
    places_file: PlacesFile | None = None
    professions_file: ProfessionsFile | None = None
    footings_file: FootingsFile | None = None
    meldcode_file: MeldcodeFile | None = None
    pages_file: PagesFile | None = None
    reports_file: ReportsFile | None = None
    places: Places = field(default_factory=Places)

    @property
    def country(self) -> str:
        """Two-letter code of the country."""
        return self.info.country

    @property
    def doors(self) -> Mapping[str, Door]:
        """Door id -> door."""
        return self.doors_file.doors

    @property
    def rules(self) -> list[Rule]:
        """Route rules; their order is the order of doors."""
        return self.routes_file.rules

    @property
    def steps(self) -> list[Step]:
        """What to do and not to do; their order is the order on the page."""
        return self.routes_file.steps

    @property
    def signs(self) -> Mapping[str, Sign]:
        """Sign code -> sign."""
        return self.signs_file.signs

    @property
    def regions(self) -> Mapping[str, Mapping[str, Region]]:
        """Region kind -> region id -> region."""
        regions: Mapping[str, Mapping[str, Region]] = self.regions_file.regions  # type: ignore[assignment]
        return regions

    @property
    def professions(self) -> Mapping[str, Profession]:
        """Profession code -> profession; empty in a starter pack."""
        return self.professions_file.professions if self.professions_file else {}

    @property
    def footings(self) -> Mapping[str, Footing]:
        """Footing code -> footing; empty in a starter pack."""
        return {str(code): item for code, item in self.footings_file.footings.items()} if self.footings_file else {}

    @property
    def meldcode(self) -> Meldcode | None:
        """The Meldcode, in countries that have one."""
        return self.meldcode_file.meldcode if self.meldcode_file else None

    @cached_property
    def emergency_number(self) -> str:
        """The number that is one tap away on every page."""
        return self.doors["emergency"].phones[0].number

    @cached_property
    def situation_vocabulary(self) -> Mapping[str, tuple[str, ...]]:
        """Every field that a route condition of this pack may use, with its values."""
        if not self.professions:
            return FIELDS
        return {**FIELDS, "profession": tuple(self.professions), **PROFESSION_FIELDS}

    @cached_property
    def rule_predicates(self) -> tuple[tuple[Rule, Predicate], ...]:
        """The route rules with their conditions made fast."""
        return tuple((rule, compile_condition(rule.when)) for rule in self.rules)

    @cached_property
    def step_predicates(self) -> tuple[tuple[Step, Predicate], ...]:
        """The steps with their conditions made fast."""
        return tuple((step, compile_condition(step.when)) for step in self.steps)

    @cached_property
    def urgent_signs(self) -> frozenset[str]:
        """Codes of signs that ask for action today."""
        return frozenset(code for code, sign in self.signs.items() if sign.urgent)

    @cached_property
    def danger_signs(self) -> frozenset[str]:
        """Codes of signs that say that somebody is in danger now."""
        return frozenset(code for code, sign in self.signs.items() if sign.danger)

    def profession_values(self, code: str) -> dict[str, str]:
        """What a route condition may know about a profession."""
        profession = self.professions.get(code)
        if profession is None:
            return {}
        return {
            "profession": code,
            "sector": profession.sector,
            "secrecy": profession.secrecy,
            "meldcode": "yes" if profession.meldcode else "no",
            "must_register": "yes" if profession.must_register else "no",
        }

    def region_of(self, kind: str, municipality: Municipality | None) -> Region | None:
        """The region of a kind in which a municipality lies; None where the pack does not know it."""
        code = self.region_code_of(kind, municipality)
        return None if code is None else self.regions[kind][code]

    def region_code_of(self, kind: str, municipality: Municipality | None) -> str | None:
        """The code of that region among those of its kind."""
        regions = self.regions.get(kind, {})
        if municipality is None:
            return None
        by_column = municipality.region_id(kind)
        if by_column is not None:
            return by_column if by_column in regions else None
        return next((code for code, region in regions.items() if _covers(region, municipality)), None)

    def files(self) -> dict[str, PackModel]:
        """The pack's own files that hold text: file name -> model. Shared signs and instruments are not among them."""
        found: dict[str, PackModel | None] = {
            "pack": self.info,
            "doors": self.doors_file,
            "routes": self.routes_file,
            "regions": self.regions_file,
            "places": self.places_file,
            "professions": self.professions_file,
            "footings": self.footings_file,
            "meldcode": self.meldcode_file,
            "pages": self.pages_file,
            "reports": self.reports_file,
        }
        return {name: model for name, model in found.items() if model is not None}


def _covers(region: Region, municipality: Municipality) -> bool:
    if municipality.code in region.except_municipalities:
        return False
    return (
        municipality.code in region.municipalities
        or municipality.province in region.provinces
        or municipality.safety_region in region.safety_regions
    )
