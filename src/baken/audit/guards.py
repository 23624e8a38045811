"""Triggers that refuse what nobody may do to the audit, whoever asks: the application, a script, or a database console.

They refuse to change or remove an event, to add one out of turn, and to set the head of the chain back. The owner of the
database can drop them; then the hash chain and a head kept elsewhere still tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

NEVER = "Audit events are never changed or removed."
TURN = "An audit event takes the next number and the hash of the one before it."
BACK = "The head of the audit only moves on, one event at a time."

_OUT_OF_TURN = (
    "NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_event) "
    "OR NEW.previous <> coalesce((SELECT hash FROM audit_event WHERE sequence = NEW.sequence - 1), '')"
)
_SQLITE = (
    ("audit_event_update", f"BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"),
    ("audit_event_delete", f"BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"),
    (
        "audit_event_insert",
        f"BEFORE INSERT ON audit_event WHEN {_OUT_OF_TURN} BEGIN SELECT RAISE(ABORT, '{TURN}'); END",
    ),
    (
        "audit_head_update",
        "BEFORE UPDATE ON audit_head WHEN NEW.id <> OLD.id OR NEW.sequence <> OLD.sequence + 1 "
        f"BEGIN SELECT RAISE(ABORT, '{BACK}'); END",
    ),
    ("audit_head_delete", f"BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, '{BACK}'); END"),
)
_FUNCTION = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$"
_RAISE = "RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';"
_FUNCTIONS = (
    ("audit_never", _RAISE.format(said=NEVER)),
    ("audit_turn", f"IF {_OUT_OF_TURN} THEN {_RAISE.format(said=TURN)} END IF;"),
    (
        "audit_back",
        f"IF NEW.id <> OLD.id OR NEW.sequence <> OLD.sequence + 1 THEN {_RAISE.format(said=BACK)} END IF;",
    ),
)
_POSTGRESQL = (
    ("audit_event_keep", "BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_never()"),
    ("audit_event_truncate", "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_never()"),
    ("audit_event_insert", "BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_turn()"),
    ("audit_head_update", "BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_back()"),
    ("audit_head_delete", "BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_never()"),
    ("audit_head_truncate", "BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION audit_never()"),
)


def _triggers(connection: BaseDatabaseWrapper) -> tuple[tuple[str, str], ...]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE


def _table(name: str) -> str:
    return "audit_head" if name.startswith("audit_head") else "audit_event"


def put(connection: BaseDatabaseWrapper) -> None:
    """Put all guards in place. A migration that remakes one of the tables on SQLite must call this at its end."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, body in _FUNCTIONS:
                cursor.execute(_FUNCTION.format(name=name, body=body))
        for name, rule in _triggers(connection):
            cursor.execute(f"CREATE TRIGGER {name} {rule}")


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take all guards away: to undo the migration, and for tests that empty the tables or play the intruder."""
    with connection.cursor() as cursor:
        for name, _rule in _triggers(connection):
            of_table = f" ON {_table(name)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
        if connection.vendor == "postgresql":
            for name, _body in _FUNCTIONS:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of guards that should stand in the database and do not, or that are switched off."""
    there = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(there)
        found = {row[0] for row in cursor.fetchall()}
    return [name for name, _rule in _triggers(connection) if name not in found]
