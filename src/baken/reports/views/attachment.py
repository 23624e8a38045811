"""A file of a report, as a download."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.audit.actions import record
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.reports.attaching import Named, names_of
from baken.reports.views.loading import load_report
from baken.vault.files.serving import download
from baken.vault.gate import needs_inbox
from baken.vault.models import Sealed
from baken.vault.secret import KeyPair


@needs(Permission.REPORT_READ)
@needs_inbox
@require_safe
def attachment(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, attachment_id: uuid.UUID
) -> HttpResponseBase:
    """A file of our report."""
    report, pair = load_report(request, report_id)
    named = names_of(report.attachments.filter(pk=attachment_id), pair)
    return give(attachment_id, named, pair, by=request.acting.actor)


def give(attachment_id: uuid.UUID, named: Sequence[Named], pair: KeyPair, *, by: Actor | None) -> HttpResponseBase:
    """The file itself, in a sandbox; the audit says that ``by`` read it, or says so already when that is None.

    ``named``: the file as this pair may read it. Raises Http404 when there is none.
    """
    sealed = Sealed.objects.filter(kind="attachment", object_id=str(attachment_id), field="file").first()
    if not named or sealed is None:
        raise Http404
    if by is not None:
        with transaction.atomic():
            record(by=by, action=Action.READ, on=Subject(Kind.ATTACHMENT, str(attachment_id)), now=timezone.now())
    return download(sealed, pair, media_type=named[0].media_type, filename=named[0].name)
