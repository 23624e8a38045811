"""Tools of somebody who tries every address: each URL filled in with things that exist, and lists of hostile texts."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from baken.audience import DeclaredUrl, declared_urls
from baken.people.models import Member, SignedInSession
from baken.reports.actions.consulting import ask
from baken.reports.models import Attachment, Report
from tests.helpers.reporting import receipt_of, send
from tests.helpers.sharing import Sharing
from tests.helpers.vault import sign_in_unlocked

_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_BY_KIND = {"uuid": str(uuid.UUID(int=7)), "int": "7", "slug": "x", "str": "x", None: "x"}
_PUBLIC = {"profession": "gp", "code": "bg", "country": "bg"}
_AS_IS = {
    "account_reset_password_from_key": "/nl/account/password/reset/key/a-b/",
    "api_elsewhere": "/api/",
    "hsds_elsewhere": "/hsds/",
}
SECRET = "kanarie"
"""Is in every text of the reports here."""
CHANGES_WHEN_READ = {"people.SignedInSession", "people.CountedAttempt"}
"""Tables that may change when somebody looks: that a session is in use, and attempts. The audit is looked at apart."""
HOSTILE = {
    "script": "<script>alert(1337)</script>",
    "attribute": "\"'><img src=x onerror=alert(1337)>",
    "template": "{{7777*7779}}{% debug %}${7777*7779}#{7777*7779}<%= 7777*7779 %>",
    "sql": "'; DROP TABLE reports_report; --' OR 1=1",
    "nul": "voor\x00na",
    "rtl": "links \u202egnp.exe\u202c rechts",
    "crlf": "een\r\nBcc: dief@elders.example\r\nSet-Cookie: a=b\r\n\r\n<p>",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 \U0001f1f3\U0001f1f1",
    "format": "%s%s%n %(name)s {0.__class__} {organisation.__init__}",
    "url": "javascript:alert(1337)//",
    "long": "x" * 100_000,
}


@dataclass
class Target:
    """What there is to get, and the ids under which addresses name it."""

    sharing: Sharing
    report: Report
    receipt: str
    known: Mapping[str, str] = field(default_factory=dict)

    def signed_in(self, who: str | Member, kind: type[Client] = Client, **more: Any) -> Client:
        """A client of somebody who may open what is theirs."""
        client = kind(**more)
        sign_in_unlocked(client, getattr(self.sharing.world, who) if isinstance(who, str) else who)
        return client


def target_of(sharing: Sharing) -> Target:
    """Everything that addresses can name, in one organisation."""
    world = sharing.world
    code = receipt_of(send(Client(), world, files=SimpleUploadedFile("a.txt", b"kanarie bestand", "text/plain")))
    attachment = Attachment.objects.get()
    report, consent, handover = sharing.offered()
    weighing = sharing.weighing(report, signed=False)
    question = ask(by=sharing.bas, report_id=report.pk, asked=world.there, question="kanarie vraag", now=timezone.now())
    session = SignedInSession.objects.filter(member=world.bas).first()
    membership = world.here.memberships.first()
    assert membership is not None
    known = {
        "organisation_id": world.here.pk,
        "report_id": report.pk,
        "attachment_id": attachment.pk,
        "handover_id": handover.pk,
        "decision_id": handover.decision_id,
        "consent_id": consent.pk,
        "weighing_id": weighing.pk,
        "consultation_id": question.pk,
        "membership_id": membership.pk,
        "public_id": session.public_id if session else uuid.UUID(int=7),
    }
    return Target(sharing, report, code, {name: str(value) for name, value in known.items()})


def urls(*, public: bool | None = None) -> Iterator[DeclaredUrl]:
    """Every URL; or only those for visitors (``public``), or only those of members."""
    for url in declared_urls():
        if public is None or (url.audience == "public") is public:
            yield url


def address(url: DeclaredUrl, known: Mapping[str, str]) -> str:
    """The address of a URL, with things that exist in it where we know any."""
    if url.name in _AS_IS:
        return _AS_IS[url.name]

    def fill(found: re.Match[str]) -> str:
        return known.get(found[2]) or _PUBLIC.get(found[2]) or _BY_KIND[found[1]]

    return "/" + _PART.sub(fill, url.pattern).replace("^", "").replace("$", "").replace("\\", "")


def names_in(url: DeclaredUrl) -> list[str]:
    """What the address of a URL names: ``organisation_id``, ``report_id``, ..."""
    return [found[2] for found in _PART.finditer(url.pattern)]


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that looking may not change; what was read and seen is not compared."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if label in CHANGES_WHEN_READ or label.startswith("audit."):
            continue
        rows = [dict(row) for row in model._default_manager.order_by("pk").values()]
        for row in rows:
            row.pop("read_at", None)
            row.pop("seen_at", None)
        found[label] = rows
    return found
