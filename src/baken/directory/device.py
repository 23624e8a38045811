"""The public map as a small signed file for the device, so that a search works in a simple way without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from nacl.signing import SigningKey

from baken.audit.heads import HeadError, public_key
from baken.directory import labels
from baken.directory.exchange.signed import DEVICE_FORMAT, sealed, valid_until
from baken.directory.facts import facts_of
from baken.directory.hits import hours_of
from baken.directory.hours import hours_sentence
from baken.directory.index import EVERYWHERE, facets_of
from baken.directory.packs_here import pack_of
from baken.directory.queries import records_for
from baken.directory.records import ServiceRecord
from baken.directory.telephones import phones_shown
from baken.directory.words import shown

LONGEST = dt.timedelta(days=30)
"""As long as a crisis door counts as checked: what is older is shown with a warning."""
MOST_LETTERS = 160


def device_file(*, language: str, due: Iterable[dt.date], key: SigningKey, now: dt.datetime) -> bytes:
    """What ``map.js`` reads: the services that everybody may see, in one language, signed with the day until which they hold.

    That is the first of the days in ``due`` on which one of them must be checked, at most thirty days from ``now``, a local time.
    """
    until = valid_until(due, today=now.date(), longest=LONGEST)
    inside = {
        "format": DEVICE_FORMAT,
        "language": language,
        "everywhere": EVERYWHERE,
        "texts": _texts(until),
        "services": [_entry(record, language) for record in records_for("public")],
    }
    return sealed(inside, until=until, key=key, now=now)


def page_key() -> str:
    """The public key for the page that holds the file against it. A key that cannot be read costs the file, never the page."""
    try:
        return public_key()
    except (HeadError, OSError):
        return ""


def _entry(record: ServiceRecord, language: str) -> dict[str, Any]:
    pack = pack_of(record.country)
    facts = facts_of(record, pack)
    numbers = facts.phones or next((place.phones for place in record.places if place.phones), ())
    return {
        "name": shown(record, "name", language).text,
        "provider": record.provider.name,
        "kind": labels.label("nl-mh-kind", record.kind),
        "about": shown(record, "description", language).text[:MOST_LETTERS],
        "needs": labels.labels("nl-mh-need", record.of("nl-mh-need")),
        "facets": sorted(facets_of(record, pack)),
        "phones": [[phone.display, phone.href] for phone in phones_shown(numbers, record.country)],
        "hours": hours_sentence(hours_of(record, facts), record.country),
        "languages": list(_spoken(record)),
    }


def _spoken(record: ServiceRecord) -> Iterator[str]:
    for item in record.languages:
        yield labels.language_name(item.code)


def _texts(until: dt.date) -> dict[str, str]:
    date = formats.date_format(until, "DATE_FORMAT")
    return {
        "title": _("Without a network"),
        "kept": _("You have no network. This is what your device kept of the map, good until %(date)s.")
        % {"date": date},
        "old": _(
            "You have no network, and what your device kept of the map is old. Call a national number to be sure."
        ),
        "none": _("Nothing that your device kept fits. Call a national number, or leave something out."),
        "left_out": _("Distance and opening hours need a network; they were left out."),
        "place": _("We do not know this municipality or postcode."),
        "doors": _("Whom do I call now?"),
        "hours_unknown": _("Opening hours unknown"),
    }
