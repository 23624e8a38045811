"""Links of this room on the page of an organisation."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baken.people.actor import Acting
from baken.people.menu import Entry
from baken.people.permissions import Permission
from baken.reports.queries import receives_already


def daily(acting: Acting) -> Iterator[Entry]:
    """What a focal point opens every day."""
    assert acting.organisation is not None
    where = [acting.organisation.pk]
    if acting.may(Permission.REPORT_READ):
        yield Entry(
            label=_("Inbox"),
            about=_("Reports that wait for you and your team"),
            url=reverse("inbox:inbox", args=where),
            order=10,
        )
    if acting.may(Permission.FIGURES_SEE):
        yield Entry(
            label=_("How well your route works"),
            about=_("Who heard back, and how long it took"),
            url=reverse("inbox:figures", args=where),
            order=60,
        )


def to_do(acting: Acting) -> Iterator[Entry]:
    """The last step of setting up."""
    organisation = acting.organisation
    assert organisation is not None
    yield Entry(
        label=_("Send yourself a test report"),
        about=_("see that it arrives and opens"),
        url=reverse("inbox:test_report", args=[organisation.pk]) if acting.may(Permission.REPORT_SUBMIT) else "",
        order=90,
        is_done=receives_already(organisation),
    )


def bar(acting: Acting) -> Iterator[Entry]:
    """The inbox is one press away on every page."""
    if acting.organisation is not None and acting.may(Permission.REPORT_READ):
        yield Entry(label=_("Inbox"), url=reverse("inbox:inbox", args=[acting.organisation.pk]), order=10)
