"""One tap on the page of a service: this number does not work."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baken.audience import public
from baken.directory import labels, ticket
from baken.directory.actions.signalling import signal as count
from baken.directory.actions.signalling import signalled_on
from baken.directory.codes import Kind
from baken.directory.facts import BETWEEN
from baken.directory.models.keeping import SIGNALS
from baken.directory.readers import pages_of
from baken.directory.records import ServiceRecord
from baken.directory.views.loading import visible_service
from baken.packs.pack import Pack
from baken.routes.hours import always_open
from baken.routes.plain_doors import plain_door_cards


@require_POST
def signal_page(request: HttpRequest, service_id: uuid.UUID) -> HttpResponse:
    """Count it and say thanks; when many services are signalled today, ask for one more tap first."""
    found = visible_service(request, service_id)
    said = request.POST.get("what", "")
    what = said if said in SIGNALS else "other"
    now = timezone.now()
    given, today = request.POST.get("ticket", ""), signalled_on(timezone.localdate(now))
    verdict = ticket.judge(given, service_id, today=today, now=now, key=_key())
    doors = doors_to_call(found.record, found.pack) if found.pack else []
    context = {
        "service_id": service_id,
        "what": what,
        "what_text": labels.SIGNAL[what],
        "doors": plain_door_cards(pack=found.pack, doors=doors, now=found.now) if found.pack else [],
        **pages_of(request),
    }
    if verdict is not ticket.Verdict.ENOUGH:
        kept = given if verdict is ticket.Verdict.WAIT else ticket.ticket(service_id, now=now, key=_key())
        context |= {"heading": _("One more tap"), "ticket": kept, "seconds": ticket.wait_for(today)}
        return render(request, "directory/signal_again.html", context)
    count(service_id=service_id, what=what, now=now)
    return render(request, "directory/signal_thanks.html", {"heading": _("Thank you for telling us"), **context})


@public
def signal(request: HttpRequest, service_id: uuid.UUID) -> HttpResponse:
    """The same for everybody."""
    return signal_page(request, service_id)


def doors_to_call(record: ServiceRecord, pack: Pack) -> list[str]:
    """Whom to call instead of a crisis door that does not answer: the numbers of the country that always answer."""
    if record.kind != Kind.CRISIS:
        return []
    own = record.door.partition(BETWEEN)[0]
    return [
        code
        for code, door in pack.doors.items()
        if code != own
        and door.phones
        and (door.kind == "emergency" or (door.hours is not None and always_open(door.hours.osm)))
    ]


def _key() -> bytes:
    return salted_hmac("baken.directory.ticket", "ticket", algorithm="sha256").digest()
