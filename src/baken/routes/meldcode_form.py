"""The Meldcode guide as a form: everything somebody did and typed travels with each post, because nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.routes.meldcode import (
    QUESTIONS,
    SKIPPABLE,
    STEPS,
    Answer,
    Guide,
    NotPossibleError,
    Question,
    ReasonMissingError,
    Step,
)

END = "end"
"""The page with the conclusion and the record, after the steps."""
CLOSING = "closing"
YES_NO: tuple[Answer, ...] = get_args(Answer)
UNREADABLE = gettext_lazy("Part of the form could not be read. What you typed is still here: go on from this step.")


@dataclass(frozen=True, slots=True)
class Filled:
    """A guide with all that was typed. ``errors``: name of the form field -> what is wrong with it."""

    guide: Guide = field(default_factory=Guide)
    at_end: bool = False
    notes: Mapping[Step, str] = field(default_factory=dict)
    """What was done, per step, in the reader's own words."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Reasons as typed, accepted or not: ``reason_<step>`` and ``closing``."""
    errors: Mapping[str, str] = field(default_factory=dict)

    def hidden(self, *, all_of_it: bool = False) -> list[tuple[str, str]]:
        """Everything that this page does not ask itself, as name and value; ``all_of_it`` when it asks nothing."""
        guide = self.guide
        here = None if self.at_end or all_of_it else guide.current
        pairs = [("at", END if self.at_end else guide.current)]
        pairs += [(f"status_{step}", status) for step, status in guide.status.items()]
        pairs += [(f"note_{step}", text) for step, text in self.notes.items() if step != here]
        pairs += [
            (name, text) for name, text in self.typed.items() if all_of_it or name not in (f"reason_{here}", CLOSING)
        ]
        pairs += [(f"answer_{question}", answer) for question, answer in guide.answers.items()]
        if guide.closed is not None:
            pairs.append(("closed", guide.closed))
        return [(name, value) for name, value in pairs if value]


def read_form(data: QueryDict) -> Filled:
    """Read a post. What cannot be read is left out and named in ``errors``; what was typed always stays."""
    notes = {step: data.get(f"note_{step}", "").strip() for step in STEPS}
    names = [f"reason_{step}" for step in SKIPPABLE] + [CLOSING]
    typed = {name: data.get(name, "").strip() for name in names}
    status = {step: value for step in SKIPPABLE if (value := data.get(f"status_{step}")) in ("done", "skipped")}
    status = {step: value for step, value in status.items() if value == "done" or typed[f"reason_{step}"]}
    sent: dict[Question, str] = {code: data.get(f"answer_{code}", "") for code in QUESTIONS}
    answers: dict[Question, Answer] = {
        code: "yes" if value == "yes" else "no" for code, value in sent.items() if value in YES_NO
    }
    guide = Guide(
        status=status,  # type: ignore[arg-type]
        reasons={step: typed[f"reason_{step}"] for step, value in status.items() if value == "skipped"},
        answers=answers,
        closed=data.get("closed", "").strip() or None,
    )
    at = data.get("at", STEPS[0])
    readable = at in (*STEPS, END) and _all_read(data, status, answers)
    if at == END and guide.ended:
        return Filled(guide, True, notes, typed, {} if readable else {"form": str(UNREADABLE)})
    step = next((code for code in STEPS if code == at), None)
    readable = readable and step is not None and guide.may_go(step)
    guide = replace(guide, current=step if step is not None and guide.may_go(step) else guide.reached)
    return Filled(guide, False, notes, typed, {} if readable else {"form": str(UNREADABLE)})


def _all_read(data: QueryDict, status: Mapping[Step, str], answers: Mapping[Question, Answer]) -> bool:
    sent = {name for name in data if name.startswith(("status_", "answer_")) and data[name]}
    return sent == {f"status_{step}" for step in status} | {f"answer_{question}" for question in answers}


def act(filled: Filled, what: str, chosen: str = "") -> Filled:
    """Do what a button says: ``do``, ``skip``, ``close``, ``answer``, ``end``, ``go:STEP`` or ``again:QUESTION``.

    ``chosen`` is the answer to the question that is asked now. What cannot be done becomes an error, not an exception.
    """
    name, _colon, target = what.partition(":")
    try:
        return _act(filled, name, target, chosen)
    except ReasonMissingError:
        where = CLOSING if name == "close" else f"reason_{filled.guide.current}"
        return replace(filled, errors={**filled.errors, where: _("Write down why, in a few words.")})
    except NotPossibleError:
        return replace(filled, errors={**filled.errors, "form": str(UNREADABLE)})


def _act(filled: Filled, name: str, target: str, chosen: str) -> Filled:
    guide = filled.guide
    asked = guide.weighing.next
    if name == "answer":
        if asked is None or chosen not in YES_NO:
            return replace(filled, errors={**filled.errors, "chosen": _("Choose yes or no.")})
        return _after(filled, guide.answer(asked, "yes" if chosen == "yes" else "no"))
    if name == "do":
        return replace(filled, guide=guide.do(), at_end=False)
    if name == "skip":
        return replace(filled, guide=guide.skip(filled.typed.get(f"reason_{guide.current}", "")), at_end=False)
    if name == "close":
        return _after(filled, guide.close(filled.typed.get(CLOSING, "")))
    if name == "end" and guide.ended:
        return replace(filled, at_end=True)
    step = next((code for code in STEPS if name == "go" and code == target), None)
    if step is not None:
        return replace(filled, guide=guide.go(step), at_end=False)
    question = next((code for code in QUESTIONS if name == "again" and code == target), None)
    if question is not None:
        return replace(filled, guide=guide.ask_again(question), at_end=False)
    raise NotPossibleError(f"{name}: there is no such act")


def _after(filled: Filled, guide: Guide) -> Filled:
    return replace(filled, guide=guide, at_end=guide.ended)
