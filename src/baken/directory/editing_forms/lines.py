"""Lines of a service of which there may be more: telephones, languages, areas, steps, costs and documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.directory import labels
from baken.directory.editing_forms.basics import area, choice, link, text
from baken.directory.records import (
    CostRecord,
    DocumentRecord,
    LanguageRecord,
    PhoneRecord,
    ReferralRecord,
    ServiceRecord,
)
from baken.packs.checks import valid_number

MOST = 20
LONGEST_NUMBER = 40
NOBODY_KNOWS = ("", gettext_lazy("Nobody knows"))
CONSENT = {"": None, "yes": True, "no": False}
CODE = re.compile(r"[a-z]{2,3}")


class LineForm(forms.Form):
    """One line. An empty one is taken away."""

    def __init__(self, *arguments: Any, country: str = "NL", **more: Any) -> None:
        self.country = country
        super().__init__(*arguments, **{"auto_id": "id_%s", "label_suffix": "", **more})


class PhoneForm(LineForm):
    """A telephone number."""

    number = text(gettext_lazy("Number"), most=LONGEST_NUMBER, kind="tel")
    kind = choice(gettext_lazy("What kind"), labels.PHONE_KIND.items(), required=False)
    extension = text(gettext_lazy("Extension"), most=10)
    description = text(gettext_lazy("What it is for"))
    languages = text(
        gettext_lazy("Languages on this number"), help_text=gettext_lazy("Codes, for example nl, bg"), most=100
    )

    def clean_number(self) -> str:
        """A number that can be called."""
        return number_of(self.cleaned_data["number"], self.country)

    def clean_languages(self) -> str:
        """Codes of languages."""
        codes = codes_of(self.cleaned_data["languages"])
        if wrong := [code for code in codes if not CODE.fullmatch(code)]:
            raise forms.ValidationError(
                _("“%(code)s” is not the code of a language. Use two or three letters.") % {"code": wrong[0][:20]}
            )
        return ", ".join(codes)


class LanguageForm(LineForm):
    """A language that is spoken there."""

    code = choice(gettext_lazy("Language"), (), required=False)
    note = text(gettext_lazy("About it"), help_text=gettext_lazy("For example: on Tuesdays, with an interpreter"))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        own = str((self.initial or {}).get("code", ""))
        codes = dict.fromkeys([*labels.SPOKEN, *([own] if own else [])])
        named = sorted(((code, labels.language_name(code)) for code in codes), key=lambda item: item[1])
        self.fields["code"].choices = [("", gettext_lazy("None")), *named]  # type: ignore[attr-defined]


class AreaForm(LineForm):
    """For whom by place."""

    name = text(
        gettext_lazy("Name"),
        help_text=gettext_lazy("Of the municipality, province or region; of a country its two letters."),
    )
    kind = choice(gettext_lazy("Kind of area"), labels.AREA.items(), required=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["kind"].initial = "municipality"


class StepForm(LineForm):
    """One step of referring somebody."""

    channel = choice(gettext_lazy("How"), [NOBODY_KNOWS, *labels.CHANNEL.items()], required=False)
    description = area(gettext_lazy("What to do"), rows=2)
    consent_needed = choice(
        gettext_lazy("Must the person agree?"),
        [NOBODY_KNOWS, ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        required=False,
    )
    to_have_ready = area(gettext_lazy("What to have ready"), rows=2)
    not_to_send = area(gettext_lazy("What not to send"), rows=2)


class CostForm(LineForm):
    """What it costs."""

    option = text(gettext_lazy("For what"))
    amount = forms.RegexField(
        r"^\d{1,7}([.,]\d{1,2})?$",
        label=gettext_lazy("Amount"),
        required=False,
        widget=forms.TextInput({"class": "input input--short", "inputmode": "decimal"}),
        error_messages={"invalid": gettext_lazy("Write an amount like 12.50, or leave it empty.")},
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency"),
        required=False,
        widget=forms.TextInput({"class": "input input--short", "maxlength": "3"}),
        error_messages={"invalid": gettext_lazy("Use three letters, for example EUR.")},
    )
    description = text(gettext_lazy("About it"))

    def clean_amount(self) -> str:
        """With a point."""
        return str(self.cleaned_data["amount"]).replace(",", ".")


class DocumentForm(LineForm):
    """A paper that somebody must bring."""

    document = text(gettext_lazy("What to bring"))
    url = link(gettext_lazy("Page about it"))


@dataclass(frozen=True, slots=True)
class Lines:
    """One list of the form. A line is there when its ``first`` field is filled in; with "" when any of them is."""

    form: type[LineForm]
    title: Any
    first: str
    spare: int


LINES: Mapping[str, Lines] = {
    "phones": Lines(PhoneForm, gettext_lazy("Telephone number"), "number", 2),
    "languages": Lines(LanguageForm, gettext_lazy("Language"), "code", 2),
    "areas": Lines(AreaForm, gettext_lazy("Area"), "name", 2),
    "referral": Lines(StepForm, gettext_lazy("Step"), "", 1),
    "costs": Lines(CostForm, gettext_lazy("Cost"), "option", 1),
    "documents": Lines(DocumentForm, gettext_lazy("Paper"), "document", 1),
}


def formset(name: str, data: Any, initial: list[dict[str, Any]], country: str) -> Any:
    """The lines of one list, with some empty ones at the end."""
    kind = LINES[name]
    made = forms.formset_factory(kind.form, extra=kind.spare, max_num=MOST, absolute_max=MOST)
    return made(data, prefix=name, initial=initial, form_kwargs={"country": country}, auto_id="id_%s")


def filled(name: str, lines: Any) -> list[dict[str, Any]]:
    """What was filled in, without the lines that are empty. The formset is valid."""
    first = LINES[name].first
    found = [form.cleaned_data for form in lines.forms if form.cleaned_data]
    return [line for line in found if (line[first] if first else any(line.values()))]


def initial_lines(record: ServiceRecord) -> dict[str, list[dict[str, Any]]]:
    """What the lines say now; those of areas come from `baken.directory.editing_forms.areas`."""
    return {
        "phones": [phone_line(item) for item in record.phones],
        "languages": [{"code": item.code, "note": item.note} for item in record.languages],
        "referral": [
            {
                "channel": item.channel,
                "description": item.description,
                "consent_needed": next(key for key, value in CONSENT.items() if value is item.consent_needed),
                "to_have_ready": item.to_have_ready,
                "not_to_send": item.not_to_send,
            }
            for item in record.referral
        ],
        "costs": [
            {"option": item.option, "amount": item.amount, "currency": item.currency, "description": item.description}
            for item in record.costs
        ],
        "documents": [{"document": item.document, "url": item.url} for item in record.documents],
    }


def phone_line(item: PhoneRecord) -> dict[str, Any]:
    """A number as its line shows it."""
    return {
        "number": item.number,
        "kind": item.kind,
        "extension": item.extension,
        "description": item.description,
        "languages": ", ".join(item.languages),
    }


def with_lines(record: ServiceRecord, typed: Mapping[str, list[dict[str, Any]]]) -> ServiceRecord:
    """The record with the lines that were filled in; areas are left as they are."""
    made: dict[str, Any] = {name: tuple(make(line) for line in typed[name]) for name, make in _MAKE.items()}
    return replace(record, **made)


def _phone(line: dict[str, Any]) -> PhoneRecord:
    return PhoneRecord(
        number=line["number"],
        kind=line["kind"] or "voice",
        extension=line["extension"],
        description=line["description"],
        languages=tuple(codes_of(line["languages"])),
    )


def _step(line: dict[str, Any]) -> ReferralRecord:
    return ReferralRecord(**{**line, "consent_needed": CONSENT[line["consent_needed"]]})


_MAKE: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "phones": _phone,
    "languages": lambda line: LanguageRecord(**line),
    "referral": _step,
    "costs": lambda line: CostRecord(**line),
    "documents": lambda line: DocumentRecord(**line),
}


def codes_of(typed: str) -> list[str]:
    """Codes with commas or spaces between them."""
    return re.split(r"[\s,;]+", typed.strip().lower()) if typed.strip() else []


def number_of(typed: str, country: str) -> str:
    """A number as typed, with single spaces. Raises ValidationError for one that cannot be called."""
    number = " ".join(typed.split())
    if number and (len(number) > LONGEST_NUMBER or not valid_number(number, country)):
        raise forms.ValidationError(
            _("“%(number)s” is not a telephone number that can be called.") % {"number": number[:30]}
        )
    return number
