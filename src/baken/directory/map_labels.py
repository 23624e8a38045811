"""What the map of coverage is called on screen, and how its answers look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.directory.codes import Kind
from baken.directory.coverage import Coverage
from baken.directory.tile_map import Answer, Look

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COVERAGE: dict[Coverage, _StrPromise] = {
    Coverage.OWN: gettext_lazy("Of its own"),
    Coverage.REGION: gettext_lazy("Through the region"),
    Coverage.REACH: gettext_lazy("Within reach"),
    Coverage.UNCONFIRMED: gettext_lazy("Heard of, not checked"),
    Coverage.NONE_KNOWN: gettext_lazy("None known to us"),
}
"""Never "none": the map knows only what somebody wrote down."""

LOOKS: dict[Coverage, Look] = {
    Coverage.OWN: Look.FULL,
    Coverage.REGION: Look.STRIPES,
    Coverage.REACH: Look.DOT,
    Coverage.UNCONFIRMED: Look.QUESTION,
    Coverage.NONE_KNOWN: Look.EMPTY,
}

LAYERS: dict[Kind, _StrPromise] = {
    Kind.CARE_COORDINATION: gettext_lazy("Who has a care coordinator"),
    Kind.FOCAL_POINT: gettext_lazy("Who has a focal point"),
    Kind.SHELTER: gettext_lazy("Who has a shelter within reach"),
}
"""The maps that are drawn."""


def answers() -> list[Answer]:
    """The answers of a map of coverage, in the language of the moment."""
    return [Answer(how, str(COVERAGE[how]), LOOKS[how]) for how in Coverage]


def about(known: int, unchecked: int, unknown: int) -> str:
    """One sentence for who cannot see the picture: how many municipalities have it, may have it, or have none known."""
    return _(
        "Of the municipalities, %(known)d have it, of %(unchecked)d it was heard but not checked, and of %(unknown)d none is "
        "known to us. The table says which."
    ) % {"known": known, "unchecked": unchecked, "unknown": unknown}
