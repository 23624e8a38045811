"""The audit in sentences that a person can read: one for each action, one for each refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from baken.audit.kinds import SYSTEM, Action, Kind, Outcome
from baken.audit.models import Event
from baken.audit.sentences import DONE, REFUSED

SHORT = 8
"""Characters of an id that tell people apart on one page."""

OBJECTS: dict[Kind, str] = {
    Kind.REPORT: gettext_noop("report %(id)s"),
    Kind.HANDOVER: gettext_noop("hand-over %(id)s"),
    Kind.ATTACHMENT: gettext_noop("file %(id)s"),
    Kind.CONSENT: gettext_noop("consent %(id)s"),
    Kind.WEIGHING: gettext_noop("weighing %(id)s"),
    Kind.CONSULTATION: gettext_noop("question %(id)s"),
    Kind.MEMBER: gettext_noop("member %(id)s"),
    Kind.ORGANISATION: gettext_noop("organisation %(id)s"),
    Kind.KEY: gettext_noop("key %(id)s"),
    Kind.SESSION: gettext_noop("session %(id)s"),
    Kind.AUDIT: gettext_noop("audit %(id)s"),
    Kind.SERVICE: gettext_noop("service %(id)s"),
    Kind.DIRECTORY: gettext_noop("the social map %(id)s"),
    Kind.PAGE: gettext_noop("page %(id)s"),
}


class UnknownEventError(LookupError):
    """An event has an action or kind for which there is no sentence."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """How ids and codes are called on this page. What is not known stays a short id: a pseudonym."""

    member: Callable[[str], str | None] = lambda _id: None
    organisation: Callable[[str], str | None] = lambda _id: None
    function: Callable[[str], str | None] = lambda _code: None


NO_NAMES = Names()


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One line of "who looked": an organisation and a function on one day. Names of members are left out by default."""

    day: dt.date
    organisation: str
    function: str
    actions: tuple[str, ...]
    footings: tuple[str, ...]
    times: int
    refused: bool


def sentence(event: Event, names: Names = NO_NAMES) -> str:
    """What happened, in the active language. Raises UnknownEventError when nobody wrote a sentence for it."""
    try:
        table = REFUSED if event.outcome == Outcome.REFUSED else DONE
        text = _(table[Action(event.action)])
    except (KeyError, ValueError):
        raise UnknownEventError(f"No sentence for action {event.action}: add it in audit/sentences.py") from None
    return text % {"who": actor(event, names), "object": subject(event), "count": _count(event)}


def actor(event: Event, names: Names = NO_NAMES) -> str:
    """Who did it, with function and organisation when known, and on whose behalf."""
    if event.member_id:
        who = names.member(event.member_id) or _("Member %(id)s") % {"id": event.member_id[:SHORT]}
    else:
        who = _("Baken itself") if event.function == SYSTEM.function else _("Somebody without an account")
    known = (
        [names.organisation(event.organisation_id) or event.organisation_id[:SHORT]] if event.organisation_id else []
    )
    if event.function and event.function != SYSTEM.function:
        known.insert(0, names.function(event.function) or event.function)
    if event.on_behalf_of:
        behalf = names.member(event.on_behalf_of) or names.organisation(event.on_behalf_of)
        known.append(_("on behalf of %(name)s") % {"name": behalf or event.on_behalf_of[:SHORT]})
    return f"{who} ({', '.join(known)})" if known else who


def subject(event: Event) -> str:
    """To what it was done, by kind and short id."""
    try:
        text = _(OBJECTS[Kind(event.object_kind)])
    except (KeyError, ValueError):
        raise UnknownEventError(f"No words for kind {event.object_kind}: add it in audit/presenters.py") from None
    return (text % {"id": event.object_id[:SHORT]}).strip()


def looked(events: Iterable[Event], names: Names = NO_NAMES) -> list[Looked]:
    """Who looked, for the person it is about: per day, organisation and function; what happened more often is one line."""
    groups: dict[tuple[dt.date, str, str, bool], list[Event]] = {}
    for event in events:
        refused = event.outcome == Outcome.REFUSED
        day = event.at.astimezone(dt.UTC).date()
        groups.setdefault((day, event.organisation_id, event.function, refused), []).append(event)
    return [
        Looked(
            day=day,
            organisation=names.organisation(organisation) or organisation[:SHORT],
            function=names.function(function) or function,
            actions=tuple(dict.fromkeys(item.action for item in found)),
            footings=tuple(dict.fromkeys(item.footing for item in found if item.footing)),
            times=len(found),
            refused=refused,
        )
        for (day, organisation, function, refused), found in groups.items()
    ]


def _count(event: Event) -> str:
    number = len(event.listed.split())
    return ngettext("%(count)d thing", "%(count)d things", number) % {"count": number}
