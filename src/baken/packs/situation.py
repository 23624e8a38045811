"""What the router needs to know about a situation: the fields and their finite values.

Every field but ``profession``, ``municipality`` and the moment is listed here, so routes can be proven by walking all
combinations. ``unknown`` is a value of every field. Nationality, origin, religion and occupation of the person concerned
are never fields (principle 1 of the design).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

FIELDS: Mapping[str, tuple[str, ...]] = {
    "danger": ("now", "no", "unknown"),
    "about": ("person", "place", "unknown"),
    "age": ("minor", "adult", "unknown"),
    "form": ("sexual", "labour", "criminal", "domestic", "begging", "organ", "other", "unknown"),
    "sphere": ("home", "work", "network", "unknown"),
    "residence": ("dutch_eu", "asylum", "unaccompanied", "permit", "none", "unknown"),
    "consent": ("given", "refused", "not_asked", "unsafe"),
}
"""Field name -> its values. ``consent`` has ``not_asked`` as its unknown."""

DEFAULTS: Mapping[str, str] = {name: "not_asked" if name == "consent" else "unknown" for name in FIELDS}
UNKNOWN_PROFESSION = "other"


FIRST_YEAR, LAST_YEAR = 2000, 2099


class UnusableMomentError(ValueError):
    """No moment for which opening hours can be worked out; the message says what would be one."""

    def __init__(self) -> None:
        super().__init__(f"an ISO time in the years {FIRST_YEAR} to {LAST_YEAR}")


def read_moment(typed: str, zone: dt.tzinfo) -> dt.datetime:
    """The moment of a situation as an aware time in ``zone``, from an ISO time. Raises UnusableMomentError.

    A time that names no zone is one of ``zone``.
    """
    try:
        moment = dt.datetime.fromisoformat(typed.strip())
    except ValueError:
        raise UnusableMomentError from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UnusableMomentError
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


class UnknownValueError(ValueError):
    """A situation was given a value that its field does not have; the message lists the values that exist."""

    def __init__(self, field: str, value: str, allowed: tuple[str, ...]) -> None:
        self.field = field
        self.value = value
        self.allowed = allowed
        super().__init__(f"{field}: '{value}' is not one of {', '.join(allowed)}")


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation, as ticked by a professional. Not stored anywhere."""

    danger: str = "unknown"
    about: str = "unknown"
    age: str = "unknown"
    form: str = "unknown"
    sphere: str = "unknown"
    residence: str = "unknown"
    consent: str = "not_asked"
    profession: str = UNKNOWN_PROFESSION

    def __post_init__(self) -> None:
        for name, allowed in FIELDS.items():
            value = getattr(self, name)
            if value not in allowed:
                raise UnknownValueError(name, value, allowed)

    def values(self) -> dict[str, str]:
        """Field name -> value, in a fixed order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
