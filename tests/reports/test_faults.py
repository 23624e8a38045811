"""Killed at every write: nothing is half-done, nothing is lost, and the audit agrees."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.helpers.fault_acts import AT_ONCE, IN_PORTIONS
from tests.helpers.faults import all_or_nothing, cut_off_anywhere
from tests.helpers.sharing import Sharing

from baken.reports import actions
from baken.vault.files.store import sweep_files
from baken.vault.inbox_actions import give_access
from baken.vault.models import Sealed

pytestmark = pytest.mark.django_db(transaction=True)
INSIDE = {
    "moves.locked",
    "moves.advance",
    "moves.touch",
    "owned.owned",
    "owned.keep_texts",
    "dialogue.say",
    "dialogue.jot",
    "handover.call_back",
    "handover.nobody_left",
    "handover.drop_grants",
    "word.tell",
    "word.tell_reporter",
}
"""Steps inside the transaction of an action above; they open none themselves."""
READS = {
    "answering.is_event",
    "answering.is_over",
    "moves.not_before",
    "closing.categories_of",
    "erasing.ids_of",
    "handover.is_elsewhere",
    "handover.key_ids",
    "handover.sealed_rows",
    "owned.internal",
    "reporter.spent_lately",
    "submit.recipients_of",
    "submit.recipients_of_report",
    "triage.acknowledgement",
    "word.readers_of",
}
"""They write nothing."""
WRITES = (".create(", ".save(", ".delete(", ".update(", "bulk_", "record(", "keep(", "atomic", "advance(", "touch(")


@pytest.fixture
def sharing(settings: Settings, tmp_path: Path, transactional_db: None) -> Sharing:
    settings.BAKEN_FILES = tmp_path
    made = Sharing.new()
    pairs = {made.pair.id.hex(): made.pair}
    give_access(by=made.bas, organisation=made.world.here, member=made.dirk, pairs=pairs, now=timezone.now())
    return made


def known_files(folder: Path) -> tuple[set[str], set[str]]:
    """Names of the files that lie there, and of those that a row knows."""
    lying = {path.name for path in folder.glob("[0-9a-f][0-9a-f]/*")}
    return lying, set(Sealed.objects.exclude(stored="").values_list("stored", flat=True))


@pytest.mark.parametrize("name", AT_ONCE)
def test_wholly_or_not_at_all(sharing: Sharing, tmp_path: Path, name: str) -> None:
    assert all_or_nothing(AT_ONCE[name](sharing)) >= 1
    # What was cut off may leave a sealed file; it goes by itself, and none that is known goes with it.
    sweep_files(now=timezone.now() + dt.timedelta(days=2))
    lying, known = known_files(tmp_path)
    assert lying == known


@pytest.mark.parametrize("name", IN_PORTIONS)
def test_cut_off_anywhere_a_job_comes_to_the_same_end(sharing: Sharing, name: str) -> None:
    assert cut_off_anywhere(IN_PORTIONS[name](sharing)) >= 1


def public_functions() -> dict[str, Callable[..., object]]:
    """Every function that another room may call, by module and name."""
    found = {}
    for item in pkgutil.iter_modules(actions.__path__):
        module = importlib.import_module(f"{actions.__name__}.{item.name}")
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{item.name}.{name}"] = inspect.unwrap(value)
    return found


def test_every_action_is_tried() -> None:
    found = public_functions()
    assert set(found) == {*AT_ONCE, *(set(IN_PORTIONS) & set(found)), *INSIDE, *READS}
    assert not set(AT_ONCE) & (INSIDE | READS)


def test_what_is_not_tried_by_itself_opens_no_transaction_and_what_reads_writes_nothing() -> None:
    found = {name: inspect.getsource(function) for name, function in public_functions().items()}
    assert [name for name in INSIDE if "atomic" in found[name]] == []
    assert [name for name in READS for sign in WRITES if sign in found[name]] == []
