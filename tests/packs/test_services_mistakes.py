"""A mistake in the services of a country is named with its file, line and what was expected."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from baken.packs.errors import PackError
from baken.packs.loader import ROOT, countries, load_pack
from baken.packs.services import read_services, service_files


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the services of all countries, that a test may break."""
    for country in countries():
        for path in service_files(ROOT / country):
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return tmp_path


def said_about(packs: Path, file: str, old: str, new: str) -> str:
    """Replace the first ``old`` in a file and return what the loader says about it."""
    path = packs / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_services(load_pack(file[:2]), root=packs)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("hu/services.yaml", 'door: "emergency"', 'door: "emergancy"', "expected the id of a door; found 'emergancy'"),
        ("hu/services.yaml", 'door: "emergency"', 'door: "national_helpline"', "'national_helpline' is two"),
        (
            "hu/services.yaml",
            'door: "emergency"',
            'door: "emergency"\n    source: "a page"',
            "with the door only: source",
        ),
        ("hu/services.yaml", 'door: "emergency"', 'door: "emergency"\n    part_of_door: "emergency"', "not both"),
        ("hu/services.yaml", 'door: "national_helpline"', 'door: "national_helpline"\n    costs: "free"', "under free"),
        ("hu/services.yaml", '    confidence: "unconfirmed"\n', "", "because the service is no door: confidence"),
        ("hu/services.yaml", 'provider: "hu-police"', 'provider: "hu-polise"', "found 'hu-polise'"),
        ("hu/services.yaml", 'provider: "hu-police"', 'provider: "hu-112"', "hu-police: expected at least one service"),
        ("hu/services.yaml", "  hu-emergency:", "  emergency:", "expected an id that begins with 'hu-'"),
        ("hu/services.yaml", 'number: "06 80 225 225"', 'number: "12"', "expected a telephone number of HU"),
        ("hu/services.yaml", 'osm: "24/7"', 'osm: "all day"', "OpenStreetMap syntax"),
        ("hu/services.yaml", "check_by: 2026-12-21", "check_by: 2026-01-01", "expected a date after checked_on"),
        ("hu/services.yaml", "check_by: 2026-12-21", "check_by: 2029-01-01", "within a year"),
        ("hu/services.yaml", "{nationwide: true}", "{}", "expected one of nationwide"),
        ("hu/services.yaml", "{nationwide: true}", '{country: "hu"}', "expected another country"),
        (
            "hu/services.yaml",
            "{nationwide: true}",
            '{regions: {safety_region: ["VR01"]}}',
            "expected the id of a region",
        ),
        (
            "hu/services.yaml",
            "{nationwide: true}",
            '{municipalities: ["GM0014"]}',
            "expected the code of a municipality",
        ),
        ("hu/services.yaml", "{nationwide: true}", "{nationwide: true}\n    municipality: GM1", "found 'GM1'"),
        ("hu/services.yaml", 'needs: ["safety", "health"]', 'needs: ["danger"]', "needs.0"),
        ("hu/services.yaml", "    kind:", "    kinds:", "Extra inputs"),
        ("hu/services.yaml", 'visibility: "professionals"', 'visibility: "public"', "front gate may be public"),
        ("hu/services.yaml", 'front_gate: "hu-okit-helpline"', 'front_gate: "hu-okit"', "expected the id of a service"),
        (
            "hu/services.yaml",
            'visibility: "professionals"',
            'visibility: "professionals"\n    address: {street: "Main street 1", town: "Pécs"}',
            "the place of a shelter is never stored",
        ),
        (
            "bg/services.yaml",
            'visibility: "hidden"',
            'visibility: "hidden"\n    email: "house@example.org"',
            "give its front gate",
        ),
        (
            "bg/services.yaml",
            '- front_gate: "bg-national-coordinator"',
            '- channel: "letter"',
            "with the front gate of this",
        ),
        ("nl/services/legal.yaml", 'language: "nl"', 'language: "en"', "language: expected nl"),
        ("nl/services/legal.yaml", "nl-rvr:", "nl-politie:", "'nl-politie' stands twice"),
        ("nl/services/legal.yaml", "nl-rvr-advocaat:", "nl-emm:", "'nl-emm' stands twice"),
        ("nl/services/legal.yaml", 'name: "Zoek een advocaat"', 'name: "FairWork"', "no other service with this name"),
        ("nl/services/legal.yaml", '{municipalities: ["GM0363"]}', '{towns: ["Amsterdam"]}', "this pack has them"),
        ("nl/services/police.yaml", '["Limburg"]', '["Limburg", "Rotterdam"]', "one region of the kind of the door"),
        ("nl/services/police.yaml", '["Limburg"]', '["Rotterdam"]', "to be one service in this region"),
        ("nl/services/police.yaml", '"police_trafficking"', '"crime_tipline"', "it has none"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(packs: Path, file: str, old: str, new: str, expected: str) -> None:
    said = said_about(packs, file, old, new)
    assert expected in said
    assert re.search(rf"^{file[:2]}/services[a-z/-]*\.yaml:\d+: ", said, re.MULTILINE)


def test_a_new_door_without_a_service_is_a_mistake() -> None:
    pack = load_pack("hu")
    doors = {**pack.doors, "other_helpline": pack.doors["national_helpline"]}
    wider = replace(pack, doors_file=pack.doors_file.model_copy(update={"doors": doors}))
    with pytest.raises(PackError, match="expected a service that is the door 'other_helpline'"):
        read_services(wider)


def test_broken_yaml_is_named(packs: Path) -> None:
    assert "expected valid YAML" in said_about(packs, "mk/services.yaml", "providers:", "providers: [")


def test_a_country_may_have_no_services_yet(packs: Path) -> None:
    (packs / "hu" / "services.yaml").unlink()
    found = read_services(load_pack("hu"), root=packs)
    assert (found.language, found.providers, found.services) == ("en", {}, {})
