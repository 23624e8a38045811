"""Load country packs: once per process, in the reader's language, with errors that can be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from baken.packs import catalogues, checks
from baken.packs.errors import PackError, Problem
from baken.packs.pack import Pack
from baken.packs.places import Places, read_places
from baken.packs.reading import Document, read_document, validated
from baken.packs.schema.base import PackModel
from baken.packs.schema.doors import DoorsFile, RoutesFile
from baken.packs.schema.info import PackInfo, PlacesFile, RegionsFile
from baken.packs.schema.people import FootingsFile, MeldcodeFile, PagesFile, ProfessionsFile
from baken.packs.schema.reports import ReportsFile
from baken.packs.schema.signs import Instrument, SignsFile
from baken.packs.texts import in_language

ROOT = Path(__file__).parent
SHARED = "shared"
DEMO = ROOT / "demo"
FILES: Mapping[str, type[PackModel]] = {
    "pack": PackInfo,
    "doors": DoorsFile,
    "routes": RoutesFile,
    "regions": RegionsFile,
    "places": PlacesFile,
    "professions": ProfessionsFile,
    "footings": FootingsFile,
    "meldcode": MeldcodeFile,
    "pages": PagesFile,
    "reports": ReportsFile,
}
REQUIRED = ("pack", "doors", "routes")


class UnknownPackError(LookupError):
    """There is no pack of this country."""

    def __init__(self, country: str, known: tuple[str, ...]) -> None:
        self.country = country
        self.known = known
        super().__init__(f"country: '{country}' is not one of {', '.join(known)}")


def countries(root: Path = ROOT) -> tuple[str, ...]:
    """Codes of the countries that have a pack, the most complete first."""
    found = sorted(path.parent.name for path in root.glob("??/pack.yaml"))
    return tuple(sorted(found, key=lambda code: not (root / code / "professions.yaml").exists()))


def read_pack(country: str, *, root: Path = ROOT, overlays: tuple[Path, ...] = ()) -> tuple[Pack, dict[str, Document]]:
    """Read and check one pack in its source language. Raises PackError with everything that is wrong, UnknownPackError."""
    directory = root / country
    if not (directory / "pack.yaml").exists():
        raise UnknownPackError(country, countries(root))
    documents: dict[str, Document] = {}
    models: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, model in FILES.items():
        _read_into(models, documents, problems, name=name, path=directory / f"{name}.yaml", root=root, model=model)
    for name, path in _instrument_files(directory):
        _read_into(models, documents, problems, name=name, path=path, root=root, model=Instrument)
    shared = _shared(root)
    models |= shared.models
    documents |= shared.documents
    problems += shared.problems
    missing = [name for name in (*REQUIRED, "signs") if name not in models and name not in documents]
    problems += [
        Problem(f"{country}/{name}.yaml", 1, "(whole file)", "expected this file to exist") for name in missing
    ]
    if problems:
        raise PackError(problems)
    pack = _assembled(models, read_places(directory, root), _overlay_regions(overlays))
    if found := list(checks.problems(pack, documents)):
        raise PackError(found)
    return pack, documents


@dataclass(frozen=True)
class _Shared:
    """Signs and instruments, which all countries use and which are read once."""

    models: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@cache
def _shared(root: Path) -> _Shared:
    found = _Shared()
    for name, path in _instrument_files(root / SHARED):
        _read_into(found.models, found.documents, found.problems, name=name, path=path, root=root, model=Instrument)
    signs = root / SHARED / "signs.yaml"
    _read_into(found.models, found.documents, found.problems, name="signs", path=signs, root=root, model=SignsFile)
    return found


def _read_into(
    models: dict[str, Any],
    documents: dict[str, Document],
    problems: list[Problem],
    *,
    name: str,
    path: Path,
    root: Path,
    model: type[PackModel],
) -> None:
    if not path.exists():
        return
    try:
        documents[name] = read_document(path, root)
        models[name] = validated(documents[name], model)
    except PackError as error:
        documents.setdefault(name, Document(path.name, None))
        problems.extend(error.problems)


def _instrument_files(*directories: Path) -> list[tuple[str, Path]]:
    return [
        (f"instruments/{path.stem}", path)
        for directory in directories
        for path in sorted(directory.glob("instruments/*.yaml"))
    ]


def overlays(local: tuple[Path, ...], *, demo: bool) -> tuple[Path, ...]:
    """What lies over a country pack: the directories of an installation's own regions, and the demo world."""
    return (*local, DEMO) if demo else local


def _overlay_regions(overlays: tuple[Path, ...]) -> RegionsFile:
    """Regions that an installation adds, such as its own focal points."""
    merged: dict[str, dict[str, Any]] = {}
    for directory in overlays:
        path = directory / "regions.yaml"
        if not path.exists():
            raise PackError(
                [Problem(str(directory.name), 1, "(directory)", "expected a regions.yaml in this local pack directory")]
            )
        for kind, regions in validated(read_document(path, directory), RegionsFile).regions.items():
            merged.setdefault(kind, {}).update(regions)
    return RegionsFile(regions=merged)  # type: ignore[arg-type]


def _assembled(models: dict[str, Any], places: Places, extra: RegionsFile) -> Pack:
    own = models.get("regions", RegionsFile(regions={})).regions
    merged = {kind: {**extra.regions.get(kind, {}), **own.get(kind, {})} for kind in {**own, **extra.regions}}
    instruments = [model for name, model in models.items() if name.startswith("instruments/")]
    return Pack(
        info=models["pack"],
        language=models["pack"].source_language,
        doors_file=models["doors"],
        routes_file=models["routes"],
        signs_file=models["signs"],
        instruments={item.id: item for item in instruments},
        regions_file=RegionsFile(regions=merged),
        places_file=models.get("places"),
        professions_file=models.get("professions"),
        footings_file=models.get("footings"),
        meldcode_file=models.get("meldcode"),
        pages_file=models.get("pages"),
        reports_file=models.get("reports"),
        places=places,
    )


def translated(pack: Pack, language: str, *, root: Path = ROOT) -> Pack:
    """The pack in another language. A text without a translation stays in the source language."""
    own = catalogues.lookup(root / pack.country, language, pack.info.source_language)
    shared = catalogues.lookup(root / SHARED, language, catalogues.SHARED_SOURCE)
    files: dict[str, Any] = {name: in_language(model, own) for name, model in pack.files().items()}
    return replace(
        pack,
        language=language,
        info=files.pop("pack"),
        signs_file=in_language(pack.signs_file, shared),
        instruments={code: in_language(item, shared, f"instruments.{code}") for code, item in pack.instruments.items()},
        **{f"{name}_file": model for name, model in files.items()},
    )


@cache
def _source_pack(country: str, overlays: tuple[Path, ...]) -> Pack:
    return read_pack(country, overlays=overlays)[0]


@cache
def load_pack(country: str = "nl", language: str | None = None, *, overlays: tuple[Path, ...] = ()) -> Pack:
    """A pack, read once per process and language. Raises PackError, UnknownPackError."""
    pack = _source_pack(country, overlays)
    if language is None:
        language = pack.info.source_language
    # Signs and instruments are shared between countries, so even the source language of a pack may need their translation.
    return translated(pack, language)
