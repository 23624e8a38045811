"""The page of the owner as a form: per field an answer, and what was filled in; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.actions.verifying import Answer, Outcome
from baken.directory.codes import Field
from baken.directory.freshness import fields_of, value_of
from baken.directory.owning.corrections import correction, inputs
from baken.directory.owning.shapes import FieldError
from baken.directory.owning.words import question, says
from baken.directory.records import ServiceRecord

RIGHT, CHANGED, OPEN = "right", "changed", "open"
_PARTS = {"status": "choose", "visibility": "choose"}


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """One field on the page. ``choice``: right, changed, open, or "" while nobody chose."""

    code: str
    label: str
    question: str
    says: list[str]
    seen: str
    choice: str
    error: str
    inputs: Mapping[str, Any]

    @property
    def template(self) -> str:
        """The part of the page with its lines and boxes."""
        return f"directory/owner/_{_PARTS.get(self.code, self.code)}.html"


@dataclass(frozen=True, slots=True)
class Form:
    """The whole page, and what it means when there are no ``errors``."""

    fields: list[FieldAsked]
    answers: Mapping[Field, Answer]
    errors: Mapping[str, str]


def read(record: ServiceRecord, data: QueryDict | None) -> Form:
    """The form about a service as it is shown; with what was sent, when something was."""
    answers: dict[Field, Answer] = {}
    errors: dict[str, str] = {}
    asked = fields_of(record)
    if data is None:
        return Form([_asked(record, field, None, "") for field in asked], {}, {})
    for field in asked:
        try:
            found = _answer(record, field, data)
        except FieldError as error:
            errors[field] = str(error)
        else:
            if found is not None:
                answers[field] = found
    if not errors and not answers:
        errors[asked[0]] = _("You left everything open. Answer at least one, or close this page and come back later.")
    return Form([_asked(record, field, data, errors.get(field, "")) for field in asked], answers, errors)


def _answer(record: ServiceRecord, field: Field, data: QueryDict) -> Answer | None:
    """What the owner said about a field; None when it is left open."""
    choice, seen = data.get(f"answer-{field}", ""), data.get(f"seen-{field}", "")
    if choice == OPEN:
        return None
    if choice not in (RIGHT, CHANGED):
        raise FieldError(_("%(field)s: choose an answer.") % {"field": labels.FIELD[field]})
    if seen != value_of(record, field):
        raise FieldError(
            _("%(field)s: somebody changed this meanwhile. Look at it again.") % {"field": labels.FIELD[field]}
        )
    if choice == RIGHT:
        return Answer(Outcome.RIGHT, seen=seen)
    return Answer(Outcome.WRONG, correction(record, field, data), seen)


def _asked(record: ServiceRecord, field: Field, data: QueryDict | None, error: str) -> FieldAsked:
    seen = value_of(record, field)
    # An answer about what it said before is no answer about what it says now.
    choice = data.get(f"answer-{field}", "") if data and data.get(f"seen-{field}") == seen else ""
    return FieldAsked(
        code=str(field),
        label=str(labels.FIELD[field]),
        question=question(field),
        says=says(record, field),
        seen=seen,
        choice=choice if choice in (RIGHT, CHANGED, OPEN) else "",
        error=error,
        inputs=inputs(record, field, data),
    )
