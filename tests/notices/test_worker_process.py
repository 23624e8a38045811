"""A real worker in a process of its own, with a database file and a mail server."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.mail import MailServer

MAKE = """
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from baken.notices import actions
from baken.notices.kinds import NoticeKind
from baken.people.actions import create_member
from baken.people.models import Member
now = timezone.now()
who = Member.objects.first() or create_member(
    by=None, email="bas@oostzaan.example", password=None, language="en", now=now
)
with transaction.atomic():
    actions.notify(members=[who], kind=NoticeKind.KEY, organisation=None, urgent=True, now=now)
"""
WORK = "from baken.cli import main; main()"


def until(reached: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not reached():
        time.sleep(0.1)
    return reached()


@pytest.mark.slow
def test_a_worker_sends_mail_is_killed_and_another_goes_on(tmp_path: Path) -> None:
    server = MailServer()
    env = {name: value for name, value in os.environ.items() if not name.startswith("BAKEN_")} | {
        "DJANGO_SETTINGS_MODULE": "baken.config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/baken.sqlite3".replace("sqlite:////", "sqlite:///%2F"),
        "BAKEN_HOME": str(tmp_path),
        "BAKEN_MAIL_HOST": "127.0.0.1",
        "BAKEN_MAIL_PORT": str(server.port),
        "BAKEN_MAIL_TLS": "false",
    }

    def python(script: str, *arguments: str) -> str:
        command = [sys.executable, "-c", script, *arguments]
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True, timeout=120).stdout

    def worker() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WORK, "work"]
        return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)

    def counts() -> tuple[int, int]:
        """Workers seen, and notices that were not mailed."""
        with contextlib.closing(sqlite3.connect(tmp_path / "baken.sqlite3")) as database:
            (workers,) = database.execute("SELECT count(*) FROM notices_worker").fetchone()
            (notices,) = database.execute("SELECT count(*) FROM notices_notice WHERE sent_at IS NULL").fetchone()
            return workers, notices

    python("from django.core.management import execute_from_command_line as run; run()", "migrate", "-v0")
    server.start()
    first = worker()
    second = None
    try:
        python(MAKE)
        assert until(lambda: len(server.messages) == 1 and counts() == (1, 0))
        first.kill()
        first.wait()
        python(MAKE)
        second = worker()
        assert until(lambda: len(server.messages) == 2)
        assert until(lambda: counts() == (2, 0)), "two workers seen, nothing waits"
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=30) == 0
        assert counts() == (1, 0), "who stops in an orderly way says so"
        assert "Traceback" not in (second.stderr.read() if second.stderr else "")
    finally:
        for process in (first, second):
            if process is not None:
                process.kill()
                process.wait()
                if process.stderr:
                    process.stderr.close()
        server.stop()
