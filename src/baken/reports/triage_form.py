"""The small forms on the page of a report. Each has its own ids, because they stand on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baken.people.models import Member
from baken.reports.labels import LINKS

LONGEST = 20_000
"""Characters in one message or note."""
MISSING = _("Write something first. Nothing was sent.")


class _OnOnePage(forms.Form):
    """A form with ids of its own."""

    name = ""

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id=f"{self.name}_%s", label_suffix="", **more)


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
        error_messages={"required": MISSING},
    )


class MessageForm(_OnOnePage):
    """Write to the reporter."""

    name = "message"
    text = _text(_("Your message"), _("The reporter reads it in Baken. Write nothing that another person told you."))
    question = forms.BooleanField(
        label=_("This is a question"),
        required=False,
        help_text=_("The report waits for the answer, and your clock stands still."),
    )


class NoteForm(_OnOnePage):
    """Write for colleagues alone."""

    name = "note"
    text = _text(_("Your note"))


class SetAsideForm(_OnOnePage):
    """Close without a decision."""

    name = "aside"
    reason = _text(_("Why"), _("For your colleagues; it becomes an internal note."))


class AssignForm(_OnOnePage):
    """Choose a colleague."""

    name = "assign"
    member = forms.ChoiceField(label=_("Colleague"), error_messages={"required": _("Choose a colleague.")})

    def __init__(self, data: Any = None, *, readers: list[Member], me: Member, **more: Any) -> None:
        super().__init__(data, **more)
        choices = [(str(item.pk), _("You") if item.pk == me.pk else item.email) for item in readers]
        self.fields["member"].choices = choices  # type: ignore[attr-defined]


class LinkForm(_OnOnePage):
    """Name another report, and why it belongs with this one."""

    name = "link"
    reference = forms.CharField(
        label=_("Reference of the other report"), max_length=20, widget=forms.TextInput(attrs={"class": "input"})
    )
    why = forms.ChoiceField(label=_("Why"), choices=list(LINKS.items()))
