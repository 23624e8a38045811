"""The Dutch source texts can be read at level B1.

The measure is the Reading Ease of Flesch in the version of Douma for Dutch: W.H. Douma, *De leesbaarheid van
landbouwbladen*, Wageningen 1960. On its scale 60 to 70 is standard, above 70 is easy and below 60 becomes difficult.
Douma did not link the scale to the European language levels; that "standard or easier" goes with B1 is our own bound.

A formula only counts. It does not replace somebody who reads the text, so no single sentence fails on its syllables,
only on its length; the syllables count in the mean of a whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from baken.packs.loader import load_pack
from baken.packs.services import load_services, words_of
from baken.packs.texts import texts_of_model

LEAST_EASE = 60.0
"""Mean Reading Ease of all sentences of a file."""
LEAST_WORDS = 100
"""The formula was made on samples of a hundred words; the mean of a file with fewer says nothing."""
MOST_WORDS = 25
"""Words in one sentence."""
LEAST_FILES = 10
"""So many files must have enough text to measure, or the test has lost its subject."""
LABEL_WORDS = 3
"""A text of so few words is a label or a name; it has no sentence to measure."""

# The longest vowel groups first, so that "eeuw" is one syllable and a trema begins a new one.
_VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyáàâäéèêëíîïóôöúüû]")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[^a-z])")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NUMBER_GROUPS = re.compile(r"\d[\d -]*\d")


def syllables(word: str) -> int:
    """Syllables in a Dutch word, by counting vowel groups; at least one. Abbreviations and numbers count as one."""
    return max(1, len(_VOWELS.findall(word.casefold()))) if not word.isupper() else 1


def sentences(text: str) -> list[list[str]]:
    """The sentences of a text, each as its words. A telephone number counts as one word."""
    parts = _SENTENCE_END.split(_NUMBER_GROUPS.sub("0", text))
    return [words for part in parts if (words := _WORD.findall(part))]


def reading_ease(found: list[list[str]]) -> float:
    """Flesch-Douma: 206.84 - 0.93 x words per sentence - 77 x syllables per word. Higher is easier."""
    words = [word for sentence in found for word in sentence]
    if not words:
        return 206.84
    return 206.84 - 0.93 * len(words) / len(found) - 77 * sum(map(syllables, words)) / len(words)


@cache
def texts_by_file() -> dict[str, list[tuple[str, str]]]:
    """Each Dutch file for people -> its texts with their paths."""
    pack = load_pack("nl")
    files = {f"nl/{name}": list(texts_of_model(model)) for name, model in pack.files().items()}
    services = load_services("nl").services
    files["nl/services"] = [
        (f"{code}.{path}", text) for code, item in services.items() for path, text in words_of(item)
    ]
    files["shared/signs"] = list(texts_of_model(pack.signs_file))
    for code, instrument in pack.instruments.items():
        files[f"shared/instruments/{code}"] = list(texts_of_model(instrument))
    return files


def long_sentences(texts: list[tuple[str, str]]) -> Iterator[str]:
    """Every sentence with too many words: path, number of words, the sentence."""
    for path, text in texts:
        for words in sentences(text):
            if len(words) > MOST_WORDS:
                yield f"{path}: {len(words)} words: {' '.join(words)}"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("huis", 1),
        ("leeuw", 1),
        ("nieuw", 1),
        ("paspoort", 2),
        ("ideeën", 3),
        ("radio", 3),
        ("begeleider", 4),
        ("bijvoorbeeld", 3),
        ("beoordelen", 4),
        ("coördinator", 5),
        ("COA", 1),
        ("112", 1),
        ("hm", 1),
    ],
)
def test_syllables_of_known_words(word: str, expected: int) -> None:
    assert syllables(word) == expected


def test_sentences_end_at_a_full_stop_and_not_inside_an_abbreviation_or_number() -> None:
    assert sentences("Bel 0800-20 00. Vraag advies, bijv. zonder naam!") == [
        ["Bel", "0"],
        ["Vraag", "advies", "bijv", "zonder", "naam"],
    ]


def test_ease_falls_with_longer_words_and_longer_sentences() -> None:
    easy = reading_ease(sentences("Je ziet wie er woont. Je belt."))
    longer = reading_ease(sentences("Je ziet wie er woont en je belt."))
    hard = reading_ease(sentences("Bevolkingsadministratie veronderstelt identiteitsdocumenten."))
    assert easy > longer > hard
    assert reading_ease([]) > easy


def test_the_formula_matches_a_count_by_hand() -> None:
    # 2 sentences, 7 words, 7 syllables.
    assert reading_ease(sentences("Je ziet wie er woont. Je belt.")) == pytest.approx(206.84 - 0.93 * 3.5 - 77.0)


def test_every_dutch_file_reads_at_b1_on_average() -> None:
    measured = {}
    for name, texts in texts_by_file().items():
        found = [words for _, text in texts for words in sentences(text) if len(words) > LABEL_WORDS]
        if sum(map(len, found)) >= LEAST_WORDS:
            measured[name] = round(reading_ease(found), 1)
    assert len(measured) >= LEAST_FILES
    too_hard = {name: ease for name, ease in measured.items() if ease < LEAST_EASE}
    assert too_hard == {}, f"reading ease below {LEAST_EASE}; all files: {measured}"


def test_no_sentence_is_longer_than_a_reader_can_hold() -> None:
    found = [f"{name}: {line}" for name, texts in texts_by_file().items() for line in long_sentences(texts)]
    assert found == [], "\n".join(found)
