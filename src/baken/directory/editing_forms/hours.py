"""Opening hours to fill in: seven rows with two parts, day and night, holidays, and single dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.directory.hours_rows import MIDNIGHT, Parts, Rows, check_parts, osm_of, rows_of

SPARE = 2
MOST_DATES = 14
MOST_TEXT = 500
"""As long as the table holds."""


def _moment(label: Any) -> forms.TimeField:
    widget = forms.TimeInput({"class": "input", "type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class HoursForm(forms.Form):
    """The hours of a service or of one place. What rows cannot hold is kept, unless ``instead`` is ticked."""

    always = forms.BooleanField(label=gettext_lazy("Open day and night (24/7)"), required=False)
    holidays = forms.BooleanField(label=gettext_lazy("Closed on public holidays"), required=False)

    def __init__(self, data: Any = None, *, osm: str = "", prefix: str = "hours") -> None:
        self.osm = osm
        self.known = rows_of(osm)
        self.dates = _count(data, prefix, len(self.known.dates) if self.known else 0)
        super().__init__(data, prefix=prefix, auto_id="id_%s", label_suffix="", initial=_initial(self.known or Rows()))
        if self.known is None:
            self.fields["instead"] = forms.BooleanField(
                label=gettext_lazy("Use the rows below instead"), required=False
            )
        for name in _names(self.dates):
            self.fields[name] = _moment(_label(name))
        for number in range(self.dates):
            widget = forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d")
            self.fields[f"date{number}"] = forms.DateField(
                label=_("Date %(number)d") % {"number": number + 1}, required=False, widget=widget
            )

    @property
    def is_text(self) -> bool:
        """Do the hours of now say more than rows can hold?"""
        return self.known is None

    def week(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The seven rows: name of the day and its four fields."""
        return [(str(WEEKDAYS[day]), [self[name] for name in _four(f"day{day}")]) for day in range(7)]

    def single(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """The rows of dates."""
        return [(self[f"date{row}"], [self[name] for name in _four(f"on{row}")]) for row in range(self.dates)]

    def clean(self) -> dict[str, Any]:
        """The string that the rows say, as ``cleaned_data["osm"]``."""
        cleaned = super().clean() or {}
        if self.known is None and not cleaned.get("instead"):
            return {**cleaned, "osm": self.osm}
        days = tuple(self._parts(f"day{day}", str(WEEKDAYS[day])) for day in range(7))
        dates: dict[dt.date, Parts] = {}
        for row in range(self.dates):
            date = cleaned.get(f"date{row}")
            parts = self._parts(f"on{row}", str(date or _("Date")))
            if parts and date is None and f"date{row}" not in self.errors:
                self.add_error(f"date{row}", _("Fill in the date on which these hours hold."))
            elif date is not None:
                dates[date] = parts
        if self.errors:
            return cleaned
        rows = Rows(days, bool(cleaned.get("always")), bool(cleaned.get("holidays")), dates)
        # The same hours written in another way are no change.
        osm = self.osm if self.known is not None and osm_of(self.known) == osm_of(rows) else osm_of(rows)
        if len(osm) > MOST_TEXT:
            self.add_error(None, _("These are too many dates. Take out those that are over."))
        return {**cleaned, "osm": osm}

    def _parts(self, name: str, day: str) -> Parts:
        """The parts of one row. An end of 00:00 is the end of that day."""
        values = [self.cleaned_data.get(item) for item in _four(name)]
        pairs = [(values[0], values[1]), (values[2], values[3])]
        if any((start is None) != (end is None) for start, end in pairs):
            self.add_error(_four(name)[0], _("%(day)s: fill in both from and until.") % {"day": day})
            return ()
        parts = tuple((_minutes(start), _minutes(end) or MIDNIGHT) for start, end in pairs if start is not None)
        try:
            check_parts(parts)
        except ValueError:
            message = _(
                "%(day)s: each time must be later than the one before it. For after midnight, use the next day."
            )
            self.add_error(_four(name)[0], message % {"day": day})
            return ()
        return parts


def _count(data: Any, prefix: str, known: int) -> int:
    """Rows for dates: those that are there and some spare ones; of a sent form as many as it had."""
    sent = 0
    while data is not None and sent < MOST_DATES and f"{prefix}-date{sent}" in data:
        sent += 1
    return sent or min(known + SPARE, MOST_DATES)


def _names(dates: int) -> list[str]:
    rows = [f"day{day}" for day in range(7)] + [f"on{row}" for row in range(dates)]
    return [name for row in rows for name in _four(row)]


def _four(row: str) -> list[str]:
    return [f"{row}_from1", f"{row}_until1", f"{row}_from2", f"{row}_until2"]


def _label(name: str) -> str:
    row, _between, part = name.partition("_")
    day = str(WEEKDAYS[int(row[3:])]) if row.startswith("day") else _("Date %(number)d") % {"number": int(row[2:]) + 1}
    words = {
        "from1": _("%(day)s, from"),
        "until1": _("%(day)s, until"),
        "from2": _("%(day)s, and again from"),
        "until2": _("%(day)s, and then until"),
    }
    return words[part] % {"day": day}


def _initial(rows: Rows) -> dict[str, Any]:
    found: dict[str, Any] = {"always": rows.always, "holidays": rows.closed_on_holidays}
    for day, parts in enumerate(rows.days):
        found |= _times(f"day{day}", parts)
    for row, date in enumerate(sorted(rows.dates)):
        found |= {f"date{row}": date, **_times(f"on{row}", rows.dates[date])}
    return found


def _times(row: str, parts: Parts) -> dict[str, dt.time]:
    moments = [moment % MIDNIGHT for part in parts for moment in part]
    return {name: dt.time(moment // 60, moment % 60) for name, moment in zip(_four(row), moments, strict=False)}


def _minutes(moment: Any) -> int:
    return int(moment.hour * 60 + moment.minute)
