"""Names on the screen of states, manners and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from baken.reports.states import State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STATES: Mapping[str, _StrPromise] = {
    State.RECEIVED: _("Received"),
    State.ACKNOWLEDGED: _("Acknowledged"),
    State.IN_TRIAGE: _("In triage"),
    State.WAITING: _("Waiting for the reporter"),
    State.DECIDED: _("Decided"),
    State.HANDED_OVER: _("Handed over"),
    State.CLOSED: _("Closed"),
}
MANNERS: Mapping[str, _StrPromise] = {
    "named": _("Under their own name"),
    "confidential": _("In confidence"),
    "anonymous": _("Anonymous"),
}
CLOCKS: Mapping[str, _StrPromise] = {
    "acknowledge": _("Acknowledge"),
    "triage": _("Take into triage"),
    "decide": _("Decide"),
    "feedback": _("Tell the reporter"),
}
"""What must be done before a clock ends."""
LINKS: Mapping[str, _StrPromise] = {"person": _("Same person"), "place": _("Same place")}
CHANNELS: Mapping[str, _StrPromise] = {
    "call": _("Call"),
    "message": _("Send a text message"),
    "mail": _("Send an e-mail"),
    "other": _("Another way"),
}
"""How a reporter can be reached safely."""
