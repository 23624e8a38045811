"""The index in SQLite: an FTS5 table over the tokens. Nothing but a list of documents per token is kept in it."""

from __future__ import annotations

from baken.directory.finding.expressions import Expression, written
from baken.directory.finding.statements import BEGIN, COLUMNS, GRAMS, STATE, WORDS

CREATE = (
    """
    CREATE TABLE finding_document (
        number integer NOT NULL PRIMARY KEY, key char(32) NOT NULL UNIQUE, x integer, y integer,
        name_end integer NOT NULL, keywords_end integer NOT NULL, text_end integer NOT NULL,
        tokens text NOT NULL, facets text NOT NULL, texts text NOT NULL
    )
    """,
    """
    CREATE VIRTUAL TABLE finding_terms USING fts5(
        tokens, content='finding_document', content_rowid='number', detail='none', columnsize=0,
        tokenize="ascii tokenchars ':_'"
    )
    """,
    WORDS + " WITHOUT ROWID",
    GRAMS + " WITHOUT ROWID",
    STATE,
    BEGIN,
)
DROP = ("DROP TABLE finding_terms", "DROP TABLE finding_document")
ADD_TERMS = "INSERT INTO finding_terms (rowid, tokens) VALUES (%s, %s)"
REMOVE_TERMS = "INSERT INTO finding_terms (finding_terms, rowid, tokens) VALUES ('delete', %s, %s)"
OPTIMISE = ("INSERT INTO finding_terms (finding_terms) VALUES ('optimize')", "ANALYZE finding_document")

SEARCH = (
    "SELECT " + COLUMNS + " FROM finding_terms AS t CROSS JOIN finding_document AS d ON d.number = t.rowid "  # noqa: S608  # nosec B608
    "WHERE finding_terms MATCH %s AND {where} ORDER BY {order} LIMIT %s"
)
FACETS = (
    "SELECT d.facets, count(*) FROM finding_terms AS t CROSS JOIN finding_document AS d ON d.number = t.rowid "
    "WHERE finding_terms MATCH %s AND {where} GROUP BY d.facets"
)

BY_NUMBER = "t.rowid"
"""As FTS5 gives them: the first are there before the last are looked for."""
HAS = "instr(d.tokens, %s) > 0"
"""The row has this token."""


def asked(expression: Expression) -> str:
    """The expression in the language of FTS5."""
    return written(expression, quote='"', both=" AND ", either=" OR ")
