"""How an answer is worked out must never change the answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from baken.directory.finding.asking import filters, steps
from baken.directory.finding.concepts import Concept
from baken.directory.finding.documents import Audience, Query
from baken.directory.finding.expressions import NOTHING, All, Any, all_of, any_of, holds, written
from baken.directory.finding.gathering import FEW, MOST, gather, loosest
from baken.directory.finding.planning import estimate, plan
from baken.directory.finding.ranking import Candidate

TOKENS = ["wa", "wb", "wc", "n:x", "v:public", "l:bg"]
EXPRESSIONS = st.recursive(
    st.sampled_from(TOKENS),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda parts: all_of(parts))
    | st.lists(inner, min_size=1, max_size=3).map(lambda parts: any_of(parts)),
    max_leaves=6,
)
DOCUMENTS = st.frozensets(st.sampled_from(TOKENS)).map(lambda tokens: f" {' '.join(sorted(tokens))} ")


@given(
    text=st.none() | EXPRESSIONS, parts=st.lists(EXPRESSIONS, min_size=1, max_size=4), tokens=DOCUMENTS, data=st.data()
)
def test_every_part_is_asked_of_the_index_or_looked_up_on_the_row(text, parts, tokens, data):
    counts = {token: data.draw(st.integers(0, 1_000)) for token in TOKENS}
    made = plan(text, parts, counts, 1_000)
    wanted = all(holds(part, tokens) for part in [*parts, *([] if text is None else [text])])
    assert wanted == all(holds(part, tokens) for part in (*made.indexed, *made.looked_up))
    assert made.indexed, "A database must have something to go by."
    assert all(isinstance(token, str) or not isinstance(token, Any) for part in made.looked_up for token in part.of)


def test_what_most_have_is_looked_up_and_what_few_have_is_asked():
    counts = {"wa": 200, "v:public": 90_000, "n:x": 300}
    made = plan("wa", [Any(("v:public",)), "n:x"], counts, 100_000)
    assert made.looked_up == (Any(("v:public",)),)
    assert plan(None, ["v:public"], counts, 100_000).indexed == ("v:public",)


@given(parts=st.lists(EXPRESSIONS, min_size=1, max_size=3), tokens=DOCUMENTS)
def test_brackets_that_are_left_out_change_nothing(parts, tokens):
    assert holds(all_of(parts), tokens) == all(holds(part, tokens) for part in parts)
    assert holds(any_of(parts), tokens) == any(holds(part, tokens) for part in parts)


def test_nothing_holds_for_nobody():
    assert all_of(["wa", NOTHING]) == NOTHING
    assert not holds(NOTHING, " wa ")
    assert estimate(All(("wa", "wb")), {"wa": 500, "wb": 500}, 1_000) == 250


def test_an_expression_as_a_database_reads_it():
    expression = all_of(["n:x", any_of(["wa", "wb"])])
    assert written(expression, quote='"', both=" AND ", either=" OR ") == '("n:x" AND ("wa" OR "wb"))'


def concept(word: str) -> Concept:
    return Concept(answers={f"s{word}": 0.9}, parts=(), alike={f"w{word}e": 0.7}, weight=1.0, documents={f"s{word}": 1})


def candidates(*tokens: str) -> list[Candidate]:
    return [Candidate(number, f"{number:032x}", None, None, 1, 1, f" {text} ") for number, text in enumerate(tokens)]


def asking(rows: list[Candidate]):
    return lambda step, most: [row for row in rows if step is None or holds(step, row.tokens)][:most]


@given(
    texts=st.lists(st.sampled_from(["sa", "sb", "sa sb", "wae", "wae sb", "sa sb sc", "x"]), max_size=30),
    narrow=st.booleans(),
)
def test_one_wide_question_gives_what_several_narrow_ones_give(texts, narrow):
    rows = candidates(*texts)
    concepts = [concept("a"), concept("b"), concept("c")]
    one, other = (gather(concepts, asking(rows), narrow=way) for way in (narrow, not narrow))
    assert sorted(one[0]) == sorted(other[0])
    assert one[1] is other[1] is False


def test_looser_readings_only_come_in_when_there_are_few():
    exact = candidates(*["sa sb"] * FEW, "sa")
    assert len(gather([concept("a"), concept("b")], asking(exact), narrow=True)[0]) == FEW
    few = candidates("sa sb", "sa", "wbe")
    assert len(gather([concept("a"), concept("b")], asking(few), narrow=True)[0]) == 3


def test_with_very_many_those_that_have_it_in_their_name_are_among_them():
    rows = candidates(*["sa"] * (MOST + 5), "sa hsa")
    found, more = gather([concept("a")], asking(rows), narrow=False)
    assert more
    assert rows[-1] in found
    assert len(found) == MOST + 1


def test_the_steps_go_from_strict_to_loose():
    concepts = [concept("a"), concept("b"), concept("c")]
    strict, loose, all_but_one = steps(concepts)
    for tokens, expected in {
        " sa sb sc ": (True, True, True),
        " sa sb wce ": (False, True, True),
        " sa sb ": (False, False, True),
        " sa ": (False, False, False),
    }.items():
        assert tuple(holds(step, tokens) for step in (strict, loose, all_but_one)) == expected
        assert holds(loosest(concepts) or NOTHING, tokens)


def test_an_interpreter_will_do_when_it_is_said():
    asked = Query(Audience.PUBLIC, language="bg", interpreter_will_do=True)
    assert holds(filters(asked)["language"], " i:yes ")
    assert not holds(filters(Query(Audience.PUBLIC, language="bg"))["language"], " i:yes ")
