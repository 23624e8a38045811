"""What hangs on a report: other reports that belong with it, and files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import World
from tests.helpers.reports import CONTENT, fresh, send
from tests.helpers.vault import acting, sign_in_unlocked

from baken.audit.models import Event
from baken.reports.actions.links import NotTwoReports, link
from baken.reports.models import Link, Report

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


def test_reports_are_linked_by_reference_within_the_organisation(bas: PageClient, world: World) -> None:
    one, two = send(world).report, send(world).report
    elsewhere = send(world, by="cleo", where=world.there).report
    assert post(bas, one, "link", reference=two.reference.lower().replace("-", " "), why="place").status_code == 302
    found = Link.objects.get()
    assert {found.first_id, found.second_id} == {one.pk, two.pk}
    assert two.reference in page(bas, one)
    assert one.reference in page(bas, two)
    assert post(bas, one, "link", reference=elsewhere.reference, why="place").status_code == 422
    assert post(bas, one, "link", reference=one.reference, why="place").status_code == 422
    by = acting(world.bas, world.here)
    with pytest.raises(NotTwoReports):
        link(by=by, report_id=one.pk, expected=None, other_id=elsewhere.pk, why="place", now=timezone.now())
    assert post(bas, one, "unlink", other=str(two.pk)).status_code == 302
    assert not Link.objects.exists()


def test_what_may_belong_together_is_suggested_with_the_reason(bas: PageClient, world: World) -> None:
    place = replace(CONTENT, place="Achter loods 12 van Zandhaven")
    one = send(world, content=place).report
    two = send(world, content=replace(place, place="Bij Zandhaven, loods 12")).report
    test = send(world, content=place, is_test=True).report
    shown = page(bas, one)
    assert "The same words about the place" in shown
    assert "zandhaven" in shown
    assert two.reference in shown
    assert test.reference not in shown
    post(bas, one, "link", reference=two.reference, why="person")
    assert "Perhaps about the same" not in page(bas, one)


def test_a_file_is_named_and_given_as_a_download(bas: PageClient, world: World, settings: Any, tmp_path: Path) -> None:
    settings.BAKEN_FILES = tmp_path / "files"
    address = reverse("inbox:submit", args=[world.here.pk])
    ann = PageClient()
    sign_in_unlocked(ann, world.ann)
    note = SimpleUploadedFile("kanarie bestand.txt", b"kanarie inhoud", content_type="text/plain")
    answer = ann.post(address, {"send": "1", "facts": "feit", "manner": "named", "files": note})
    assert answer.status_code in (200, 302), answer.content.decode()[:500]
    report = Report.objects.get()
    shown = page(bas, report)
    assert "kanarie bestand.txt" in shown
    attachment = report.attachments.get()
    path = reverse("inbox:attachment", args=[world.here.pk, report.pk, attachment.pk])
    given = bas.get(path)
    assert b"".join(given.streaming_content) == b"kanarie inhoud"  # type: ignore[attr-defined]
    assert given["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(action="read", object_kind="attachment", object_id=str(attachment.pk)).count() == 1
    other = send(world).report
    assert bas.get(path.replace(str(report.pk), str(other.pk))).status_code == 404
