"""Forms about keys. What is typed in them is a secret and used once; a password is never given back to the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.people.models import Member
from baken.vault.codes import read_code
from baken.vault.errors import Flaw, UnreadableCode
from baken.vault.keys import RECOVERY_BITS

FLAWS = {
    Flaw.LENGTH: gettext_lazy("This code is too short or too long. Is there a group missing?"),
    Flaw.CHARACTER: gettext_lazy("There is a character in this code that is never used."),
    Flaw.CHECK: gettext_lazy("Something in this code is not as it was printed. Compare it group by group."),
}


def _secret(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """A field for a password or passphrase."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": autocomplete}),
    )


class UnlockForm(forms.Form):
    """The password with which the member signs in, or their passphrase."""

    typed = _secret(gettext_lazy("Password"), "current-password")

    def __init__(self, *args: Any, passphrase: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if passphrase:
            self.fields["typed"].label = _("Passphrase")


class CurrentPasswordForm(forms.Form):
    """The password with which the member signs in now."""

    password = _secret(gettext_lazy("The password with which you sign in now"), "current-password")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """It must be right, or the key would lie under a password that nobody has."""
        typed: str = self.cleaned_data["password"]
        if not self.member.check_password(typed):
            raise ValidationError(_("This is not the password with which you sign in."))
        return typed

    @property
    def typed(self) -> str:
        """Under what the key will lie."""
        return str(self.cleaned_data["password"])


class PassphraseForm(forms.Form):
    """A passphrase for the key alone, for who signs in elsewhere."""

    passphrase1 = _secret(
        gettext_lazy("Passphrase"),
        "new-password",
        gettext_lazy("At least twelve characters. A few words in a row are easy to remember."),
    )
    passphrase2 = _secret(gettext_lazy("Passphrase, once more"), "new-password")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Both are the same, and good enough."""
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("passphrase1"), cleaned.get("passphrase2")
        if first and second and first != second:
            self.add_error("passphrase2", _("The two passphrases are not the same."))
        if first:
            try:
                validate_password(first, self.member)
            except ValidationError as error:
                self.add_error("passphrase1", error)
        return cleaned

    @property
    def typed(self) -> str:
        """Under what the key will lie."""
        return str(self.cleaned_data["passphrase1"])


class RecoveryField(forms.Form):
    """A recovery code, or an older password that still opens the key."""

    secret = forms.CharField(
        label=gettext_lazy("Recovery code, or your old password"),
        help_text=gettext_lazy("The code has eleven groups of three letters and digits."),
        strip=False,
        max_length=1000,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class KeptForm(forms.Form):
    """The member says that the code is kept."""

    kept = forms.BooleanField(label=gettext_lazy("I kept this code in a safe place"))


class SheetForm(forms.Form):
    """The code of the escrow sheet, and the colleague who gets access."""

    member = forms.ChoiceField(
        label=gettext_lazy("Who gets access?"),
        help_text=gettext_lazy("Colleagues who read reports and have signed in at least once."),
    )
    code = forms.CharField(
        label=gettext_lazy("The code on the sheet"),
        help_text=gettext_lazy("Eleven groups of three letters and digits."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(member.pk), member.email) for member in members]

    def clean_code(self) -> str:
        """Find a slip of the pen before anything is tried."""
        typed: str = self.cleaned_data["code"]
        try:
            read_code(typed, RECOVERY_BITS).wipe()
        except UnreadableCode as error:
            raise ValidationError(str(FLAWS[error.flaw])) from None
        return typed
