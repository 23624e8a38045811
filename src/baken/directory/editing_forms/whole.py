"""All parts of the form together, and the record that follows from what was filled in."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from baken.directory.codes import Kind, Visibility
from baken.directory.editing_forms.areas import area_of, name_of
from baken.directory.editing_forms.basics import BasicsForm
from baken.directory.editing_forms.hours import HoursForm
from baken.directory.editing_forms.lines import LINES, filled, formset, initial_lines, with_lines
from baken.directory.editing_forms.places import place_forms
from baken.directory.packs_here import pack_of
from baken.directory.parts import without_address
from baken.directory.records import AreaRecord, ProviderRecord, ServiceRecord, SourceRecord

FULL = 20


class EditingForm:
    """The form of one service; ``before`` None makes a new one. ``data`` None shows what the service says now."""

    def __init__(
        self, data: QueryDict | None, *, before: ServiceRecord | None, language: str, country: str, today: dt.date
    ) -> None:
        self.before, self.today = before, today
        self.country = data.get("country", country)[:2].upper() if data else (before.country if before else country)
        self.pack = pack_of(self.country)
        self.basics = BasicsForm(data, before=before, language=language)
        if before is None and data is None:
            self.basics.initial.update(country=country, source_checked_on=today)
        first = initial_lines(before) if before else {}
        first["areas"] = (
            [{"kind": item.kind, "name": name_of(item, self.pack)} for item in before.areas] if before else []
        )
        self.lines = {name: formset(name, data, first.get(name, []), self.country) for name in LINES}
        self.hours = HoursForm(data, osm=before.hours if before else "")
        self.places = place_forms(
            data,
            places=before.places if before else (),
            pack=self.pack,
            country=self.country,
            out_of_sight=self.out_of_sight(data),
        )

    def out_of_sight(self, data: QueryDict | None) -> bool:
        """Must nobody learn where it is? As typed, or as it is."""
        if data is not None:
            return data.get("kind") == Kind.SHELTER or data.get("visibility") == Visibility.HIDDEN
        return self.before is not None and self.before.out_of_sight

    def is_valid(self) -> bool:
        """Is everything that was filled in right? Asks each part, so that every error shows at once."""
        parts = [self.basics, self.hours, *self.places, *self.lines.values()]
        fine = [part.is_valid() for part in parts]
        lost = [place for place in self.places if place.lost_address]
        for place in lost:
            place.add_error(
                None, _("This place must stay out of sight. The address that you typed is not kept, and is gone.")
            )
        return all(fine) and not lost and self._read_areas()

    def _read_areas(self) -> bool:
        self.areas: list[AreaRecord] = []
        before = self.before.areas if self.before else ()
        for form in self.lines["areas"].forms:
            if not form.cleaned_data.get("name"):
                continue
            try:
                self.areas.append(area_of(form.cleaned_data["kind"], form.cleaned_data["name"], self.pack, before))
            except forms.ValidationError as error:
                form.add_error("name", error)
        return not any(form.errors for form in self.lines["areas"].forms)

    def record(self) -> ServiceRecord:
        """The service as filled in. The form is valid."""
        record = self.before or ServiceRecord(
            id=uuid.uuid4(),
            provider=ProviderRecord(id=uuid.uuid4(), name="-"),
            name="-",
            source=SourceRecord(name="-"),
        )
        places = tuple(place for form in self.places if (place := form.placed()))
        if self.out_of_sight(self.basics.data):  # type: ignore[arg-type]
            places = tuple(replace(place, location=without_address(place.location)) for place in places)
        # Without its places in between: what goes out of sight must not meet its old address.
        record = replace(self.basics.onto(replace(record, places=())), places=places)
        record = with_lines(record, {name: filled(name, lines) for name, lines in self.lines.items()})
        return replace(record, areas=tuple(self.areas), hours=self.hours.cleaned_data["osm"])

    def errors(self) -> list[tuple[str, str, str]]:
        """Everything that is wrong: id of the field, its label, and what to do."""
        found: list[tuple[str, str, str]] = []
        parts: list[Any] = [self.basics, self.hours, *[form for lines in self.lines.values() for form in lines.forms]]
        for place in self.places:
            parts += [place, *([place.hours] if place.hours else [])]
        for form in parts:
            for name, messages in form.errors.items():
                field = form[name] if name in form.fields else None
                target = (field.id_for_label or field.auto_id) if field else ""
                found += [(target, str(field.label) if field else "", str(message)) for message in messages]
        return found


def with_more(data: QueryDict, name: str) -> QueryDict:
    """What was typed, with more empty lines in one list, another place, or the hours of one place."""
    more = data.copy()
    if name in LINES:
        key = f"{name}-TOTAL_FORMS"
        typed = str(more.get(key, ""))
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
        more[key] = str(min(count + 2, FULL))
    elif name == "places":
        row = 0
        while f"places-{row}-municipality" in more:
            row += 1
        more[f"places-{row}-municipality"] = ""
    elif name.endswith("-hours"):
        more[f"{name}-shown"] = "on"
    return more
