"""The Meldcode guide: every answer sequence has the published conclusion, and every way through it ends."""

from __future__ import annotations

from itertools import product

import pytest

from baken.packs.loader import load_pack
from baken.routes.meldcode import (
    CONCLUSIONS,
    QUESTIONS,
    SKIPPABLE,
    STEPS,
    Answer,
    Conclusion,
    Guide,
    NotPossibleError,
    Question,
    ReasonMissingError,
    weigh,
)

# The published framework, written out once more as a table a lawyer can read: answers in order -> conclusion.
# Source: handelingsprotocol.nl and afwegingskadermeldcode.nl (compared 2026-11-21).
PUBLISHED: dict[tuple[Answer | None, ...], Conclusion] = {
    ("no",): "close",
    ("yes", "yes"): "report_and_help",
    ("yes", "no", "no"): "report",
    ("yes", "no", "yes", "no"): "report",
    ("yes", "no", "yes", "yes", "no"): "report",
    ("yes", "no", "yes", "yes", "yes"): "follow_up",
}
YES_NO: tuple[Answer, ...] = ("yes", "no")
ANSWERS: tuple[Answer | None, ...] = ("yes", "no", None)


def _answers(given: tuple[Answer | None, ...]) -> dict[Question, Answer]:
    return {question: answer for question, answer in zip(QUESTIONS, given, strict=False) if answer is not None}


def _ready() -> Guide:
    """A guide whose first three steps are done."""
    return Guide().do().do().do()


@pytest.mark.parametrize(("given", "conclusion"), PUBLISHED.items())
def test_answers_lead_to_the_published_conclusion(given, conclusion):
    weighing = weigh(_answers(given))

    assert weighing.conclusion == conclusion
    assert weighing.next is None
    assert tuple(answer for _question, answer in weighing.answered) == given


@pytest.mark.parametrize("given", product(ANSWERS, repeat=len(QUESTIONS)))
def test_every_combination_of_answers_has_exactly_one_conclusion_or_one_next_question(given):
    weighing = weigh(_answers(given))
    path = given[: given.index(None)] if None in given else given
    published = [end for start, end in PUBLISHED.items() if path[: len(start)] == start]

    assert (weighing.conclusion is None) == (weighing.next is not None)
    assert weighing.conclusion == (published[0] if published else None)
    assert len(published) <= 1
    if weighing.next is not None:
        assert weighing.next == QUESTIONS[len(weighing.answered)]


def test_every_conclusion_can_be_reached():
    assert set(PUBLISHED.values()) == set(CONCLUSIONS)


def test_only_when_unsafe_are_the_last_questions_answered_together():
    together = {given for given in PUBLISHED if weigh(_answers(given)).together}

    assert together == {("yes", "yes")}
    assert weigh({"suspicion": "yes", "unsafe": "yes"}).together == ("effective", "accepted", "result")


def _key(guide: Guide) -> tuple[object, ...]:
    return (
        tuple(sorted(guide.status.items())),
        tuple(sorted(guide.answers.items())),
        tuple(sorted(guide.reasons.items())),
        guide.current,
        guide.closed,
    )


def _forward(guide: Guide) -> list[Guide]:
    """Every guide one act further, without going back."""
    found: list[Guide] = []
    if guide.current in SKIPPABLE:
        found += [guide.do(), guide.skip("no time")]
    elif (question := guide.weighing.next) is not None:
        found += [guide.answer(question, "yes"), guide.answer(question, "no")]
    if not guide.ended:
        found.append(guide.close("enough for now"))
    return found


def _backward(guide: Guide) -> list[Guide]:
    """Steps taken again, and answers changed."""
    steps = [guide.go(step) for step in STEPS if guide.may_go(step)]
    if guide.closed is not None or guide.reached in SKIPPABLE:
        return steps
    changed = [guide.answer(question, answer) for question, _given in guide.weighing.answered for answer in YES_NO]
    return steps + changed + [guide.ask_again(question) for question, _given in guide.weighing.answered]


@pytest.mark.walk
def test_every_path_ends_within_nine_acts():
    ends: set[str] = set()
    paths = [(Guide(), 0)]
    while paths:
        guide, length = paths.pop()
        assert length <= 9
        if guide.ended:
            ends.add(guide.conclusion or "closed")
            continue
        following = _forward(guide)
        assert following, "a guide that has not ended can always go on"
        paths += [(item, length + 1) for item in following]

    assert ends == {*CONCLUSIONS, "closed"}


@pytest.mark.walk
def test_from_every_guide_that_can_exist_every_conclusion_can_still_be_reached():
    seen: dict[object, Guide] = {}
    waiting = [Guide()]
    while waiting:
        guide = waiting.pop()
        if _key(guide) in seen:
            continue
        seen[_key(guide)] = guide
        waiting += _forward(guide) if not guide.ended else []
        waiting += _backward(guide)

    assert len(seen) > 500
    assert all(guide.may_go(guide.current) and guide.may_go(guide.reached) for guide in seen.values())
    # Beginning again forgets where one was and that it was closed, so guides that differ only in that are one.
    begun_again = {_key(item): item for item in (guide.go("map") for guide in seen.values())}
    for guide, (given, conclusion) in product(begun_again.values(), PUBLISHED.items()):
        again = guide
        while again.current in SKIPPABLE:
            again = again.do()
        for question, answer in _answers(given).items():
            again = again.answer(question, answer)
        assert again.conclusion == conclusion


def test_steps_come_in_order_and_can_be_repeated():
    guide = Guide()
    assert not guide.may_go("consult")

    guide = guide.do()
    assert guide.current == "consult"
    assert guide.status_of("map") == "done"

    again = guide.go("map").do()
    assert again.current == "consult"


def test_a_step_that_was_skipped_can_still_be_done():
    guide = Guide().skip("no time").go("map").do()

    assert guide.status_of("map") == "done"
    assert guide.reasons == {}


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_skipping_and_closing_need_a_reason(reason):
    with pytest.raises(ReasonMissingError):
        Guide().skip(reason)
    with pytest.raises(ReasonMissingError):
        Guide().close(reason)


def test_a_skipped_step_keeps_its_reason():
    guide = Guide().do().do().skip(" talking is not safe yet ")

    assert guide.status_of("talk") == "skipped"
    assert guide.reasons == {"talk": "talking is not safe yet"}


def test_weighing_cannot_be_skipped_only_closed():
    guide = _ready()

    with pytest.raises(NotPossibleError):
        guide.skip("no time")
    assert guide.close("another organisation took over").ended


def test_no_question_is_answered_before_its_turn():
    with pytest.raises(NotPossibleError):
        Guide().answer("suspicion", "no")
    with pytest.raises(NotPossibleError):
        _ready().answer("effective", "yes")


def test_answers_do_not_conclude_while_a_step_is_open():
    guide = Guide(answers={"suspicion": "no"})

    assert guide.conclusion is None
    assert not guide.ended


def test_weigh_is_done_when_its_questions_are():
    guide = _ready().answer("suspicion", "yes")
    assert (guide.current, guide.status_of("weigh")) == ("weigh", "open")

    guide = guide.answer("unsafe", "no")
    assert (guide.current, guide.status_of("weigh"), guide.status_of("decide")) == ("decide", "done", "open")


def test_changing_an_answer_changes_the_conclusion_and_changing_it_back_restores_it():
    guide = _ready().answer("suspicion", "yes").answer("unsafe", "no").answer("effective", "no")

    changed = guide.answer("unsafe", "yes")
    assert changed.conclusion == "report_and_help"
    assert changed.answer("unsafe", "no").conclusion == "report"


def test_an_answer_can_be_taken_back():
    guide = _ready().answer("suspicion", "yes").answer("unsafe", "no").answer("effective", "no")

    asked = guide.ask_again("unsafe")
    assert (asked.weighing.next, asked.current, asked.conclusion) == ("unsafe", "weigh", None)
    with pytest.raises(NotPossibleError):
        asked.ask_again("effective")


def test_a_closed_guide_takes_no_acts_until_it_is_opened():
    closed = Guide().do().close("the person moved away")

    with pytest.raises(NotPossibleError):
        closed.do()
    with pytest.raises(NotPossibleError):
        closed.close("again")
    assert closed.go("consult").closed is None


def test_a_step_that_is_not_reached_cannot_be_taken():
    with pytest.raises(NotPossibleError):
        Guide().go("weigh")


def test_the_pack_has_the_words_for_every_step_question_and_conclusion():
    meldcode = load_pack("nl").meldcode

    assert meldcode is not None
    assert tuple(meldcode.steps) == STEPS
    assert tuple(meldcode.questions) == QUESTIONS
    assert set(meldcode.conclusions) == set(CONCLUSIONS)
