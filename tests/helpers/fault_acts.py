"""Which scene tries which action. A test sees to it that no action is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils import timezone

from baken.reports.actions import (
    answering,
    closing,
    consulting,
    deciding,
    dialogue,
    expiry,
    handover,
    links,
    reading,
    reporter,
    triage,
)
from baken.reports.footing import Purpose
from tests.helpers.fault_scenes import (
    Scene,
    answering_with_a_file,
    asked,
    erased,
    expiring,
    forgetting,
    guessing,
    handing_in,
    held,
    in_triage,
    linked,
    offered,
    offering,
    on_closed,
    on_new,
    opening,
    read_by_reporter,
    record_of,
    reminding,
    retaining,
    sealing_anew,
    sent,
    taking_back,
    waiting,
    with_consent,
    withdrawing_consent,
)
from tests.helpers.sharing import ADULT

CONSENT: Mapping[str, Any] = {
    "recipient": lambda sharing: sharing.world.there,
    "parts": ["facts"],
    "purpose": Purpose.HELP,
    "until": lambda _sharing: timezone.now() + dt.timedelta(days=30),
    "record": ADULT,
}
AT_ONCE: Mapping[str, Scene] = {
    "submit.submit": lambda sharing: lambda: sent(sharing, urgent=True),
    "reporter.hand_in": handing_in,
    "reporter.answer": answering_with_a_file,
    "reporter.note_read": read_by_reporter(reporter.note_read),
    "reporter.note_unreadable": read_by_reporter(reporter.note_unreadable),
    "reporter.note_own_listed": lambda sharing: partial(
        reporter.note_own_listed, [sharing.report()], by=sharing.bas, now=timezone.now()
    ),
    "reading.note_read": lambda sharing: partial(
        reading.note_read, by=sharing.bas, report=sharing.report(), now=timezone.now()
    ),
    "reading.note_listed": lambda sharing: partial(
        reading.note_listed, by=sharing.bas, ids=[sharing.report().pk], now=timezone.now()
    ),
    "reading.note_found": lambda sharing: partial(
        reading.note_found, by=sharing.bas, ids=[sharing.report().pk], now=timezone.now()
    ),
    "triage.acknowledge": on_new(triage.acknowledge),
    "triage.take_into_triage": on_new(triage.take_into_triage),
    "triage.assign": in_triage(triage.assign, member=lambda sharing: sharing.dirk),
    "triage.carry_on": waiting,
    "triage.set_aside": in_triage(triage.set_aside, reason="vergissing"),
    "triage.reopen": on_closed(triage.reopen, expected=None),
    "dialogue.write_message": in_triage(dialogue.write_message, text="vraag", is_question=True),
    "dialogue.write_note": in_triage(dialogue.write_note, text="notitie"),
    "links.link": in_triage(links.link, other_id=lambda sharing: sharing.report().pk, why="person"),
    "links.unlink": linked,
    "deciding.record_consent": in_triage(deciding.record_consent, without=("expected",), **CONSENT),
    "deciding.withdraw_consent": withdrawing_consent,
    "deciding.write_weighing": in_triage(
        deciding.write_weighing, without=("expected",), record=record_of, person_told=False
    ),
    "deciding.sign_weighing": lambda sharing: partial(
        deciding.sign_weighing,
        by=sharing.colleague,
        weighing_id=sharing.weighing(sharing.report(), signed=False).pk,
        now=timezone.now(),
    ),
    "deciding.decide": with_consent,
    "handover.offer": offering(handover.offer),
    "handover.offer_page": offering(handover.offer_page),
    "handover.offer_paper": offering(handover.offer_paper),
    "handover.withdraw": taking_back,
    "answering.accept": offered(answering.accept),
    "answering.decline": offered(answering.decline, reason="nee"),
    "answering.report_outcome": offered(answering.report_outcome, taken=True, outcome="helped", text="ja"),
    "answering.open_page": opening,
    "answering.note_wrong_passcode": guessing,
    "consulting.ask": in_triage(
        consulting.ask, without=("expected",), asked=lambda sharing: sharing.world.there, question="wat nu?"
    ),
    "consulting.answer": lambda sharing: partial(
        consulting.answer, by=sharing.cleo, consultation_id=asked(sharing).pk, text="dit", now=timezone.now()
    ),
    "consulting.withdraw_question": lambda sharing: partial(
        consulting.withdraw_question,
        by=sharing.bas,
        consultation_id=asked(sharing).pk,
        pair=sharing.pair,
        now=timezone.now(),
    ),
    "closing.give_feedback": in_triage(closing.give_feedback, without=("expected",), text="dank je wel"),
    "closing.close": in_triage(
        closing.close, category="no_concern", erase_on=dt.date(2027, 1, 1), feedback="dank je wel"
    ),
    "closing.hold": on_closed(closing.hold, reason="rechtszaak"),
    "closing.lift_hold": held,
    "expiry.seal_anew": sealing_anew,
    "erasing.erase_report": erased,
}
"""Module and name -> the scene in which it happens wholly or not at all."""


IN_PORTIONS: Mapping[str, Scene] = {
    "expiry.expire": expiring(expiry.expire),
    "expiry.run": expiring(expiry.run),
    "reporter.forget_spent": forgetting,
    "reminders": reminding,
    "retention": retaining,
}
"""Jobs of a clock: report by report."""
