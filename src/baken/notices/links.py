"""Where a notice leads. The room that the object belongs to says so; below it nobody knows its pages."""

from __future__ import annotations

from collections.abc import Callable

from baken.audit.kinds import Kind
from baken.notices.kinds import NoticeKind
from baken.notices.models import Notice

_known: dict[Kind, Callable[[Notice], str]] = {}


def lead_to(subject: Kind, address: Callable[[Notice], str]) -> None:
    """Let ``address(notice)`` give the page of objects of this kind, or "" for none. Register in ``AppConfig.ready``.

    For a kind that is ``own`` the notice has no ``subject_id``: lead to the list of what the member reported.
    """
    _known[subject] = address


def address_of(notice: Notice) -> str:
    """The page to look at; "" when there is none."""
    found = _known.get(NoticeKind(notice.kind).subject)
    return found(notice) if found else ""
