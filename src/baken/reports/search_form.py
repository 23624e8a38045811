"""The search form of the inbox. It is sent by POST: what somebody looks for is in no address, history or log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.packs.pack import Pack
from baken.packs.places import UnknownPlaceError
from baken.recognise.questions import ANSWERS
from baken.reports.finding import Wanted
from baken.reports.labels import STATES
from baken.reports.references import reference_of
from baken.reports.search import Query

ANY = ("", gettext_lazy("Does not matter"))
DAY = {"class": "input input--short", "type": "date"}


class SearchForm(forms.Form):
    """Every field may stay empty; together they narrow."""

    text = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("In what was written: facts, opinion, place, messages and notes."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input", "type": "search"}),
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "input input--short"}),
    )
    since = forms.DateField(
        label=gettext_lazy("Received from"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("Received up to and including"),
        required=False,
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=[ANY, *STATES.items()])
    form = forms.ChoiceField(
        label=gettext_lazy("Form"),
        required=False,
        choices=[ANY, *((code, words[0]) for code, words in ANSWERS["form"].items() if code != "unknown")],
    )
    sign = forms.ChoiceField(label=gettext_lazy("Sign"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Municipality or postcode"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, data: Any = None, *, pack: Pack) -> None:
        super().__init__(data, auto_id="search_%s", label_suffix="")
        self.pack = pack
        self.fields["sign"].choices = [  # type: ignore[attr-defined]
            ANY,
            *sorted(((code, sign.text) for code, sign in pack.signs.items()), key=lambda item: item[1]),
        ]

    def clean_reference(self) -> str:
        """As it is kept."""
        typed = self.cleaned_data["reference"].strip()
        if not typed:
            return ""
        found = reference_of(typed)
        if found is None:
            raise forms.ValidationError(_("This is no reference. It has eight letters and digits; compare them again."))
        return found

    def clean_place(self) -> str:
        """The code of the municipality."""
        typed = self.cleaned_data["place"].strip()
        if not typed:
            return ""
        try:
            return self.pack.places.find(typed).code
        except UnknownPlaceError:
            unknown = _("We do not know this municipality or postcode. Look at the spelling.")
            raise forms.ValidationError(unknown) from None

    def wanted(self) -> Wanted:
        """What is looked for."""
        given = self.cleaned_data
        return Wanted(
            reference=given["reference"],
            since=given["since"],
            until=given["until"],
            states=_set(given["state"]),
            inside=Query(
                text=given["text"],
                signs=_set(given["sign"]),
                forms=_set(given["form"]),
                places=_set(given["place"]),
            ),
        )


def _set(value: str) -> frozenset[str]:
    return frozenset({value} if value else ())
