"""The forms of allauth around passwords, where other rooms must act at the moment that a password is known."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as AllauthChangeForm
from allauth.account.forms import LoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from baken.people import signals
from baken.people.models import Member
from baken.people.password_actions import change_password


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail address and password. A label says it once: no placeholder that disappears, no second link to a lost password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """The password was right: the only moment of sign-in at which it is known."""
        password = self.cleaned_data["password"]
        signals.password_proven.send(sender=Member, request=request, member=self.user, password=password)
        return super().login(request, redirect_url=redirect_url)  # type: ignore[no-any-return]


class ChangePasswordForm(AllauthChangeForm):  # type: ignore[misc]
    """Change the password and what hangs on it, in one transaction."""

    def save(self) -> None:
        """The old password was proven by the form."""
        old, new = self.cleaned_data["oldpassword"], self.cleaned_data["password1"]
        change_password(member=self.user, old=old, new=new, now=timezone.now())


class ResetPasswordForm(AllauthResetForm):  # type: ignore[misc]
    """Ask for a link. Whoever is no member gets a mail too, so that the page does the same work for everybody."""

    def save(self, request: HttpRequest, **more: Any) -> str:
        """Send the mail. The one of allauth leads to a page to register, which there is not."""
        if self.users:
            return super().save(request, **more)  # type: ignore[no-any-return]
        address: str = self.cleaned_data["email"]
        get_adapter(request).send_mail("account/email/unknown_account", address, {"request": request})
        return address
