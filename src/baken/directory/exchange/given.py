"""One object of a file that somebody else made: read with care, and what nobody asked for can be told. Pure."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Iterator
from typing import Any

MOST_ITEMS = 500
"""Of one list of one service: phones, places, languages. More is no directory."""
MOST_LETTERS = 20_000
SHOWN = 60


class UnreadableError(Exception):
    """Something in a file cannot be used. ``where`` leads to it (line, row or path), the message says what was expected."""

    def __init__(self, where: str, expected: str) -> None:
        self.where = where
        self.expected = expected
        super().__init__(f"{where}: {expected}")


class Given:
    """An object of a file. Each field is asked for by what it should be; ``left`` names those that nobody asked for."""

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, dict):
            raise UnreadableError(where, f"expected an object; found {_shown(data)}")
        self.where = where
        self._data: dict[str, Any] = data
        self._asked: set[str] = set()
        self._inside: list[Given] = []
        self._refused: list[str] = []

    def has(self, name: str) -> bool:
        """Does the file say something here?"""
        return self._data.get(name) not in (None, "", [], {})

    def text(self, name: str) -> str:
        """A text; "" where there is none. Raises UnreadableError."""
        found = self._take(name)
        if found is None:
            return ""
        if not isinstance(found, str) or len(found) > MOST_LETTERS:
            raise UnreadableError(
                self._at(name), f"expected a text of at most {MOST_LETTERS} letters; found {_shown(found)}"
            )
        if "\x00" in found:
            raise UnreadableError(self._at(name), "expected a text without a null character")
        try:
            found.encode("utf-8")
        except UnicodeEncodeError:
            raise UnreadableError(self._at(name), "expected a text of whole characters") from None
        return found

    def link(self, name: str) -> str:
        """A web address; one that is no http address is refused and told, for it would stand in a link."""
        found = self.text(name)
        if found and not found.startswith(("https://", "http://")):
            self.refuse(name, "not a web address")
            return ""
        return found

    def email(self, name: str) -> str:
        """An e-mail address; what is none is refused and told."""
        found = self.text(name)
        if found and (found.count("@") != 1 or any(letter.isspace() or letter in "<>,;" for letter in found)):
            self.refuse(name, "not an e-mail address")
            return ""
        return found

    def whole(self, name: str) -> int | None:
        """A number without a fraction; HSDS calls it a number, so 12.0 is one too."""
        found = self.number(name)
        if found is None:
            return None
        if found != int(found) or not 0 <= found < 2**31:
            raise UnreadableError(self._at(name), f"expected a whole number from 0 on; found {_shown(found)}")
        return int(found)

    def number(self, name: str) -> float | None:
        """A number. Raises UnreadableError."""
        found = self._take(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
            raise UnreadableError(self._at(name), f"expected a number; found {_shown(found)}")
        number: float = found
        return number

    def raw(self, name: str) -> Any:
        """Whatever stands there."""
        return self._take(name)

    def day(self, name: str) -> dt.date | None:
        """A day as YYYY-MM-DD."""
        found = self.text(name)
        if not found:
            return None
        try:
            return dt.date.fromisoformat(found[:10])
        except ValueError:
            raise UnreadableError(self._at(name), f"expected a day such as 2026-11-21; found {_shown(found)}") from None

    def moment(self, name: str) -> dt.datetime | None:
        """A moment with its offset from UTC."""
        found = self.text(name)
        if not found:
            return None
        try:
            moment = dt.datetime.fromisoformat(found)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            expected = "expected a moment such as 2026-11-21T09:00:00Z"
            raise UnreadableError(self._at(name), f"{expected}; found {_shown(found)}")
        return moment.astimezone(dt.UTC)

    def id(self, name: str = "id") -> uuid.UUID:
        """A UUID."""
        found = self.text(name)
        try:
            return uuid.UUID(found)
        except ValueError:
            raise UnreadableError(self._at(name), f"expected a UUID; found {_shown(found)}") from None

    def one(self, name: str) -> Given | None:
        """An object inside this one."""
        found = self._take(name)
        if found is None:
            return None
        return self._within(found, self._at(name))

    def many(self, name: str) -> list[Given]:
        """The objects of a list inside this one."""
        found = self._take(name)
        if found is None:
            return []
        if not isinstance(found, list) or len(found) > MOST_ITEMS:
            raise UnreadableError(self._at(name), f"expected a list of at most {MOST_ITEMS}; found {_shown(found)}")
        return [self._within(item, f"{self._at(name)}[{number}]") for number, item in enumerate(found)]

    def passed(self, *names: str) -> None:
        """These say nothing that is not said elsewhere in the same object."""
        self._asked.update(names)

    def pass_whole(self) -> None:
        """All of this says nothing that is not said elsewhere."""
        self._asked.update(self._data)

    def refuse(self, name: str, why: str) -> None:
        """Tell that a field is not taken over, and why."""
        self._refused.append(f"{self._at(name)} ({why})")

    def left(self) -> Iterator[str]:
        """What is not taken over, as paths: fields that nobody asked for, here and inside, and those that were refused."""
        for name in self._data:
            if name not in self._asked and self.has(name):
                yield self._at(str(name)[:SHOWN])
        yield from self._refused
        for inside in self._inside:
            yield from inside.left()

    def _take(self, name: str) -> Any:
        self._asked.add(name)
        return self._data.get(name)

    def _within(self, data: Any, where: str) -> Given:
        made = Given(data, where)
        self._inside.append(made)
        return made

    def _at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def _shown(found: Any) -> str:
    if isinstance(found, list | dict):
        return "a list" if isinstance(found, list) else "an object"
    return f"'{str(found)[:SHOWN]}'"
