"""Hostile texts in every field: pages stay whole, everything is shown as text, and nothing is taken that was not asked."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.helpers.attack import HOSTILE, Target
from tests.helpers.pages import cookie_problems, header_problems, problems
from tests.helpers.reporting import FORM, form_address, receipt_of, send

from baken.people.models import Invitation, Member, Organisation
from baken.reports.models import Message, Report
from baken.vault.models import Sealed

TEXTS = ("facts", "opinion", "where", "when", "name", "value", "times", "code_word", "code", "municipality", "signs",
         "age", "danger", "about", "manner", "channel", "never", "challenge", "proof", "once", "seen", "profession")  # fmt: skip


def whole(response: Any, typed: str, *, statuses: tuple[int, ...] = (200, 302, 404, 409, 413, 422)) -> str:
    """The page, when it is whole and shows what was typed as nothing but text."""
    assert response.status_code in statuses, response.status_code
    found = [*header_problems(response), *cookie_problems(response)]
    if response.status_code == 302:
        assert "\n" not in response["Location"]
        return ""
    body: str = response.content.decode()
    # Signs of a template in what was typed come back as text.
    rest = body.replace("{{", "").replace("{%", "") if "7777*7779" in typed else body
    # Django gives a NUL back in the field where it refuses it; browsers show it as a mark.
    rest = rest.replace("\x00", "") if "\x00" in typed else rest
    found += problems(rest)
    assert not found, "\n".join(found)
    assert "<script>alert" not in body
    assert "<img src=x" not in body
    assert str(7777 * 7779) not in body
    return body


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_form_of_a_report_takes_any_text(target: Target, kind: str) -> None:
    typed = HOSTILE[kind]
    client, world = Client(), target.sharing.world
    whole(client.post(form_address(world), dict.fromkeys(("send", *TEXTS), typed)), typed)
    whole(
        client.post(form_address(world), {**FORM, "facts": typed, "opinion": typed, "where": typed, "name": typed}),
        typed,
    )
    if kind == "long":
        return
    sent = send(client, world, facts=typed, opinion=typed, seen="1")
    code = receipt_of(sent)
    body = whole(client.post("/nl/receipt/answer/", {"code": code, "text": typed, "seen": "1"}), typed)
    assert html.escape(_clean(typed)).splitlines()[0] in body
    whole(client.post("/nl/receipt/", {"code": typed}), typed)
    report = Report.objects.get(reference=sent.context["report"].reference)
    page = target.signed_in("bas").get(f"/nl/organisation/{world.here.pk}/inbox/{report.pk}/")
    assert html.escape(_clean(typed)).splitlines()[0] in whole(page, typed)


@pytest.mark.parametrize("kind", HOSTILE)
def test_forms_of_focal_points_take_any_text(target: Target, kind: str) -> None:
    typed = HOSTILE[kind]
    client = target.signed_in("bas")
    base = f"/nl/organisation/{target.known['organisation_id']}"
    report = f"{base}/inbox/{target.known['report_id']}"
    for name in ("message", "note", "set-aside", "link", "assign", "move", "unlink"):
        for version in ("1", typed, str(Report.objects.get(pk=target.known["report_id"]).version)):
            form = {"text": typed, "reason": typed, "reference": typed, "why": typed, "member": typed, "how": typed}
            answer = client.post(f"{report}/{name}/", {**form, "other": typed, "version": version, "seen": typed})
            whole(answer, typed)
    whole(client.get(f"{report}/"), typed)
    whole(client.get(f"{base}/inbox/", {"list": typed[:500], "page": typed[:500]}), typed)


@pytest.mark.parametrize("kind", HOSTILE)
def test_settings_of_an_organisation_take_any_text(target: Target, kind: str) -> None:
    typed = HOSTILE[kind]
    client = target.signed_in("bas")
    base = f"/nl/organisation/{target.known['organisation_id']}"
    fields = ("name", "kind", "municipalities", "phone", "email", "office_hours", "languages", "internal_route")
    whole(client.post(f"{base}/set-up/", dict.fromkeys(fields, typed)), typed)
    name = " ".join(_clean(typed).split())[:110]
    done = client.post(f"{base}/set-up/", {"name": name, "kind": "municipal", "internal_route": _clean(typed)[:900]})
    whole(done, typed)
    for page in (f"{base}/", f"{base}/members/", f"/nl/report/{target.known['organisation_id']}/", "/nl/account/"):
        whole(client.get(page), name)
    outbox = len(mail.outbox)
    whole(client.post(f"{base}/members/invite/", {"email": typed, "functions": [typed]}), typed)
    whole(client.post(f"{base}/members/invite/", {"email": f"a@b.example{typed}", "functions": ["reporter"]}), typed)
    assert len(mail.outbox) == outbox
    for path in ("login", "password/reset", "second-step", "reauthenticate", "keys/open", "keys/recover"):
        whole(
            client.post(f"/nl/account/{path}/", dict.fromkeys(("login", "email", "password", "code", "typed"), typed)),
            typed,
        )


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x80facts=%ff%fe", b"facts=%00%80&send=1", b"send=1&facts=%ed%a0%80", b"&=&&=="]
)
def test_bytes_that_are_no_text_break_nothing(target: Target, body: bytes) -> None:
    bas = target.signed_in("bas")
    organisation, report = target.known["organisation_id"], target.known["report_id"]
    for client, path in (
        (Client(), form_address(target.sharing.world)),
        (Client(), "/nl/receipt/"),
        (Client(), "/nl/account/login/"),
        (bas, f"/nl/organisation/{organisation}/inbox/{report}/note/"),
        (bas, f"/nl/organisation/{organisation}/report/"),
    ):
        sent = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
        whole(sent, "", statuses=(200, 302, 400, 404, 409, 422))


def test_fields_that_a_form_does_not_have_do_nothing(target: Target) -> None:
    """Neither who reports, nor where it goes, nor in which state it is, comes from a form."""
    world = target.sharing.world
    more = {
        "organisation": str(world.there.pk), "organisation_id": str(world.there.pk), "state": "closed",
        "reporter": str(world.ann.pk), "reporter_id": str(world.ann.pk), "is_test": "1", "urgent": "1",
        "reference": "AAAA-AAAA", "received_at": "2000-01-01", "id": target.known["report_id"], "version": "9",
    }  # fmt: skip
    made = Report.objects.get(reference=send(Client(), world, **more).context["report"].reference)
    assert (made.organisation, made.state, made.reporter, made.is_test) == (world.here, "received", None, False)
    assert (made.urgent, made.version, str(made.pk) == target.known["report_id"]) == (False, 1, False)
    assert made.received_at.year == timezone.now().year
    bas = target.signed_in("bas")
    base = f"/nl/organisation/{world.here.pk}"
    bas.post(
        f"{base}/set-up/",
        {"name": "Oostzaan", "kind": "municipal", "is_demo": "1", "id": str(world.there.pk), "set_up_at": ""},
    )
    assert (Organisation.objects.get(pk=world.here.pk).name, Organisation.objects.get(pk=world.there.pk).name) == (
        "Oostzaan",
        "Gemeente Elders",
    )
    assert not Organisation.objects.get(pk=world.here.pk).is_demo
    bas.post(
        f"{base}/members/invite/",
        {
            "email": "x@oostzaan.example",
            "functions": ["reporter"],
            "organisation": str(world.there.pk),
            "language": "xx",
        },
    )
    invited = Invitation.objects.get(email="x@oostzaan.example")
    assert (invited.organisation, invited.functions, invited.language) == (world.here, ["reporter"], "nl")
    bas.post(
        "/nl/account/notices/e-mail/",
        {"how": "none", "digest_at": "08:00", "is_platform_administrator": "1", "member": str(world.ann.pk)},
    )
    assert not Member.objects.get(pk=world.bas.pk).is_platform_administrator
    version = Report.objects.get(pk=made.pk).version
    bas.post(
        f"{base}/inbox/{made.pk}/message/",
        {"text": "x", "version": version, "from_reporter": "1", "is_feedback": "1", "by": ""},
    )
    said = Message.objects.get(report=made)
    assert (said.from_reporter, said.is_feedback, said.by) == (False, False, world.bas)


def test_names_of_files_are_text_and_no_header(target: Target) -> None:
    """Path, line end, quote, mark-up and direction in the name of a file, all the way to the download."""
    world, client = target.sharing.world, Client()
    name = '../..\\etc/"><script>alert(1337)</script>\u202egpj.exe\r\nSet-Cookie: a=b;.txt'
    sent = send(client, world, files=SimpleUploadedFile("x.txt", b"kanarie", "text/html"), seen="1")
    code = receipt_of(sent)
    file = SimpleUploadedFile("y.txt", b"<script>alert(1)</script>", "text/html")
    file.name = name
    answered = client.post("/nl/receipt/answer/", {"code": code, "text": "zie bijlage", "files": file})
    assert "<script>alert" not in whole(answered, name)
    report = Report.objects.get(reference=sent.context["report"].reference)
    bas = target.signed_in("bas")
    for row in report.attachments.all():
        base = f"/nl/organisation/{world.here.pk}/inbox/{report.pk}/file/{row.pk}/"
        given: Any
        for given in (bas.get(base), client.post("/nl/receipt/file/", {"code": code, "file": str(row.pk)})):
            assert given.status_code == 200
            assert b"".join(given.streaming_content)
            told = given["Content-Disposition"]
            assert told.startswith("attachment")
            assert not set(told) & set("\r\n<>/\\\u202e")
            assert given["Content-Type"] == "text/plain; charset=utf-8"
            assert given["X-Content-Type-Options"] == "nosniff"
            assert given["Content-Security-Policy"].startswith("sandbox;")
            assert "Set-Cookie" not in given.headers
    assert not Sealed.objects.filter(stored__contains="..").exists()


def _clean(text: str) -> str:
    from baken.reports.reporter_form import clean

    return clean(text)


def test_a_form_that_is_too_big_says_so_also_where_forged_forms_are_refused(target: Target) -> None:
    client = target.signed_in("bas", enforce_csrf_checks=True)
    organisation, report = target.known["organisation_id"], target.known["report_id"]
    for path in ("/nl/account/login/", f"/nl/organisation/{organisation}/inbox/{report}/note/"):
        answer = client.post(path, "text=" + "x" * 300_000, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 413, path
        assert "xxx" not in answer.content.decode()
