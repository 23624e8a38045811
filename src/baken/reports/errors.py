"""Why something with a report did not happen. Views turn each into a calm page."""

# Named for what happened.
# ruff: noqa: N818

from __future__ import annotations


class ReportProblem(Exception):
    """Something with a report did not happen. Nothing was changed."""


class Conflict(ReportProblem):
    """A colleague changed the report since the page was opened: show both, lose no text (409)."""


class NoInbox(ReportProblem):
    """The organisation has not switched on its reporting route yet."""


class NoFooting(ReportProblem):
    """There is no valid footing for this. ``problems`` are codes of ``footing.problems``."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


class AlreadyOffered(ReportProblem):
    """The party holds something of the report already: take that back first, or let it answer."""


class Closed(ReportProblem):
    """What was offered is over: taken back, expired, or used (410)."""
