"""The plain fields of a service: what it is, who offers it, for whom, and where we know it from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.directory import labels
from baken.directory.records import ProviderRecord, ServiceRecord, SourceRecord

LONG, LONGEST = 2000, 500
OLDEST = 130
CODES = {
    "need": "nl-mh-need",
    "form": "nl-mh-form",
    "gender": "nl-mh-gender",
    "age": "nl-mh-age",
    "residence": "nl-mh-status",
    "access": "nl-mh-access",
}
"""Field of the form -> taxonomy whose codes are its boxes."""
TEXTS = ("name", "alternate_name", "description", "interpretation", "eligibility", "alert", "fees", "url", "email")
CHOICES = ("kind", "visibility", "status", "language", "country")
PROVIDER = ("name", "description", "url", "email", "legal_status")
FREE = {"": None, "yes": True, "no": False}


def text(
    label: Any, *, required: bool = False, most: int = 200, help_text: Any = "", kind: str = ""
) -> forms.CharField:
    """A line of text."""
    widget = forms.TextInput({"class": "input", "type": kind or "text"})
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text, widget=widget)


def area(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea({"class": "input", "rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONG, help_text=help_text, widget=widget)


def link(label: Any) -> forms.URLField:
    """A web address."""
    widget = forms.URLInput({"class": "input"})
    return forms.URLField(label=label, required=False, max_length=LONGEST, widget=widget, assume_scheme="https")


def mailbox(label: Any, help_text: Any = "") -> forms.EmailField:
    """An e-mail address."""
    return forms.EmailField(
        label=label, required=False, help_text=help_text, widget=forms.EmailInput({"class": "input"})
    )


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """A date."""
    widget = forms.DateInput({"class": "input input--short", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def choice(label: Any, choices: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """One of a list."""
    widget = forms.Select({"class": "input"})
    return forms.ChoiceField(label=label, choices=list(choices), required=required, help_text=help_text, widget=widget)


def age_field(label: Any) -> forms.IntegerField:
    """A number of years."""
    widget = forms.NumberInput({"class": "input input--short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=OLDEST, widget=widget)


class BasicsForm(forms.Form):
    """Everything of which there is one."""

    name = text(gettext_lazy("Name of the service"), required=True)
    alternate_name = text(gettext_lazy("Also called"))
    kind = choice(
        gettext_lazy("Kind of place"),
        labels.KIND.items(),
        help_text=gettext_lazy("Says how often it is checked. A place to stay never shows an address."),
    )
    description = area(gettext_lazy("What they do"), gettext_lazy("Short sentences. Name no person."), rows=5)
    language = choice(gettext_lazy("Language of these texts"), ())
    country = choice(gettext_lazy("Country"), labels.COUNTRY.items())
    visibility = choice(gettext_lazy("Who may see it"), labels.VISIBILITY.items())
    status = choice(gettext_lazy("Open or closed"), labels.SERVICE_STATUS.items())
    alert = area(gettext_lazy("What somebody must know first"), gettext_lazy("For example: closed in August."), rows=2)
    provider_name = text(
        gettext_lazy("Name of the organisation"),
        required=True,
        help_text=gettext_lazy("The same name as before is the same organisation."),
    )
    provider_description = area(gettext_lazy("About the organisation"))
    provider_url = link(gettext_lazy("Website of the organisation"))
    provider_email = mailbox(gettext_lazy("E-mail address of the organisation"), gettext_lazy("Public."))
    provider_legal_status = text(gettext_lazy("Legal form"), most=60)
    url = link(gettext_lazy("Website"))
    email = mailbox(gettext_lazy("E-mail address"), gettext_lazy("Public. Of a function, not of a person."))
    interpretation = area(gettext_lazy("Interpreters"), rows=2)
    eligibility = area(gettext_lazy("For whom it is, in words"))
    minimum_age = age_field(gettext_lazy("Youngest age"))
    maximum_age = age_field(gettext_lazy("Oldest age"))
    fees = area(gettext_lazy("What it costs, in words"), rows=2)
    free = choice(
        gettext_lazy("Free of charge?"),
        [("", gettext_lazy("Nobody knows")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        required=False,
    )
    source_name = text(
        gettext_lazy("Where we know this from"), required=True, help_text=gettext_lazy("An organisation or a page.")
    )
    source_url = link(gettext_lazy("Page where it stands"))
    source_checked_on = day(gettext_lazy("Source read on"), gettext_lazy("Reading a source is not asking them."))
    source_check_by = day(gettext_lazy("Read the source again before"))
    confidence = choice(gettext_lazy("How sure"), labels.CONFIDENCE.items())

    def __init__(self, data: Any = None, *, before: ServiceRecord | None = None, language: str = "nl") -> None:
        first = initial_of(before) if before else {"language": language, "confidence": "reported", "status": "active"}
        super().__init__(data, initial=first, auto_id="id_%s", label_suffix="")
        for name, taxonomy in CODES.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=labels.TAXONOMY[taxonomy],
                choices=[(str(code), label) for code, label in labels.BY_TAXONOMY[taxonomy].items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        known = {code: str(name) for code, name in settings.LANGUAGES}
        if before and before.language not in known:
            known[before.language] = labels.language_name(before.language)
        self.fields["language"].choices = [(code, labels.language_name(code)) for code in known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The ages in order."""
        cleaned = super().clean() or {}
        youngest, oldest = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("maximum_age", _("The oldest age is lower than the youngest."))
        return cleaned

    def onto(self, record: ServiceRecord) -> ServiceRecord:
        """The record with these fields. Places, lines and hours are not here; the record must be fit for its visibility."""
        typed = self.cleaned_data
        codes = {pair for pair in record.codes if pair[0] not in CODES.values()}
        codes |= {(CODES[name], code) for name in CODES for code in typed[name]}
        return replace(
            record,
            **{name: typed[name] for name in (*TEXTS, *CHOICES)},
            minimum_age=typed["minimum_age"],
            maximum_age=typed["maximum_age"],
            free=FREE[typed["free"]],
            codes=frozenset(codes),
            provider=self._provider(record.provider),
            source=SourceRecord(
                name=typed["source_name"],
                url=typed["source_url"],
                checked_on=typed["source_checked_on"],
                check_by=typed["source_check_by"],
                confidence=typed["confidence"],
            ),
        )

    def _provider(self, before: ProviderRecord) -> ProviderRecord:
        return replace(before, **{name: self.cleaned_data[f"provider_{name}"] for name in PROVIDER})


def initial_of(record: ServiceRecord) -> dict[str, Any]:
    """What the fields say now."""
    return {
        **{name: getattr(record, name) for name in (*TEXTS, *CHOICES, "minimum_age", "maximum_age")},
        **{name: sorted(record.of(taxonomy)) for name, taxonomy in CODES.items()},
        **{f"provider_{name}": getattr(record.provider, name) for name in PROVIDER},
        "free": next(key for key, value in FREE.items() if value is record.free),
        "source_name": record.source.name,
        "source_url": record.source.url,
        "source_checked_on": record.source.checked_on,
        "source_check_by": record.source.check_by,
        "confidence": record.source.confidence,
    }
