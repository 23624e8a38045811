"""Nothing that anybody types, sends or is called by stays anywhere in clear; and no address of who came by."""

from __future__ import annotations

import base64
import hashlib
import importlib
import io
import json
import logging
import pkgutil
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django import forms
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from tests.helpers import canary_focal as focal
from tests.helpers import canary_play as play
from tests.helpers.canaries import Canaries, Place, free_fields, in_database, in_folder, in_mail
from tests.helpers.canary_play import VISITOR, Play
from tests.helpers.jobs import run_jobs
from tests.helpers.moves import join
from tests.helpers.people import World
from tests.helpers.vault import give_keys

import baken.reports
import baken.vault
from baken.config.logs import WithoutVisitor
from baken.people import doors
from baken.people.sessions import SessionStore

CODES = {"challenge", "proof", "version", "seen", "once", "file", "other", "stage", "passage", "fingerprint", "as"}
"""Posted names that stand for something the page itself put there, and that no form lets anybody type in."""
BASES = {"RecipientForm"}
"""What other forms stand on; on no page by itself."""
Plant = Callable[[str], object]


@pytest.fixture
def places(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[Place]]]:
    """Every place, looked at when it is asked for. The log is at its most talkative, and as an installation writes it."""
    folder, spool, stream = tmp_path / "files", tmp_path / "spool", io.StringIO()
    folder.mkdir()
    spool.mkdir()
    settings.BAKEN_FILES = folder
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutVisitor())
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"]))
    names = ["", *settings.LOGGING["loggers"]]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield lambda: [
        *in_database(),
        *in_folder(folder),
        *in_folder(spool),
        *in_mail(),
        ("the log", stream.getvalue().encode()),
    ]
    logging.getLogger().removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def stage(transactional_db: None) -> Play:
    world = World()
    give_keys(world)
    dirk = join(world, "dirk@oostzaan.example")
    doors.forget()
    return Play(world, dirk)


def play_everything(stage: Play) -> None:
    """All journeys, and the jobs that follow from them."""
    play.public_pages(stage)
    first, second = play.report_as_outsider(stage), play.report_as_member(stage)
    bas = stage.signed_in(stage.world.bas)
    focal.triage(stage, bas, first, second)
    play.follow(stage, first)
    focal.consult(stage, bas, first)
    handover = focal.refer(stage, bas, first)
    focal.receive(stage, handover, how="accept")
    focal.close(stage, bas, first, outcome="handed_over")
    focal.triage(stage, bas, second, first)
    stage.post(bas, stage.page("move", second), {"how": "carry_on"})
    focal.weigh(stage, bas, second, party="police")
    focal.open_the_page(stage, focal.hand_over(stage, bas, second, way="page"))
    focal.take_along(stage, bas, focal.hand_over(stage, bas, second, way="paper"))
    focal.receive(stage, focal.refer(stage, bas, second), how="decline")
    focal.close(stage, bas, second, outcome="nothing")
    focal.set_aside(stage, bas)
    focal.look_back(stage, bas)
    play.keys(stage)
    play.passphrase(stage)
    run_jobs()


@pytest.mark.slow
def test_no_word_and_no_visitor_stays_anywhere(stage: Play, places: Callable[[], list[Place]]) -> None:
    play_everything(stage)
    found = places()
    names = {name for name, _data in found}
    assert {"the log", "mail", "people_signedinsession.session_data", "vault_sealed.envelope"} <= names
    assert any(name.startswith("files/") for name in names)
    assert all(data for name, data in found if name == "the log")
    assert stage.canaries.found(found) == []
    assert missing(stage.canaries) == []


def missing(canaries: Canaries) -> list[str]:
    """Fields in which something can be typed, and in which nobody typed a word."""
    wanted = {f"{kind.__name__}.{name}" for kind in all_forms() for name in free_fields(kind)}
    wanted = {name for name in wanted if name.partition(".")[0] not in BASES}
    wanted |= {f"report.{name}" for name in play.REPORT_FIELDS}
    played = set(canaries.words)
    posted = {name.rpartition(".")[2] for name in played}
    return sorted(wanted - played) + sorted(posted_names() - posted - CODES)


def modules() -> Iterator[str]:
    for package in (baken.reports, baken.vault):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name:
                yield found.name


def all_forms() -> set[type[forms.Form]]:
    """Every form of the two rooms."""
    return {
        item
        for name in modules()
        for item in vars(importlib.import_module(name)).values()
        if isinstance(item, type) and issubclass(item, forms.Form) and item.__module__ == name and item.base_fields
    }


def posted_names() -> set[str]:
    """What views read from a form by themselves."""
    sources = (Path(importlib.import_module(name).__file__ or "").read_text() for name in modules())
    return {name for text in sources for name in re.findall(r"POST(?:\.get\(|\.getlist\(|\[)\"(\w+)\"", text)}


def test_a_field_without_a_word_is_named() -> None:
    found = missing(Canaries())
    assert "WeighingForm.aim" in found
    assert "report.code_word" in found
    assert "passcode" in found


def in_table(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_organisation SET internal_route = %s", [word])


def in_session(word: str) -> None:
    session = SessionStore()
    session["typed"] = f"{word} and so much more that it is worth packing" * 3
    session.create()


def in_job(word: str) -> None:
    DBTaskResult.objects.create(
        args_kwargs={"args": [word], "kwargs": {}}, task_path="baken.x", backend_name="default", exception_class_path=""
    )


def in_hash(_word: str) -> None:
    in_table(hashlib.sha256(VISITOR["REMOTE_ADDR"].encode()).hexdigest())


PLANTS: dict[str, Plant] = {
    "people_organisation": in_table,
    "people_attempts": lambda word: cache.set("x", {"typed": word}),
    "people_signedinsession": in_session,
    "django_tasks_database_dbtaskresult": in_job,
    "address": in_hash,
    "mail": lambda word: mail.send_mail("Nieuws", f"{'lang ' * 14}{word}", None, ["bas@oostzaan.example"]),
    "the log": lambda word: logging.getLogger("baken.reports").debug("asked for %s", word),
    "the database file": in_table,
    "a dump of the database": in_table,
}


@pytest.mark.parametrize("where", PLANTS)
def test_the_scanner_finds_a_word_in_each_place(stage: Play, places: Callable[[], list[Place]], where: str) -> None:
    if where == "the database file" and connection.vendor != "sqlite":
        pytest.skip("a server keeps its files to itself; its dump is looked at")
    assert stage.canaries.found(places()) == []
    PLANTS[where](stage.canaries.word("planted"))
    found = stage.canaries.found(places())
    assert [item for item in found if where in item.removeprefix("planted")], found


FORMS: list[Callable[[str], bytes]] = [
    str.encode,
    lambda word: word.upper().encode(),
    lambda word: word.encode("utf-16-le"),
    lambda word: b"x" + word.encode("utf-16-be"),
    lambda word: word.encode().hex().upper().encode(),
    lambda word: json.dumps(word).encode(),
    lambda word: "".join(f"\\u{ord(char):04X}" for char in word).encode(),
    lambda word: base64.b64encode(word.encode()),
    lambda word: base64.urlsafe_b64encode(b"ab" + word.encode() + b"c"),
    lambda word: base64.b64encode(zlib.compress(word.encode() * 9)),
]


@pytest.mark.parametrize("form", FORMS)
def test_the_scanner_finds_a_word_in_each_form(tmp_path: Path, form: Callable[[str], bytes]) -> None:
    canaries = Canaries()
    (tmp_path / "a").write_bytes(b"before " + form(canaries.word("planted")) + b" behind")
    assert canaries.found(in_folder(tmp_path))
    (tmp_path / "a").write_bytes(zlib.compress(b"a lot " + canaries.word("planted").encode() * 3))
    assert canaries.found(in_folder(tmp_path))
    (tmp_path / "a").unlink()
    (tmp_path / canaries.word("planted")).touch()
    assert canaries.found(in_folder(tmp_path))


def test_a_key_is_found_too() -> None:
    canaries = Canaries()
    canaries.secret("key", bytes(range(200, 232)))
    for data in (bytes(range(190, 250)), base64.urlsafe_b64encode(b"ab" + bytes(range(200, 232)))):
        assert canaries.found([("there", data)])
