"""The Meldcode guide: five steps, five weighing questions, and every way they end. Pure; nothing is stored.

The questions and what follows from each answer are those of the published weighing framework (2019; facts and source
in ``packs/nl/meldcode.yaml``). The steps are those of the law of 2013. That steps may be repeated, and that the guide
may be closed at any moment, is part of the framework. Skipping is ours: only the first three steps can be skipped, with
a reason, because steps four and five are the conclusion itself; who does not want them closes the guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

Step = Literal["map", "consult", "talk", "weigh", "decide"]
Question = Literal["suspicion", "unsafe", "effective", "accepted", "result"]
Answer = Literal["yes", "no"]
Conclusion = Literal["close", "report_and_help", "report", "follow_up"]
Status = Literal["open", "done", "skipped"]

STEPS: tuple[Step, ...] = get_args(Step)
QUESTIONS: tuple[Question, ...] = get_args(Question)
CONCLUSIONS: tuple[Conclusion, ...] = get_args(Conclusion)
SKIPPABLE: tuple[Step, ...] = ("map", "consult", "talk")
STEP_OF: Mapping[Question, Step] = {
    "suspicion": "weigh",
    "unsafe": "weigh",
    "effective": "decide",
    "accepted": "decide",
    "result": "decide",
}
"""In which step a question is asked."""
TOGETHER: tuple[Question, ...] = ("effective", "accepted", "result")
"""Questions that are answered together with the reporting organisation when it is unsafe."""

FLOW: Mapping[tuple[Question, Answer], tuple[Question | None, Conclusion | None]] = {
    ("suspicion", "yes"): ("unsafe", None),
    ("suspicion", "no"): (None, "close"),
    ("unsafe", "yes"): (None, "report_and_help"),
    ("unsafe", "no"): ("effective", None),
    ("effective", "yes"): ("accepted", None),
    ("effective", "no"): (None, "report"),
    ("accepted", "yes"): ("result", None),
    ("accepted", "no"): (None, "report"),
    ("result", "yes"): (None, "follow_up"),
    ("result", "no"): (None, "report"),
}
"""What follows from each answer: the next question, or a conclusion."""


class ReasonMissingError(ValueError):
    """Skipping a step and closing the guide need a reason."""


class NotPossibleError(ValueError):
    """The act does not fit the guide as it is now; the message says why, for whoever wrote the calling code."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """Where the questions stand: those answered, the one to ask now, or the conclusion."""

    answered: tuple[tuple[Question, Answer], ...]
    next: Question | None
    conclusion: Conclusion | None

    @property
    def together(self) -> tuple[Question, ...]:
        """Questions that are left to answer together with the reporting organisation."""
        return TOGETHER if self.conclusion == "report_and_help" else ()


def weigh(answers: Mapping[Question, Answer]) -> Weighing:
    """Follow the answers from the first question on. Answers to questions that are not reached do not count."""
    answered: list[tuple[Question, Answer]] = []
    question: Question | None = "suspicion"
    conclusion: Conclusion | None = None
    while question is not None and (answer := answers.get(question)) is not None:
        answered.append((question, answer))
        question, conclusion = FLOW[question, answer]
    return Weighing(tuple(answered), question, conclusion)


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide as far as somebody came. Every change gives a new guide."""

    status: Mapping[Step, Status] = field(default_factory=dict)
    """Only steps that are done or skipped."""
    reasons: Mapping[Step, str] = field(default_factory=dict)
    """Why a step was skipped."""
    answers: Mapping[Question, Answer] = field(default_factory=dict)
    """Every answer ever given; which of them count, ``weighing`` says."""
    current: Step = "map"
    closed: str | None = None
    """Why the guide was closed before its conclusion; None while it is open."""

    @property
    def weighing(self) -> Weighing:
        """Where the questions stand."""
        return weigh(self.answers)

    @property
    def conclusion(self) -> Conclusion | None:
        """What the answers lead to, once the first three steps are done or skipped."""
        return self.weighing.conclusion if self.reached in ("weigh", "decide") else None

    @property
    def ended(self) -> bool:
        """Closed with a reason, or concluded."""
        return self.closed is not None or self.conclusion is not None

    @property
    def reached(self) -> Step:
        """The first step that is not done or skipped: as far as one may go."""
        unfinished = next((step for step in SKIPPABLE if self.status_of(step) == "open"), None)
        if unfinished is not None:
            return unfinished
        asking = self.weighing.next
        return "decide" if asking is None else STEP_OF[asking]

    def status_of(self, step: Step) -> Status:
        """Is the step open, done or skipped? The last two steps are done when their questions are."""
        if step in SKIPPABLE:
            return self.status.get(step, "open")
        asking = self.weighing.next
        finished = asking is None or (step == "weigh" and STEP_OF[asking] == "decide")
        return "done" if finished else "open"

    def may_go(self, step: Step) -> bool:
        """Every step up to the one that is reached can be taken again."""
        return STEPS.index(step) <= STEPS.index(self.reached)

    def go(self, step: Step) -> Guide:
        """Take a step again, or go on with the one that is reached. A closed guide opens. Raises NotPossibleError."""
        if not self.may_go(step):
            raise NotPossibleError(f"{step}: the steps before it are not done yet")
        return replace(self, current=step, closed=None)

    def do(self) -> Guide:
        """The current step is done; go to the step that is reached then. Raises NotPossibleError."""
        return self._finish("done", "")

    def skip(self, reason: str) -> Guide:
        """Leave the current step out. Raises ReasonMissingError, NotPossibleError."""
        if not reason.strip():
            raise ReasonMissingError("skipping a step needs a reason")
        return self._finish("skipped", reason.strip())

    def _finish(self, status: Status, reason: str) -> Guide:
        step = self.current
        if self.closed is not None or step not in SKIPPABLE or not self.may_go(step):
            raise NotPossibleError(f"{step}: this step ends with its questions, or the guide is closed")
        reasons = {code: text for code, text in self.reasons.items() if code != step}
        if reason:
            reasons[step] = reason
        finished = replace(self, status={**self.status, step: status}, reasons=reasons)
        following = STEPS[STEPS.index(step) + 1]
        return replace(finished, current=following if finished.may_go(following) else finished.reached)

    def answer(self, question: Question, answer: Answer) -> Guide:
        """Answer the question that is asked now, or an earlier one differently. Raises NotPossibleError."""
        weighing = self.weighing
        asked = {code for code, _answer in weighing.answered} | {weighing.next}
        if self.closed is not None or self.reached in SKIPPABLE or question not in asked:
            raise NotPossibleError(f"{question}: not asked now")
        answered = replace(self, answers={**self.answers, question: answer})
        return replace(answered, current=answered.reached)

    def ask_again(self, question: Question) -> Guide:
        """Take an answer back; later answers count again when they are reached again. Raises NotPossibleError."""
        if self.closed is not None or self.reached in SKIPPABLE or question not in dict(self.weighing.answered):
            raise NotPossibleError(f"{question}: not answered")
        kept = {code: answer for code, answer in self.answers.items() if code != question}
        return replace(self, answers=kept, current=STEP_OF[question])

    def close(self, reason: str) -> Guide:
        """Stop before the conclusion. Raises ReasonMissingError, NotPossibleError."""
        if not reason.strip():
            raise ReasonMissingError("closing needs a reason")
        if self.ended:
            raise NotPossibleError("the guide has ended already")
        return replace(self, closed=reason.strip())
