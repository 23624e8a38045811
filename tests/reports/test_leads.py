"""Notices lead to the page to look at, and one about an own report names no report."""

from __future__ import annotations

import uuid

import pytest
from django.urls import resolve
from django.utils import timezone
from tests.helpers.people import World

from baken.notices.kinds import NoticeKind
from baken.notices.links import address_of
from baken.notices.models import Notice

pytestmark = pytest.mark.django_db
PAGES = {
    NoticeKind.REPORT_RECEIVED: "inbox:report",
    NoticeKind.REPORT_MESSAGE: "inbox:report",
    NoticeKind.OWN_REPORT: "inbox:my_reports",
    NoticeKind.HANDOVER_OFFERED: "inbox:received",
    NoticeKind.CONSULTATION: "inbox:question",
}


def notice(world: World, kind: NoticeKind, subject: str) -> Notice:
    return Notice(member=world.bas, kind=kind, organisation=world.here, subject_id=subject, made_at=timezone.now())


@pytest.mark.parametrize(("kind", "page"), PAGES.items())
def test_a_notice_leads_to_its_page(kind: NoticeKind, page: str) -> None:
    subject = "" if kind.own else str(uuid.uuid4())
    address = address_of(notice(World(), kind, subject))
    assert resolve(address).view_name == page
    assert not subject or subject in address


@pytest.mark.parametrize(
    "kind", [NoticeKind.HANDOVER_ANSWERED, NoticeKind.WEIGHING_TO_SIGN, NoticeKind.CONSENT_WITHDRAWN]
)
@pytest.mark.parametrize("subject", ["", str(uuid.UUID(int=1))])
def test_what_is_gone_leads_nowhere(kind: NoticeKind, subject: str) -> None:
    assert address_of(notice(World(), kind, subject)) == ""
