"""A PDF of what is handed over, sealed with a passphrase (AES-256), so that it can be mailed or carried."""

from __future__ import annotations

import io

import pikepdf
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from baken.audit.actions import record
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import MemberRequest
from baken.reports.models import Handover, Report
from baken.reports.opened import content_of, texts_of
from baken.reports.parts import SHAREABLE, Content
from baken.reports.sharing import party_words
from baken.reports.views.received import content_words, files_of
from baken.routes.pdf import PdfUnavailableError, pdf_response, render_pdf, unavailable
from baken.vault.codes import new_code, read_code
from baken.vault.errors import UnreadableCode
from baken.vault.secret import KeyPair

PASSPHRASE_BITS = 100


def new_passphrase() -> str:
    """100 random bits, shown once and kept nowhere."""
    return new_code(PASSPHRASE_BITS)


def sealed_pdf(made: bytes, passphrase: str) -> bytes:
    """The PDF, to be opened with the passphrase alone. Readers for people with a disability stay allowed."""
    with pikepdf.open(io.BytesIO(made)) as document:
        out = io.BytesIO()
        document.save(
            out,
            encryption=pikepdf.Encryption(
                user=passphrase, owner=new_passphrase(), R=6, allow=pikepdf.Permissions(modify_other=False)
            ),
        )
        return out.getvalue()


def pdf_download(
    request: MemberRequest, report: Report, row: Handover, pair: KeyPair, *, passphrase: str
) -> HttpResponse:
    """The sealed file. The passphrase comes back from the page that showed it; one that we did not make is refused."""
    try:
        read_code(passphrase, PASSPHRASE_BITS).wipe()
    except UnreadableCode:
        raise Http404 from None
    content = content_of(report, pair)
    chosen = Content(**{part: getattr(content, part) for part in SHAREABLE if part in row.parts})
    context = {
        "heading": _("Handed over"),
        "handover": row,
        "sender": request.organisation.name,
        "to": party_words(row.recipient, row.party),
        "message": texts_of("handover", [row.pk], pair, "message").get(str(row.pk), ""),
        "files": files_of(row, pair),
        **content_words(chosen),
    }
    try:
        made = sealed_pdf(render_pdf("reports/paper_sheet.html", context, request=request), passphrase)
    except PdfUnavailableError:
        return unavailable(request)
    with transaction.atomic():
        subject = Subject(Kind.HANDOVER, str(row.pk))
        footing = row.decision.footing
        record(by=request.acting.actor, action=Action.EXPORT, on=subject, now=timezone.now(), footing=footing)
    return pdf_response(made, "baken.pdf")
