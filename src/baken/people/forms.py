"""Forms of organisations and members. They check what was typed; the actions do the rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from baken.packs.places import UnknownPlaceError
from baken.people.actions import Settings
from baken.people.labels import FUNCTIONS, KINDS
from baken.people.models import Member, Organisation
from baken.people.permissions import Function
from baken.recognise.current import current_pack

SPOKEN = [(code, name) for code, name in settings.LANGUAGES if code not in settings.BAKEN_HELP_LANGUAGES]


class OrganisationForm(forms.Form):
    """The set-up of an organisation in one page: who, where, when, how."""

    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Name of the organisation"),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(choices=list(KINDS.items()), label=gettext_lazy("Kind of organisation"))
    municipalities = forms.CharField(
        required=False,
        label=gettext_lazy("Municipalities"),
        help_text=gettext_lazy("Names or postcodes, separated by commas. Your door is shown there."),
    )
    phone = forms.RegexField(
        r"^[0-9+][0-9 +()/-]*$",
        max_length=30,
        required=False,
        label=gettext_lazy("Telephone number of the focal point"),
    )
    email = forms.EmailField(
        required=False,
        label=gettext_lazy("E-mail address of the focal point"),
        help_text=gettext_lazy("Public. Use an address of a function, not of a person."),
    )
    office_hours = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("Office hours"),
        help_text=gettext_lazy("In OpenStreetMap notation, for example Mo-Fr 09:00-17:00; PH off"),
    )
    languages = forms.MultipleChoiceField(
        choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Languages you speak")
    )
    internal_route = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        label=gettext_lazy("Internal route"),
        help_text=gettext_lazy(
            "What colleagues do with a hunch: who, when, where. Only members see it. No names of clients."
        ),
    )

    def clean_municipalities(self) -> list[str]:
        """Codes of what was typed."""
        places = current_pack().places
        found: list[str] = []
        for typed in filter(None, (part.strip() for part in self.cleaned_data["municipalities"].split(","))):
            try:
                found.append(places.find(typed).code)
            except UnknownPlaceError as error:
                raise ValidationError(_("No municipality or postcode: %(typed)s") % {"typed": typed[:60]}) from error
        return found

    def clean_office_hours(self) -> str:
        """Refuse what no program can read."""
        typed: str = self.cleaned_data["office_hours"].strip()
        if typed:
            try:
                OpeningHours(typed)
            except ParserError as error:
                raise ValidationError(_("Write office hours like this: Mo-Fr 09:00-17:00; PH off")) from error
        return typed

    def settings(self) -> Settings:
        """As the action takes it."""
        return Settings(**self.cleaned_data)

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What is known already."""
        municipalities = current_pack().places.municipalities
        names = [municipalities[code].name for code in organisation.municipalities if code in municipalities]
        plain = ("name", "kind", "phone", "email", "office_hours", "languages", "internal_route")
        return {"municipalities": ", ".join(names)} | {field: getattr(organisation, field) for field in plain}


class InviteOrganisationForm(forms.Form):
    """A platform administrator invites an organisation through its first administrator."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name of the organisation"))
    kind = forms.ChoiceField(choices=list(KINDS.items()), label=gettext_lazy("Kind of organisation"))
    email = forms.EmailField(label=gettext_lazy("E-mail address of the first administrator"))

    def clean_name(self) -> str:
        """Each organisation has a name of its own."""
        name: str = self.cleaned_data["name"].strip()
        if Organisation.objects.filter(name__iexact=name).exists():
            raise ValidationError(_("There is an organisation with this name already."))
        return name


class InviteMemberForm(forms.Form):
    """Invite a colleague for one or more functions."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    functions = forms.MultipleChoiceField(
        choices=list(FUNCTIONS.items()), widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Functions")
    )

    def chosen(self) -> list[Function]:
        """The functions."""
        return [Function(code) for code in self.cleaned_data["functions"]]


class PasswordForm(forms.Form):
    """A password for a new member, typed twice."""

    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("At least twelve characters. A few words in a row are easy to remember."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password, once more"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Both are the same, and good enough."""
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        if first:
            try:
                validate_password(first, Member(email=self.email))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned
