"""What people type on the command line, turned into the words of the domain, or into one clear message."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from baken.cli.output import fail

if TYPE_CHECKING:
    from baken.packs.pack import Pack
    from baken.packs.places import Municipality


def given_pack(country: str, language: str | None) -> Pack:
    """The pack of a country in a language; its source language when none is named."""
    from baken.packs.errors import PackError
    from baken.packs.loader import UnknownPackError, load_pack

    code = country.strip().lower()
    try:
        pack = load_pack(code, overlays=_overlays(code))
        if language is None or language == pack.info.source_language:
            return pack
        if language not in pack.info.languages:
            fail(f"language: '{language}' is not one of {', '.join(pack.info.languages)}")
        return load_pack(code, language, overlays=_overlays(code))
    except UnknownPackError as error:
        fail(str(error))
    except PackError as error:
        fail(f"The pack '{code}' cannot be used:\n{error}", code=1)


def _overlays(country: str) -> tuple[Path, ...]:
    """The local regions of this installation, without loading all settings and the framework with them."""
    from baken.config import installation
    from baken.packs.loader import overlays

    installation.home()
    if country != installation.country():
        return ()
    return overlays(installation.local_packs(), demo=installation.demo())


def given_municipality(pack: Pack, typed: str | None) -> Municipality | None:
    """The municipality for a name, code or postcode."""
    from baken.packs.places import UnknownPlaceError

    if typed is None or not typed.strip():
        return None
    if not pack.places.municipalities:
        fail(f"municipality: the pack '{pack.country}' holds no municipalities yet; leave --municipality out")
    try:
        return pack.places.find(typed)
    except UnknownPlaceError as error:
        fail(f"municipality: {error}")


def given_moment(pack: Pack, typed: str | None) -> dt.datetime:
    """The moment as an aware time; now when nothing is typed. A time without a zone is local to the country."""
    from baken.packs.situation import UnusableMomentError, read_moment

    zone = ZoneInfo(pack.info.timezone)
    if typed is None:
        return now(zone)
    try:
        return read_moment(typed, zone)
    except UnusableMomentError as error:
        fail(f"at: expected {error}, for example 2026-11-21T14:30 or 2026-11-21T14:30+01:00; found '{typed[:60]}'")


def given_day(typed: str | None) -> dt.date:
    """A day; today when nothing is typed."""
    if typed is None:
        return now(dt.UTC).date()
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError:
        fail(f"on: '{typed[:60]}' is not a day; expected for example 2026-11-21")


def now(zone: dt.tzinfo) -> dt.datetime:
    """The present moment. The only clock of the command line; everything below it is told the time."""
    return dt.datetime.now(zone)  # noqa: TID251 - Django's clock would cost every command the start of the framework


def nearest(typed: str, known: Iterable[str]) -> str:
    """A hint with names that look like what was typed, or nothing."""
    found = difflib.get_close_matches(typed, list(known), n=3, cutoff=0.6)
    return f" Did you mean {', '.join(found)}?" if found else ""
