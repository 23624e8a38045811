"""Links of this room on the page of an organisation."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baken.people.actor import Acting
from baken.people.menu import Entry
from baken.people.permissions import Permission
from baken.vault.queries import has_inbox


def daily(acting: Acting) -> Iterator[Entry]:
    """For who manages keys."""
    assert acting.organisation is not None
    if acting.may(Permission.KEYS_MANAGE):
        yield Entry(
            label=_("Keys of the inbox"),
            about=_("who can open reports, and the sheet in the safe"),
            url=reverse("vault:organisation_keys", args=[acting.organisation.pk]),
            order=60,
        )


def to_do(acting: Acting) -> Iterator[Entry]:
    """A step of setting up: without an inbox nothing can be reported here."""
    assert acting.organisation is not None
    able = acting.may(Permission.KEYS_MANAGE) and acting.may(Permission.REPORT_READ)
    yield Entry(
        label=_("Make the inbox"),
        about=_("and print the sheet for the safe; the first focal point does this"),
        url=reverse("vault:start", args=[acting.organisation.pk]) if able else "",
        order=50,
        is_done=has_inbox(acting.organisation),
    )
