"""The tables of the index, and the statements that both databases understand alike. Pure.

They are no models: SQLite's full-text table cannot be one, and everything in them is made again from the documents.
"""

from __future__ import annotations

DROP = ("DROP TABLE finding_word", "DROP TABLE finding_gram", "DROP TABLE finding_state")

WORDS = """
CREATE TABLE finding_word (token varchar(50) NOT NULL PRIMARY KEY, documents bigint NOT NULL)
"""
"""How many documents have a word, a stem or a part."""
GRAMS = """
CREATE TABLE finding_gram (gram varchar(3) NOT NULL PRIMARY KEY, words text NOT NULL)
"""
"""The words that have these three letters, a space before and after each."""
STATE = """
CREATE TABLE finding_state (one integer NOT NULL PRIMARY KEY CHECK (one = 1), number bigint NOT NULL, documents bigint NOT NULL)
"""
"""The last number given out, and how many documents there are."""
BEGIN = "INSERT INTO finding_state (one, number, documents) VALUES (1, 0, 0)"

LOCK = "UPDATE finding_state SET number = number WHERE one = 1"
"""Writers stand in line here: two that both bring a new word must not miss each other's."""
READ_STATE = "SELECT number, documents FROM finding_state WHERE one = 1"
WRITE_STATE = "UPDATE finding_state SET number = %s, documents = %s WHERE one = 1"

INSERT = """
INSERT INTO finding_document (number, key, x, y, name_end, keywords_end, text_end, tokens, facets, texts)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
DELETE = "DELETE FROM finding_document WHERE number = %s"
EXISTING = """
SELECT key, number, x, y, name_end, keywords_end, text_end, tokens, facets, texts FROM finding_document WHERE key IN ({})
"""
KEYS = "SELECT key FROM finding_document"
TEXTS = "SELECT number, texts FROM finding_document WHERE number IN ({})"

COUNTED = "SELECT token, documents FROM finding_word WHERE token IN ({})"
COUNT = """
INSERT INTO finding_word (token, documents) VALUES {}
ON CONFLICT (token) DO UPDATE SET documents = finding_word.documents + excluded.documents
"""
FORGET = "DELETE FROM finding_word WHERE documents = 0 AND token IN ({})"
SHARING = "SELECT gram, words FROM finding_gram WHERE gram IN ({})"
SHARE = """
INSERT INTO finding_gram (gram, words) VALUES (%s, ' ' || %s || ' ')
ON CONFLICT (gram) DO UPDATE SET words = finding_gram.words || substr(excluded.words, 2)
"""
UNSHARE = "UPDATE finding_gram SET words = replace(words, ' ' || %s || ' ', ' ') WHERE gram = %s"

COLUMNS = "d.number, d.key, d.x, d.y, d.name_end, d.keywords_end, d.tokens"
ANYWHERE = "1 = 1"
WITHIN = "(d.x IS NULL OR (d.x - %s) * (d.x - %s) + (d.y - %s) * (d.y - %s) <= %s)"
"""Whole numbers, so that no database rounds."""
BY_DISTANCE = "d.x IS NULL, (d.x - %s) * (d.x - %s) + (d.y - %s) * (d.y - %s), d.number"


def places(count: int) -> str:
    """As many places for a value."""
    return ", ".join(["%s"] * count)


def pairs(count: int) -> str:
    """As many places for a pair of values."""
    return ", ".join(["(%s, %s)"] * count)
