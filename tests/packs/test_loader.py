"""Loading packs: errors name file, line, field and what was expected; loading is once per process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baken.packs.errors import PackError
from baken.packs.loader import DEMO, ROOT, UnknownPackError, countries, load_pack, read_pack


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of all packs that a test may break. Without catalogues: they play no part here."""
    root = tmp_path / "packs"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__", "schema", "locale"))
    return root


def broken(packs: Path, file: str, old: str, new: str, country: str = "nl") -> list[str]:
    """Replace the first ``old`` in a file and return what the loader says."""
    path = packs / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_pack(country, root=packs)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("country", countries())
def test_every_pack_loads(country: str) -> None:
    pack = load_pack(country)
    assert pack.country == country
    assert pack.emergency_number == "112"


def test_a_pack_is_read_once_per_process() -> None:
    assert load_pack("nl", "en") is load_pack("nl", "en")


def test_there_are_at_least_four_countries_and_the_complete_one_stands_first() -> None:
    assert set(countries()) >= {"nl", "hu", "bg", "mk"}
    assert countries()[0] == "nl"


def test_unknown_country_names_the_known_ones() -> None:
    with pytest.raises(UnknownPackError, match="'xx' is not one of nl"):
        load_pack("xx")


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "expected"),
    [
        (
            "nl/doors.yaml",
            'number: "0800-2000"',
            'number: "12"',
            "doors.veilig_thuis.phones.0.number",
            "a telephone number of NL",
        ),
        ("nl/doors.yaml", '"24/7"', '"every day"', "hours.osm", "OpenStreetMap syntax"),
        ("nl/routes.yaml", "door: emergency", "door: emergancy", "door", "the id of a door; found 'emergancy'"),
        ("nl/routes.yaml", 'danger: "now"', 'danger: "later"', "danger", "unknown value 'later' of danger"),
        ("nl/routes.yaml", 'danger: "now"', 'dangre: "now"', "dangre", "unknown field 'dangre'"),
        ("nl/professions.yaml", "sector:", "sectr:", "sectr", "Extra inputs are not permitted"),
        ("nl/pack.yaml", "country:", "country: nl\ncountry:", "country", "each key once"),
        ("nl/regions.yaml", "checked_on: ", "checked_on: x", "checked_on", "date"),
        ("shared/signs.yaml", "phase:", "faze:", "faze", "Extra inputs"),
        ("nl/pages.yaml", '    emergency: "Voor', '    emergancy: "Voor', "doors", "the id of a door"),
    ],
)
def test_a_broken_pack_names_file_line_field_and_what_was_expected(
    packs: Path, file: str, old: str, new: str, field: str, expected: str
) -> None:
    found = broken(packs, file, old, new)
    matching = [line for line in found if field in line and expected in line]
    assert matching, found
    name, line, _rest = matching[0].split(":", 2)
    changed = (packs / file).read_text(encoding="utf-8").splitlines()
    assert name == file
    # The line named is the line that was changed, or the one where its block begins.
    assert abs(int(line) - 1 - next(index for index, text in enumerate(changed) if new.splitlines()[-1] in text)) <= 3


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"doors:\n  x: [1, 2\n", "expected valid YAML"),
        (b"doors:\n  x: {name: caf\xe9}\n", "expected UTF-8 text"),
        (b"", "Field required"),
        (b"- a list\n", "valid dictionary"),
        (b"doors:\n  x: \x01\n", "printable text"),
    ],
)
def test_a_file_that_is_no_pack_file_says_so(packs: Path, content: bytes, expected: str) -> None:
    (packs / "nl" / "doors.yaml").write_bytes(content)
    with pytest.raises(PackError, match=expected) as caught:
        read_pack("nl", root=packs)
    assert all(problem.file == "nl/doors.yaml" for problem in caught.value.problems)


def test_a_missing_file_is_named(packs: Path) -> None:
    (packs / "nl" / "routes.yaml").unlink()
    with pytest.raises(PackError, match=r"nl/routes\.yaml.*expected this file to exist"):
        read_pack("nl", root=packs)


@pytest.mark.parametrize(
    ("file", "line", "expected"),
    [
        ("municipalities.csv", "code,naam", "expected code,name,province"),
        ("municipalities.csv", "GM9999,Short", "expected 7 columns; found 2"),
        ("postcodes.csv", "9999,GM0000,", "expected the code of a municipality; found 'GM0000'"),
    ],
)
def test_broken_tables_name_the_line(packs: Path, file: str, line: str, expected: str) -> None:
    path = packs / "nl" / file
    lines = path.read_text(encoding="utf-8").splitlines()
    position = 0 if line.startswith("code") else 4
    lines[position] = line
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(PackError, match=expected) as caught:
        read_pack("nl", root=packs)
    assert caught.value.problems[0].line == position + 1


def test_the_demo_overlay_adds_a_focal_point(tmp_path: Path) -> None:
    pack, _ = read_pack("nl", overlays=(DEMO,))
    oostzaan = pack.places.find("Oostzaan")
    region = pack.region_of("focal_point", oostzaan)
    assert region is not None
    assert "demo" in region.name
    assert load_pack("nl").region_of("focal_point", oostzaan) is None
    with pytest.raises(PackError, match=r"expected a regions\.yaml"):
        read_pack("nl", overlays=(tmp_path,))


def test_no_rule_of_any_pack_asks_for_nationality_origin_religion_or_occupation() -> None:
    for country in countries():
        vocabulary = load_pack(country).situation_vocabulary
        assert not {"nationality", "origin", "religion", "occupation", "country_of_birth"} & set(vocabulary)
