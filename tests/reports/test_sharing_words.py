"""Every code of the rules has words, and what may point to somebody is marked before a question leaves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baken.packs.loader import load_pack
from baken.reports import capacity, footing
from baken.reports import sharing_labels as labels
from baken.reports.actions import handover
from baken.reports.actions.answering import OUTCOMES
from baken.reports.clocks import house_rules
from baken.reports.footing import DecisionKind, FootingCode
from baken.reports.keeping import CATEGORY_OF, NO_CONCERN
from baken.reports.models.handover import HANDOVER_STATES, WAYS
from baken.reports.models.sharing import DECISIONS
from baken.reports.parts import SHAREABLE
from baken.reports.redaction import GAP, passages

CODES = re.compile(
    r'\("([a-z]+(?:_[a-z]+)+)",|"([a-z]+(?:_[a-z]+)*_(?:missing|covered|giver|purpose|involved|no|asked))"'
)
NOT_PROBLEMS = {"key_id", "not_asked", "national_coordinator", "refer_with_consent"}


def test_every_problem_has_a_sentence() -> None:
    sources = [Path(str(module.__file__)) for module in (capacity, footing, handover)]
    found = {code for source in sources for pair in CODES.findall(source.read_text(encoding="utf-8")) for code in pair}
    found -= {"", *NOT_PROBLEMS}
    assert len(found) > 30
    assert found - set(labels.PROBLEMS) == set()


def test_every_code_of_a_table_has_a_name() -> None:
    assert set(labels.DECISIONS) == set(labels.ABOUT) == set(DECISIONS) == set(DecisionKind)
    assert set(labels.FOOTINGS) == set(FootingCode)
    assert set(labels.HANDOVERS) == set(HANDOVER_STATES)
    assert set(labels.WAYS) == set(WAYS)
    assert set(labels.OUTCOMES) == set(OUTCOMES)
    assert set(SHAREABLE) <= set(labels.PARTS)
    assert set(labels.CATEGORIES) == {*CATEGORY_OF.values(), NO_CONCERN}
    assert set(CATEGORY_OF) == set(DecisionKind)


def test_every_category_is_in_the_pack() -> None:
    assert set(house_rules(load_pack("nl")).retention.categories) == set(labels.CATEGORIES)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Gisteren kwam Mariska binnen.", "Mariska"),
        ("Ze woont in Oostzaan bij een kennis.", "Oostzaan"),
        ("Oostzaan is waar ze werkt.", "Oostzaan"),
        ("Bel 06 12345678 of mail maria@voorbeeld.nl.", "12345678"),
        ("Haar adres is 1511 AB nummer 12.", "1511"),
        ("Het was op 12-03-2026 om 14:30.", "12-03-2026"),
    ],
)
def test_what_points_to_somebody_becomes_a_gap(text: str, gone: str) -> None:
    found = passages(text, {"Oostzaan"})
    masked = " ".join(item.masked for item in found)
    assert gone not in masked
    assert GAP in masked
    assert any(item.is_marked for item in found)


def test_an_ordinary_sentence_stays_as_it_is() -> None:
    found = passages("Ze krijgt geen loon. Haar paspoort is weg!")
    assert [item.masked for item in found] == ["Ze krijgt geen loon.", "Haar paspoort is weg!"]
    assert not any(item.is_marked for item in found)


@example("a.b mail a@b.nl c")
@given(st.text(max_size=200))
def test_no_word_is_lost_or_added(text: str) -> None:
    found = passages(text)
    kept = "".join(item.text for item in found)
    assert [letter for letter in text if letter.isalnum()] == [letter for letter in kept if letter.isalnum()]
