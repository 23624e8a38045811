"""Links on the page of an organisation: what others offer, and what happened here."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baken.people.actor import Acting
from baken.people.menu import Entry
from baken.people.permissions import Permission


def entries(acting: Acting) -> Iterator[Entry]:
    """For whoever receives, and for whoever keeps an eye on it."""
    assert acting.organisation is not None
    where = [acting.organisation.pk]
    if acting.may(Permission.REPORT_READ):
        yield Entry(
            label=_("Offered to you"),
            about=_("What other organisations hand over or ask"),
            url=reverse("inbox:offered", args=where),
            order=20,
        )
    if acting.may(Permission.AUDIT_READ):
        yield Entry(
            label=_("What happened here"),
            about=_("Who did what, and when; without contents"),
            url=reverse("inbox:audit", args=where),
            order=80,
        )
