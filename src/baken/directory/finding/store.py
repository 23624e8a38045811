"""The index in the database of the installation: made, filled, asked. The only module here that talks to a database.

An update is visible to the next question. Writers stand in line; readers never wait.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from types import ModuleType
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from baken.directory.finding import postgresql, similar, sqlite, statements
from baken.directory.finding.analyser import WORD
from baken.directory.finding.documents import Document
from baken.directory.finding.errors import UnfitDatabaseError
from baken.directory.finding.rows import Row, counted_tokens, row

DIALECTS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}
BATCH = 2_000
"""Documents that are written together."""
_MANY = 500
"""Values in one statement."""


def dialect(connection: BaseDatabaseWrapper) -> ModuleType:
    """How this database is spoken to."""
    if connection.vendor not in DIALECTS:
        raise UnfitDatabaseError(
            f"The social map can be searched in SQLite and PostgreSQL, not in {connection.vendor}."
        )
    return DIALECTS[connection.vendor]


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the tables, empty."""
    speech = dialect(connection)
    with connection.cursor() as cursor:
        try:
            for statement in speech.CREATE:
                cursor.execute(statement)
        except DatabaseError as error:
            if "fts5" in str(error):
                raise UnfitDatabaseError(
                    "This SQLite was built without FTS5, which the social map is searched with."
                ) from error
            raise


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove the tables."""
    with connection.cursor() as cursor:
        for statement in (*dialect(connection).DROP, *statements.DROP):
            cursor.execute(statement)


def put(documents: Iterable[Document], *, using: str = "default") -> None:
    """Add these documents, or put them in the place of what stood there under their key."""
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        with transaction.atomic(using=using):
            _Writer(connections[using]).put([row(document) for document in {doc.key: doc for doc in batch}.values()])


def remove(keys: Iterable[UUID], *, using: str = "default") -> None:
    """Take these documents out; one that is not there is no mistake."""
    with transaction.atomic(using=using):
        _Writer(connections[using]).remove([key.hex for key in keys])


def rebuild(documents: Iterable[Document], *, using: str = "default") -> None:
    """Make the index hold these documents and no others. What is as it was stays untouched; whoever searches never waits."""
    kept: set[str] = set()

    def noted() -> Iterable[Document]:
        for document in documents:
            kept.add(document.key.hex)
            yield document

    with transaction.atomic(using=using):
        put(noted(), using=using)
        with connections[using].cursor() as cursor:
            cursor.execute(statements.KEYS)
            gone = [UUID(hex=key) for (key,) in cursor.fetchall() if key not in kept]
        remove(gone, using=using)


def optimise(*, using: str = "default") -> None:
    """Let the database put the index in order after many changes. Nothing that is found changes."""
    with connections[using].cursor() as cursor:
        for statement in dialect(connections[using]).OPTIMISE:
            cursor.execute(statement)


class _Writer:
    """One change of the index, inside a transaction."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.speech = dialect(connection)
        self.connection = connection
        self.words: Counter[str] = Counter()

    def put(self, rows: Sequence[Row]) -> None:
        """Write rows; one that is as it was is left alone."""
        with self.connection.cursor() as cursor:
            number, documents = self._begin(cursor)
            before = self._existing(cursor, [item.key for item in rows])
            changed = [item for item in rows if before.get(item.key, (0, None))[1] != item]
            self._take_out(cursor, [before[item.key] for item in changed if item.key in before])
            values, terms = [], []
            for item in changed:
                if item.key in before:
                    at = before[item.key][0]
                else:
                    at = number = number + 1
                    documents += 1
                values.append((at, *item))
                terms.append((at, item.tokens))
                self.words.update(counted_tokens(item.tokens, item.text_end))
            cursor.executemany(statements.INSERT, values)
            if self.speech.ADD_TERMS:
                cursor.executemany(self.speech.ADD_TERMS, terms)
            self._count_words(cursor)
            cursor.execute(statements.WRITE_STATE, [number, documents])

    def remove(self, keys: Sequence[str]) -> None:
        """Take out the rows with these keys."""
        with self.connection.cursor() as cursor:
            number, documents = self._begin(cursor)
            before = self._existing(cursor, keys)
            self._take_out(cursor, list(before.values()))
            self._count_words(cursor)
            cursor.execute(statements.WRITE_STATE, [number, documents - len(before)])

    def _begin(self, cursor: Any) -> tuple[int, int]:
        cursor.execute(statements.LOCK)
        cursor.execute(statements.READ_STATE)
        number, documents = cursor.fetchone()
        return number, documents

    def _existing(self, cursor: Any, keys: Sequence[str]) -> dict[str, tuple[int, Row]]:
        found = {}
        for key, number, *rest in selected(cursor, statements.EXISTING, keys):
            found[key] = (number, Row(key, *rest))
        return found

    def _take_out(self, cursor: Any, rows: Sequence[tuple[int, Row]]) -> None:
        if not rows:
            return
        if self.speech.REMOVE_TERMS:
            cursor.executemany(self.speech.REMOVE_TERMS, [(number, item.tokens) for number, item in rows])
        cursor.executemany(statements.DELETE, [(number,) for number, _item in rows])
        for _number, item in rows:
            self.words.subtract(counted_tokens(item.tokens, item.text_end))

    def _count_words(self, cursor: Any) -> None:
        """Keep how many documents have each word, and the threes of words that are new or gone."""
        changes = sorted((token, change) for token, change in self.words.items() if change)
        if not changes:
            return
        tokens = [token for token, _change in changes]
        before = {token for token, _count in selected(cursor, statements.COUNTED, tokens)}
        for pairs in _batches(changes):
            cursor.execute(statements.COUNT.format(statements.pairs(len(pairs))), list(chain.from_iterable(pairs)))
        lost = [token for token, change in changes if change < 0]
        for some in _batches(lost):
            cursor.execute(statements.FORGET.format(statements.places(len(some))), some)
        after = {token for token, _count in selected(cursor, statements.COUNTED, tokens)}
        added = sorted(token.removeprefix(WORD) for token in after - before if token.startswith(WORD))
        gone = sorted(token.removeprefix(WORD) for token in before - after if token.startswith(WORD))
        cursor.executemany(statements.SHARE, _shares(added))
        cursor.executemany(statements.UNSHARE, [(word, gram) for word in gone for gram in similar.grams(word)])


class StoredVocabulary:
    """What the index knows of its words."""

    def __init__(self, cursor: Any) -> None:
        """Through this cursor."""
        self.cursor = cursor

    def counts(self, tokens: Iterable[str]) -> Mapping[str, int]:
        """How many documents have each of these tokens; those that none has are left out."""
        return dict(selected(self.cursor, statements.COUNTED, sorted(tokens)))

    def sharing(self, grams: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The words that have each of these threes of letters."""
        return {gram: words.split() for gram, words in selected(self.cursor, statements.SHARING, sorted(grams))}


def selected(cursor: Any, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows whose value is one of these, however many there are."""
    found: list[tuple[Any, ...]] = []
    for some in _batches(values):
        cursor.execute(statement.format(statements.places(len(some))), some)
        found += cursor.fetchall()
    return found


def _shares(words: Sequence[str]) -> list[tuple[str, str]]:
    """The new words of each three, as one text: a three that many words have is written once."""
    by_gram: dict[str, list[str]] = {}
    for word in words:
        for gram in similar.grams(word):
            by_gram.setdefault(gram, []).append(word)
    return [(gram, " ".join(found)) for gram, found in sorted(by_gram.items())]


def _batches(values: Sequence[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(values), _MANY):
        yield list(values[start : start + _MANY])
