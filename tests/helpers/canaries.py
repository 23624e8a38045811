"""Canary words: typed into every field there is, and then looked for in every place where something could have stayed.

A place is a name and bytes. A word is found as it is, in capitals, as UTF-16, in base64 and hex, escaped as in JSON, quoted as in
mail, and inside what is packed. An address of a visitor is looked for in binary and as a hash too: of four thousand million
addresses every hash is soon found.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import random
import re
import shutil
import string
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.core import mail
from django.db import connection

LETTERS = 16
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{32,}={0,2}")
_QUOTED_END = re.compile(rb"=\r?\n")
Place = tuple[str, bytes]


class Canaries:
    """The words of one play, by where they were typed."""

    def __init__(self) -> None:
        self._random = random.Random()
        self.words: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._secrets: dict[str, bytes] = {}

    def word(self, name: str) -> str:
        """The word for one field, the same each time. It starts with a letter that JSON, mail and addresses write otherwise."""
        if name not in self.words:
            self.words[name] = "ë" + "".join(self._random.choices(string.ascii_lowercase, k=LETTERS))
        return self.words[name]

    def add(self, name: str, secret: str) -> str:
        """Something that was not chosen here, such as a code that a page showed once."""
        self.words[name] = secret
        return secret

    def address(self, name: str, text: str) -> str:
        """An address of a visitor."""
        self._addresses[name] = text
        return text

    def secret(self, name: str, raw: bytes) -> None:
        """Bytes that lie nowhere, such as a private key."""
        self._secrets[name] = raw

    def names(self, group: str, names: Iterable[str]) -> dict[str, str]:
        """Words for some fields of one form."""
        return {name: self.word(f"{group}.{name}") for name in names}

    def form(self, kind: type[forms.Form], **more: Any) -> dict[str, Any]:
        """Words for every free field of a form; ``more`` is what its other fields are, or what stands in place of a word."""
        return self.names(kind.__name__, free_fields(kind)) | more

    def found(self, places: Iterable[Place]) -> list[str]:
        """Every word that stayed somewhere, with its place; never the word itself."""
        wanted = [(name, *form) for name, text in self.words.items() for form in forms_of(text.lstrip("ë"))]
        wanted += [(name, *form) for name, text in self._addresses.items() for form in forms_of_address(text)]
        wanted += [(name, *form) for name, raw in self._secrets.items() for form in forms_of_bytes(raw)]
        return sorted(
            {
                f"{name} ({form}) in {place}"
                for place, data in places
                for hay in unfolded(data)
                for name, form, needle in wanted
                if needle in hay
            }
        )


def free_fields(kind: type[forms.Form]) -> list[str]:
    """The fields of a form in which anything can be typed."""
    return [name for name, field in kind.base_fields.items() if isinstance(field, forms.CharField)]


def forms_of(text: str) -> Iterator[tuple[str, bytes]]:
    """How a text may lie somewhere. Small letters stand for capitals too: `unfolded` gives both."""
    plain = text.encode()
    yield "plain", plain.lower()
    yield "UTF-16", text.lower().encode("utf-16-le")
    yield "UTF-16", text.lower().encode("utf-16-be")
    yield "hex", plain.hex().encode()
    yield "JSON", "".join(f"\\u{ord(char):04x}" for char in text).encode()
    for start in range(3):
        for raw in (plain, text.encode("utf-16-le")):
            # In the middle of other bytes the outer characters depend on the neighbours.
            made = base64.b64encode(b"\0" * start + raw)
            yield "base64", made[4 if start else 0 : -4]


def forms_of_bytes(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """How a secret may lie somewhere."""
    yield "binary", raw
    yield "hex", raw.hex().encode()
    for start in range(3):
        made = base64.b64encode(b"\0" * start + raw)
        middle = made[4 if start else 0 : -4]
        yield "base64", middle
        yield "base64", middle.replace(b"+", b"-").replace(b"/", b"_")


def forms_of_address(text: str) -> Iterator[tuple[str, bytes]]:
    """An address also in binary, and under every hash that has no secret."""
    yield from forms_of(text)
    packed = ipaddress.ip_address(text).packed
    if len(packed) == 16:
        # Four bytes turn up by chance.
        yield "binary", packed
    for raw in (text.encode(), packed):
        for name in ("md5", "sha1", "sha256"):
            yield from ((f"{name}, {form}", needle) for form, needle in forms_of_bytes(hashlib.new(name, raw).digest()))


def unfolded(data: bytes) -> Iterator[bytes]:
    """What is there, the same in small letters, without the line ends of mail, and what is packed in it."""
    yield data
    small = data.lower()
    if small != data:
        yield small
    joined = _QUOTED_END.sub(b"", small)
    if joined != small:
        yield joined
    for packed in (data, *(_decoded(run) for run in _BASE64.findall(data))):
        try:
            opened = zlib.decompressobj(wbits=47).decompress(packed)
        except zlib.error:
            continue
        yield opened
        yield opened.lower()


def _decoded(run: bytes) -> bytes:
    usual = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    whole = usual if len(usual) % 4 != 1 else usual[:-1]
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


def in_database() -> Iterator[Place]:
    """Every column of every row of every table, and then the whole as it lies on disk or in a dump."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", _raw(value)) for name, value in zip(names, row, strict=True))
    yield from (_in_sqlite() if connection.vendor == "sqlite" else _in_dump())


def _in_sqlite() -> Iterator[Place]:
    """The file, with what was deleted and not yet overwritten."""
    connection.ensure_connection()
    yield "the database file", connection.connection.serialize()
    yield "a dump of the database", "\n".join(connection.connection.iterdump()).encode()


def _in_dump() -> Iterator[Place]:
    tool = shutil.which("pg_dump")
    if tool is None:
        return
    given = connection.settings_dict
    address = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    words = " ".join(f"{name}='{value}'" for name, value in {**address, "dbname": given["NAME"]}.items() if value)
    made = subprocess.run([tool, "--inserts", f"--dbname={words}"], check=True, capture_output=True)
    yield "a dump of the database", made.stdout


def _raw(value: object) -> bytes:
    if isinstance(value, memoryview | bytes | bytearray):
        return bytes(value)
    return str(value).encode()


def in_folder(folder: Path) -> Iterator[Place]:
    """Names and contents of all files."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield f"{folder.name}, name of a file", name.encode()
        if path.is_file():
            yield f"{folder.name}/{name}", path.read_bytes()


def in_mail() -> Iterator[Place]:
    """What was mailed, as it left and as it reads."""
    for message in mail.outbox:
        made = message.message()
        yield "mail", made.as_bytes()
        for part in made.walk():
            payload = part.get_payload(decode=True)
            yield "mail", payload if isinstance(payload, bytes) else b""
