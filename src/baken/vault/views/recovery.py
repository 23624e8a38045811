"""Recovery of the own key: the code on paper, an old password, or a new key with the help of a colleague."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from baken.audience import members
from baken.people.actor import MemberRequest
from baken.people.step_up import step_up
from baken.vault import keyring, queries
from baken.vault.errors import UnreadableCode
from baken.vault.forms import CurrentPasswordForm, KeptForm, RecoveryField
from baken.vault.gate import ASK_CODE, needs_unlocked
from baken.vault.secret import KeyPair
from baken.vault.session import hold, unlocked
from baken.vault.views.own import next_page, too_many, typed_form


@members
@step_up
@needs_unlocked
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_code(request: MemberRequest) -> HttpResponse:
    """Show a recovery code, once, and ask to keep it."""
    pair = unlocked(request)
    if "later" in request.POST or pair is None:
        request.session.pop(ASK_CODE, None)
        return redirect(next_page(request))
    context = {"next": next_page(request), "form": KeptForm()}
    if request.method == "POST":
        code = keyring.new_recovery(member=request.user, pair=pair, now=timezone.now())
        shown = {"heading": _("Your recovery code"), "code": code, "member": request.user, "today": timezone.now()}
        return render(request, "vault/recovery_code.html", context | shown)
    asked = {
        "heading": _("A recovery code"),
        "lead": _("Without your password, only this code opens your key. We show it once."),
    }
    return render(request, "vault/recovery_code.html", context | asked)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_kept(request: MemberRequest) -> HttpResponse:
    """The member kept the code: from now on it is the one that works."""
    form = KeptForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        # The code itself is gone from the page; it is cheaper to make another than to keep it anywhere.
        return redirect(f"{reverse('vault:recovery_code')}?{urlencode({'next': next_page(request)})}")
    keyring.confirm_recovery(member=request.user)
    request.session.pop(ASK_CODE, None)
    messages.success(request, _("Your recovery code is in use. An older one no longer works."))
    return redirect(next_page(request))


@members
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def recover(request: MemberRequest) -> HttpResponse:
    """Open my key with the recovery code or an old password, and put it under what I use now."""
    if queries.key_of(request.user) is None:
        return redirect("vault:make")
    pair = unlocked(request)
    first = RecoveryField(request.POST or None) if pair is None else None
    second = typed_form(request)
    if request.method == "POST" and (first is None or first.is_valid()) and second.is_valid():
        pair = pair if first is None else _open(request, first)
        if pair is not None:
            way: keyring.Typed = "password" if isinstance(second, CurrentPasswordForm) else "passphrase"
            keyring.recover(member=request.user, pair=pair, typed=second.typed, way=way, now=timezone.now())
            hold(request, pair, request.user)
            messages.success(request, _("Your key is back. Nothing was lost."))
            return redirect(f"{reverse('vault:recovery_code')}?{urlencode({'next': next_page(request)})}")
    if request.method == "POST" and too_many(request):
        return redirect("account_login")
    changing = first is None and not isinstance(second, CurrentPasswordForm)
    context = {
        "heading": _("Change your passphrase") if changing else _("Recover your key"),
        "lead": "" if changing else _("Your key still lies under what you used before. Put it under what you use now."),
        "first": first,
        "second": second,
        "button": _("Save") if changing else _("Recover my key"),
        "changing": changing,
    }
    wrong = bool((first and first.errors) or second.errors)
    return render(request, "vault/recover.html", context, status=422 if wrong else 200)


@members
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def replace(request: MemberRequest) -> HttpResponse:
    """A new key, when the old one is lost. Colleagues give access to the inbox again."""
    if queries.key_of(request.user) is None:
        return redirect("vault:make")
    form = typed_form(request)
    if request.method == "POST" and form.is_valid():
        way: keyring.Typed = "password" if isinstance(form, CurrentPasswordForm) else "passphrase"
        pair = keyring.replace_key(member=request.user, typed=form.typed, way=way, now=timezone.now())
        hold(request, pair, request.user)
        messages.success(request, _("You have a new key. Ask a colleague to give you access to the inbox again."))
        return redirect("vault:recovery_code")
    context = {
        "heading": _("Make a new key"),
        "form": form,
        "button": _("Make a new key, and give up the old one"),
    }
    return render(request, "vault/replace.html", context, status=422 if form.errors else 200)


def _open(request: MemberRequest, form: RecoveryField) -> KeyPair | None:
    typed = form.cleaned_data["secret"]
    try:
        pair = keyring.open_with_recovery(member=request.user, typed=typed)
    except UnreadableCode:
        pair = keyring.open_with_typed(member=request.user, typed=typed, now=timezone.now())
    if pair is None:
        form.add_error(
            "secret", _("This opens nothing. Compare it once more with your paper, or try an older password.")
        )
    return pair
