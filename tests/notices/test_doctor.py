"""`baken doctor` on the background jobs."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from tests.helpers.jobs import run_jobs
from tests.helpers.mail import MailServer
from tests.helpers.people import World
from tests.notices import fakes

from baken.cli.examinations import jobs
from baken.notices import actions, delivery
from baken.notices.kinds import NoticeKind
from baken.notices.moments import BACK_OFF
from baken.notices.worker import Ticker


@pytest.mark.django_db
def test_without_a_worker_it_warns_and_with_waiting_jobs_it_is_an_error() -> None:
    (found,) = jobs()
    assert (found.level, found.found) == ("warning", "0 waiting; 0 given up; no worker seen")
    with time_machine.travel(timezone.now() - dt.timedelta(hours=1)):
        fakes.note.enqueue("one")
    (found,) = jobs()
    assert found.level == "error"
    assert found.found.startswith("1 waiting, the oldest since ")
    assert "baken work" in found.mend
    Ticker("me").beat()
    (found,) = jobs()
    assert found.level == "ok"


@pytest.mark.django_db
def test_it_names_what_was_given_up() -> None:
    Ticker("me").beat()
    fakes.fails.extend([True] * (len(BACK_OFF) + 1))
    with time_machine.travel(timezone.now() - dt.timedelta(days=2), tick=False) as clock:
        fakes.note.enqueue("one")
        for wait in (*BACK_OFF, BACK_OFF[0]):
            run_jobs()
            clock.shift(wait)
    assert [item.found for item in jobs()][1:] == ["given up: note builtins.ValueError"]


def test_it_says_that_mail_is_refused(world: World, mail_server: MailServer) -> None:
    mail_server.refuse(world.bas.email)
    now = timezone.now()
    with transaction.atomic():
        actions.notify(members=[world.bas], kind=NoticeKind.KEY, organisation=None, now=now)
    delivery.send_due(now)
    assert any(item.found.startswith("mail was refused and waits since") for item in jobs())
