"""A process that is really killed, again and again: ``python -m tests.helpers.killed SCENE`` with a database file in the settings.

For each write, and for the commit, a child begins the act and ends itself there with SIGKILL: nothing is rolled back, nothing is
closed, as when the power fails. Then the file is opened anew. Ends with an error when something was half-done; prints how
often a child was killed.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.helpers.sharing import Sharing

Check = Callable[[], None]
SIGNS = ("INSERT", "UPDATE", "DELETE", "REPLACE", "COMMIT")
MOST = 200


def begun() -> Sharing:
    """Django with an empty database file, and people with keys."""
    import django

    django.setup()
    from django.core.management import call_command

    from baken.vault import cost
    from baken.vault.keys import WEAK_FOR_TESTS
    from tests.helpers.sharing import Sharing

    cost.COST = WEAK_FOR_TESTS
    call_command("migrate", verbosity=0)
    return Sharing.new()


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Do ``act`` in a child that dies at write ``number`` (from 0). True when it died; False when it came to its end."""
    from django.db import connection, connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        left = number

        def watch(statement: str) -> None:
            nonlocal left
            if statement.lstrip().upper().startswith(SIGNS):
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1

        connection.ensure_connection()
        connection.connection.set_trace_callback(watch)
        status = 1
        try:
            act()
            connections.close_all()
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)
    _pid, status = os.waitpid(child, 0)
    assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL, "the child failed by itself"
    return status != 0


def sound() -> None:
    """The file is whole, and so is the audit."""
    from django.db import connection

    from baken.audit.queries import check_chain

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
        cursor.execute("PRAGMA foreign_key_check")
        assert cursor.fetchall() == []
    assert check_chain().sound


def at_once(name: str) -> Callable[[Sharing], tuple[Callable[[], object], Check]]:
    """One of the acts that happen wholly or not at all."""

    def scene(sharing: Sharing) -> tuple[Callable[[], object], Check]:
        from tests.helpers.fault_acts import AT_ONCE
        from tests.helpers.faults import everything

        act = AT_ONCE[name](sharing)
        before = everything()

        def check() -> None:
            assert everything() == before, "half-done"

        return act, check

    return scene


def rotation(sharing: Sharing) -> tuple[Callable[[], object], Check]:
    """The move of an inbox to its next key, portion by portion: whatever happens, its reader opens everything."""
    from django.utils import timezone

    from baken.vault import rotation
    from baken.vault.models import Rotation
    from tests.helpers.moves import opened_with, pairs_of, pairs_of_sheet, seal_one

    here, bas = sharing.world.here, sharing.world.bas
    for number in range(3):
        seal_one(here, f"text {number}", file=number == 2)
    pairs = pairs_of(bas, here)

    def act() -> None:
        if not Rotation.objects.exists():
            rotation.new_generation(by=sharing.bas, organisation=here, now=timezone.now())
        found = Rotation.objects.get()
        place: int | None = 0
        while place is not None:
            place = rotation.move(
                found.pk, pairs[found.old.key_id], now=timezone.now() + rotation.GRACE, after=place, most=1
            )

    def check() -> None:
        assert len(opened_with(pairs_of(bas, here), here)) == 3, "a reader lost something"
        assert len(opened_with(pairs_of_sheet(sharing.sheets.here, here), here)) == 3, "the sheet lost something"

    return act, check


SCENES = {
    "submit": at_once("submit.submit"),
    "hand-over": at_once("handover.offer"),
    "rotation": rotation,
}


def main(name: str) -> int:
    """How often a child was killed before one came to its end."""
    act, check = SCENES[name](begun())
    for number in range(MOST):
        if not killed_at(number, act):
            sound()
            return number
        sound()
        check()
    raise AssertionError("it never came to its end")


if __name__ == "__main__":
    sys.stdout.write(str(main(sys.argv[1])))
