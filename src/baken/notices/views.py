"""Pages of notices below the own account, and the calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.audience import members, public
from baken.notices import actions, calendar, queries
from baken.notices.forms import WishesForm
from baken.notices.kinds import NoticeKind
from baken.notices.links import address_of
from baken.people.actor import MemberRequest
from baken.people.links import on_this_site

SHOWN = 100


@members
@require_safe
def notice_list(request: MemberRequest) -> HttpResponse:
    """What there is to look at."""
    found = list(queries.visible_to(request.user)[: SHOWN + 1])
    shown = [
        {"notice": notice, "sentence": NoticeKind(notice.kind).sentence, "address": address_of(notice)}
        for notice in found[:SHOWN]
    ]
    context = {"heading": _("Notices"), "notices": shown, "more": len(found) > SHOWN}
    return render(request, "notices/list.html", context)


@members
@require_POST
def seen(request: MemberRequest) -> HttpResponse:
    """I looked at everything."""
    actions.mark_seen(member=request.user, now=timezone.now())
    messages.success(request, _("Your list is empty again."))
    return redirect("notices:list")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    """How I want mail."""
    form = WishesForm(request.POST or None, initial=WishesForm.initial_of(queries.wishes_of(request.user)))
    if request.method == "POST" and form.is_valid():
        actions.set_wishes(by=request.acting, wishes=form.wishes())
        messages.success(request, _("Your choice has been saved."))
        return redirect("notices:list")
    context = {"heading": _("E-mail about notices"), "form": form, "button": _("Save")}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: MemberRequest) -> HttpResponse:
    """My calendar link; a new one is shown this once."""
    address = ""
    if request.method == "POST":
        token = actions.make_calendar(by=request.acting, now=timezone.now())
        address = on_this_site(reverse("calendar_feed", args=[token]))
    context = {"heading": _("Your calendar"), "feed": queries.calendar_of(request.user), "address": address}
    return render(request, "notices/calendar.html", context)


@members
@require_POST
def end_calendar(request: MemberRequest) -> HttpResponse:
    """Take the link back."""
    actions.end_calendar(by=request.acting, now=timezone.now())
    messages.success(request, _("The link does not work any more."))
    return redirect("notices:calendar")


@public
@require_safe
def calendar_feed(_request: HttpRequest, token: str) -> HttpResponse:
    """A member's calendar, for whoever has the link. Every link that does not work gets the same answer."""
    feed = queries.calendar_by(token)
    if feed is None:
        return HttpResponse("", status=404, content_type="text/plain; charset=utf-8")
    body = calendar.written(feed, now=timezone.now())
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})
