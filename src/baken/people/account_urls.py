"""Sign-in, below ``/<language>/account/``: allauth's views with our pages. Its names are kept, because it looks for them."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.http import require_http_methods

from baken.audience import members, sign_in
from baken.people.openid.queries import providers
from baken.people.sign_in_events import in_one_transaction
from baken.people.sign_in_work import challenge
from baken.people.step_up import step_up
from baken.people.views import account as own
from baken.people.views import factors, provider
from baken.people.views.sign_in import SignInView

FORM = "people/form_page.html"
BY_FORM = require_http_methods(["GET", "HEAD", "POST"])


def page(
    view: type[View], heading: Any, *, template: str = FORM, button: Any = "", lead: Any = "", **extra: Any
) -> Any:
    """A view of allauth in our design. Its forms would take PUT as well as POST; ours are sent by POST alone."""
    context = {"heading": heading, "button": button, "lead": lead, **extra}
    return BY_FORM(view.as_view(template_name=template, extra_context=context))


def guarded_act(view: Any) -> Any:
    """What changes how somebody signs in: after showing once more who they are, and together with its event."""
    return members(step_up(in_one_transaction(view)))


urlpatterns = [
    path("", own.overview, name="account_overview"),
    path("sessions/", own.sessions, name="account_sessions"),
    path("sessions/<uuid:public_id>/end/", own.end_session, name="account_end_session"),
    path("invitation/<str:token>/", own.invitation, name="account_invitation"),
    path(
        "login/",
        sign_in(
            page(
                SignInView,
                _("Sign in"),
                template="people/login.html",
                button=_("Sign in"),
                providers=providers,
                challenge=challenge,
            )
        ),
        name="account_login",
    ),
    path("with/", provider.choose, name="account_provider_choose"),
    path("with/<slug:slug>/", provider.start, name="account_provider_start"),
    path("with/<slug:slug>/back/", provider.callback, name="account_provider_callback"),
    path("confirm/", provider.confirm, name="account_provider_confirm"),
    path(
        "logout/",
        sign_in(page(account.LogoutView, _("Sign out"), button=_("Sign out"), lead=_("Do you want to sign out?"))),
        name="account_logout",
    ),
    path(
        "inactive/",
        sign_in(
            page(
                account.AccountInactiveView,
                _("This account is closed"),
                template="people/text_page.html",
                lead=_("Ask the administrator of your organisation."),
            )
        ),
        name="account_inactive",
    ),
    path(
        "reauthenticate/",
        members(
            page(
                account.ReauthenticateView,
                _("Confirm that it is you"),
                template="people/reauthenticate.html",
                button=_("Confirm"),
            )
        ),
        name="account_reauthenticate",
    ),
    path(
        "password/change/",
        members(page(account.PasswordChangeView, _("Change your password"), button=_("Change"))),
        name="account_change_password",
    ),
    path(
        "password/set/",
        members(
            step_up(
                page(
                    account.PasswordSetView,
                    _("Choose a password"),
                    button=_("Save"),
                    lead=_("With a password you can also sign in without your organisation."),
                )
            )
        ),
        name="account_set_password",
    ),
    path(
        "password/reset/",
        sign_in(
            page(
                account.PasswordResetView,
                _("Choose a new password"),
                button=_("Send me a link"),
                lead=_("Type your e-mail address. We send you a link."),
            )
        ),
        name="account_reset_password",
    ),
    path(
        "password/reset/done/",
        sign_in(
            page(
                account.PasswordResetDoneView,
                _("Look in your mail"),
                template="people/text_page.html",
                lead=_("If the address belongs to a member, there is a link in your mail now."),
            )
        ),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in(
            page(
                account.PasswordResetFromKeyView,
                _("Choose a new password"),
                template="people/reset.html",
                button=_("Save"),
            )
        ),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        sign_in(
            page(
                account.PasswordResetFromKeyDoneView,
                _("Your password has been changed"),
                template="people/text_page.html",
                lead=_("You can sign in with it now."),
            )
        ),
        name="account_reset_password_from_key_done",
    ),
    path(
        "second-step/",
        sign_in(
            page(mfa.AuthenticateView, _("The second step"), template="people/second_step.html", button=_("Sign in"))
        ),
        name="mfa_authenticate",
    ),
    path(
        "second-factor/",
        members(page(mfa.IndexView, _("Second factor"), template="people/second_factor.html")),
        name="mfa_index",
    ),
    path(
        "second-factor/confirm/",
        members(
            page(
                mfa.ReauthenticateView,
                _("Confirm that it is you"),
                template="people/reauthenticate.html",
                button=_("Confirm"),
            )
        ),
        name="mfa_reauthenticate",
    ),
    path(
        "second-factor/app/",
        guarded_act(page(factors.SetUpAppView, _("Set up an app"), template="people/totp.html", button=_("Set up"))),
        name="mfa_activate_totp",
    ),
    path(
        "second-factor/app/remove/",
        guarded_act(page(totp.DeactivateTOTPView, _("Remove the app"), button=_("Remove"))),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-factor/codes/",
        members(page(codes.ViewRecoveryCodesView, _("Spare codes"), template="people/codes.html")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        guarded_act(
            page(
                codes.GenerateRecoveryCodesView,
                _("New spare codes"),
                button=_("Make new codes"),
                lead=_("The codes that you have now will no longer work."),
            )
        ),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/passkeys/",
        members(page(passkeys.ListWebAuthnView, _("Passkeys"), template="people/passkeys.html")),
        name="mfa_list_webauthn",
    ),
    path(
        "second-factor/passkeys/add/",
        guarded_act(
            page(passkeys.AddWebAuthnView, _("Add a passkey"), template="people/passkey_add.html", button=_("Add"))
        ),
        name="mfa_add_webauthn",
    ),
    path(
        "second-factor/passkeys/confirm/",
        members(
            page(
                passkeys.ReauthenticateWebAuthnView,
                _("Confirm that it is you"),
                template="people/passkey_confirm.html",
                button=_("Use a passkey"),
            )
        ),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        guarded_act(page(passkeys.RemoveWebAuthnView, _("Remove a passkey"), button=_("Remove"))),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/edit/",
        members(page(passkeys.EditWebAuthnView, _("Rename a passkey"), button=_("Save"))),
        name="mfa_edit_webauthn",
    ),
    path("login/passkey/", sign_in(BY_FORM(passkeys.LoginWebAuthnView.as_view())), name="mfa_login_webauthn"),
]
