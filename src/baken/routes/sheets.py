"""Factsheets in words, on paper and as a set: what the pages and the command line share."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import override

from baken.packs.pack import Pack
from baken.packs.places import Municipality
from baken.recognise.current import current_pack
from baken.routes.cards import door_card
from baken.routes.factsheets import DayRange, Factsheet, SheetDoor, WeekHours, factsheet
from baken.routes.pdf import render_pdf

SIZES = (9.2, 8.7, 8.2, 7.7, 7.3)
"""Body text in points, largest first: long words in some languages need a smaller letter to stay on two pages."""
MAX_PAGES = 2
MAX_ORGANISATION = 80
BRAND = "#06343f"


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """One sheet to make."""

    profession: str
    language: str
    municipality: Municipality | None = None
    organisation: str = ""

    @property
    def filename(self) -> str:
        """A neutral name."""
        return f"factsheet-{self.profession.replace('_', '-')}-{self.language}.pdf"

    @property
    def path(self) -> str:
        """Path of the sheet's own page; call it with the sheet's language active."""
        path = reverse("routes:factsheet", args=[self.profession])
        return f"{path}?municipality={self.municipality.code}" if self.municipality else path


def hours_in_words(hours: WeekHours | None) -> str:
    """The usual hours of a door for paper; empty where they are unknown."""
    if hours is None:
        return ""
    if hours.always:
        return _("Day and night")
    text = "; ".join(_days(part) for part in hours.days)
    return _("%(hours)s, not on public holidays") % {"hours": text} if hours.closed_on_holidays else text


def _days(part: DayRange) -> str:
    days = str(WEEKDAYS_ABBR[part.first])
    if part.last != part.first:
        days = f"{days}–{WEEKDAYS_ABBR[part.last]}"
    times = [f"{start // 60}:{start % 60:02}–{end // 60}:{end % 60:02}" for start, end in part.open]
    return f"{days} {', '.join(times)}"


def sheet_door(door: SheetDoor, sheet: Factsheet) -> dict[str, Any]:
    """A door of a sheet for ``ui/components/door.html`` and for paper: for what it is, not for one situation."""
    return door_card(door.advice, sheet.moment) | {
        "why": door.advice.door.what,
        "say": "",
        "footings": [],
        "needs_consent": False,
        "hours": hours_in_words(door.hours),
        "internal": door.advice.door.kind == "internal",
        "region_name": door.advice.region,
        "local_name": door.advice.local_name,
        "not_known_here": door.advice.region_unknown,
        "site": (door.advice.door.url or "").removeprefix("https://").removeprefix("www.").partition("/")[0],
    }


def sheet_context(sheet: Factsheet) -> dict[str, Any]:
    """Everything the page and the paper of a sheet show."""
    return {
        "sheet": sheet,
        "profession": sheet.profession,
        "emergency": sheet_door(sheet.emergency, sheet),
        "doors": [sheet_door(door, sheet) for door in sheet.doors],
        "also": [sheet_door(door, sheet) for door in sheet.also],
        "municipality": sheet.municipality,
        "made_on": formats.date_format(sheet.moment.astimezone(timezone.get_default_timezone()), "j F Y"),
    }


def qr_code(address: str) -> bytes:
    """An address as a QR code, as SVG; medium error correction survives a copying machine."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", dark=BRAND, border=0, xmldecl=False, scale=4)
    return buffer.getvalue()


def sheet_pdf(
    order: SheetOrder,
    *,
    absolute: Callable[[str], str],
    request: HttpRequest | None = None,
    pack: Pack | None = None,
    extra: Mapping[str, Any] | None = None,
) -> bytes:
    """One sheet as a two-page PDF in its own language. Raises UnknownProfessionError and PdfUnavailableError.

    ``absolute`` makes an address from a path of this site, for the QR code. Without a ``request`` pass what the page
    context would give in ``extra`` (``draft_translation``, ``demo``).
    """
    with override(order.language):
        sheet = factsheet(
            pack=pack or current_pack(order.language),
            profession=order.profession,
            municipality=order.municipality,
            now=timezone.now(),
        )
        address = absolute(order.path)
        return render_pdf(
            "routes/paper/factsheet.html",
            {
                **sheet_context(sheet),
                "organisation": order.organisation[:MAX_ORGANISATION],
                "address": address,
                "LANGUAGE_CODE": order.language,
                **(extra or {}),
            },
            request=request,
            stylesheets=("baken/paper.css", "baken/factsheet.css"),
            pictures={"qr": qr_code(address)},
            sizes=SIZES,
            max_pages=MAX_PAGES,
        )


def sheet_set(orders: Iterable[SheetOrder], make: Callable[[SheetOrder], bytes]) -> Iterator[bytes]:
    """A zip of sheets, piece by piece as they are made, so that a large set needs no large memory."""
    buffer = _Pieces()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for order in orders:
            # A PDF is compressed already.
            archive.writestr(f"{order.language}/{order.filename}", make(order))
            yield buffer.taken()
    yield buffer.taken()


class _Pieces(io.RawIOBase):
    """A file to write to whose content can be taken away as it grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
