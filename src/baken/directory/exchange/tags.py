"""The attributes of one object of a file, by what they mean. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baken.directory.codes import TAXONOMIES
from baken.directory.exchange.attributes import CUSTOM, OF_THE_RECORD
from baken.directory.exchange.given import Given, UnreadableError
from baken.directory.exchange.ids import term_id
from baken.directory.exchange.terms import DATA, VERIFIED, Data, terms

_BY_ID = {str(term_id(taxonomy, code)): (taxonomy, code) for taxonomy, code in terms()}


class Tags:
    """Attributes by taxonomy and code, with their values. A taxonomy that we do not know is kept as it came."""

    def __init__(self, given: Given) -> None:
        self._found: list[tuple[str, str, str, str, Given]] = []
        self._objects: dict[int, Given] = {}
        self._asked: set[Data] = set()
        for item in given.many("attributes"):
            taxonomy, code = _term(item)
            item.passed("id", "link_id", "link_entity", "taxonomy_term_id", "label", "taxonomy_term")
            self._found.append((taxonomy, code, item.text("value"), item.text("link_type"), item))

    @property
    def told(self) -> frozenset[str]:
        """Which fields of a record these attributes speak of, where HSDS itself would not."""
        names = {"nl-mh-kind": "kind", "nl-mh-visibility": "visibility"}
        of_record = {taxonomy for taxonomy, _code, _value, link, _item in self._found if link == OF_THE_RECORD}
        return frozenset(field for taxonomy, field in names.items() if taxonomy in of_record)

    def first(self, code: Data) -> str | None:
        """The value of a code of ours; None where it is not there."""
        self._asked.add(code)
        return next(
            (value for taxonomy, found, value, _link, _item in self._found if (taxonomy, found) == (DATA, code)), None
        )

    def record_code(self, taxonomy: str, otherwise: str) -> str:
        """The code of the record itself in a taxonomy."""
        found = (code for name, code, _value, link, _item in self._found if name == taxonomy and link == OF_THE_RECORD)
        return next(found, otherwise)

    def codes(self) -> Iterator[tuple[str, str]]:
        """Codes of our taxonomies."""
        for taxonomy, code, _value, link, item in self._found:
            if taxonomy in TAXONOMIES and link not in (OF_THE_RECORD, CUSTOM):
                if code not in set(TAXONOMIES[taxonomy]):
                    raise UnreadableError(item.where, f"{taxonomy} has no code '{code[:60]}'")
                yield taxonomy, code

    def custom(self) -> tuple[tuple[str, str], ...]:
        """Codes of other taxonomies. One with a value is more than a code; its value is told as left out."""
        return tuple(
            (taxonomy, code)
            for taxonomy, code, _value, link, _item in self._found
            if link == CUSTOM or taxonomy not in (*TAXONOMIES, DATA, VERIFIED)
        )

    def json(self, code: Data) -> Any:
        """The value of a code of ours, of more than one text."""
        found = self.first(code)
        return None if found is None else _parsed(found, code)

    def object(self, code: Data) -> Given | None:
        """The same, as an object to read with care."""
        found = self.objects(code)
        return found[0] if found else None

    def objects(self, code: Data) -> list[Given]:
        """Every value of a code of ours, in their order."""
        self._asked.add(code)
        return [item for _code, item in self.values(DATA, code)]

    def values(self, taxonomy: str, code: str | None = None) -> list[tuple[str, Given]]:
        """Every value of a taxonomy that is an object, with its code; of one code only when that is given."""
        return [
            (found, self._object(number))
            for number, (name, found, _value, _link, _item) in enumerate(self._found)
            if name == taxonomy and code in (None, found)
        ]

    def _object(self, number: int) -> Given:
        if number not in self._objects:
            _taxonomy, code, value, _link, item = self._found[number]
            self._objects[number] = Given(_parsed(value, code), f"{item.where}.value")
        return self._objects[number]

    def left(self) -> Iterator[str]:
        """Values that nobody took over."""
        for taxonomy, code, value, link, item in self._found:
            if taxonomy == DATA and code not in self._asked:
                yield item.where
            elif value and link != CUSTOM and taxonomy not in (DATA, VERIFIED):
                yield f"{item.where}.value"
        for inside in self._objects.values():
            yield from inside.left()


def _term(item: Given) -> tuple[str, str]:
    """Taxonomy and code of an attribute; by the id of the term where the term itself is not there."""
    term = item.one("taxonomy_term")
    if term is None:
        known = item.text("taxonomy_term_id")
        return _BY_ID.get(known, ("", known))
    detail = term.one("taxonomy_detail")
    taxonomy = term.text("taxonomy") or (detail.text("name") if detail else "") or term.text("taxonomy_id")
    code = term.text("code") or term.text("name")
    for part in (term, detail):
        if part:
            part.pass_whole()
    return taxonomy, code


def _parsed(value: str, code: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise UnreadableError(code, "expected JSON as the value of this attribute") from None
