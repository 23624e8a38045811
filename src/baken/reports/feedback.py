"""Hearing back: what the reporter may be told, and the steps of a report as the track of a parcel. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from baken.packs.schema.reports import OutcomeCode, ReportsFile
from baken.reports.clocks import ReportTimes, Rules, due
from baken.reports.footing import DecisionKind

StepCode = Literal["received", "acknowledged", "triaged", "waiting", "decided", "feedback"]
TRACK: tuple[tuple[StepCode, str], ...] = (
    ("received", ""),
    ("acknowledged", "acknowledge"),
    ("triaged", "triage"),
    ("decided", "decide"),
    ("feedback", "feedback"),
)
"""The steps that every report goes through, with the clock that says when each is expected."""
OUTCOMES: Mapping[DecisionKind | None, tuple[OutcomeCode, ...]] = {
    None: ("no_sign_of_danger", "cannot_say"),
    DecisionKind.ADVICE_ONLY: ("advised", "no_sign_of_danger", "cannot_say"),
    DecisionKind.INVITE: ("talked", "help_arranged", "advised", "cannot_say"),
    DecisionKind.ANONYMISED_REGISTRATION: ("registered", "advised", "cannot_say"),
    DecisionKind.REFER_WITH_CONSENT: ("handed_over", "help_arranged", "talked", "cannot_say"),
    DecisionKind.REPORT_WITHOUT_CONSENT: ("reported", "handed_over", "cannot_say"),
}
"""What was decided -> what may be told, the most fitting first. To say nothing more is always among them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One template for whoever tells the reporter."""

    code: OutcomeCode
    title: str
    text: str
    leave_out: str


def choices(decision: DecisionKind | None, file: ReportsFile, on: str) -> tuple[Choice, ...]:
    """The templates for a decision. ``on``: the day as the reporter reads it, put in place of ``%(date)s``."""
    return tuple(
        Choice(code, found.title, found.text.replace("%(date)s", on), found.leave_out)
        for code in OUTCOMES[decision]
        for found in (file.feedback[code],)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the reporter sees it. ``expected_by`` only for the steps ahead whose time can be known."""

    code: StepCode
    at: dt.datetime | None = None
    done: bool = False
    expected_by: dt.datetime | None = None
    now: bool = False
    """It is the reporter's turn, or this is the step that is being worked on."""


def track(times: ReportTimes, rules: Rules) -> tuple[Step, ...]:
    """The steps of one report, in order: what is done with its day, and what is ahead with the day to expect it.

    A step that was passed by counts as done without a day. After a decision is reconsidered its step is ahead again. Where
    the house promises nothing for a step, nothing is promised for it and those after it. A report that was closed without a
    word to the reporter promises none.
    """
    last = max(index for index, (code, _) in enumerate(TRACK) if _at(times, code) is not None)
    waits = times.at("waiting") is not None and _at(times, "decided") is None
    steps: list[Step] = []
    expected: dt.datetime | None = None
    for index, (code, clock) in enumerate(TRACK):
        if code == "decided" and waits:
            steps.append(Step("waiting", times.waiting, now=True))
        if code == "feedback" and index > last and times.at("closed") is not None:
            # Closed with a reason to say nothing: a day that nobody will keep is not promised.
            continue
        if index <= last:
            expected = _at(times, code) or expected
            steps.append(Step(code, _at(times, code), done=True))
        else:
            start = None if waits else expected
            expected = (
                due(rules.clocks[clock], start, rules.office, urgent=times.urgent)
                if start and clock in rules.clocks
                else None
            )
            steps.append(Step(code, expected_by=expected, now=index == last + 1 and not waits))
    return tuple(steps)


def _at(times: ReportTimes, code: StepCode) -> dt.datetime | None:
    """When a step happened. Closing without a decision stands where the decision would; feedback comes after either."""
    decided = times.at("decided") or times.at("closed")
    if code == "decided" or (code == "feedback" and decided is None):
        return decided
    return times.at(code)
