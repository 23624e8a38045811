"""``pack.yaml``: what a country pack is, and its regions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from baken.packs.schema.base import Fact, PackModel, Text

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class PackInfo(PackModel):
    """The pack itself."""

    country: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    name: Text
    status: Literal["complete", "starter"]
    source_language: Language
    languages: list[Language]
    """Languages in which every text of the pack must be present."""
    help_languages: list[Language] = []
    """Extra languages of the page for people who need help themselves."""
    timezone: str
    phone_region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    holidays: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    """Country code for public holidays."""
    about: Text
    """What the pack holds and what it does not hold yet."""


class Region(Fact):
    """A named set of municipalities of one kind."""

    name: str
    door: Text | None = None
    """Who stands at the door in this region, when it is known."""
    url: str | None = None
    provinces: list[str] = []
    safety_regions: list[str] = []
    municipalities: list[str] = []
    """Codes. Provinces and safety regions are shorthand for the municipalities in them."""
    except_municipalities: list[str] = []
    own: bool = False
    """An organisation that uses Baken itself: its door comes first, after those for danger."""
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9 +()/-]*$")] | None = None
    """Number of this door in this region."""
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    """Address of this door in this region. Never for the name of the person concerned."""


RegionKind = Literal[
    "veilig_thuis", "police_unit", "care_coordination", "safety_region", "court_district", "focal_point"
]


class RegionsFile(PackModel):
    """``regions.yaml``: kind -> region id -> region."""

    regions: dict[RegionKind, dict[str, Region]]


class PlacesFile(PackModel):
    """``places.yaml``: where the tables of municipalities, postcodes and points come from."""

    municipalities: Fact
    postcodes: Fact
    points: Fact | None = None
    derived: dict[str, Fact] = {}
    """Columns that were derived by a rule rather than read from a source, with what that rule was."""
    islands: list[str] = []
    """Codes of municipalities with sea all around: the tile map keeps them off the shore."""
