"""The mail to owners: one per provider, through a real mail server that is sometimes down."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from tests.helpers.directory import NOW, provider, service
from tests.helpers.keeping import DAY, confirm, editors, listed, look
from tests.helpers.mail import MailServer
from tests.helpers.pages import PageClient

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.directory import models
from baken.directory.actions.owners import LinkOverError, link_of, make_link, note_bounce, set_owner
from baken.directory.freshness import State
from baken.directory.owner_mail import ask_due

pytestmark = pytest.mark.django_db
OWNER = "balie@voorbeeld.example"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_USE_TLS = False
    server.start()
    yield server
    server.stop()


def owned(*names: str, email: str = OWNER, language: str = "en", **more: Any) -> list[models.Service]:
    made = [listed(service(name, **more)) for name in names]
    models.Provider.objects.filter(services__in=made).update(owner_email=email, owner_language=language)
    return made


def body(server: MailServer, number: int = -1) -> str:
    return str(server.messages[number].get_content())


def test_one_mail_with_a_link_for_each_service(mail_server: MailServer, settings: Any, client: PageClient) -> None:
    settings.BAKEN_SITE = "https://baken.example.org/"
    owned("Spreekuur", "Telefoon")
    assert ask_due(NOW) == 1
    (mail,) = mail_server.messages
    text = body(mail_server)
    assert (mail["To"], mail["Subject"]) == (OWNER, "Are these still right?")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@baken.example.org>")
    links = re.findall(r"https://baken\.example\.org(/en/map/owner/\S+/)", text)
    assert len(links) == 2
    assert text.index("Spreekuur") < text.index(links[0]) < text.index("Telefoon") < text.index(links[1])
    assert "Baken is a public list of help" in text
    for word in ("traffick", "exploit", "andel", "uitbuit"):
        assert word not in mail_server.handler.raw[0].decode().lower()
    with time_machine.travel(NOW, tick=False):
        assert "Spreekuur" in client.get(links[0]).content.decode()
    assert set(models.Service.objects.values_list("asked_at", flat=True)) == {NOW}
    assert Event.objects.filter(action=Action.SERVICE_ASKED).count() == 2
    assert models.OwnerLink.objects.count() == 2


def test_each_provider_gets_its_own_in_its_own_language(mail_server: MailServer) -> None:
    owned("Spreekuur", language="nl")
    other = listed(service("Elders", provider=provider("Ander")))
    models.Provider.objects.filter(pk=other.provider_id).update(
        owner_email="ander@voorbeeld.example", owner_language="hu"
    )
    assert ask_due(NOW) == 2
    assert sorted(mail_server.sent_to) == ["ander@voorbeeld.example", OWNER]
    assert any("/hu/map/owner/" in body(mail_server, number) for number in (0, 1))


def test_what_not_everybody_may_see_is_not_named(mail_server: MailServer) -> None:
    owned("Geheime opvang", kind="shelter", visibility="hidden")
    assert ask_due(NOW) == 1
    assert "Geheime" not in body(mail_server)
    assert "A service that is not shown to everybody" in body(mail_server)


def test_they_are_asked_in_time_and_again_after_a_month_without_answer(mail_server: MailServer) -> None:
    (made,) = owned("Spreekuur")
    confirm(made, by=None, now=NOW)
    asked = [day for day in range(150, 230) if ask_due(NOW + day * DAY)]
    assert asked == [166, 196, 226]
    confirm(made, by=None, now=NOW + 230 * DAY)
    assert [day for day in range(231, 400) if ask_due(NOW + day * DAY)] == [396]


@pytest.mark.parametrize("without", [{"owner_email": ""}, {"bounced_at": NOW}])
def test_nobody_is_asked_where_nobody_can_be(mail_server: MailServer, without: dict[str, Any]) -> None:
    owned("Spreekuur")
    models.Provider.objects.update(**without)
    assert ask_due(NOW) == 0
    assert mail_server.messages == []


def test_what_does_not_exist_any_more_is_not_asked_about(mail_server: MailServer) -> None:
    owned("Spreekuur", status="defunct")
    assert ask_due(NOW) == 0


def test_a_mail_server_that_is_down_costs_nothing_but_time(mail_server: MailServer) -> None:
    owned("Spreekuur")
    mail_server.stop()
    assert ask_due(NOW) == 0
    assert (models.OwnerLink.objects.count(), models.Service.objects.get().asked_at) == (0, None)
    mail_server.start()
    assert ask_due(NOW + dt.timedelta(hours=1)) == 1


def test_a_mail_that_comes_back_brings_the_check_forward(mail_server: MailServer) -> None:
    (made,) = owned("Spreekuur")
    confirm(made, by=None, now=NOW)
    later = NOW + 170 * DAY
    mail_server.refuse(OWNER)
    assert ask_due(later) == 0
    assert models.Provider.objects.get().bounced_at == later
    assert models.OwnerLink.objects.count() == 0
    assert look(made, later).due_on == later.date()
    assert look(made, later + DAY).state is State.LATE
    mail_server.refuse()
    assert ask_due(later + DAY) == 0


def test_a_new_address_starts_with_a_clean_slate(db: None) -> None:
    team = editors()
    made = listed(service())
    note_bounce(provider_id=made.provider_id, now=NOW)
    set_owner(by=team.eva, provider_id=made.provider_id, email=OWNER, language="bg", now=NOW)
    kept = models.Provider.objects.get()
    assert (kept.owner_email, kept.owner_language, kept.bounced_at) == (OWNER, "bg", None)
    for email, language in (("geen adres", "nl"), (OWNER, "xx")):
        with pytest.raises((ValidationError, ValueError)):
            set_owner(by=team.eva, provider_id=made.provider_id, email=email, language=language, now=NOW)


def test_a_link_that_went_to_the_old_address_works_no_more() -> None:
    team = editors()
    (made,) = owned("Spreekuur")
    _row, token = make_link(service_id=made.pk, now=NOW)
    moved_to = partial(set_owner, by=team.eva, provider_id=made.provider_id, language="nl", now=NOW)
    moved_to(email=OWNER)
    assert link_of(token, now=NOW).service_id == made.pk
    moved_to(email="nieuw@voorbeeld.example")
    with pytest.raises(LinkOverError):
        link_of(token, now=NOW)
