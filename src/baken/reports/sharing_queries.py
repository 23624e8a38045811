"""What may be seen of sharing: by who decides, and by who receives. Texts are opened by ``sharing.py``."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from baken.people.actor import Acting
from baken.people.models import Organisation
from baken.people.permissions import Permission
from baken.reports.models import Consultation, Handover
from baken.vault.models import Inbox


def can_receive(but: Organisation) -> QuerySet[Organisation]:
    """Organisations that have an inbox, but for one's own."""
    open_inboxes = Inbox.objects.filter(retired_at__isnull=True).values("organisation_id")
    return Organisation.objects.filter(pk__in=open_inboxes).exclude(pk=but.pk).order_by("name")


def offered_to(acting: Acting) -> QuerySet[Handover]:
    """Hand-overs to the organisation in which somebody acts; the newest first. Erased reports take theirs along."""
    if acting.organisation is None or not acting.may(Permission.REPORT_READ):
        return Handover.objects.none()
    found = Handover.objects.filter(recipient=acting.organisation, report__erased_at__isnull=True)
    return found.select_related("report__organisation", "decision").order_by("-offered_at")


def asked_of(acting: Acting) -> QuerySet[Consultation]:
    """Questions to the organisation in which somebody acts; the newest first."""
    if acting.organisation is None or not acting.may(Permission.REPORT_READ):
        return Consultation.objects.none()
    return Consultation.objects.filter(asked=acting.organisation).order_by("-asked_at")


def readable(handover: Handover, now: dt.datetime) -> bool:
    """May the parts be read at this moment?"""
    return handover.state in ("offered", "accepted", "finished") and handover.expires_at > now
