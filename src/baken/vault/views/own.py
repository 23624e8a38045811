"""The own key: see how it stands, unlock it, make it, let a passkey open it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.audience import members
from baken.people.actor import MemberRequest
from baken.people.step_up import step_up_then
from baken.vault import keyring, queries
from baken.vault.forms import CurrentPasswordForm, PassphraseForm, UnlockForm
from baken.vault.gate import needs_unlocked
from baken.vault.passkeys import credentials_of, output_of
from baken.vault.secret import KeyPair
from baken.vault.session import hold, is_without_cookie, unlocked

MOST_TRIES = 5
"""Wrong passwords in one session before it ends."""
TRIES = "vault_tries"
FORM = "vault/form_page.html"


@members
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """What opens my key, and what to do when something gets lost."""
    context = {
        "heading": _("Your key"),
        "lead": _("What is sealed for you opens with your key only. Nobody else has it, and we cannot make it again."),
        "key": queries.key_of(request.user),
        "is_open": unlocked(request) is not None,
        "opening": credentials_of(request.user, that_open=True),
        "others": credentials_of(request.user, that_open=False),
    }
    return render(request, "vault/keys.html", context)


@members
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def unlock(request: MemberRequest) -> HttpResponse:
    """Unlock my key in this session: with the password, the passphrase, or a passkey."""
    if unlocked(request) is not None:
        return redirect(next_page(request))
    key = queries.key_of(request.user)
    if key is None:
        return redirect(f"{reverse('vault:make')}?{urlencode({'next': next_page(request)})}")
    if is_without_cookie(request) and "again" not in request.GET:
        return _open_again(request)
    form = UnlockForm(request.POST or None, passphrase=key.passphrase)
    if request.method == "POST":
        pair = _try(request, form)
        if pair is not None:
            return _unlocked_now(request, pair, by_password="output" not in request.POST and not key.passphrase)
        if too_many(request):
            return redirect("account_login")
    context = {
        "heading": _("Open your key"),
        "lead": _("What you want to see is sealed. Your key opens it."),
        "form": form,
        "button": _("Open"),
        "credentials": credentials_of(request.user, that_open=True),
        "next": next_page(request),
    }
    return render(request, "vault/unlock.html", context, status=422 if form.errors else 200)


@members
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def make(request: MemberRequest) -> HttpResponse:
    """Make my key: under my password, or under a passphrase for who signs in elsewhere."""
    if queries.key_of(request.user) is not None:
        return redirect(next_page(request))
    form = typed_form(request)
    if request.method == "POST" and not form.is_valid() and too_many(request):
        return redirect("account_login")
    if request.method == "POST" and form.is_valid():
        way: keyring.Typed = "password" if isinstance(form, CurrentPasswordForm) else "passphrase"
        try:
            pair = keyring.make_key(member=request.user, typed=form.typed, way=way, now=timezone.now())
        except keyring.KeyExistsError:
            return redirect(next_page(request))
        hold(request, pair, request.user)
        return redirect(f"{reverse('vault:recovery_code')}?{urlencode({'next': next_page(request)})}")
    context = {
        "heading": _("Make your key"),
        "lead": _("What others seal for you opens with your key only. You make it once."),
        "form": form,
        "button": _("Make my key"),
    }
    return render(request, FORM, context, status=422 if form.errors else 200)


@members
@step_up_then("vault:keys")
@needs_unlocked
@require_POST
@sensitive_post_parameters()
def add_passkey(request: MemberRequest) -> HttpResponse:
    """Let one of my passkeys open my key too."""
    pair = unlocked(request)
    known = {item["label"] for item in credentials_of(request.user, that_open=False)}
    label, output = request.POST.get("credential", ""), output_of(request.POST.get("output", ""))
    if pair is None or output is None or label not in known:
        messages.error(request, _("This passkey cannot open a key. Your password still does."))
    else:
        keyring.add_passkey(member=request.user, pair=pair, label=label, output=output, now=timezone.now())
        output.wipe()
        messages.success(request, _("From now on this passkey opens your key."))
    return redirect("vault:keys")


def typed_form(request: MemberRequest) -> CurrentPasswordForm | PassphraseForm:
    """Under what the key will lie: the password of who has one, otherwise a passphrase."""
    kind = CurrentPasswordForm if request.user.has_usable_password() else PassphraseForm
    return kind(request.POST or None, member=request.user)


def next_page(request: MemberRequest) -> str:
    """Where the member was going; an address elsewhere is not followed."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("vault:keys")


def _try(request: MemberRequest, form: UnlockForm) -> KeyPair | None:
    if "output" in request.POST:
        form.errors.clear()
        output = output_of(request.POST["output"])
        label = request.POST.get("credential", "")
        pair = keyring.open_with_passkey(member=request.user, label=label, output=output) if output else None
        if pair is None:
            form.add_error(None, _("This passkey does not open your key. Use your password."))
        return pair
    if not form.is_valid():
        return None
    pair = keyring.open_with_typed(member=request.user, typed=form.cleaned_data["typed"], now=timezone.now())
    if pair is None:
        form.add_error("typed", _("This does not open your key. Did you get a new password? Then recover your key."))
    return pair


def _unlocked_now(request: MemberRequest, pair: KeyPair, *, by_password: bool) -> HttpResponse:
    request.session.pop(TRIES, None)
    hold(request, pair, request.user)
    if by_password and not request.user.check_password(request.POST.get("typed", "")):
        messages.info(request, _("Your old password opened your key. Put it under your new password now."))
        return redirect("vault:recover")
    return redirect(next_page(request))


def too_many(request: MemberRequest) -> bool:
    """Count a wrong attempt; after the last one the session ends and sign-in, with its own limits, begins anew."""
    tries = request.session.get(TRIES, 0) + 1
    request.session[TRIES] = tries
    if tries < MOST_TRIES:
        return False
    logout(request)
    return True


def _open_again(request: MemberRequest) -> HttpResponse:
    """The browser keeps the cookie back after a link from another site, such as web mail; from our own page it sends it."""
    again = {"next": next_page(request), "again": "1"}
    context: dict[str, Any] = {
        "heading": _("One moment"),
        "lead": _("You came from another site. Go on to open your key here."),
        "onward": f"{reverse('vault:unlock')}?{urlencode(again)}",
    }
    return render(request, "vault/again.html", context)
