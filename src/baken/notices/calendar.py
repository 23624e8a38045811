"""A member's calendar of what is open and until when, for their own calendar program. No content, no reference, no name."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from baken.notices.models import CalendarFeed
from baken.people.models import Member

LENGTH = dt.timedelta(minutes=15)
"""How long an entry is, so that programs show it as a short block."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is open until a moment. ``key`` tells it from others; only a hash of it leaves the house."""

    key: str
    at: dt.datetime


Provider = Callable[[Member, dt.datetime], Iterable[Due]]
_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Let ``provider(member, now)`` name what is open for a member. Register in ``AppConfig.ready``.

    It must look at nothing but dates: there is no unlocked key here, and nobody signed in.
    """
    if provider not in _providers:
        _providers.append(provider)


def entries(member: Member, *, now: dt.datetime) -> list[Due]:
    """What is open for a member, the first first."""
    found = (due for provider in _providers for due in provider(member, now))
    return sorted(found, key=lambda due: (due.at, due.key))[:MOST]


def written(feed: CalendarFeed, *, now: dt.datetime) -> bytes:
    """The calendar (iCalendar, RFC 5545), in the language of the member, all times in UTC."""
    site = settings.BAKEN_SITE.rstrip("/")
    with translation.override(feed.member.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Baken//Calendar//EN")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("x-wr-calname", "Baken")
        calendar.add("x-published-ttl", "PT1H")
        for due in entries(feed.member, now=now):
            calendar.add_component(_event(due, feed, site, now))
        return bytes(calendar.to_ical())


def _event(due: Due, feed: CalendarFeed, site: str, now: dt.datetime) -> Event:
    # With the secret of this link in it, so that nobody who knows an id can find it back in a calendar.
    name = hashlib.sha256(f"{feed.token_hash} {due.key}".encode()).hexdigest()[:32]
    begin = due.at.astimezone(dt.UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{name}@{urlsplit(site).hostname}")
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", begin)
    event.add("dtend", begin + LENGTH)
    event.add("summary", _("Something is open"))
    event.add("description", _("Sign in to see what it is."))
    event.add("url", site + reverse("notices:list"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
