"""Links to the social map on the page of an organisation."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baken.people.actor import Acting
from baken.people.menu import Entry
from baken.people.permissions import Permission


def daily(acting: Acting) -> Iterator[Entry]:
    """Finding for every member, and what an editor opens every day."""
    assert acting.organisation is not None
    yield Entry(
        label=_("Look for help"),
        about=_("The social map, with what is for professionals only"),
        url=reverse("directory_inside:find"),
        order=25,
    )
    if acting.may(Permission.DIRECTORY_EDIT):
        yield Entry(
            label=_("Social map"),
            about=_("Whom to call today, and what waits for a second person"),
            url=reverse("directory_editing:home", args=[acting.organisation.pk]),
            order=30,
        )


def bar(acting: Acting) -> Iterator[Entry]:
    """The work of today is one press away on every page."""
    if acting.organisation is not None and acting.may(Permission.DIRECTORY_EDIT):
        yield Entry(
            label=_("Social map"), url=reverse("directory_editing:home", args=[acting.organisation.pk]), order=30
        )
