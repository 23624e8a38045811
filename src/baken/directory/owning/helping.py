"""Corrections of for whom a service is, and of how somebody comes there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.codes import TAXONOMIES, Channel
from baken.directory.owning.shapes import SPARE, FieldError, Line, Tick, Ticks
from baken.directory.parts import FOR_WHOM, Part
from baken.directory.records import ReferralRecord, ServiceRecord

MOST_STEPS, MOST_TEXT, OLDEST = 6, 2000, 120


def _ticks(record: ServiceRecord, taxonomy: str, data: QueryDict | None) -> Ticks:
    chosen: Iterable[str] = data.getlist(taxonomy) if data else record.of(taxonomy)
    return Ticks(
        taxonomy,
        str(labels.TAXONOMY[taxonomy]),
        tuple(Tick(code, str(text), code in set(chosen)) for code, text in labels.BY_TAXONOMY[taxonomy].items()),
    )


def _typed_codes(data: QueryDict, taxonomies: Iterable[str]) -> dict[str, list[str]]:
    return {name: sorted(set(data.getlist(name)) & {str(code) for code in TAXONOMIES[name]}) for name in taxonomies}


def for_whom_inputs(record: ServiceRecord, data: QueryDict | None) -> Mapping[str, Any]:
    """The boxes of for whom it is, two ages, and a text."""
    ages = {"minimum_age": record.minimum_age, "maximum_age": record.maximum_age}
    words = {"minimum_age": _("Youngest age"), "maximum_age": _("Oldest age")}
    return {
        "questions": [_ticks(record, name, data) for name in FOR_WHOM],
        "ages": [
            Line(name, words[name], data.get(name, "") if data else ("" if age is None else str(age)))
            for name, age in ages.items()
        ],
        "eligibility": data.get("eligibility", "") if data else record.eligibility,
    }


def for_whom(_record: ServiceRecord, data: QueryDict) -> Part:
    """For whom it is now. Raises FieldError."""
    youngest, oldest = _age(data.get("minimum_age", "")), _age(data.get("maximum_age", ""))
    if youngest is not None and oldest is not None and youngest > oldest:
        raise FieldError(_("The youngest age is higher than the oldest."))
    return {
        "codes": _typed_codes(data, FOR_WHOM),
        "minimum_age": youngest,
        "maximum_age": oldest,
        "eligibility": _text(data.get("eligibility", "")),
    }


def _age(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > OLDEST:
        raise FieldError(_("Write an age as a number of years, or leave it empty."))
    return int(text)


def _text(typed: str) -> str:
    text = "\n".join(line.rstrip() for line in typed.replace("\r\n", "\n").strip().split("\n"))
    if len(text) > MOST_TEXT:
        raise FieldError(_("Use at most %(count)d characters in one text.") % {"count": MOST_TEXT})
    return text


STEP_TEXTS = ("description", "to_have_ready", "not_to_send")


def referral_inputs(record: ServiceRecord, data: QueryDict | None) -> Mapping[str, Any]:
    """The boxes of who can turn to it, and the steps with one empty one."""
    words = {
        "description": _("What to do"),
        "to_have_ready": _("What to have ready"),
        "not_to_send": _("What not to send"),
    }
    steps = []
    for number in range(_steps(record)):
        step = record.referral[number] if number < len(record.referral) else None
        channel = data.get(f"step-{number}-channel", "") if data else (step.channel if step else "")
        steps.append(
            {
                "name": f"step-{number}",
                "number": number + 1,
                "channels": [Tick(code, str(text), code == channel) for code, text in labels.CHANNEL.items()],
                "texts": [
                    Line(
                        f"step-{number}-{name}",
                        word,
                        data.get(f"step-{number}-{name}", "") if data else (getattr(step, name) if step else ""),
                    )
                    for name, word in words.items()
                ],
            }
        )
    return {"access": _ticks(record, "nl-mh-access", data), "steps": steps}


def _steps(record: ServiceRecord) -> int:
    return min(len(record.referral) + SPARE, MOST_STEPS)


def referral(record: ServiceRecord, data: QueryDict) -> Part:
    """How somebody comes there now; a step that is emptied is gone. Raises FieldError."""
    steps = []
    for number in range(_steps(record)):
        channel = data.get(f"step-{number}-channel", "")
        texts = {name: _text(data.get(f"step-{number}-{name}", "")) for name in STEP_TEXTS}
        if not channel and not any(texts.values()):
            continue
        if channel not in set(Channel):
            raise FieldError(_("Choose in which way step %(number)d goes.") % {"number": number + 1})
        before = record.referral[number] if number < len(record.referral) else ReferralRecord(channel=channel)
        steps.append({**asdict(replace(before, channel=channel)), **texts})
    return {"codes": _typed_codes(data, ("nl-mh-access",)), "steps": steps}
