"""The thread of setting up an organisation: what is done, what is next, until everything works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baken.people import menu, queries
from baken.people.actor import Acting
from baken.people.permissions import Permission

State = Literal["done", "current", "todo"]


@dataclass(frozen=True, slots=True)
class Thread:
    """The steps in their order, each with its state."""

    steps: tuple[tuple[menu.Entry, State], ...]

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(state == "done" for _entry, state in self.steps)

    @property
    def is_finished(self) -> bool:
        """Is there nothing left to do?"""
        return self.done == self.total


def thread(acting: Acting) -> Thread | None:
    """How far the organisation is; nothing for members who do not set it up."""
    if not (acting.may(Permission.ORGANISATION_CONFIGURE) or acting.may(Permission.KEYS_MANAGE)):
        return None
    entries = menu.entries(acting, menu.SET_UP)
    current = next((entry for entry in entries if not entry.is_done), None)
    return Thread(tuple((entry, "done" if entry.is_done else _state(entry, current)) for entry in entries))


def _state(entry: menu.Entry, current: menu.Entry | None) -> State:
    return "current" if entry is current else "todo"


def steps(acting: Acting) -> Iterator[menu.Entry]:
    """The steps of this room: the own account, the organisation, the first focal point."""
    organisation = acting.organisation
    assert organisation is not None
    where = [organisation.pk]
    now = timezone.now()
    yield menu.Entry(
        label=_("Add a second step to your own sign-in"),
        about=_("an app with codes, or a passkey"),
        url=reverse("mfa_index"),
        order=10,
        is_done=queries.has_second_factor(acting.member),
    )
    configures, invites = acting.may(Permission.ORGANISATION_CONFIGURE), acting.may(Permission.MEMBERS_INVITE)
    yield menu.Entry(
        label=_("Say who you are and where you work"),
        about=_("then your door is shown in your municipalities"),
        url=reverse("people:set_up", args=where) if configures else "",
        order=20,
        is_done=organisation.set_up_at is not None,
    )
    waits = queries.open_invitations(organisation, now=now).exists()
    yield menu.Entry(
        label=_("Have a first focal point"),
        about=_("somebody is invited and has not answered yet")
        if waits
        else _("who receives reports; this may be you"),
        url=f"{reverse('people:invite_member', args=where)}?function=focal_point" if invites else "",
        order=30,
        is_done=queries.focal_points(organisation, now=now).exists(),
    )
