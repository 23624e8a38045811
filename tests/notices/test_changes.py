"""Mail when the way in changes: to the member, at once, in their language, and with nothing else in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import translation
from tests.helpers.jobs import run_jobs, waiting
from tests.helpers.mail import MailServer
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World
from tests.helpers.vault import give_key, own_pair

from baken.notices import actions
from baken.notices.changes import SENTENCES
from baken.notices.moments import How, Wishes
from baken.people.actor import Acting
from baken.people.changes import Change
from baken.people.models import Member
from baken.people.permissions import Standing
from baken.people.signals import access_changed
from baken.vault import keyring

MOMENT = dt.datetime(2026, 11, 21, 22, 30, tzinfo=dt.UTC)
NEW = "heel andere woorden nu"


@pytest.fixture
def ann(world: World) -> Member:
    Member.objects.filter(pk=world.ann.pk).update(language="en")
    return Member.objects.get(pk=world.ann.pk)


def tell(who: Member, change: Change) -> None:
    with transaction.atomic():
        access_changed.send(sender=Member, member=who, change=change, now=MOMENT)


def test_a_new_password_is_told_at_once_whatever_one_wished(
    ann: Member, mail_server: MailServer, settings: Any
) -> None:
    settings.BAKEN_SITE = "https://baken.example.org/"
    actions.set_wishes(by=Acting(ann, Standing()), wishes=Wishes(How.NONE))
    client = PageClient()
    client.force_login(ann)
    with time_machine.travel(MOMENT, tick=False):
        form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        assert client.post("/nl/account/password/change/", form).status_code == 302
        assert mail_server.messages == []
        run_jobs()
    (mail,) = mail_server.messages
    text = mail.get_content()
    assert mail["To"] == ann.email
    assert mail["Subject"] == "Something changed in how you sign in"
    assert "Your password was changed." in text
    assert "21 November 2026, 23:30" in text
    assert "https://baken.example.org/en/account/password/reset/" in text
    assert NEW not in text


def test_a_mail_server_that_is_down_loses_nothing(ann: Member, mail_server: MailServer) -> None:
    tell(ann, Change.FACTOR_REMOVED)
    mail_server.stop()
    run_jobs()
    assert waiting() == ["tell_of_change"]


@pytest.mark.parametrize("change", list(Change))
def test_each_change_has_its_sentence_in_the_language_of_the_member(
    ann: Member, mail_server: MailServer, change: Change
) -> None:
    tell(ann, change)
    run_jobs()
    (mail,) = mail_server.messages
    with translation.override("en"):
        assert mail.get_content().startswith(str(SENTENCES[change]))
    assert "Was it not you?" in mail.get_content()


def test_acts_on_the_key_are_told(ann: Member, mail_server: MailServer) -> None:
    give_key(ann)
    pair = own_pair(ann)
    keyring.recover(member=ann, pair=pair, typed=PASSWORD, way="password", now=MOMENT)
    keyring.replace_key(member=ann, typed=PASSWORD, way="password", now=MOMENT)
    run_jobs()
    sentences = [mail.get_content().splitlines()[0] for mail in mail_server.messages]
    assert len(sentences) == 3
    assert any("recovery code" in sentence for sentence in sentences)
    assert any("replaced" in sentence for sentence in sentences)


def test_who_is_gone_hears_nothing(ann: Member, mail_server: MailServer) -> None:
    tell(ann, Change.PASSWORD)
    Member.objects.filter(pk=ann.pk).update(is_active=False)
    run_jobs()
    assert mail_server.messages == []
