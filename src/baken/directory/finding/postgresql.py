"""The index in PostgreSQL: a GIN index over the tokens as ``tsvector``, made without any dictionary of the database.

``pg_trgm`` is not used: words that look alike are found through the table of threes, the same as in SQLite.
"""

from __future__ import annotations

from baken.directory.finding.expressions import Expression, written
from baken.directory.finding.statements import BEGIN, COLUMNS, GRAMS, STATE, WORDS

FUNCTION = """
CREATE FUNCTION finding_vector(tokens text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
SET search_path = pg_catalog
AS 'SELECT array_to_tsvector(string_to_array(btrim(tokens), '' ''))'
"""
"""A function of our own, so that the planner knows what it costs: it must never be worked out for row after row."""
CREATE = (
    FUNCTION,
    """
    CREATE TABLE finding_document (
        number bigint NOT NULL PRIMARY KEY, key char(32) NOT NULL UNIQUE, x bigint, y bigint,
        name_end integer NOT NULL, keywords_end integer NOT NULL, text_end integer NOT NULL,
        tokens text NOT NULL, facets text NOT NULL, texts text NOT NULL
    )
    """,
    """
    CREATE INDEX finding_terms ON finding_document
    USING gin (finding_vector(tokens)) WITH (fastupdate = off)
    """,
    WORDS,
    GRAMS,
    STATE,
    BEGIN,
)
DROP = ("DROP TABLE finding_document", "DROP FUNCTION finding_vector")
ADD_TERMS = ""
REMOVE_TERMS = ""
OPTIMISE = ("ANALYZE finding_document",)

SEARCH = (
    "SELECT " + COLUMNS + " FROM finding_document AS d WHERE finding_vector(d.tokens) @@ %s::tsquery AND {where} "  # noqa: S608  # nosec B608
    "ORDER BY {order} LIMIT %s"
)
FACETS = (
    "SELECT d.facets, count(*) FROM finding_document AS d WHERE finding_vector(d.tokens) @@ %s::tsquery AND {where} "
    "GROUP BY d.facets"
)

BY_NUMBER = "d.number + 0"
"""With the sum, no planner walks all documents by number in the hope to meet enough of them."""
HAS = "strpos(d.tokens, %s) > 0"
"""The row has this token."""


def asked(expression: Expression) -> str:
    """The expression as a ``tsquery``, its tokens in quotes, so that no parser looks at them."""
    return written(expression, quote="'", both=" & ", either=" | ")
