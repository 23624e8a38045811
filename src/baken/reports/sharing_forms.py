"""Forms of deciding and handing over. They check what was typed; the footing is checked by the actions."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.people.models import Organisation
from baken.reports import sharing_labels as labels
from baken.reports.capacity import Age, Assent, Giver, ParentInvolved
from baken.reports.footing import Interpreter, Purpose
from baken.reports.records import ConsentRecord, WeighingRecord
from baken.reports.triage_form import LONGEST


def sealed_text(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    """A text that will be sealed."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "input", "rows": rows}),
        error_messages={"required": gettext_lazy("Write something here.")},
    )


def radio(label: Any, words: labels.Words, help_text: Any = "", only: Iterable[str] | None = None) -> forms.ChoiceField:
    """One of a few; nothing is chosen beforehand."""
    wanted = set(words if only is None else only)
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=[(code, name) for code, name in words.items() if code in wanted],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )


def several(label: Any, choices: Sequence[tuple[str, Any]], help_text: Any = "") -> forms.MultipleChoiceField:
    """Any number; nothing is chosen beforehand."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput({"type": "date", "class": "input input--short"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Choose a day.")},
    )


def end_of(chosen: dt.date) -> dt.datetime:
    """The last moment of a day."""
    return timezone.make_aware(dt.datetime.combine(chosen, dt.time(23, 59, 59)))


class RecipientForm(forms.Form):
    """For whom: an organisation on Baken by its name, or a party elsewhere."""

    organisation = forms.CharField(
        required=False,
        max_length=120,
        label=gettext_lazy("Organisation on Baken"),
        help_text=gettext_lazy("Type the first letters of its name and choose it. Leave empty for a party elsewhere."),
        widget=forms.TextInput({"class": "input", "list": "organisations", "autocomplete": "off"}),
    )
    party = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Or a party elsewhere"),
        choices=[("", "—"), *labels.PARTIES.items()],
    )

    def __init__(self, data: Any = None, *, organisations: list[Organisation], **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.organisations = organisations
        self.recipient: Organisation | None = None

    def clean(self) -> dict[str, Any]:
        """One of the two, and an organisation that can receive."""
        cleaned = super().clean() or self.cleaned_data
        typed, party = cleaned.get("organisation", "").strip(), cleaned.get("party", "")
        if bool(typed) == bool(party):
            self.add_error("organisation", _("Choose one: an organisation on Baken, or a party elsewhere."))
        elif typed:
            found = [item for item in self.organisations if item.name.casefold() == typed.casefold()]
            if found:
                self.recipient = found[0]
            else:
                self.add_error(
                    "organisation", _("No organisation on Baken with this name can receive. Choose one from the list.")
                )
        return cleaned

    @property
    def recipient_code(self) -> str:
        """Id of the organisation, or code of the party."""
        return str(self.recipient.pk) if self.recipient is not None else str(self.cleaned_data["party"])


SHARED = [(code, labels.PARTS[code]) for code in ("situation", "facts", "opinion", "place", "files")]


class ConsentForm(RecipientForm):
    """Who agreed to what."""

    parts = several(
        gettext_lazy("Which parts may they read?"),
        [*SHARED, ("registration", labels.PARTS["registration"])],
    )
    purpose = radio(gettext_lazy("What for?"), labels.PURPOSES)
    age = radio(gettext_lazy("How old is the person?"), labels.AGES)
    given_by = radio(gettext_lazy("Who agreed?"), labels.GIVERS)
    who = forms.CharField(
        max_length=200,
        label=gettext_lazy("Who is that?"),
        help_text=gettext_lazy("A role is enough, such as: the person themselves, or the guardian. No name is needed."),
        widget=forms.TextInput({"class": "input"}),
        error_messages={"required": gettext_lazy("Write something here.")},
    )
    parent_involved = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Under 16: could a parent be part of what is being done to the child?"),
        choices=[("", "—"), *labels.PARENTS.items()],
    )
    assent = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Under 16: what does the child want?"),
        choices=[("", "—"), *labels.ASSENTS.items()],
    )
    how_explained = sealed_text(
        gettext_lazy("How was it explained?"),
        gettext_lazy("What you said about who reads it, what for, and that it can be withdrawn at any time."),
    )
    language = forms.CharField(
        max_length=60,
        label=gettext_lazy("In which language?"),
        widget=forms.TextInput({"class": "input"}),
        error_messages={"required": gettext_lazy("Write something here.")},
    )
    interpreter = radio(gettext_lazy("Who interpreted?"), labels.INTERPRETERS)
    until = day(gettext_lazy("What is the last day on which the consent holds?"))

    def record(self) -> ConsentRecord:
        """As the action takes it."""
        cleaned = self.cleaned_data
        return ConsentRecord(
            who=cleaned["who"],
            given_by=Giver(cleaned["given_by"]),
            age=Age(cleaned["age"]),
            parent_involved=ParentInvolved(cleaned["parent_involved"] or ParentInvolved.UNKNOWN),
            assent=Assent(cleaned["assent"] or Assent.NOT_ASKED),
            how_explained=cleaned["how_explained"],
            language=cleaned["language"],
            interpreter=Interpreter(cleaned["interpreter"]),
        )

    def purpose_code(self) -> Purpose:
        """As the action takes it."""
        return Purpose(self.cleaned_data["purpose"])


class WeighingForm(RecipientForm):
    """Why something is shared without consent."""

    parts = several(gettext_lazy("Which parts are needed?"), SHARED, gettext_lazy("No more than the aim asks."))
    aim = sealed_text(gettext_lazy("What do you want to reach?"))
    less_far_reaching_way = sealed_text(
        gettext_lazy("Why is a less far-reaching way not enough?"),
        gettext_lazy("For example: without a name, with consent, or by helping."),
    )
    consulted = sealed_text(
        gettext_lazy("Whom did you consult?"), gettext_lazy("An organisation or a function is enough.")
    )
    told = radio(
        gettext_lazy("Is the person told?"),
        {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No, because that is not possible now")},
    )
    why_not_told = sealed_text(gettext_lazy("If not: why not?"), required=False, rows=3)

    def record(self) -> WeighingRecord:
        """As the action takes it."""
        cleaned = self.cleaned_data
        return WeighingRecord(
            recipient=self.recipient_code,
            parts=tuple(sorted(cleaned["parts"])),
            aim=cleaned["aim"],
            less_far_reaching_way=cleaned["less_far_reaching_way"],
            consulted=cleaned["consulted"],
            why_not_told=cleaned["why_not_told"],
        )


class DecisionForm(forms.Form):
    """Take a decision, on a record when it asks one."""

    record = forms.ChoiceField(
        label=gettext_lazy("On which footing?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    text = sealed_text(
        gettext_lazy("Why this decision?"), gettext_lazy("For your colleagues. It is sealed."), required=False
    )

    def __init__(self, data: Any = None, *, records: list[tuple[str, str]] | None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        if records is None:
            del self.fields["record"]
        else:
            self.fields["record"].choices = records  # type: ignore[attr-defined]


class HandoverForm(forms.Form):
    """Chosen parts, until a day, with a word to the one who gets them."""

    way = radio(gettext_lazy("How does it get there?"), labels.WAYS, only=("page", "paper"))
    name = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Who exactly?"),
        help_text=gettext_lazy("For your own records. It is sealed."),
        widget=forms.TextInput({"class": "input"}),
    )
    parts = several(gettext_lazy("Which parts?"), [], gettext_lazy("Nothing is chosen beforehand."))
    until = day(gettext_lazy("What is the last day on which they can read it?"))
    message = sealed_text(gettext_lazy("A word to the one who gets it"), required=False)

    def __init__(self, data: Any = None, *, parts: list[tuple[str, str]], on_baken: bool, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]
        if on_baken:
            del self.fields["way"], self.fields["name"]

    def chosen_files(self) -> list[uuid.UUID]:
        """The chosen files."""
        return [
            uuid.UUID(item.removeprefix("file:")) for item in self.cleaned_data["parts"] if item.startswith("file:")
        ]

    def chosen_texts(self) -> list[str]:
        """The chosen parts that are texts."""
        return [item for item in self.cleaned_data["parts"] if not item.startswith("file:")]


class ReasonForm(forms.Form):
    """Decline a hand-over."""

    text = sealed_text(gettext_lazy("Why not?"), gettext_lazy("The sender reads this. It is sealed."))

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="decline_%s", label_suffix="", **more)


class OutcomeForm(forms.Form):
    """Tell the sender what came of it."""

    outcome = radio(gettext_lazy("What came of it?"), labels.OUTCOMES)
    text = sealed_text(
        gettext_lazy("A word to the sender"),
        gettext_lazy("Only what they may know. Never where somebody stays."),
        required=False,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="outcome_%s", label_suffix="", **more)
