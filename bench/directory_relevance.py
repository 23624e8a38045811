"""Whether people find what they mean: the written queries, beside what databases do by themselves.

``python -m bench.directory_relevance``; DATABASE_URL names a PostgreSQL server, which the comparison with its stemming needs. The
table says how many queries have the service that was meant among the first three.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bench.machine import write_results

QUERIES = Path(__file__).parent.parent / "tests/directory/finding/queries.yaml"
NOISE = 5_000
FIRST = 3
TARGET = 0.95
CONFIGURATIONS = {"nl": "dutch", "en": "english", "hu": "hungarian", "bg": "simple", "mk": "simple"}


class Asked(NamedTuple):
    """One written query, and the name of the service that it means."""

    ask: str
    language: str
    kind: str
    wants: str


def written() -> tuple[dict[str, Any], list[Asked]]:
    """The services of the queries, as documents by name, and the queries."""
    from baken.directory.codes import Visibility
    from baken.directory.finding.documents import Document, Text, Weight

    data = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    documents = {
        name: Document(
            key=uuid.uuid5(uuid.NAMESPACE_URL, name),
            texts=tuple(Text(texts["language"], weight, texts[weight.name.lower()]) for weight in reversed(Weight)),
            visibility=Visibility.PUBLIC,
        )
        for name, texts in data["documents"].items()
    }
    return documents, [Asked(**query) for query in data["queries"]]


def everything() -> list[Any]:
    """The services of the queries among made-up ones."""
    from bench.directory_world import documents

    return [*documents(NOISE), *written()[0].values()]


def found_by(first: Callable[[Asked], Sequence[uuid.UUID]]) -> dict[Asked, bool]:
    """For each query whether the one that is meant is among the first."""
    documents, queries = written()
    return {query: documents[query.wants].key in first(query)[:FIRST] for query in queries}


def ours(query: Asked) -> list[uuid.UUID]:
    """The finding engine, on the database of the installation."""
    from baken.directory.finding.documents import Audience, Query
    from baken.directory.finding.search import find

    asked = Query(Audience.PUBLIC, query.ask, query.language, limit=FIRST)
    return [hit.key for hit in find(asked).hits]


def plain_fts5(documents: Iterable[Any]) -> Callable[[Asked], list[uuid.UUID]]:
    """FTS5 as it comes: words as they are, any of them, by bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5(key UNINDEXED, text, tokenize='unicode61')")
    rows = ((document.key.hex, _text(document)) for document in documents)
    connection.executemany("INSERT INTO plain VALUES (?, ?)", rows)

    def first(query: Asked) -> list[uuid.UUID]:
        words = " OR ".join(f'"{word}"' for word in query.ask.split())
        found = connection.execute("SELECT key FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?", (words, FIRST))
        return [uuid.UUID(hex=key) for (key,) in found]

    return first


def postgresql_stemming(documents: Iterable[Any]) -> Callable[[Asked], list[uuid.UUID]]:
    """PostgreSQL's own dictionaries, the one of the language of the text, any of the words, by ``ts_rank_cd``."""
    from django.db import connection

    cursor = connection.cursor()
    cursor.execute("CREATE TEMPORARY TABLE stemmed (key char(32), words tsvector)")
    rows = [(document.key.hex, CONFIGURATIONS[document.texts[0].language], _text(document)) for document in documents]
    cursor.executemany("INSERT INTO stemmed VALUES (%s, to_tsvector(%s::regconfig, %s))", rows)

    def first(query: Asked) -> list[uuid.UUID]:
        cursor.execute(
            "SELECT key FROM stemmed, (SELECT replace(plainto_tsquery(%s::regconfig, %s)::text, '&', '|')::tsquery AS asked) q "
            "WHERE words @@ asked ORDER BY ts_rank_cd(words, asked) DESC, key LIMIT %s",
            [CONFIGURATIONS[query.language], query.ask, FIRST],
        )
        return [uuid.UUID(hex=key) for (key,) in cursor.fetchall()]

    return first


def _text(document: Any) -> str:
    return " ".join(text.text for text in document.texts)


def table(columns: dict[str, dict[Asked, bool]]) -> list[str]:
    """Per kind and per language how many were found."""
    queries = list(next(iter(columns.values())))

    def line(name: str, some: list[Asked]) -> str:
        scores = " | ".join(str(sum(found[query] for query in some)) for found in columns.values())
        return f"| {name} | {len(some)} | {scores} |"

    lines = [f"| | Queries | {' | '.join(columns)} |", "|---|---:|" + "---:|" * len(columns)]
    kinds = dict.fromkeys(query.kind for query in queries)
    languages = dict.fromkeys(query.language for query in queries)
    lines += [line(kind, [query for query in queries if query.kind == kind]) for kind in kinds]
    lines += [line(language, [query for query in queries if query.language == language]) for language in languages]
    return [*lines, line("**all**", queries)]


def main() -> bool:
    """Compare, write the table, and say whether the target is met."""
    os.environ["BAKEN_HOME"] = tempfile.mkdtemp(prefix="baken-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "baken.config.settings"
    import django

    django.setup()
    from django.db import connection

    from baken.directory.finding.store import put

    if connection.vendor != "postgresql":
        raise SystemExit("Set DATABASE_URL to a PostgreSQL server: its stemming is compared.")
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        documents = everything()
        put(documents)
        columns = {
            "Baken": found_by(ours),
            "FTS5 (unicode61)": found_by(plain_fts5(documents)),
            "PostgreSQL stemming": found_by(postgresql_stemming(documents)),
        }
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    found = columns["Baken"]
    share = sum(found.values()) / len(found)
    write_results(
        "directory-relevance",
        [
            "# Finding what is meant",
            "",
            f"{len(found)} written queries over {len(documents):,} services: how many have the one that is meant among the "
            f"first {FIRST}. Target {TARGET:.0%}, found **{share:.1%}**. Queries and services stand in "
            "`tests/directory/finding/queries.yaml`; they were written beside the engine, so the words of strangers "
            "may do less well. "
            "The other services are made up (`bench/directory_world.py`).",
            "",
            "The two others look for any of the words, best first: FTS5 as it comes, and PostgreSQL with the dictionary of the "
            "language (Dutch, English, Hungarian; `simple` for Bulgarian and Macedonian, which it does not know). SQLite and "
            "PostgreSQL under Baken give the same answers; a test holds that.",
            "",
            *table(columns),
            "",
            "Not found: "
            + ("; ".join(f"{query.ask} ({query.language})" for query, met in found.items() if not met) or "none")
            + ".",
        ],
    )
    return share >= TARGET


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
