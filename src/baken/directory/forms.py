"""The search form of the social map: what it asks, and reading what somebody filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.codes import TAXONOMIES
from baken.directory.search import FACETS, MOST, PER_PAGE, Asked
from baken.packs.pack import Pack
from baken.packs.places import UnknownPlaceError

MAX_TEXT = 200
MAX_PLACE = 60
DISTANCES = (5, 10, 20, 30, 50, 100)
MOST_PAGES = MOST // PER_PAGE
TAXONOMY_OF = {name: f"nl-mh-{name}" for name in FACETS}
MORNING, AFTERNOON = dt.time(10), dt.time(14)


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick. ``count``: how many are left with it; None before a search."""

    value: str
    label: str
    chosen: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Facet:
    """One question with its boxes."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in, as it was typed, with what it means and what is wrong with it."""

    asked: Asked
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def facets(self, counts: Mapping[str, int] | None = None) -> list[Facet]:
        """The questions with boxes, with how many there are of each."""
        return [
            Facet(
                name,
                str(labels.TAXONOMY[taxonomy]),
                tuple(self._choice(name, taxonomy, code, counts) for code in TAXONOMIES[taxonomy]),
            )
            for name, taxonomy in TAXONOMY_OF.items()
        ]

    def _choice(self, name: str, taxonomy: str, code: str, counts: Mapping[str, int] | None) -> Choice:
        facet = f"{FACETS[name]}:{code}"
        count = None if counts is None else counts.get(facet, 0)
        return Choice(code, labels.label(taxonomy, code), facet in self.asked.chosen, count)

    def chosen(self) -> list[tuple[str, str]]:
        """The ticked boxes as value for leaving out and label."""
        return [
            (f"{name}:{choice.value}", choice.label)
            for name, facet in zip(TAXONOMY_OF, self.facets(), strict=True)
            for choice in facet.choices
            if choice.chosen
        ]


EMPTY = Filled(Asked())


def read(data: QueryDict, pack: Pack, *, languages: Iterable[str], now: dt.datetime) -> Filled:
    """Read a posted form. What is not understood becomes an error beside its field; the rest stays as it was typed."""
    errors: dict[str, str] = {}
    names = ("text", "place", "within", "language", "when", "date", "time")
    typed = {name: _plain(data.get(name, "")) for name in names}
    leaving = data.get("without", "")
    chosen = frozenset(
        f"{FACETS[name]}:{code}"
        for name, taxonomy in TAXONOMY_OF.items()
        for code in data.getlist(name)
        if code in set(TAXONOMIES[taxonomy]) and f"{name}:{code}" != leaving
    )
    if leaving in typed:
        typed[leaving] = ""
    if leaving == "place":
        typed["within"] = ""
    municipality = None
    if typed["place"]:
        try:
            municipality = pack.places.find(typed["place"][:MAX_PLACE])
        except UnknownPlaceError as error:
            errors["place"] = _("We do not know this municipality or postcode.")
            if error.suggestions:
                errors["place"] += " " + _("Do you mean %(names)s?") % {"names": ", ".join(error.suggestions)}
    within = int(typed["within"]) if typed["within"] in {str(number) for number in DISTANCES} else None
    if within and not typed["place"]:
        errors["place"] = _("Fill in a municipality or postcode to count the distance from.")
    language = typed["language"] if typed["language"] in set(languages) else ""
    open_at = _moment(typed, now, errors)
    page = data.get("page", "1")
    asked = Asked(
        text=typed["text"],
        chosen=chosen,
        language=language,
        open_at=open_at,
        municipality=municipality,
        within_km=within,
        page=min(int(page), MOST_PAGES) if page.isascii() and page.isdigit() and page.strip("0") else 1,
    )
    return Filled(asked, typed, errors)


def _plain(text: str) -> str:
    """What was typed without letters that no page can show."""
    return "".join(letter if letter.isprintable() else " " for letter in text[: 2 * MAX_TEXT]).strip()[:MAX_TEXT]


def _moment(typed: Mapping[str, str], now: dt.datetime, errors: dict[str, str]) -> dt.datetime | None:
    """The moment at which it must be open; ``now`` is in the time zone of the installation."""
    tomorrow = now.date() + dt.timedelta(days=1)
    if typed["when"] == "now":
        return now
    if typed["when"] == "morning":
        return dt.datetime.combine(tomorrow, MORNING, now.tzinfo)
    if typed["when"] == "afternoon":
        return dt.datetime.combine(tomorrow, AFTERNOON, now.tzinfo)
    if typed["when"] != "moment":
        return None
    try:
        day, time = dt.date.fromisoformat(typed["date"]), dt.time.fromisoformat(typed["time"] or "10:00")
    except ValueError:
        errors["date"] = _("Fill in a day and a time, for example 1 December at 10:00.")
        return None
    if not now.date() <= day <= now.date() + dt.timedelta(days=13):
        errors["date"] = _("Choose a day in the next two weeks.")
        return None
    return dt.datetime.combine(day, time.replace(tzinfo=None), now.tzinfo)
