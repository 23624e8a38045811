"""What somebody did with the Meldcode, as plain text for their own file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import formats
from django.utils.translation import gettext as _

from baken.packs.schema.people import Meldcode
from baken.routes.meldcode import STEP_OF, STEPS, Guide, Step


def record_text(
    *, meldcode: Meldcode, guide: Guide, notes: Mapping[Step, str], profession: str, now: dt.datetime
) -> str:
    """The record. ``now`` is a local moment; ``profession`` is the name of the reader's work."""
    made = {"date": formats.date_format(now, "DATE_FORMAT"), "time": formats.time_format(now, "H:i")}
    parts = [
        "\n".join(
            (meldcode.title, _("Made on %(date)s at %(time)s") % made, _("Work: %(name)s") % {"name": profession})
        )
    ]
    parts += [_step(meldcode, guide, notes, step) for step in STEPS]
    parts.append("\n".join((_("Conclusion").upper(), *_conclusion(meldcode, guide))))
    parts.append(_("Was anything shared? Write down what, with whom, on which footing, and whether the person knows."))
    return "\n\n".join(parts) + "\n"


def _step(meldcode: Meldcode, guide: Guide, notes: Mapping[Step, str], step: Step) -> str:
    lines = [meldcode.steps[step].title.upper()]
    lines.append(
        {
            "done": _("Done."),
            "skipped": _("Skipped. Reason: %(reason)s") % {"reason": guide.reasons.get(step, "")},
            "open": _("Not done yet."),
        }[guide.status_of(step)]
    )
    for question, answer in guide.weighing.answered:
        if STEP_OF[question] == step:
            lines.append(f"- {meldcode.questions[question].text} {_('Yes') if answer == 'yes' else _('No')}.")
    if notes.get(step):
        lines.append(notes[step].replace("\r\n", "\n"))
    return "\n".join(lines)


def _conclusion(meldcode: Meldcode, guide: Guide) -> list[str]:
    if guide.closed is not None:
        return [_("Closed before the end. Reason: %(reason)s") % {"reason": guide.closed}]
    if guide.conclusion is not None:
        return [meldcode.conclusions[guide.conclusion]]
    return [_("No conclusion yet.")]
