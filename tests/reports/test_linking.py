"""Suggestions say why, never how likely; they lean on signs and places, never on who somebody is."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from baken.reports.linking import MOST, Opened, Reason, Suggestion, Why, place_words, suggest

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
COMMON, RARE = frozenset({"tired", "cash"}), frozenset({"locked_in", "many_phones"})
REPORT = Opened(
    id="new",
    received_at=NOW,
    signs=COMMON | RARE,
    place="Schuur achter Kerkstraat 12, 1511 AB",
    municipality="0431",
    form="labour",
)
CROWD = [
    Opened(id=f"c{number}", received_at=NOW - number * DAY, signs=COMMON, place=f"Flat {number}", municipality="0363")
    for number in range(1, 40)
]


def suggested(*others: Opened) -> dict[str, dict[str, tuple[str, ...]]]:
    found = suggest(REPORT, [*CROWD, *others])
    return {item.id: {str(reason.why): reason.what for reason in item.reasons} for item in found}


def other(**change: object) -> Opened:
    return replace(Opened(id="old", received_at=NOW - 10 * DAY), **change)  # type: ignore[arg-type]


def test_what_everybody_has_in_common_suggests_nothing() -> None:
    assert suggested() == {}
    assert suggested(other(signs=COMMON, municipality="0431")) == {}


def test_two_rare_signs_suggest_the_same_person_anywhere() -> None:
    assert suggested(other(signs=RARE | {"x"}, municipality="0363")) == {
        "old": {"signs": ("locked_in", "many_phones"), "time": ("10",)}
    }
    assert suggested(other(signs=frozenset({"locked_in"}))) == {}


def test_three_signs_suggest_it_in_the_same_municipality_only() -> None:
    three = COMMON | {"locked_in"}
    found = suggested(other(signs=three, municipality="0431", form="labour"))
    assert found == {
        "old": {
            "signs": ("locked_in", "cash", "tired"),
            "municipality": ("0431",),
            "form": ("labour",),
            "time": ("10",),
        }
    }
    assert suggested(other(signs=three, municipality="0363")) == {}
    assert suggest(replace(REPORT, municipality="", place=""), [other(signs=three)]) != ()


def test_a_rare_word_or_two_words_suggest_the_same_place() -> None:
    assert suggested(other(place="kerkstraat"))["old"]["place_words"] == ("kerkstraat",)
    assert suggested(other(place="1511ab"))["old"]["place_words"] == ("1511ab",)
    assert suggested(other(place="de schuur, nr 12"))["old"]["place_words"] == ("schuur", "12")
    assert suggested(other(place="12")) == {}, "a number alone is no place"
    assert suggest(replace(REPORT, place="12, 14"), [other(place="12 en 14")]) == ()
    assert suggested(other(place="achter de straat")) == {}


def test_the_same_street_in_another_town_is_another_place_unless_the_postcode_is_the_same() -> None:
    assert suggested(other(place="Schuur, Kerkstraat 12", municipality="0363")) == {}
    assert suggested(other(place="Kerkstraat 12", municipality="0431")) != {}
    assert suggested(other(place="Kerkstraat, 1511AB", municipality="0363"))["old"]["place_words"] == (
        "1511ab",
        "kerkstraat",
    )


def test_too_long_ago_is_another_story() -> None:
    assert suggested(other(signs=RARE, received_at=NOW - 200 * DAY)) == {}
    assert suggest(REPORT, [other(signs=RARE, received_at=NOW - 200 * DAY)], window=300 * DAY) != ()


def test_the_most_telling_comes_first_and_there_are_only_a_few() -> None:
    both = other(id="both", signs=RARE, place="Kerkstraat 12")
    assert list(suggested(other(signs=RARE), both)) == ["both", "old"]
    many = [other(id=f"m{number}", signs=RARE) for number in range(20)]
    assert len(suggest(replace(REPORT, place=""), many)) == 0, "what twenty reports have is not rare"
    assert len(suggest(REPORT, [other(id=f"m{n}", place="Kerkstraat 12") for n in range(20)])) == MOST
    assert suggest(REPORT, [REPORT]) == ()


def test_a_form_that_nobody_knows_is_nothing_in_common() -> None:
    blank = replace(REPORT, form="unknown")
    (only,) = suggest(blank, [other(signs=RARE)])
    assert only == Suggestion("old", (Reason(Why.SIGNS, ("locked_in", "many_phones")), Reason(Why.TIME, ("10",))))


def test_nothing_about_who_somebody_is_is_even_passed_in_and_no_score_comes_out() -> None:
    assert {item.name for item in fields(Opened)} == {"id", "received_at", "signs", "place", "municipality", "form"}
    assert {item.name for item in fields(Suggestion)} == {"id", "reasons"}
    assert {str(why) for why in Why} == {"signs", "place_words", "municipality", "form", "time"}


def test_words_of_a_place_are_those_that_tell_it_apart() -> None:
    assert place_words("Achter de loods aan de Café-weg 7b, 1511 ab") == {"loods", "cafe", "7b", "1511ab"}
    assert place_words("") == frozenset()


OPENED = st.builds(
    Opened,
    id=st.text("abc", min_size=1, max_size=2),
    received_at=st.integers(0, 400).map(lambda days: NOW - days * DAY),
    signs=st.frozensets(st.sampled_from("stuvwxyz"), max_size=6),
    place=st.sampled_from(["", "loods 12", "kerkstraat 12", "achter de loods"]),
    municipality=st.sampled_from(["", "0431", "0363"]),
    form=st.sampled_from(["unknown", "labour"]),
)


@given(OPENED, st.lists(OPENED, max_size=12, unique_by=lambda item: item.id))
def test_a_suggestion_is_never_the_report_itself_and_always_has_a_reason_that_is_true(
    report: Opened, others: list[Opened]
) -> None:
    by_id = {item.id: item for item in others}
    for item in suggest(report, others):
        assert item.id != report.id
        why = {reason.why: reason.what for reason in item.reasons}
        assert Why.SIGNS in why or Why.PLACE_WORDS in why
        assert set(why.get(Why.SIGNS, ())) <= report.signs & by_id[item.id].signs
        assert set(why.get(Why.PLACE_WORDS, ())) <= place_words(report.place) & place_words(by_id[item.id].place)
