"""Report without an account: from a check or directly, nothing retyped, nothing lost, nothing kept of the visitor."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from unittest.mock import patch

import pytest
from django.utils import timezone
from PIL import Image
from tests.helpers.pages import PageClient
from tests.helpers.people import World
from tests.helpers.reporting import CHECK, FORM, form_address, hidden, receipt_of, send, with_work
from tests.helpers.vault import Sheets

from baken.audit.models import Event
from baken.notices.models import Notice
from baken.people.proof import CALM, LIFE
from baken.reports import places
from baken.reports.actions.reporter import forget_spent
from baken.reports.attaching import names_of
from baken.reports.models import Report, SpentProof
from baken.reports.opened import content_of
from baken.vault.receipts import read_receipt

pytestmark = pytest.mark.django_db
BSN = "111222333"


@pytest.fixture(autouse=True)
def _places(sheets: Sheets) -> None:
    places.forget()


def test_from_a_check_to_a_receipt_in_three_clicks(client: PageClient, world: World) -> None:
    """Report this; send; and there is the receipt. Nothing is typed twice, and the signs come along."""
    result = client.post("/nl/check/result/", CHECK).content.decode()
    address = form_address(world)
    assert f'action="{address}"' in result
    clicks = 1
    opened = client.post(address, {**CHECK, "danger": "no"})
    assert len(opened.context["signs"]) == 1
    fields = dict(opened.context["written"].hidden)
    clicks += 1
    sent = client.post(
        address, {**fields, "send": "1", "manner": "anonymous", "about": "person", **with_work(opened.content.decode())}
    )
    code = receipt_of(sent)
    assert clicks <= 3
    content = content_of(Report.objects.get(), read_receipt(code).pair)
    assert content.situation["signs"] == CHECK["signs"]
    assert content.situation["about"] == "person"
    assert content.situation["municipality"] == "GM0431"
    assert "profession" not in content.situation["fields"], "without a name, what somebody does may be a name"


def test_no_button_where_nobody_takes_reports(client: PageClient, world: World) -> None:
    body = client.post("/nl/check/result/", {**CHECK, "municipality": "Zaanstad"}).content.decode()
    assert "/nl/report/" not in body.replace('href="/nl/report/"', "")


def test_everything_that_was_written_is_sealed_for_both(client: PageClient, world: World) -> None:
    code = receipt_of(send(client, world, value="0612345678", channel="call", code_word="tulp", never="text"))
    content = content_of(Report.objects.get(), read_receipt(code).pair)
    assert (content.facts, content.opinion, content.place) == (
        FORM["facts"],
        FORM["opinion"],
        "kanarie straat\nmaandag",
    )
    assert content.reach == {
        "channel": "call",
        "value": "0612345678",
        "times": "",
        "code_word": "tulp",
        "never": "text",
    }


def test_a_name_beside_without_my_name_goes_nowhere(client: PageClient, world: World) -> None:
    code = receipt_of(send(client, world, name="Kanarie Janssen"))
    assert content_of(Report.objects.get(), read_receipt(code).pair).reporter == ""
    code = receipt_of(send(client, world, name="Kanarie Janssen", manner="confidential"))
    assert content_of(Report.objects.get(manner="confidential"), read_receipt(code).pair).reporter == "Kanarie Janssen"


def test_the_audit_and_the_address_know_nobody(client: PageClient, world: World) -> None:
    sent = send(client, world)
    event = Event.objects.get(object_id=str(Report.objects.get().pk))
    assert (event.member_id, event.organisation_id) == ("", "")
    assert receipt_of(sent) not in sent.request["PATH_INFO"] + sent.request["QUERY_STRING"]
    assert not client.cookies


def test_the_focal_point_is_told(client: PageClient, world: World) -> None:
    send(client, world, danger="now")
    notice = Notice.objects.get()
    assert (notice.member, notice.urgent, notice.kind) == (world.bas, True, "report.received")
    assert Report.objects.get().urgent


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": ""}, "facts"),
        ({"facts": "x" * 6001}, "facts"),
        ({"manner": "named"}, "name"),
        ({"manner": "loudly"}, "manner"),
        ({"channel": "call"}, "value"),
        ({"where": "x" * 301}, "where"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    client: PageClient, world: World, changes: dict[str, str], field: str
) -> None:
    response = send(client, world, **changes)
    body = response.content.decode()
    assert response.status_code == 422
    assert list(response.context["errors"]) == [field]
    assert FORM["opinion"] in body
    assert f'id="field-{field}"' in body
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [("facts", f"nummer {BSN}"), ("opinion", "mail kanarie@voorbeeld.example"), ("where", "bel 06 12345678")],
)
def test_personal_data_is_asked_about_once(client: PageClient, world: World, field: str, text: str) -> None:
    asked = send(client, world, **{field: text})
    assert asked.status_code == 422
    assert asked.context["problem"] == "hints"
    assert not Report.objects.exists()
    body = asked.content.decode()
    assert text in body
    sent = client.post(form_address(world), {**FORM, field: text, "seen": hidden(body, "seen"), **with_work(body)})
    assert receipt_of(sent)


def test_without_javascript_a_moment_passes_first(client: PageClient, world: World) -> None:
    opened = client.get(form_address(world)).content.decode()
    data = {**FORM, "challenge": hidden(opened, "challenge"), "proof": ""}
    quick = client.post(form_address(world), data)
    assert (quick.status_code, quick.context["problem"]) == (422, "too_quick")
    assert FORM["facts"] in quick.content.decode()
    assert hidden(quick.content.decode(), "challenge") == data["challenge"], "the moments that passed count"
    later = timezone.now() + dt.timedelta(seconds=15)
    with patch("django.utils.timezone.now", return_value=later):
        assert receipt_of(client.post(form_address(world), data))


def test_danger_does_not_wait_for_a_flood(client: PageClient, world: World) -> None:
    flood(world, CALM * 40)
    opened = client.get(form_address(world)).content.decode()
    data = {**FORM, "danger": "now", "challenge": hidden(opened, "challenge")}
    with patch("django.utils.timezone.now", return_value=timezone.now() + dt.timedelta(seconds=3)):
        assert receipt_of(client.post(form_address(world), data))


def test_a_flood_asks_more_and_refuses_nobody(client: PageClient, world: World) -> None:
    opened = client.get(form_address(world)).content.decode()
    flood(world, CALM * 2)
    data = {**FORM, **with_work(opened)}
    more = client.post(form_address(world), data)
    assert (more.status_code, more.context["problem"]) == (422, "too_little")
    assert receipt_of(client.post(form_address(world), {**FORM, **with_work(more.content.decode())}))


def flood(world: World, count: int) -> None:
    now = timezone.now()
    SpentProof.objects.bulk_create(
        SpentProof(proof=f"{number:064x}", organisation_id=str(world.here.pk), at=now) for number in range(count)
    )


def test_a_form_works_once(client: PageClient, world: World) -> None:
    opened = client.get(form_address(world)).content.decode()
    data = {**FORM, **with_work(opened)}
    receipt_of(client.post(form_address(world), data))
    again = client.post(form_address(world), data)
    assert (again.status_code, again.context["problem"]) == (422, "used")
    assert Report.objects.count() == 1
    assert receipt_of(client.post(form_address(world), {**FORM, **with_work(again.content.decode())}))


def test_spent_proofs_go(client: PageClient, world: World) -> None:
    send(client, world)
    now = timezone.now()
    forget_spent(now + LIFE - dt.timedelta(minutes=1))
    assert SpentProof.objects.count() == 1
    forget_spent(now + LIFE + dt.timedelta(minutes=1))
    assert not SpentProof.objects.exists()


def test_a_forged_challenge_is_asked_anew(client: PageClient, world: World) -> None:
    response = send(client, world, challenge="1.x", proof="1")
    assert (response.status_code, response.context["problem"]) == (422, "stale")


def picture() -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, "PNG")
    made.seek(0)
    made.name = "kanarie.png"
    return made


def test_files_come_along_sealed(client: PageClient, world: World) -> None:
    code = receipt_of(send(client, world, files=[picture(), picture()]))
    report = Report.objects.get()
    named = names_of(report.attachments.all(), read_receipt(code).pair)
    assert [(item.name, item.media_type) for item in named] == [("kanarie.png", "image/png")] * 2


def test_a_file_that_cannot_be_kept_keeps_the_text(client: PageClient, world: World) -> None:
    program = BytesIO(b"MZ" + bytes(200))
    program.name = "kanarie.exe"
    response = send(client, world, files=[picture(), program])
    body = response.content.decode()
    assert (response.status_code, response.context["problem"]) == (422, "files")
    assert FORM["facts"] in body
    assert response.context["files_lost"]
    assert not Report.objects.exists()


def test_an_organisation_without_an_inbox_has_no_form(client: PageClient, world: World) -> None:
    world.here.inboxes.update(retired_at=timezone.now())
    assert client.get(form_address(world)).status_code == 404
    assert client.post("/nl/report/", {"municipality": "Oostzaan"}).context["nobody_here"]


def test_the_list_shows_who_takes_reports(client: PageClient, world: World) -> None:
    assert form_address(world) in client.get("/nl/report/").content.decode()
    shown = client.post("/nl/report/", {"municipality": "Amsterdam"}).content.decode()
    assert form_address(world) not in shown
    assert str(world.there.pk) in shown
    assert client.post("/nl/report/", {"municipality": "Atlantis"}).status_code == 422
