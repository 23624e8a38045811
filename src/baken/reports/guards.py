"""The state machine as the database holds it: a change of state that is no move is refused, whoever tries."""

from __future__ import annotations

from typing import Any

from baken.reports.states import START, transition_pairs

REFUSAL = "a report does not change its state like that"


def put(connection: Any) -> None:
    """Put the triggers. A migration that makes the table anew on SQLite calls this again; twice does no harm."""
    allowed = ", ".join(f"('{old}', '{new}')" for old, new in transition_pairs())
    take(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"""
                CREATE FUNCTION reports_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'INSERT' AND NEW.state <> '{START}' THEN RAISE EXCEPTION '{REFUSAL}'; END IF;
                    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({allowed})
                        THEN RAISE EXCEPTION '{REFUSAL}'; END IF;
                    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NOT NULL AND NEW.state <> OLD.state
                        THEN RAISE EXCEPTION '{REFUSAL}'; END IF;
                    RETURN NEW;
                END $$
                """
            )
            cursor.execute(
                "CREATE TRIGGER reports_guard_state BEFORE INSERT OR UPDATE ON reports_report "
                "FOR EACH ROW EXECUTE FUNCTION reports_guard_state()"
            )
            return
        cursor.execute(
            f"CREATE TRIGGER reports_guard_start BEFORE INSERT ON reports_report WHEN NEW.state <> '{START}' "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        cursor.execute(
            "CREATE TRIGGER reports_guard_state BEFORE UPDATE ON reports_report WHEN NEW.state <> OLD.state AND "
            f"(OLD.erased_at IS NOT NULL OR (OLD.state, NEW.state) NOT IN (VALUES {allowed})) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def take(connection: Any) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER IF EXISTS reports_guard_state ON reports_report")
            cursor.execute("DROP FUNCTION IF EXISTS reports_guard_state()")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS reports_guard_start")
            cursor.execute("DROP TRIGGER IF EXISTS reports_guard_state")
