"""The parts of a report as they are sealed: which context, which bytes. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from baken.vault.context import Context

SITUATION, FACTS, OPINION, PLACE, REACH, REPORTER = "situation", "facts", "opinion", "place", "reach", "reporter"
PARTS = (SITUATION, FACTS, OPINION, PLACE, REACH, REPORTER)
"""Each is sealed by itself, so that one can be shared without the other."""
SHAREABLE = (SITUATION, FACTS, OPINION, PLACE)
"""What may go to another organisation. How to reach the reporter, and who that is, stays with the focal point."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is in a report. ``situation``: ``signs`` (codes), ``fields`` (codes of the situation), ``about``, ``municipality``.

    ``reach``: how the reporter can be reached safely (``channel``, ``value``, ``times``, ``code_word``, ``never``).
    """

    situation: Mapping[str, Any] = field(default_factory=dict)
    facts: str = ""
    opinion: str = ""
    place: str = ""
    reach: Mapping[str, str] = field(default_factory=dict)
    reporter: str = ""

    def sealed_texts(self, report_id: str, organisation_id: str) -> dict[Context, bytes]:
        """The parts that hold something, each with its context."""
        values = {
            SITUATION: _json(self.situation),
            FACTS: self.facts,
            OPINION: self.opinion,
            PLACE: self.place,
            REACH: _json(self.reach) if any(self.reach.values()) else "",
            REPORTER: self.reporter,
        }
        return {
            part_context(report_id, organisation_id, name): value.encode() for name, value in values.items() if value
        }


def part_context(report_id: str, organisation_id: str, part: str) -> Context:
    """What one part is sealed as."""
    return Context(kind="report", id=report_id, field=part, organisation=organisation_id)


def text_context(kind: str, object_id: str, organisation_id: str, name: str = "text") -> Context:
    """What a message, note, decision or other text beside the report is sealed as."""
    return Context(kind=kind, id=object_id, field=name, organisation=organisation_id)


def read_content(texts: Mapping[str, bytes]) -> Content:
    """The content again, of the parts that could be opened."""
    return Content(
        situation=_object(texts.get(SITUATION)),
        facts=texts.get(FACTS, b"").decode(),
        opinion=texts.get(OPINION, b"").decode(),
        place=texts.get(PLACE, b"").decode(),
        reach=_object(texts.get(REACH)),
        reporter=texts.get(REPORTER, b"").decode(),
    )


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _object(text: bytes | None) -> Mapping[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}
