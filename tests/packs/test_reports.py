"""``reports.yaml``: every clock, category, outcome and form is there, and a mistake is named with its file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from baken.packs.errors import PackError
from baken.packs.facts import facts_of
from baken.packs.loader import ROOT, load_pack, read_pack
from baken.packs.texts import texts_of_model

FILE = load_pack().reports_file


@pytest.mark.parametrize(
    ("old", "new", "field", "expected"),
    [
        (
            "    feedback:\n      title",
            "    echo:\n      title",
            "clocks.rules.echo",
            "'acknowledge', 'triage', 'decide'",
        ),
        ("no_concern:", "nothing:", "retention.categories.nothing", "'advice_only'"),
        ("unit: working_days", "unit: weeks", "length.unit", "'minutes', 'working_hours' or 'working_days'"),
        ("start: [received]", "start: []", "acknowledge.start", "at least 1"),
        ("start: [received]", "start: [sent]", "acknowledge.start.0", "'received'"),
        ("months: 60", "months: -1", "reported_without_consent.months", "greater than or equal to 0"),
        ("default_months: 6", "default_months: 24\n  x: 1", "consent.x", "Extra inputs are not permitted"),
        ("most_months: 24", "most_months: 3", "consent", "default_months of at most most_months"),
        (
            "Op %(date)s hebben we je",
            "Op %(day)s hebben we je",
            "feedback.advised.text",
            "%(date)s once and no other %",
        ),
        ("Op %(date)s hebben we je", "Op %(date)s heeft %(name)s je", "feedback.advised.text", "no other %"),
        ('htcds: "OrganRemoval"', "htcds: 'organ removal'", "forms.kinds.organ.htcds", "pattern"),
        (
            'htcds: "Servitude"',
            'htcds: "Servitude"\n      valid_from: 2026-02-01\n      valid_until: 2026-01-01',
            "forms.kinds.domestic",
            "valid_until on or after valid_from",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, expected: str
) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(ROOT, packs, ignore=shutil.ignore_patterns("*.py", "__pycache__", "schema", "locale"))
    path = packs / "nl/reports.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_pack("nl", root=packs)
    said = "\n".join(str(problem) for problem in caught.value.problems)
    assert re.search(r"^nl/reports\.yaml:\d+: ", said)
    assert field in said
    assert expected in said


@pytest.mark.parametrize("heading", ["  rules:", "  categories:", "  kinds:"])
def test_a_clock_category_or_form_that_is_missing_is_named(tmp_path: Path, heading: str) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(ROOT, packs, ignore=shutil.ignore_patterns("*.py", "__pycache__", "schema", "locale"))
    path = packs / "nl/reports.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index(f"\n{heading}\n") + len(heading) + 2
    first = re.match(r"    (\w+):\n(?:      .*\n)+", text[start:])
    assert first is not None
    path.write_text(text[:start] + text[start + first.end() :], encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_pack("nl", root=packs)
    assert f"also {first[1]}" in str(caught.value.problems[0])


def test_house_choices_say_that_they_are_choices_and_are_not_sure() -> None:
    assert FILE is not None
    for fact in (FILE.clocks, FILE.consent, FILE.retention):
        assert fact.source == "Keuze van dit huis"
        assert fact.confidence == "unconfirmed"
        assert fact.note
    located = {item.path for item in facts_of(load_pack()) if item.file == "reports"}
    assert {"clocks", "consent", "retention", "forms", "forms.kinds.marriage"} <= located


def test_forms_that_the_law_may_not_know_yet_say_so() -> None:
    assert FILE is not None
    unsure = {str(code) for code, kind in FILE.forms.kinds.items() if kind.in_law == "unconfirmed"}
    assert unsure == {"marriage", "adoption", "surrogacy"}
    assert all(FILE.forms.kinds[code].confidence == "unconfirmed" for code in FILE.forms.kinds if str(code) in unsure)


def test_all_texts_of_the_file_are_for_translation() -> None:
    assert FILE is not None
    paths = [path for path, _ in texts_of_model(FILE)]
    assert "feedback.advised.text" in paths
    assert "clocks.rules.acknowledge.title" in paths
    assert len(paths) == len(set(paths))
