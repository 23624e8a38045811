"""Follow a report with nothing but a receipt, or as a member with one's own key."""

from __future__ import annotations

import datetime as dt
import uuid
from io import BytesIO

import pytest
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import World, member
from tests.helpers.reporting import FORM, hidden, receipt_of, send
from tests.helpers.vault import Sheets, acting, sign_in_unlocked

from baken.audit.models import Event
from baken.notices.models import Notice
from baken.people.permissions import Function
from baken.reports.actions.dialogue import write_message
from baken.reports.actions.moves import advance, locked
from baken.reports.models import Message, Report
from baken.reports.states import Move, State
from baken.vault.models import Sealed
from baken.vault.receipts import new_receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets")]
RECEIPT, ANSWER = "/nl/receipt/", "/nl/receipt/answer/"


@pytest.fixture
def code(client: PageClient, world: World, sheets: Sheets) -> str:
    return receipt_of(send(client, world))


def ask(world: World, text: str = "kanarie vraag?", *, question: bool = True) -> Message:
    """Bas takes it up and asks something."""
    from django.db import transaction

    report = Report.objects.get()
    by = acting(world.bas, world.here)
    with transaction.atomic():
        if report.state == State.RECEIVED:
            advance(locked(report.pk), Move.TAKE_INTO_TRIAGE, by=by, now=timezone.now())
    return write_message(by=by, report_id=report.pk, expected=None, text=text, now=timezone.now(), is_question=question)


def test_the_receipt_shows_how_far_it_is(client: PageClient, code: str) -> None:
    response = client.post(RECEIPT, {"code": code.lower().replace("-", " ")})
    assert response.status_code == 200
    assert [mark.look for mark in response.context["marks"]] == ["done", "current", "todo", "todo", "todo"]
    promised = [mark.at for mark in response.context["marks"]]
    assert all(promised)
    assert promised == sorted(promised)
    assert code not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    assert not client.cookies


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        (lambda code: code[:-2], "21"),
        (lambda code: "U" + code[1:], "never a U"),
        (lambda code: swapped(code), "changed places"),
    ],
)
def test_a_slip_is_named(client: PageClient, code: str, slip: object, word: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        response = client.post("/en/receipt/", {"code": slip(code)})  # type: ignore[operator]
    assert response.status_code == 422
    assert word in response.context["errors"]["code"]


def swapped(code: str) -> str:
    """The first two neighbours that differ, in each other's place."""
    place = next(at for at in range(len(code) - 1) if code[at] != code[at + 1] and "-" not in code[at : at + 2])
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


def test_one_that_never_was_and_one_that_is_gone_look_the_same(client: PageClient, code: str, world: World) -> None:
    unknown, _receipt = new_receipt()
    first = client.post(RECEIPT, {"code": unknown})
    report = Report.objects.get()
    for move in (Move.TAKE_INTO_TRIAGE, Move.SET_ASIDE):
        from django.db import transaction

        with transaction.atomic():
            advance(locked(report.pk), move, by=acting(world.bas, world.here), now=timezone.now())
    Report.objects.update(erased_at=timezone.now())
    second = client.post(RECEIPT, {"code": code})
    assert (first.status_code, second.status_code) == (422, 422)
    assert first.content.decode().replace(unknown, "") == second.content.decode().replace(code, "")


def test_looking_is_noted_and_names_nobody(client: PageClient, code: str, world: World) -> None:
    message = ask(world)
    seen = client.post(RECEIPT, {"code": code})
    message.refresh_from_db()
    event = Event.objects.order_by("-sequence").first()
    assert event is not None
    assert (event.action, event.member_id, event.object_id) == ("read", "", str(message.report_id))
    assert message.read_at is not None
    assert [item.text for item in seen.context["dialogue"].messages] == ["kanarie vraag?"]
    assert seen.context["dialogue"].messages[0].is_new
    assert not client.post(RECEIPT, {"code": code}).context["dialogue"].messages[0].is_new


def test_an_answer_takes_the_report_up_again(client: PageClient, code: str, world: World) -> None:
    ask(world)
    assert Report.objects.get().state == State.WAITING
    shown = client.post(RECEIPT, {"code": code})
    assert [mark.look for mark in shown.context["marks"]] == ["done", "done", "done", "current", "todo", "todo"]
    once = hidden(shown.content.decode(), "once")
    sent = client.post(ANSWER, {"code": code, "once": once, "text": "kanarie antwoord"})
    assert sent.status_code == 200
    assert [item.text for item in sent.context["dialogue"].messages] == ["kanarie vraag?", "kanarie antwoord"]
    assert Report.objects.get().state == State.IN_TRIAGE
    assert Notice.objects.filter(kind="report.message", member=world.bas).count() == 1
    assert not any(b"kanarie" in bytes(row.envelope or b"") for row in Sealed.objects.all())


def test_sent_twice_is_kept_once(client: PageClient, code: str) -> None:
    data = {"code": code, "once": uuid.uuid4().hex, "text": "nog iets"}
    client.post(ANSWER, data)
    client.post(ANSWER, data)
    assert Message.objects.count() == 1


def test_an_answer_that_cannot_be_sent_stays(client: PageClient, code: str, world: World) -> None:
    world.here.inboxes.update(retired_at=timezone.now())
    response = client.post(ANSWER, {"code": code, "text": "blijft staan"})
    assert response.status_code == 422
    assert "blijft staan" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "key"), [("", "error"), ("x" * 6001, "error"), ("mail kanarie@voorbeeld.example", "hints")]
)
def test_an_answer_is_looked_at_first(client: PageClient, code: str, text: str, key: str) -> None:
    response = client.post(ANSWER, {"code": code, "text": text})
    assert response.status_code == 422
    assert response.context["problem"][key]
    assert text in response.content.decode()
    assert not Message.objects.exists()


def test_files_go_up_and_come_down_again(client: PageClient, code: str) -> None:
    note = BytesIO(b"kanarie in een bestand")
    note.name = "kanarie.txt"
    shown = client.post(ANSWER, {"code": code, "text": "", "files": [note]})
    file = shown.context["dialogue"].messages[0].files[0]
    answer = client.post("/nl/receipt/file/", {"code": code, "file": str(file.id)})
    assert answer.getvalue() == b"kanarie in een bestand"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    other, _receipt = new_receipt()
    assert client.post("/nl/receipt/file/", {"code": other, "file": str(file.id)}).status_code == 422
    assert client.post("/nl/receipt/file/", {"code": code, "file": str(uuid.uuid4())}).status_code == 404
    assert client.post("/nl/receipt/file/", {"code": code, "file": "x"}).status_code == 404


def test_the_outcome_stands_first(client: PageClient, code: str, world: World) -> None:
    message = ask(world, "Dank je wel, er is hulp.", question=False)
    Message.objects.filter(pk=message.pk).update(is_feedback=True)
    Report.objects.update(feedback_at=timezone.now())
    body = client.post(RECEIPT, {"code": code}).content.decode()
    assert body.index("Dank je wel, er is hulp.") < body.index('class="track"')


@pytest.mark.django_db(transaction=True)
def test_what_was_tampered_with_is_not_shown(client: PageClient, code: str) -> None:
    client.post(ANSWER, {"code": code, "text": "kanarie eerste"})
    row = Sealed.objects.get(kind="message")
    Sealed.objects.filter(pk=row.pk).update(envelope=bytes(row.envelope or b"")[:-1] + b"\x00")
    response = client.post(RECEIPT, {"code": code})
    assert response.status_code == 500
    assert "kanarie" not in response.content.decode()
    event = Event.objects.order_by("-sequence").first()
    assert event is not None
    assert (event.action, event.outcome) == ("read", "refused")


# --- members -------------------------------------------------------------------------------------------------------


def own(world: World, path: str = "my-reports/") -> str:
    return f"/nl/organisation/{world.here.pk}/{path}"


def test_a_member_reports_and_follows_with_their_own_key(world: World) -> None:
    client = PageClient()
    sign_in_unlocked(client, world.ann)
    assert client.get(own(world, "report/")).context["written"].manner == "named"
    sent = client.post(own(world, "report/"), {**FORM, "manner": "confidential"})
    assert (sent.status_code, sent.context["code"]) == (200, None)
    report = Report.objects.get()
    assert (report.reporter, report.manner) == (world.ann, "confidential")
    ask(world)
    listed = client.get(own(world))
    assert [(item.pk, unread) for item, _state, unread in listed.context["reports"]] == [(report.pk, 1)]
    page = own(world, f"my-reports/{report.pk}/")
    assert "kanarie vraag?" in client.get(page).content.decode()
    assert client.post(page, {"text": "kanarie antwoord"}).status_code == 302
    assert "kanarie antwoord" in client.get(page).content.decode()
    events = Event.objects.filter(object_kind="report")
    assert {"report.received", "list", "read", "report.message"} <= set(events.values_list("action", flat=True))
    # In confidence: who reads the audit does not learn whose report it is.
    assert set(events.filter(member_id=str(world.ann.pk)).values_list("action", "listed")) == {("list", "")}


def test_anonymous_is_anonymous_for_a_member_too(world: World) -> None:
    client = PageClient()
    sign_in_unlocked(client, world.ann)
    assert receipt_of(client.post(own(world, "report/"), FORM))
    report = Report.objects.get()
    assert report.reporter is None
    assert client.get(own(world)).context["reports"] == []
    assert client.get(own(world, f"my-reports/{report.pk}/")).status_code == 404


def test_a_colleague_does_not_see_my_report(world: World) -> None:
    client = PageClient()
    sign_in_unlocked(client, world.ann)
    client.post(own(world, "report/"), {**FORM, "manner": "named"})
    other = member("dirk@oostzaan.example", where=world.here, functions=(Function.REPORTER,))
    from tests.helpers.vault import give_key

    give_key(other)
    colleague = PageClient()
    sign_in_unlocked(colleague, other)
    assert colleague.get(own(world, f"my-reports/{Report.objects.get().pk}/")).status_code == 404


def test_a_form_of_a_member_that_came_from_elsewhere_is_refused(world: World) -> None:
    client = PageClient(enforce_csrf_checks=True)
    sign_in_unlocked(client, world.ann)
    assert client.post(own(world, "report/"), FORM).status_code == 403
    assert not Report.objects.exists()


def test_where_nobody_receives_yet_it_says_so(world: World) -> None:
    world.here.inboxes.update(retired_at=timezone.now() - dt.timedelta(minutes=1))
    client = PageClient()
    sign_in_unlocked(client, world.ann)
    assert "/nl/doors/" in client.get(own(world, "report/")).content.decode()


def test_one_receipt_cannot_fill_the_disk(client: PageClient, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baken.reports.queries.MESSAGES_AN_HOUR", 1)
    client.post(ANSWER, {"code": code, "text": "een", "once": uuid.uuid4().hex})
    answer = client.post(ANSWER, {"code": code, "text": "kanarie twee", "once": uuid.uuid4().hex})
    assert answer.status_code == 422
    assert "kanarie twee" in answer.content.decode()
    assert Message.objects.filter(from_reporter=True).count() == 1
