"""Places of a service. One that must stay out of sight has a municipality and no field for an address."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.directory.editing_forms.areas import municipality_name, municipality_of
from baken.directory.editing_forms.basics import area, choice, text
from baken.directory.editing_forms.hours import HoursForm
from baken.directory.editing_forms.lines import number_of
from baken.directory.parts import without_address
from baken.directory.records import AccessibilityRecord, AddressRecord, LocationRecord, PhoneRecord, PlacedRecord
from baken.packs.pack import Pack

KINDS = {
    "physical": gettext_lazy("Where people come"),
    "postal": gettext_lazy("For letters"),
    "virtual": gettext_lazy("Only by telephone or on the internet"),
}
ADDRESS = ("address_1", "postal_code", "city", "province")
SEEN = ("name", *ADDRESS, "transportation", "description")
"""Fields that a place out of sight does not have."""
MOST = 10
BETWEEN = ":"


class PlaceForm(forms.Form):
    """One place. Without a municipality, a name and an address it is taken away."""

    place = forms.CharField(required=False, widget=forms.HiddenInput)
    name = text(gettext_lazy("Name of the place"))
    kind = choice(gettext_lazy("What kind"), KINDS.items(), required=False)
    municipality = text(gettext_lazy("Municipality"), most=60, help_text=gettext_lazy("Name or postcode"))
    confidential = forms.BooleanField(
        label=gettext_lazy("Nobody may learn where it is"),
        help_text=gettext_lazy("Then only the municipality is kept, and never an address."),
        required=False,
    )
    address_1 = text(gettext_lazy("Street and number"))
    postal_code = text(gettext_lazy("Postcode"), most=12)
    city = text(gettext_lazy("Town"), most=100)
    province = text(gettext_lazy("Province"), most=60)
    transportation = area(gettext_lazy("How to get there"), rows=2)
    description = area(gettext_lazy("About this place"), rows=2)
    phones = area(gettext_lazy("Numbers of this place only"), gettext_lazy("One on each line."), rows=2)
    accessibility = area(
        gettext_lazy("For who uses a wheelchair, or hears or sees little"),
        gettext_lazy("One on each line, for example: Wheelchair: lift at the back."),
        rows=2,
    )
    remove = forms.BooleanField(label=gettext_lazy("Take this place away"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        prefix: str,
        before: PlacedRecord | None,
        pack: Pack | None,
        country: str,
        out_of_sight: bool,
    ) -> None:
        self.before, self.pack, self.country = before, pack, country
        self.out_of_sight = out_of_sight or bool(before and before.location.confidential)
        """Has it no field for an address?"""
        first = _initial(before, pack) if before else {}
        super().__init__(data, prefix=prefix, initial=first, auto_id="id_%s", label_suffix="")
        if self.out_of_sight:
            for name in (*SEEN, "confidential"):
                del self.fields[name]
        if before is None:
            del self.fields["remove"]
        asked = bool(before and before.hours) or (data is not None and f"{prefix}-hours-shown" in data)
        osm = before.hours if before else ""
        self.hours = HoursForm(data, osm=osm, prefix=f"{prefix}-hours") if asked else None

    @property
    def lost_address(self) -> bool:
        """Was an address typed for a place that has none? It is not kept, not even to show it again."""
        return self.out_of_sight and any(self.data.get(self.add_prefix(name), "").strip() for name in ADDRESS)

    def is_valid(self) -> bool:
        """With its hours."""
        return super().is_valid() and (self.hours is None or self.hours.is_valid())

    def clean_municipality(self) -> str:
        """Its code."""
        return municipality_of(self.cleaned_data["municipality"], self.pack)

    def clean_phones(self) -> str:
        """Numbers that can be called."""
        lines = [number_of(line, self.country) for line in _lines(self.cleaned_data["phones"])]
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        """No address together with the promise that nobody learns it; a place out of sight says its municipality."""
        cleaned = super().clean() or {}
        if cleaned.get("confidential") and any(cleaned.get(name) for name in ADDRESS):
            self.add_error(
                "confidential", _("An address that nobody may learn is never kept. Empty the address, then save again.")
            )
        if self.out_of_sight and self.before and not cleaned.get("municipality") and not cleaned.get("remove"):
            self.add_error("municipality", _("Fill in the municipality: it is all that people see."))
        return cleaned

    def placed(self) -> PlacedRecord | None:
        """The place as filled in; None when it is not there, or is taken away."""
        typed = self.cleaned_data
        empty = not any(typed.get(name) for name in ("name", "municipality", *ADDRESS))
        if typed.get("remove") or empty:
            return None
        location = self.before.location if self.before else LocationRecord(id=uuid.uuid4())
        placed = self.before or PlacedRecord(location=location)
        return replace(
            placed,
            location=self._location(location),
            description=typed.get("description", placed.description if self.before else ""),
            phones=_phones(typed["phones"], placed.phones),
            hours=self.hours.cleaned_data["osm"] if self.hours else placed.hours,
        )

    def _location(self, before: LocationRecord) -> LocationRecord:
        typed = self.cleaned_data
        accessibility = _accessibility(typed["accessibility"], before.accessibility)
        kept = replace(before, kind=typed["kind"] or "physical", municipality=typed["municipality"])
        if self.out_of_sight or typed.get("confidential"):
            return replace(without_address(kept), accessibility=accessibility)
        address = self._address(before.address)
        moved = address != before.address
        return replace(
            kept,
            name=typed["name"],
            transportation=typed["transportation"],
            accessibility=accessibility,
            address=address,
            # The point of another address is not its own.
            latitude=None if moved else before.latitude,
            longitude=None if moved else before.longitude,
        )

    def _address(self, before: AddressRecord | None) -> AddressRecord | None:
        typed = {name: self.cleaned_data[name] for name in ADDRESS}
        if not typed["address_1"]:
            return None
        return replace(before, **typed) if before else AddressRecord(**typed, country=self.country)


def place_forms(
    data: Any, *, places: tuple[PlacedRecord, ...], pack: Pack | None, country: str, out_of_sight: bool
) -> list[PlaceForm]:
    """A form for each place, and one for a new one. What the browser says about a place that is not there is a new one."""
    known = {str(place.location.id): place for place in places}
    more: dict[str, Any] = {"pack": pack, "country": country, "out_of_sight": out_of_sight}
    if data is None:
        rows: list[PlacedRecord | None] = [*places, None]
    else:
        sent: list[str] = []
        while len(sent) < MOST and f"places-{len(sent)}-municipality" in data:
            sent.append(data.get(f"places-{len(sent)}-place", ""))
        rows = [known.pop(name, None) for name in sent]
    return [PlaceForm(data, prefix=f"places-{row}", before=place, **more) for row, place in enumerate(rows)]


def _initial(before: PlacedRecord, pack: Pack | None) -> dict[str, Any]:
    location = before.location
    return {
        "place": str(location.id),
        "name": location.name,
        "kind": location.kind,
        "municipality": municipality_name(location.municipality, pack),
        **({name: getattr(location.address, name) for name in ADDRESS} if location.address else {}),
        "transportation": location.transportation,
        "description": before.description,
        "phones": "\n".join(phone.number for phone in before.phones),
        "accessibility": "\n".join(
            f"{item.description}{BETWEEN} {item.details}" if item.details else item.description
            for item in location.accessibility
        ),
    }


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _phones(typed: str, before: tuple[PhoneRecord, ...]) -> tuple[PhoneRecord, ...]:
    """What was known of a number stays with it."""
    known = {phone.number: phone for phone in before}
    return tuple(known.get(number, PhoneRecord(number=number)) for number in _lines(typed))


def _accessibility(typed: str, before: tuple[AccessibilityRecord, ...]) -> tuple[AccessibilityRecord, ...]:
    found = []
    for line in _lines(typed):
        description, _between, details = (part.strip() for part in line.partition(BETWEEN))
        known = next((item for item in before if (item.description, item.details) == (description, details)), None)
        found.append(known or AccessibilityRecord(description=description[:300], details=details))
    return tuple(found)
