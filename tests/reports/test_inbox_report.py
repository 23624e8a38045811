"""The page of one report: what is opened, what is done there, and two focal points at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.helpers.pages import PageClient
from tests.helpers.people import World
from tests.helpers.reports import CONTENT, fresh, inbox_of, second_reader, send
from tests.helpers.vault import acting, own_pair, sign_in_unlocked

from baken.audit.models import Event
from baken.notices.models import Notice
from baken.people.models import Membership
from baken.people.permissions import Function
from baken.recognise.current import current_pack
from baken.reports.actions.dialogue import write_message, write_note
from baken.reports.actions.triage import NotAReader, acknowledgement, assign
from baken.reports.errors import Conflict
from baken.reports.models import Message, Note, Report
from baken.reports.opened import texts_of
from baken.vault.models import Sealed
from baken.vault.receipts import read_receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets", "in_english")]


@pytest.fixture
def bas(client: PageClient, world: World) -> PageClient:
    """Bas, signed in and unlocked."""
    sign_in_unlocked(client, world.bas)
    return client


def url(report: Report, name: str = "report") -> str:
    return reverse(f"inbox:{name}", args=[report.organisation_id, report.pk])


def page(client: Client, report: Report) -> str:
    answer = client.get(url(report))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(client: Client, report: Report, name: str, version: int | None = None, **data: Any) -> Any:
    expected = fresh(report).version if version is None else version
    return client.post(url(report, name), {"version": expected, "seen": int(timezone.now().timestamp()) - 5, **data})


def test_everything_that_was_written_is_there_in_words(bas: PageClient, world: World) -> None:
    shown = page(bas, send(world).report)
    for text in (
        "kanarie feit",
        "kanarie mening",
        "kanarie plek",
        "kanarie nummer",
        "kanarie tijd",
        "kanarie naam",
        "ann@oostzaan.example",
        "Never send a text message",
        "Exploitation at work",
        "Oostzaan",
    ):
        assert text in shown, text
    assert "dest_documents_taken" not in shown


def test_each_reading_is_in_the_audit_and_marks_answers_as_read(bas: PageClient, world: World) -> None:
    report = send(world).report
    Message.objects.create(report=report, at=timezone.now(), from_reporter=True)
    page(bas, report)
    page(bas, report)
    assert Event.objects.filter(action="read", object_id=str(report.pk), member_id=str(world.bas.pk)).count() == 2
    assert not Message.objects.filter(read_at__isnull=True).exists()
    assert fresh(report).version == 1


def test_who_asked_for_confidence_is_marked(bas: PageClient, world: World) -> None:
    assert "Only focal points see this name" in page(bas, send(world, manner="confidential").report)
    assert "ann@oostzaan.example" not in page(bas, send(world, manner="anonymous").report)


def test_acknowledging_tells_the_reporter_in_their_language(bas: PageClient, world: World) -> None:
    sent = send(world, by=None, language="nl")
    assert sent.receipt is not None
    assert post(bas, sent.report, "move", how="acknowledge").status_code == 302
    assert fresh(sent.report).state == "acknowledged"
    message = Message.objects.get()
    said = texts_of("message", [message.pk], read_receipt(sent.receipt).pair)[str(message.pk)]
    with translation.override("en"):
        assert said == acknowledgement(sent.report)


def test_taking_it_up_makes_it_mine_and_tells_the_reporter_once(bas: PageClient, world: World) -> None:
    report = send(world).report
    post(bas, report, "move", how="take_into_triage")
    row = fresh(report)
    assert (row.state, row.assignee_id, row.due_clock) == ("in_triage", world.bas.pk, "decide")
    assert Message.objects.count() == 1


def test_a_question_waits_for_the_answer(bas: PageClient, world: World) -> None:
    report = send(world).report
    post(bas, report, "move", how="take_into_triage")
    post(bas, report, "message", text="Wat zag je precies?", question="on")
    assert fresh(report).state == "waiting"
    message = Message.objects.order_by("-at").first()
    assert message is not None
    assert texts_of("message", [message.pk], own_pair(world.ann))[str(message.pk)] == "Wat zag je precies?"
    post(bas, report, "move", how="carry_on")
    assert fresh(report).state == "in_triage"


def test_a_note_is_for_colleagues_alone(bas: PageClient, world: World) -> None:
    sent = send(world, by=None)
    assert sent.receipt is not None
    post(bas, sent.report, "note", text="kanarie notitie")
    note = Note.objects.get()
    assert texts_of("note", [note.pk], inbox_of(world))[str(note.pk)] == "kanarie notitie"
    assert texts_of("note", [note.pk], read_receipt(sent.receipt).pair) == {}
    assert "kanarie notitie" in page(bas, sent.report)
    assert not any(b"kanarie" in bytes(row.envelope or b"") for row in Sealed.objects.all())


def test_an_empty_message_comes_back_and_nothing_is_sent(bas: PageClient, world: World) -> None:
    report = send(world).report
    answer = post(bas, report, "message", text="  ")
    assert answer.status_code == 422
    assert "Write something first" in answer.content.decode()
    assert not Message.objects.exists()


def test_setting_aside_keeps_the_reason_and_a_day_to_erase(bas: PageClient, world: World) -> None:
    report = send(world).report
    post(bas, report, "move", how="take_into_triage")
    post(bas, report, "set_aside", reason="een vergissing")
    row = fresh(report)
    assert (row.state, row.category) == ("closed", "no_concern")
    assert row.erase_on is not None
    assert row.erase_on > timezone.localdate()
    assert Note.objects.count() == 1
    post(bas, report, "move", how="reopen")
    row = fresh(report)
    assert (row.state, row.erase_on) == ("in_triage", None)


def test_only_who_reads_reports_gets_one(bas: PageClient, world: World) -> None:
    report, dina = send(world).report, second_reader(world)
    post(bas, report, "assign", member=str(dina.pk))
    assert fresh(report).assignee == dina
    assert post(bas, report, "assign", member=str(world.ann.pk)).status_code == 422
    by = acting(world.bas, world.here)
    with pytest.raises(NotAReader):
        assign(by=by, report_id=report.pk, expected=None, member=world.ann, now=timezone.now())


def test_the_second_of_two_sees_what_the_first_did_and_loses_no_text(bas: PageClient, world: World) -> None:
    report, dina = send(world).report, second_reader(world)
    other = PageClient()
    sign_in_unlocked(other, dina)
    version = fresh(report).version
    assert post(bas, report, "note", version, text="Ik bel morgen.").status_code == 302
    mine = "Mijn <b>eigen</b> tekst\nop twee regels"
    refused = post(other, report, "message", version, text=mine, question="on")
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "Ik bel morgen." in shown
    assert "bas@oostzaan.example" in shown
    assert "Mijn &lt;b&gt;eigen&lt;/b&gt; tekst\nop twee regels" in shown
    assert '<input type="hidden" name="question" value="on">' in shown
    assert not Message.objects.exists()
    again = other.post(url(report, "message"), {"version": version + 1, "seen": 0, "text": mine, "question": "on"})
    assert again.status_code == 302
    message = Message.objects.get()
    assert texts_of("message", [message.pk], inbox_of(world))[str(message.pk)] == mine


def test_the_second_button_press_says_who_was_first(bas: PageClient, world: World) -> None:
    report = send(world).report
    version = report.version
    assert post(bas, report, "move", version, how="acknowledge").status_code == 302
    refused = post(bas, report, "move", version, how="acknowledge")
    assert refused.status_code == 409
    assert "Acknowledged" in refused.content.decode()
    assert Message.objects.count() == 1
    assert "A colleague was ahead of you" in refused.content.decode()
    alone = post(bas, report, "move", how="acknowledge")
    assert alone.status_code == 409
    assert "This cannot be done now" in alone.content.decode()
    assert "colleague was ahead" not in alone.content.decode()


def test_a_form_without_a_version_changes_nothing(bas: PageClient, world: World) -> None:
    report = send(world).report
    assert bas.post(url(report, "note"), {"text": "los"}).status_code == 409
    assert not Note.objects.exists()


def test_an_action_of_another_organisation_finds_nothing(world: World) -> None:
    report = send(world).report
    cleo, now = acting(world.cleo, world.there), timezone.now()
    for act in (write_message, write_note):
        with pytest.raises(Report.DoesNotExist):
            act(by=cleo, report_id=report.pk, expected=1, text="x", now=now)
    with pytest.raises(Conflict):
        write_note(by=acting(world.bas, world.here), report_id=report.pk, expected=7, text="x", now=now)


@pytest.mark.parametrize("name", ["report", "move", "message", "note", "set_aside", "assign", "link", "unlink"])
def test_every_address_of_a_report_answers_404_elsewhere(world: World, name: str) -> None:
    report = send(world).report
    client = Client()
    sign_in_unlocked(client, world.cleo)
    for path in (url(report, name), url(report, name).replace(str(world.here.pk), str(world.there.pk))):
        assert client.get(path).status_code in ((404,) if name == "report" else (404, 405))
        assert client.post(path, {"text": "x", "how": "acknowledge"}).status_code in (
            (404, 405) if name == "report" else (404,)
        )


def test_what_was_changed_on_the_disk_is_said_and_not_guessed(bas: PageClient, world: World) -> None:
    report = send(world).report
    row = Sealed.objects.get(kind="report", object_id=str(report.pk), field="facts")
    row.envelope = bytes(row.envelope or b"")[:-1] + b"\x00"
    row.save()
    assert "This report does not open" in page(bas, report)


def test_a_test_report_is_marked_and_opens(bas: PageClient, world: World) -> None:
    answer = bas.post(reverse("inbox:test_report", args=[world.here.pk]))
    report = Report.objects.get()
    assert answer["Location"] == url(report)
    assert report.is_test
    assert Notice.objects.filter(kind="report.received", member=world.bas, subject_id=str(report.pk)).exists()
    assert "Test report" in page(bas, report)
    assert not Notice.objects.filter(seen_at__isnull=True, subject_id=str(report.pk)).exists()
    assert "Test" in bas.get(reverse("inbox:inbox", args=[world.here.pk]) + "?list=team").content.decode()


def test_a_reporter_sends_a_test_and_is_told_where_it_went(client: PageClient, world: World) -> None:
    sign_in_unlocked(client, world.ann)
    assert client.get(reverse("inbox:test_report", args=[world.here.pk])).status_code == 200
    client.post(reverse("inbox:test_report", args=[world.here.pk]))
    assert Report.objects.get().is_test


def test_the_page_survives_a_wrong_moment(bas: PageClient, world: World) -> None:
    report = send(world, now=timezone.now() + dt.timedelta(hours=1)).report
    assert "just now" in bas.get(reverse("inbox:inbox", args=[world.here.pk]) + "?list=team").content.decode()
    assert report.reference in page(bas, report)


def test_the_profession_of_who_reported_is_in_words(bas: PageClient, world: World) -> None:
    code = next(iter(current_pack("en").professions))
    content = replace(CONTENT, situation={**CONTENT.situation, "fields": {"profession": code}})
    assert current_pack("en").professions[code].name in page(bas, send(world, content=content).report)


def test_in_confidence_is_for_the_focal_point_alone(bas: PageClient, world: World) -> None:
    report = send(world, manner="confidential").report
    membership = world.bas.memberships.get(function=Function.FOCAL_POINT)
    assert world.ann.email in page(bas, report)
    Membership.objects.filter(pk=membership.pk).update(function=Function.COORDINATOR)
    shown = page(bas, report)
    assert world.ann.email not in shown
    assert "kanarie nummer" not in shown
    assert "Only the focal point sees who it was." in shown
