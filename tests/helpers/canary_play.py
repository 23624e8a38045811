"""A play over HTTP with a canary word in each field: visitors, who reports with and without an account, and who keeps keys."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.urls import reverse

from baken.people.models import Member
from baken.people.permissions import Function
from baken.reports import reporter_form
from baken.reports.models import Attachment, Report
from baken.vault import forms
from tests.helpers import files
from tests.helpers.canaries import Canaries
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World, member
from tests.helpers.reporting import CHECK, FORM, form_address, receipt_of, with_work
from tests.helpers.sharing import inbox_pair_of
from tests.helpers.vault import own_pair, sign_in_unlocked

VISITOR = {
    "REMOTE_ADDR": "2001:db8:51f3:7a19:c0de:9b42:6e8d:13f7",
    "HTTP_X_FORWARDED_FOR": "203.0.113.177",
    "HTTP_X_REAL_IP": "198.51.100.223",
}
PHONE = "06 12345678"
DOCX, PHOTO = files.docx(), files.jpeg()
"""Made before anybody listens to the log: what makes them says much in it."""
REPORT_FIELDS = (*reporter_form.LONG, *reporter_form.SHORT)


class Listener(PageClient):
    """A visitor with an address, whose answers must not put a word in a header either."""

    def __init__(self, canaries: Canaries, **more: Any) -> None:
        agent = canaries.word("browser")
        sent: dict[str, Any] = {**VISITOR, "HTTP_USER_AGENT": agent, "HTTP_REFERER": f"http://testserver/{agent}"}
        super().__init__(**sent, **more)
        self.canaries = canaries

    def request(self, **request: Any) -> Any:
        response: HttpResponseBase = super().request(**request)
        kept = response.headers.copy()
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            # A download is named as its reader calls it; the body of an answer is for that reader alone.
            del kept["Content-Disposition"]
        said = "\n".join([*(f"{name}: {value}" for name, value in kept.items()), str(response.cookies)])
        assert self.canaries.found([("the headers of an answer", said.encode())]) == []
        return response


@dataclass
class Play:
    """Where it plays, and the words."""

    world: World
    dirk: Member
    canaries: Canaries = field(default_factory=Canaries)
    receipt: str = ""
    clients: dict[str, Listener] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, text in VISITOR.items():
            self.canaries.address(f"address in {name}", text)
        self.canaries.add("password", PASSWORD)
        self.canaries.add("hidden in a file", files.WORD)
        for who in (self.world.ann, self.world.bas, self.world.cleo, self.dirk):
            self.canaries.secret(f"key of {who.email}", own_pair(who).private.reveal())
        for who, where in ((self.world.bas, self.world.here), (self.world.cleo, self.world.there)):
            self.canaries.secret(f"key of the inbox of {where.name}", inbox_pair_of(who, where).private.reveal())
        self.outsider = Listener(self.canaries)

    def signed_in(self, who: Member) -> Listener:
        """Password and second factor, as everybody; the same browser each time."""
        if who.email in self.clients:
            return self.clients[who.email]
        client = self.clients[who.email] = Listener(self.canaries)
        client.post("/nl/account/login/", {"login": who.email, "password": PASSWORD})
        held = Authenticator.objects.get(user=who, type=Authenticator.Type.TOTP)
        secret = get_adapter().decrypt(held.data["secret"])
        code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
        assert client.post("/nl/account/second-step/", {"code": code}).status_code == 302
        again = "/nl/account/reauthenticate/"
        assert client.post(again, {"password": self.canaries.word("again.password")}).status_code == 200
        assert client.post(again, {"password": PASSWORD}).status_code == 302
        return client

    def page(self, name: str, report: Report, *more: object) -> str:
        return reverse(f"inbox:{name}", args=[report.organisation_id, report.pk, *more])

    def post(self, client: PageClient, path: str, data: Mapping[str, Any], status: int = 302) -> Any:
        """Post from the newest version of the page."""
        report = Report.objects.filter(pk__in=[part for part in path.split("/") if len(part) == 36]).first()
        version = {"version": report.version} if report is not None else {}
        response = client.post(path, version | dict(data))
        assert response.status_code == status, (path, re.findall(r"<h1.*?h1>|error.*", response.content.decode()))
        return response

    def upload(self) -> list[SimpleUploadedFile]:
        word = self.canaries.word
        text = f"{word('file.content')} en meer".encode()
        return [
            SimpleUploadedFile(f"{word('file.name')}.txt", text, "text/plain"),
            SimpleUploadedFile("brief.docx", DOCX, "application/octet-stream"),
            SimpleUploadedFile("foto.jpg", PHOTO, "image/jpeg"),
        ]


def public_pages(play: Play) -> None:
    """The check and what is made of it; a municipality that does not exist; an address that nobody knows."""
    client, word = play.outsider, play.canaries.word
    check = {**CHECK, "municipality": word("check.municipality")}
    for path in ("/nl/check/result/", "/nl/doors/", "/nl/report/", "/nl/meldcode/"):
        assert client.post(path, check).status_code in (200, 422), path
    words = play.canaries.names("note", ("saw", "think", "who_when"))
    for kind in ("", "text"):
        assert client.post("/nl/check/note/", {**CHECK, **words, "as": kind}).status_code == 200
    assert client.post("/nl/factsheets/set.zip", {"organisation": word("factsheet.organisation")}).status_code in (
        200,
        422,
    )
    asked = {"situation": {"municipality": word("api")}, "signs": [word("api")], "at": word("api")}
    assert client.post("/api/v1/routes", asked, content_type="application/json").status_code in (400, 422)
    assert client.get(f"/nl/{word('address')}/").status_code == 404
    assert client.get("/nl/help/", {"list": word("query")}).status_code == 200
    tried = {"login": f"{word('login.name')}@elders.example", "password": word("login.password")}
    assert client.post("/nl/account/login/", tried).status_code == 200


def report_as_outsider(play: Play) -> Report:
    """With a name, a way to be reached and files; once refused, once with a hint, then sent. Then the receipt."""
    client, canaries = play.outsider, play.canaries
    address = form_address(play.world)
    typed = FORM | with_work(client.post(address, CHECK).content.decode())
    typed |= canaries.names("report", REPORT_FIELDS) | {"channel": "call", "manner": "named"}
    typed["facts"] += f", bel {PHONE}"
    assert client.post(address, typed | {"value": "", "files": play.upload()}).status_code == 422
    assert client.post(address, typed | {"files": play.upload()}).status_code == 422
    sent = client.post(address, typed | {"seen": "1", "files": play.upload()})
    play.receipt = receipt_of(sent)
    canaries.add("receipt", play.receipt)
    canaries.add("receipt without dashes", play.receipt.replace("-", ""))
    return Report.objects.get(reference=sent.context["report"].reference)


def follow(play: Play, report: Report) -> None:
    """With the receipt: read, answer, add a file and get it back. And with something that is no receipt."""
    client, code = play.outsider, {"code": play.receipt}
    assert client.post("/nl/receipt/", {"code": play.canaries.word("receipt.code")}).status_code == 422
    assert play.canaries.word("MessageForm.text") in client.post("/nl/receipt/", code).content.decode()
    answer = code | {"text": play.canaries.word("receipt.text"), "once": uuid.uuid4().hex, "files": play.upload()}
    assert client.post("/nl/receipt/answer/", answer).status_code == 200
    kept = Attachment.objects.filter(report=report, message__isnull=False).order_by("size").first()
    assert kept is not None
    given = client.post("/nl/receipt/file/", code | {"file": str(kept.pk)})
    assert play.canaries.word("file.content").encode() in given.getvalue()


def report_as_member(play: Play) -> Report:
    """In confidence; then answer with the own key."""
    client = play.signed_in(play.world.ann)
    typed = {**FORM, **CHECK, **play.canaries.names("report", REPORT_FIELDS), "channel": "mail"}
    sent = client.post(
        reverse("inbox:submit", args=[play.world.here.pk]), {**typed, "manner": "confidential", "files": play.upload()}
    )
    report: Report = sent.context["report"]
    own = reverse("inbox:my_report", args=[play.world.here.pk, report.pk])
    play.post(client, own, {"text": play.canaries.word("own.text"), "once": uuid.uuid4().hex})
    assert play.canaries.word("own.text") in client.get(own).content.decode()
    return report


def keys(play: Play) -> None:
    """Unlock, recover, make, and give access, each first with a word; then an inbox gets a new key."""
    client, canaries, bas = play.signed_in(play.world.bas), play.canaries, play.world.bas
    here = [play.world.here.pk]
    del client.cookies["vault"]
    play.post(client, "/nl/account/keys/open/?again=1", canaries.form(forms.UnlockForm), 422)
    passkey = canaries.names("passkey", ("credential", "output"))
    play.post(client, "/nl/account/keys/open/?again=1", passkey, 422)
    wrong = canaries.form(forms.RecoveryField) | canaries.form(forms.CurrentPasswordForm)
    for typed in (wrong, wrong | {"password": PASSWORD}):
        play.post(client, "/nl/account/keys/recover/", typed, 422)
    play.post(client, "/nl/account/keys/open/?again=1", {"typed": PASSWORD})
    code = play.post(client, "/nl/account/keys/code/", {}, 200).context["code"]
    canaries.add("recovery code", code)
    canaries.add("recovery code without dashes", code.replace("-", ""))
    play.post(client, "/nl/account/keys/code/kept/", {"kept": "on"})
    typed = canaries.form(forms.SheetForm) | {"member": str(bas.pk)}
    play.post(client, reverse("vault:open_sheet", args=here), typed, 422)
    sheet = play.post(client, reverse("vault:sheet", args=here), {}, 200).context["code"]
    canaries.add("sheet", sheet)
    canaries.add("sheet without dashes", sheet.replace("-", ""))
    play.post(client, reverse("vault:renew", args=here), {})
    canaries.secret("the newer key of the inbox", inbox_pair_of(bas, play.world.here).private.reveal())


def passphrase(play: Play) -> None:
    """Somebody without a password here makes a key."""
    who = member("elders@oostzaan.example", where=play.world.here, functions=(Function.FOCAL_POINT,))
    who.set_unusable_password()
    who.save()
    client = Listener(play.canaries)
    sign_in_unlocked(client, who)
    word = play.canaries.form(forms.PassphraseForm)
    play.post(client, "/nl/account/keys/make/", word, 422)
    play.post(client, "/nl/account/keys/make/", word | {"passphrase2": word["passphrase1"]})
