"""The page of the owner of a service: is each line still right? With the link of a mail, without an account or a cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.directory import models
from baken.directory.actions.owners import LinkOverError, answer, link_of
from baken.directory.actions.verifying import SeenBeforeChangeError
from baken.directory.knowing import shown_record
from baken.directory.owning import form
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of, whole


@public
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows the page and uses nothing up; sending it does. Any link that does not work gets one and the same page."""
    now = timezone.now()
    try:
        link = link_of(token, now=now)
        record = _record(link)
        filled = form.read(record, request.POST if request.method == "POST" else None)
        if request.method != "POST" or filled.errors:
            return _show(request, link, record, filled)
        done = answer(token=token, answers=filled.answers, now=now)
    except LinkOverError:
        return _over(request)
    except SeenBeforeChangeError:
        record = _record(link)
        return _show(request, link, record, form.read(record, request.POST))
    context = {
        "heading": _("Thank you"),
        "service": record.name,
        "waiting": [asked.label for asked in filled.fields if asked.code in done.waiting],
        "left_open": [asked.label for asked in filled.fields if asked.choice == form.OPEN],
        "due_on": done.standing.due_on,
    }
    return render(request, "directory/owner/thanks.html", context)


def _record(link: models.OwnerLink) -> ServiceRecord:
    return shown_record(record_of(whole(models.Service.objects.filter(pk=link.service_id)).get()))


def _show(request: HttpRequest, link: models.OwnerLink, record: ServiceRecord, filled: form.Form) -> HttpResponse:
    context = {
        "heading": _("Is this still right?"),
        "service": record.name,
        "service_language": record.language,
        "provider": record.provider.name,
        "fields": filled.fields,
        "errors": filled.errors,
        "until": timezone.localdate(link.until),
    }
    return render(request, "directory/owner/answer.html", context, status=422 if filled.errors else 200)


def _over(request: HttpRequest) -> HttpResponse:
    context = {"heading": _("This link does not work any more"), "contact": settings.BAKEN_CONTACT_EMAIL}
    return render(request, "directory/owner/over.html", context, status=410)
