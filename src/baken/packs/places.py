"""Municipalities and postcodes of a country, and finding one by what a person types."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from baken.packs.errors import PackError, Problem, shown_path

MUNICIPALITY_COLUMNS = ("code", "name", "province", "safety_region", "veilig_thuis", "police_unit", "court_district")
POSTCODE_COLUMNS = ("pc4", "code", "second")


class UnknownPlaceError(ValueError):
    """Nobody knows this municipality or postcode; ``suggestions`` are names that look like it."""

    def __init__(self, typed: str, suggestions: list[str]) -> None:
        self.typed = typed
        self.suggestions = suggestions
        hint = f" Did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No municipality or postcode '{typed}'.{hint}")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality and the regions it lies in (ids of ``regions.yaml``)."""

    code: str
    name: str
    province: str
    safety_region: str
    veilig_thuis: str
    police_unit: str
    court_district: str

    def region_id(self, kind: str) -> str | None:
        """Id of the region of one of the kinds that the table has as a column, else None."""
        return getattr(self, kind, None) if kind in MUNICIPALITY_COLUMNS[3:] else None


def folded(text: str) -> str:
    """Lower case without accents, punctuation and article, so that "Den Haag" and "'s-Gravenhage" need no luck."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


ALIASES: Mapping[str, str] = {"den haag": "s gravenhage", "the hague": "s gravenhage", "den bosch": "s hertogenbosch"}


@dataclass(frozen=True)
class Places:
    """All municipalities of a country; empty for a pack that has none."""

    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    postcodes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Four digits -> codes, the one with the largest area first."""
    by_name: Mapping[str, str] = field(default_factory=dict)

    def find(self, typed: str) -> Municipality:
        """The municipality for a name, code or postcode as typed. Raises UnknownPlaceError."""
        found = self.candidates(typed)
        if not found:
            raise UnknownPlaceError(typed.strip()[:60], self._suggestions(typed))
        return found[0]

    def candidates(self, typed: str) -> list[Municipality]:
        """All municipalities that a name, code or postcode can mean, most likely first; two where a postcode lies in two."""
        text = typed.strip()
        if text.upper() in self.municipalities:
            return [self.municipalities[text.upper()]]
        if match := re.fullmatch(r"([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?", text):
            return [self.municipalities[code] for code in self.postcodes.get(match.group(1), ())]
        name = folded(text)
        code = self.by_name.get(ALIASES.get(name, name))
        return [self.municipalities[code]] if code else []

    def _suggestions(self, typed: str) -> list[str]:
        near = difflib.get_close_matches(folded(typed), self.by_name.keys(), n=3, cutoff=0.72)
        return [self.municipalities[self.by_name[name]].name for name in near]


def read_places(directory: Path, root: Path) -> Places:
    """Read ``municipalities.csv`` and ``postcodes.csv`` of a pack; a pack without them has no places. Raises PackError."""
    if not (directory / "municipalities.csv").exists():
        return Places()
    rows = _rows(directory / "municipalities.csv", root, MUNICIPALITY_COLUMNS)
    municipalities = {row[0]: Municipality(*row) for _, row in rows}
    postcodes: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    file = directory / "postcodes.csv"
    for line, row in _rows(file, root, POSTCODE_COLUMNS) if file.exists() else ():
        codes = tuple(code for code in row[1:] if code)
        postcodes[row[0]] = codes
        problems += [
            Problem(shown_path(file, root), line, "code", f"expected the code of a municipality; found '{code}'")
            for code in codes
            if code not in municipalities
        ]
    if problems:
        raise PackError(problems)
    return Places(municipalities, postcodes, {folded(item.name): code for code, item in municipalities.items()})


def _rows(path: Path, root: Path, columns: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as handle:
        lines: Iterable[list[str]] = list(csv.reader(handle))
    result: list[tuple[int, list[str]]] = []
    for number, row in enumerate(lines, start=1):
        if number == 1:
            if tuple(row) != columns:
                raise PackError(
                    [
                        Problem(
                            shown_path(path, root),
                            1,
                            "(header)",
                            f"expected {','.join(columns)}; found {','.join(row)}",
                        )
                    ]
                )
            continue
        if len(row) != len(columns):
            raise PackError(
                [Problem(shown_path(path, root), number, "(row)", f"expected {len(columns)} columns; found {len(row)}")]
            )
        result.append((number, row))
    return result
