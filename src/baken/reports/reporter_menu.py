"""Links for whoever reports, on the page of an organisation. Those of focal points stand in ``inbox_menu``."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baken.people.actor import Acting
from baken.people.menu import Entry
from baken.people.permissions import Permission
from baken.reports.queries import receiving


def entries(acting: Acting) -> Iterable[Entry]:
    """Report something, where the organisation takes reports; and what I reported before."""
    organisation = acting.organisation
    if organisation is None:
        return
    here = {"organisation_id": organisation.pk}
    if acting.may(Permission.REPORT_SUBMIT) and receiving().filter(pk=organisation.pk).exists():
        yield Entry(
            label=_("Report something"),
            about=_("To the focal point of your organisation, sealed."),
            url=reverse("inbox:submit", kwargs=here),
            order=20,
        )
    if acting.may(Permission.REPORT_SEE_OWN):
        yield Entry(
            label=_("My reports"),
            about=_("How far they are, and what was answered."),
            url=reverse("inbox:my_reports", kwargs=here),
            order=30,
        )
