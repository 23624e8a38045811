"""Words on the pages of editors for states, alarms, calls and roads of a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from baken.directory.actions.calling import Answered
from baken.directory.freshness import State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STATE: Mapping[State, _StrPromise] = {
    State.FRESH: _("Fresh"),
    State.DUE: _("Due soon"),
    State.LATE: _("Late"),
    State.UNVERIFIED: _("Not verified"),
    State.HIDDEN: _("Hidden: nobody could confirm it"),
}
CHIP: Mapping[State, str] = {
    State.FRESH: "chip--ok",
    State.DUE: "",
    State.LATE: "chip--warning",
    State.UNVERIFIED: "chip--warning",
    State.HIDDEN: "chip--danger",
}
"""The look of the chip; the word says it too."""
ALARM: Mapping[str, _StrPromise] = {
    "last_door": _("The last one of its kind for a municipality is not sure any more"),
    "stale_door": _("The right door leans on it, and nobody made sure of it in time"),
    "nobody_answers": _("Nobody answers, and it is the last one of its kind for a municipality"),
}
ANSWERED: Mapping[str, _StrPromise] = {
    Answered.CONFIRMED: _("Everything was right"),
    Answered.CORRECTED: _("Something had changed"),
    Answered.NO_ANSWER: _("Nobody answered"),
    Answered.WRONG_NUMBER: _("The number belongs to somebody else, or does not exist"),
    Answered.REFUSED: _("They did not want to answer"),
    Answered.CLOSED: _("It does not exist any more"),
}
VIA: Mapping[str, _StrPromise] = {
    "editor": _("by an editor"),
    "owner": _("by the organisation itself"),
    "import": _("by an import"),
    "pack": _("by the country pack"),
    "job": _("by the installation"),
}
