"""No address of a shelter or a hidden service, as the database holds it: whoever writes past the actions is refused too."""

from __future__ import annotations

from typing import Any

REFUSAL = "a shelter or hidden service has confidential places only"
OPEN_PLACE = (
    "SELECT 1 FROM directory_serviceatlocation a JOIN directory_service s ON s.id = a.service_id "
    "JOIN directory_location l ON l.id = a.location_id "
    "WHERE (s.kind = 'shelter' OR s.visibility = 'hidden') AND NOT l.confidential AND "
)
"""Finds a place that should be out of sight and is not; what it is about comes after."""
WATCHED = {
    "directory_service": "s.id = NEW.id",
    "directory_location": "l.id = NEW.id",
    "directory_serviceatlocation": "a.id = NEW.id",
}
"""Table -> which rows a change of it is about."""


def put(connection: Any) -> None:
    """Put the triggers. A migration that makes one of the tables anew on SQLite calls this again; twice does no harm."""
    take(connection)
    with connection.cursor() as cursor:
        for table, which in WATCHED.items():
            if connection.vendor == "postgresql":
                _put_postgresql(cursor, table, which)
            else:
                _put_sqlite(cursor, table, which)


def take(connection: Any) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for table in WATCHED:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_sight ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_sight()")
            else:
                for event in ("insert", "update"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_sight_{event}")


def _put_sqlite(cursor: Any, table: str, which: str) -> None:
    for event in ("insert", "update"):
        cursor.execute(
            f"CREATE TRIGGER {table}_sight_{event} AFTER {event} ON {table} WHEN EXISTS ({OPEN_PLACE}{which}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _put_postgresql(cursor: Any, table: str, which: str) -> None:
    # At the end of the transaction, so that a service and its places may change in any order.
    cursor.execute(
        f"CREATE FUNCTION {table}_sight() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({OPEN_PLACE}{which}) THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NULL; END $$"
    )
    cursor.execute(
        f"CREATE CONSTRAINT TRIGGER {table}_sight AFTER INSERT OR UPDATE ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {table}_sight()"
    )
