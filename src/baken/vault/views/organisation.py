"""Keys of an organisation: the first inbox, who has access, the escrow sheet, and moves to a newer inbox."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.people.step_up import step_up, step_up_then
from baken.vault import inbox_actions, queries, rotation
from baken.vault.forms import SheetForm
from baken.vault.gate import needs_inbox, needs_unlocked
from baken.vault.session import inbox_pairs


@needs(Permission.KEYS_MANAGE)
@step_up
@require_safe
def overview(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Who can open the inbox, who waits, which sheet is in the safe."""
    shown = request.organisation
    readers = queries.readers(shown, now=timezone.now())
    context = {
        "heading": _("Keys of the inbox"),
        "lead": _("Reports are sealed. Only who has access to the inbox can open them."),
        "organisation": shown,
        "has_inbox": queries.has_inbox(shown),
        "readers": readers,
        "may_give": any(reader.has_access and reader.member == request.user for reader in readers),
        "is_reader": any(reader.member == request.user for reader in readers),
        "anybody": any(reader.has_access for reader in readers),
        "sheet": queries.sheet_of(shown),
        "moves": queries.moves(shown),
    }
    return render(request, "vault/organisation.html", context)


@needs(Permission.KEYS_MANAGE)
@step_up
@needs_unlocked
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Make the first inbox, and show its sheet."""
    if request.method == "POST":
        try:
            code = inbox_actions.make_first_inbox(
                by=request.acting, organisation=request.organisation, now=timezone.now()
            )
        except inbox_actions.HasInboxError:
            messages.info(request, _("This organisation has its inbox already."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return _sheet(request, code)
        return redirect("vault:organisation_keys", organisation_id=request.organisation.pk)
    context = {
        "heading": _("Make the inbox"),
        "organisation": request.organisation,
        "button": _("Make the inbox and show the sheet"),
        "first": True,
    }
    return render(request, "vault/sheet_first.html", context)


@needs(Permission.KEYS_MANAGE)
@step_up_then("vault:organisation_keys")
@needs_inbox
@require_POST
def give(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Give a colleague access to the inbox."""
    now = timezone.now()
    typed = request.POST.get("member", "")
    chosen = next(
        (item for item in queries.readers(request.organisation, now=now) if str(item.member.pk) == typed), None
    )
    if chosen is None:
        raise Http404
    if request.POST.get("fingerprint") != chosen.fingerprint:
        messages.error(request, _("This colleague has another key now. Compare the characters again."))
    else:
        pairs = inbox_pairs(request, request.organisation)
        try:
            inbox_actions.give_access(
                by=request.acting, organisation=request.organisation, member=chosen.member, pairs=pairs, now=now
            )
            messages.success(request, _("Your colleague can open the inbox now."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect("vault:organisation_keys", organisation_id=request.organisation.pk)


@needs(Permission.KEYS_MANAGE)
@step_up
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Print a new sheet; the old one stops."""
    if request.method == "POST":
        pairs = inbox_pairs(request, request.organisation)
        code = inbox_actions.new_sheet(
            by=request.acting, organisation=request.organisation, pairs=pairs, now=timezone.now()
        )
        return _sheet(request, code)
    context = {
        "heading": _("A new sheet for the safe"),
        "organisation": request.organisation,
        "button": _("Make a new sheet and show it"),
    }
    return render(request, "vault/sheet_first.html", context)


@needs(Permission.KEYS_MANAGE)
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def open_sheet(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Nobody is left who can open: give a colleague access with the sheet from the safe."""
    now = timezone.now()
    able = [reader.member for reader in queries.readers(request.organisation, now=now) if reader.has_key]
    form = SheetForm(request.POST or None, members=able)
    if request.method == "POST" and form.is_valid():
        member = next(member for member in able if str(member.pk) == form.cleaned_data["member"])
        try:
            inbox_actions.open_with_sheet(
                by=request.acting,
                organisation=request.organisation,
                typed=form.cleaned_data["code"],
                member=member,
                now=now,
            )
        except ValidationError as error:
            form.add_error("code", error)
        else:
            messages.success(request, _("The inbox can be opened again. Now make a new sheet and a new inbox key."))
            return redirect("vault:organisation_keys", organisation_id=request.organisation.pk)
    context = {
        "heading": _("Open the inbox with the sheet"),
        "lead": _("Use the sheet from the safe only when no colleague is left who has access."),
        "organisation": request.organisation,
        "form": form,
        "able": able,
        "button": _("Give access"),
    }
    return render(request, "vault/sheet_open.html", context, status=422 if form.errors else 200)


@needs(Permission.KEYS_MANAGE)
@step_up_then("vault:organisation_keys")
@needs_inbox
@require_POST
def renew(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """A new inbox key, for example after the sheet was used."""
    rotation.new_generation(by=request.acting, organisation=request.organisation, now=timezone.now())
    rotation.carry_on(request, request.organisation, now=timezone.now())
    messages.success(request, _("The inbox has a new key. What is in it moves over by itself."))
    return redirect("vault:organisation_keys", organisation_id=request.organisation.pk)


@needs(Permission.REPORT_READ)
@require_safe
def waiting(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Who reads reports but has no access yet: which colleague can give it, and what to read out to them."""
    shown = request.organisation
    readers = queries.readers(shown, now=timezone.now())
    has_inbox = queries.has_inbox(shown)
    context = {
        "heading": _("Ask a colleague for access") if has_inbox else _("There is no inbox yet"),
        "organisation": shown,
        "has_inbox": has_inbox,
        "own": next((reader for reader in readers if reader.member == request.user), None),
        "able": [reader.member for reader in readers if reader.has_access and reader.member != request.user],
        "may_start": request.acting.may(Permission.KEYS_MANAGE),
    }
    return render(request, "vault/waiting.html", context)


def _sheet(request: MemberRequest, code: str) -> HttpResponse:
    found = queries.sheet_of(request.organisation)
    assert found is not None
    context = {
        "heading": _("Sheet for the safe"),
        "organisation": request.organisation,
        "code": code,
        "sheet": found,
        "number": queries.sheet_number(found),
    }
    return render(request, "vault/sheet.html", context)
