"""Mail that says only that there is something to look at, through a real mail server that is sometimes down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from tests.helpers.jobs import run_jobs, waiting
from tests.helpers.mail import MailServer
from tests.helpers.people import World

from baken.audit.actions import OutsideTransactionError
from baken.notices import actions, delivery
from baken.notices.kinds import NoticeKind
from baken.notices.models import Notice, Preference
from baken.notices.moments import BACK_OFF, DAY, GAP, How, Wishes
from baken.people.actor import Acting
from baken.people.models import Member
from baken.people.permissions import Standing

START = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
"""Ten in the morning in Amsterdam."""
HOUR = dt.timedelta(hours=1)
NIGHT = Wishes(quiet_from=dt.time(22), quiet_until=dt.time(7))


def tell(
    world: World, *members: Member, subject: str = "report-1", urgent: bool = False, at: dt.datetime = START
) -> None:
    with transaction.atomic():
        actions.notify(
            members=members or [world.bas],
            kind=NoticeKind.REPORT_RECEIVED,
            organisation=world.here,
            subject_id=subject,
            urgent=urgent,
            now=at,
        )


def wish(member: Member, wishes: Wishes) -> None:
    actions.set_wishes(by=Acting(member, Standing()), wishes=wishes)


def unsent() -> int:
    return Notice.objects.filter(sent_at__isnull=True).count()


def sent_at_hours(found: Iterable[float]) -> list[float]:
    return [hour for hour in found if delivery.send_due(START + hour * HOUR)]


def test_the_mail_goes_after_the_commit_and_says_nothing(world: World, mail_server: MailServer, settings: Any) -> None:
    settings.BAKEN_SITE = "https://baken.example.org/"
    with time_machine.travel(START, tick=False):
        tell(world, world.bas, subject="canary-77")
        assert mail_server.messages == []
        run_jobs()
    (mail,) = mail_server.messages
    raw = mail_server.handler.raw[0].decode()
    assert mail["To"] == world.bas.email
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert "https://baken.example.org/nl/account/notices/" in mail.get_content()
    assert mail["Message-ID"].endswith("@baken.example.org>")
    for word in ("canary-77", world.here.name, str(world.here.pk), "andel", "uitbuit", "report", "melding"):
        assert word not in raw, word
    assert unsent() == 0
    assert Notice.objects.get().sent_at == START


def test_it_is_in_the_language_of_the_member(world: World, mail_server: MailServer) -> None:
    Member.objects.filter(pk=world.bas.pk).update(language="en")
    tell(world, world.bas)
    delivery.send_due(START)
    (mail,) = mail_server.messages
    assert mail["Subject"] == "There is something for you to look at"
    assert "/en/account/notices/" in mail.get_content()


def test_a_notice_needs_the_transaction_of_its_cause(transactional_db: None) -> None:
    world = World()
    with pytest.raises(OutsideTransactionError):
        actions.notify(members=[world.bas], kind=NoticeKind.KEY, organisation=None, now=START)


def test_free_text_is_no_subject(world: World) -> None:
    with pytest.raises(ValueError, match="id or a code"):
        tell(world, subject="what somebody wrote")


def test_who_reported_what_is_not_written_down(world: World) -> None:
    with transaction.atomic():
        actions.notify(
            members=[world.ann], kind=NoticeKind.OWN_REPORT, organisation=world.here, subject_id="report-1", now=START
        )
    assert Notice.objects.get().subject_id == ""


def test_many_notices_are_one_mail(world: World, mail_server: MailServer) -> None:
    for number in range(1000):
        tell(world, subject=f"report-{number}")
    assert waiting() == ["deliver"]
    delivery.send_due(START)
    assert mail_server.sent_to == [world.bas.email]
    assert unsent() == 0
    tell(world, subject="later", at=START)
    assert delivery.send_due(START + GAP / 2) == 0, "not one mail after the other"
    assert delivery.send_due(START + GAP) == 1


def test_the_same_is_not_written_twice_before_it_was_mailed(world: World, mail_server: MailServer) -> None:
    tell(world, world.bas, world.bas)
    tell(world, world.bas)
    assert Notice.objects.count() == 1
    tell(world, world.bas, urgent=True)
    assert Notice.objects.count() == 2
    delivery.send_due(START)
    tell(world, world.bas)
    assert unsent() == 1


def test_mail_waits_for_a_server_that_is_down(world: World, mail_server: MailServer) -> None:
    mail_server.stop()
    tell(world, world.ann, world.bas)
    with time_machine.travel(START, tick=False):
        run_jobs()
        assert unsent() == 2
        for hours in (1, 30, 90):
            assert delivery.send_due(START + hours * HOUR) == 0
        mail_server.start()
    assert delivery.send_due(START + 91 * HOUR) == 2
    assert sorted(mail_server.sent_to) == [world.ann.email, world.bas.email]
    assert unsent() == 0


def test_one_address_that_is_refused_keeps_nobody_else_from_mail(
    world: World, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.refuse(world.ann.email)
    tell(world, world.ann, world.bas)
    assert delivery.send_due(START) == 1
    assert mail_server.sent_to == [world.bas.email]
    assert world.ann.email not in caplog.text
    assert delivery.send_due(START + BACK_OFF[0] / 2) == 0
    mail_server.refuse()
    assert delivery.send_due(START + BACK_OFF[0]) == 1
    assert mail_server.sent_to == [world.bas.email, world.ann.email]
    assert Preference.objects.get(member=world.ann).failures == 0


def test_quiet_hours_hold_back_what_is_not_urgent(world: World, mail_server: MailServer) -> None:
    wish(world.bas, NIGHT)
    tell(world, at=START + 11.5 * HOUR)  # half past nine in the evening; found at half past ten
    hours = [12.5, 15, 20.9, 21, 22]
    assert sent_at_hours(hours) == [21], "seven in the morning"
    tell(world, subject="report-2", urgent=True, at=START + 36 * HOUR)
    assert sent_at_hours([36]) == [36], "urgent, at ten in the evening"


def test_a_digest_comes_once_a_day_and_urgent_at_once(world: World, mail_server: MailServer) -> None:
    wish(world.bas, Wishes(How.DAILY, digest_at=dt.time(8)))
    tell(world, subject="report-1")
    tell(world, subject="report-2", at=START + HOUR)
    assert sent_at_hours([1, 5, 21.9, 22, 23]) == [22]
    tell(world, subject="report-3", at=START + 23 * HOUR)
    tell(world, subject="report-4", at=START + 24 * HOUR, urgent=True)
    assert sent_at_hours([24, 46]) == [24], "one mail for all that waits"


def test_who_wants_no_mail_gets_only_what_is_urgent(world: World, mail_server: MailServer) -> None:
    wish(world.bas, Wishes(How.NONE))
    tell(world)
    assert sent_at_hours([0, 48]) == []
    tell(world, subject="report-2", urgent=True, at=START + 49 * HOUR)
    assert sent_at_hours([49]) == [49]


def test_what_was_seen_or_belongs_to_somebody_who_left_is_not_mailed(world: World, mail_server: MailServer) -> None:
    tell(world, world.ann, world.bas)
    actions.mark_seen(member=world.ann, now=START, subject_id="report-1")
    Member.objects.filter(pk=world.bas.pk).update(is_active=False)
    assert delivery.send_due(START + HOUR) == 0
    assert mail_server.messages == []


def test_a_kill_between_sending_and_noting_sends_again_with_the_same_name(
    world: World, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = EmailMessage.send

    def killed(self: EmailMessage, fail_silently: bool = False) -> int:
        send(self, fail_silently)
        raise KeyboardInterrupt

    tell(world)
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            delivery.send_due(START)
    assert len(mail_server.messages) == 1
    assert unsent() == 1
    assert delivery.send_due(START + delivery.CLAIM / 2) == 0, "the worker that has it may still be busy"
    assert delivery.send_due(START + delivery.CLAIM) == 1
    first, second = mail_server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert unsent() == 0


def test_two_workers_send_one_mail(world: World, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has made its list before the first is done: right after it claims, right after it is done."""
    tell(world)
    listed = delivery._due_members(START)
    assert delivery._claim(world.bas.pk, START)
    assert delivery.send_due(START) == 0
    Preference.objects.update(claimed_until=None)
    assert delivery.send_due(START) == 1
    assert listed == [world.bas.pk]
    assert delivery._claim(world.bas.pk, START)
    assert delivery._send_to(world.bas.pk, None, START) == 0
    assert len(mail_server.messages) == 1


def test_mail_goes_on_after_the_clock_was_put_back(world: World, mail_server: MailServer) -> None:
    ahead = START + 900 * DAY
    tell(world, at=ahead)
    assert delivery._claim(world.bas.pk, ahead)
    assert delivery.send_due(START) == 1
    delivery._note_failure(world.bas.pk, ahead)
    wish(world.bas, Wishes(How.DAILY))
    tell(world, subject="report-2", at=ahead)
    assert sent_at_hours([1, 23]) == [1], "as if it was made a day ago"


def test_notices_are_erased(world: World) -> None:
    tell(world, world.ann, world.bas)
    actions.mark_seen(member=world.bas, now=START + DAY)
    actions.erase(START + 31 * DAY - HOUR)
    assert Notice.objects.count() == 2
    actions.erase(START + 31 * DAY)
    assert Notice.objects.get().member == world.ann
    actions.erase(START + 365 * DAY)
    assert not Notice.objects.exists()


def test_seen_by_kind(world: World) -> None:
    tell(world)
    actions.mark_seen(member=world.bas, now=timezone.now(), kinds=[NoticeKind.KEY])
    assert Notice.objects.filter(seen_at__isnull=True).count() == 1
    actions.mark_seen(member=world.bas, now=timezone.now(), kinds=[NoticeKind.REPORT_RECEIVED])
    assert Notice.objects.filter(seen_at__isnull=True).count() == 0
