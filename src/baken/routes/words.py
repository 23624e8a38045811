"""Interface words for the scripts that show a result without a network (``static/baken/``).

The view puts them, translated, into the bundle as ``words``. Most are the same messages as in the templates, so they
cost a translator nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from baken.routes.cards import FOOTING_TITLES
from baken.routes.explain import RULES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS: Mapping[str, _StrPromise] = {
    "action_none": _("Nothing seen so far"),
    "action_watch": _("Keep watching and ask for advice"),
    "action_discuss": _("Discuss with your focal point"),
    "action_report": _("Report today"),
    "action_call_now": _("Call now"),
    "reason_danger_now": _("You said that somebody is in danger now."),
    "reason_urgent_sign": _(
        "You ticked a sign that asks for action today. Is somebody in danger now? Call 112. "
        "If not, call the first door below that is open."
    ),
    "reason_minor": _("It is about a minor. Then one sign is enough to talk about it."),
    "reason_instrument": _("This follows from the signs you ticked. Below you see which ones and why."),
    "reason_few_signs": _("One sign says little by itself. Keep watching, and ask for advice when in doubt."),
    "reason_no_signs": _("You ticked no signs. When you still have a bad feeling, ask for advice."),
    **{f"rule_{code}": text for code, text in RULES.items()},
    **{f"footing_{code}": text for code, text in FOOTING_TITLES.items()},
    "open": _("Open now"),
    "closed": _("Closed now"),
    "closed_opens": _("Closed now, opens %(moment)s"),
    "hours_unknown": _("Opening hours unknown"),
    "today_at": _("today at %(time)s"),
    "tomorrow_at": _("tomorrow at %(time)s"),
    "day_at": _("%(day)s at %(time)s"),
    "call": _("Call %(name)s:"),
    "not_confirmed_number": _("(number not confirmed)"),
    "website": _("Website"),
    "say": _("You can say"),
    "call_facts": _("What holds for this call"),
    "expect": _("What happens"),
    "needs_consent": _("Needs consent"),
    "region_unknown": _("We do not know who does this in your municipality. This is the national number."),
    "region_unconfirmed": _("not confirmed"),
    "region_ask": _("We do not know who does this in your municipality. Ask your own organisation."),
    "own_focal_point": _("your own focal point"),
    "source": _("Source:"),
    "checked_on": _("Checked on %(date)s"),
    "confirmed": _("Confirmed"),
    "reported": _("Reported, not compared with the first source"),
    "unconfirmed": _("Not confirmed"),
    "do_title": _("Do this now"),
    "dont_title": _("Do not do this"),
    "dont": _("Do not"),
    "doors_title": _("Whom you can call"),
    "why_title": _("Why this advice"),
    "why_note": _("This says what you can do. It is not a judgement of anybody."),
    "rule_holds": _("rule holds"),
    "rule_does_not_hold": _("rule does not hold"),
    "watch_for": _("Watch for this"),
    "watch_for_note": _("One more of these would change the advice:"),
    "limits": _("What this list cannot tell"),
    "sign_count": _("Signs found: %(count)s"),
    "offline_title": _("What you can do now"),
    "offline_note": _("There is no network. This was worked out on your own device and nothing was sent."),
    "offline_hours": _("Opening hours are those of the last time you had a network."),
    "place_not_found": _("We do not know this municipality or postcode. These are the national doors."),
    "note_title": _("For your own file"),
    "note_help": _("Add what you saw and heard, and keep it apart from what you think. Leave out what is not needed."),
    "note_moment": _("Written on %(moment)s"),
    "note_signs": _("What I noticed:"),
    "note_advice": _("Advice of Baken:"),
    "copy": _("Copy this text"),
    "copied": _("Copied"),
    "steps_title": _("Step by step"),
    "yes": _("Yes"),
    "no": _("No"),
    "back": _("Back to the previous question"),
    "questions_title": _("Five questions to weigh"),
    "conclusion_title": _("What follows from your answers"),
    "start_again": _("Start again"),
}
"""Key in the bundle -> text. Placeholders look like ``%(name)s``."""


def words() -> dict[str, str]:
    """The words in the language that is active now."""
    return {key: str(text) for key, text in WORDS.items()}
