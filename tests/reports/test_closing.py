"""Closing tells the reporter, keeps for as long as it may, and then lets go of everything."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from tests.helpers.sharing import Sharing
from tests.helpers.vault import own_pair

from baken.audit.models import Event
from baken.audit.queries import check_chain
from baken.notices.models import Notice
from baken.packs.loader import load_pack
from baken.reports.actions.closing import (
    NothingSaid,
    categories_of,
    close,
    give_feedback,
    hold,
    lift_hold,
)
from baken.reports.actions.consulting import ask
from baken.reports.actions.handover import withdraw
from baken.reports.clocks import house_rules
from baken.reports.footing import DecisionKind
from baken.reports.keeping import NO_CONCERN, erase_on, longest
from baken.reports.models import Attachment, Link, Message, Note, Report
from baken.reports.opened import texts_of
from baken.reports.parts import text_context
from baken.reports.retention import erase_due, erase_if_due
from baken.reports.states import State
from baken.vault.actions import inbox_recipient, keep, keep_file
from baken.vault.files.store import path_of
from baken.vault.models import Grant, Inbox, Sealed
from baken.vault.secret import Secret

pytestmark = pytest.mark.django_db
ASIDE = dt.date(2027, 1, 1)


@pytest.fixture
def sharing(db: None) -> Sharing:
    return Sharing.new()


def shut(sharing: Sharing, report: Report, *, feedback: str = "kanarie terug", why_not: str = "") -> Report:
    return close(
        by=sharing.bas,
        report_id=report.pk,
        category=NO_CONCERN,
        erase_on=ASIDE,
        feedback=feedback,
        why_not=why_not,
        now=timezone.now(),
    )


def test_the_reporter_hears_how_it_ended(sharing: Sharing) -> None:
    report = shut(sharing, sharing.report())
    message = Message.objects.get(report=report, is_feedback=True)
    assert texts_of("message", [message.pk], own_pair(sharing.world.ann)) == {str(message.pk): "kanarie terug"}
    assert (report.state, report.category, report.erase_on) == (State.CLOSED, NO_CONCERN, ASIDE)
    assert report.feedback_at is not None
    assert Notice.objects.filter(member=sharing.world.ann, kind="own_report", subject_id="").count() == 1


def test_saying_nothing_asks_why(sharing: Sharing) -> None:
    report = sharing.report()
    with pytest.raises(NothingSaid):
        shut(sharing, report, feedback=" ")
    closed = shut(sharing, report, feedback="", why_not="kanarie gevaar")
    assert (closed.feedback_at, closed.due_at) == (None, None)
    note = Note.objects.get(report=report)
    assert texts_of("note", [note.pk], sharing.pair) == {str(note.pk): "kanarie gevaar"}
    assert texts_of("note", [note.pk], own_pair(sharing.world.ann)) == {}


def test_word_before_closing_is_enough(sharing: Sharing) -> None:
    report = sharing.report()
    with pytest.raises(NothingSaid):
        give_feedback(by=sharing.bas, report_id=report.pk, text="", now=timezone.now())
    give_feedback(by=sharing.bas, report_id=report.pk, text="kanarie terug", now=timezone.now())
    assert shut(sharing, report, feedback="").state == State.CLOSED
    assert Event.objects.filter(action="feedback.given").count() == 1


def test_the_category_follows_from_what_was_decided_and_the_longest_counts(sharing: Sharing) -> None:
    rules = house_rules(load_pack("nl")).retention
    report = sharing.report()
    assert categories_of(report) == [NO_CONCERN]
    sharing.decide(report, consent=sharing.consent(report))
    sharing.decide(report, DecisionKind.INVITE)
    assert categories_of(report) == ["advice_only", "referred_with_consent"]
    assert longest(categories_of(report), rules) == "referred_with_consent"
    months = rules.categories["referred_with_consent"].months
    assert months == 24
    assert erase_on("referred_with_consent", rules, dt.date(2026, 11, 30)) == dt.date(2028, 11, 30)


def test_what_is_held_stays_until_the_hold_is_lifted(sharing: Sharing) -> None:
    report = shut(sharing, sharing.report())
    with pytest.raises(NothingSaid):
        hold(by=sharing.bas, report_id=report.pk, reason="", now=timezone.now())
    for reason in ("kanarie rechter", "kanarie nog eens"):
        hold(by=sharing.bas, report_id=report.pk, reason=reason, now=timezone.now())
        assert texts_of("hold", [report.pk], sharing.pair) == {str(report.pk): reason}
        assert erase_due(moment(ASIDE)) == 0
        lift_hold(by=sharing.bas, report_id=report.pk, now=timezone.now())
    assert erase_due(moment(ASIDE)) == 1
    assert Event.objects.filter(action="report.hold").count() == 4


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(3), tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings) -> None:
    settings.BAKEN_FILES = tmp_path


STORED = "0" * 32


def full_report(sharing: Sharing) -> Report:
    """One with everything that can be in a report, among it a file and a link."""
    report, _consent, handover = sharing.offered()
    sharing.weighing(report)
    ask(by=sharing.bas, report_id=report.pk, asked=sharing.world.there, question="kanarie", now=timezone.now())
    withdraw(by=sharing.bas, handover_id=handover.pk, pair=sharing.pair, now=timezone.now())
    other = sharing.report()
    first, second = sorted((report, other), key=lambda item: item.pk)
    Link.objects.create(first=first, second=second, why="person", at=timezone.now(), by=sharing.world.bas)
    attachment = Attachment.objects.create(report=report, at=timezone.now(), from_reporter=True, size=3)
    path_of(STORED).parent.mkdir(parents=True)
    path_of(STORED).write_bytes(b"sealed")
    inbox = inbox_recipient(Inbox.objects.get(organisation=sharing.world.here))
    where = str(sharing.world.here.pk)
    keep_file(
        context=text_context("attachment", str(attachment.pk), where, "file"),
        stored=STORED,
        size=6,
        key=Secret.random(),
        recipients=[inbox],
        now=timezone.now(),
    )
    keep({text_context("attachment", str(attachment.pk), where, "name"): b"kanarie.pdf"}, [inbox], now=timezone.now())
    Report.objects.filter(pk=report.pk).update(assignee=sharing.world.bas)
    return report


def everything() -> str:
    """The whole database, but for the audit: text of every row of every table."""
    rows = [
        list(model._default_manager.values())
        for model in apps.get_models()
        if model._meta.managed and model is not Event
    ]
    return json.dumps(rows, cls=_Anything)


class _Anything(DjangoJSONEncoder):
    def default(self, value: object) -> object:
        return value.hex() if isinstance(value, bytes | memoryview) else super().default(value)


@pytest.mark.parametrize("manner", ["named", "anonymous"])
def test_when_its_time_is_over_nothing_is_left_but_a_tombstone(
    sharing: Sharing, manner: str, django_capture_on_commit_callbacks
) -> None:
    report = full_report(sharing) if manner == "named" else sharing.report(manner=manner)
    closed = shut(sharing, report)
    assert closed.erase_on == ASIDE
    Report.objects.filter(pk=report.pk).update(urgent=True)
    figures = Report.objects.values("state", "manner", "category").order_by("state", "manner")
    before = list(figures)
    kept = {str(key) for name in KIN for key in getattr(report, name).values_list("pk", flat=True)}
    assert erase_due(moment(ASIDE - dt.timedelta(days=1))) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due(moment(ASIDE)) == 1
    assert erase_due(moment(ASIDE)) == 0
    stone = Report.objects.get(pk=report.pk)
    assert (stone.reporter, stone.assignee, stone.receipt_lookup, stone.receipt_public) == (None, None, None, None)
    assert not stone.urgent
    assert not Sealed.objects.filter(object_id__in=[str(report.pk), *kept]).exists()
    assert not Grant.objects.exclude(sealed__in=Sealed.objects.all()).exists()
    assert not path_of(STORED).exists()
    assert not Notice.objects.filter(subject_id__in=[str(report.pk), *kept]).exists()
    assert not stone.steps.filter(by__isnull=False).exists()
    dump = everything()
    assert not [key for key in kept if key in dump]
    assert list(figures) == before
    assert check_chain().sound
    assert Event.objects.filter(action="report.erased", object_id=str(report.pk), function="system").count() == 1


KIN = ("messages", "notes", "attachments", "consents", "weighings", "decisions", "handovers", "consultations")


def test_an_erased_report_takes_nothing_in(sharing: Sharing) -> None:
    report = shut(sharing, sharing.report())
    erase_due(moment(ASIDE))
    with pytest.raises(Report.DoesNotExist):
        give_feedback(by=sharing.bas, report_id=report.pk, text="te laat", now=timezone.now())
    with pytest.raises(Report.DoesNotExist):
        sharing.consent(report)


def test_what_was_closed_until_a_later_day_meanwhile_stays(sharing: Sharing) -> None:
    report = shut(sharing, sharing.report())
    assert not erase_if_due(report.pk, now=moment(ASIDE - dt.timedelta(days=1)))
    assert Sealed.objects.filter(object_id=str(report.pk)).exists()
    assert erase_if_due(report.pk, now=moment(ASIDE))


def test_a_day_ends_where_the_organisation_is(sharing: Sharing) -> None:
    shut(sharing, sharing.report())
    before = dt.datetime.combine(ASIDE - dt.timedelta(days=1), dt.time(22, 30), tzinfo=dt.UTC)
    assert erase_due(before) == 0
    assert erase_due(before + dt.timedelta(hours=1)) == 1


def test_half_an_erasure_is_none(sharing: Sharing, monkeypatch: pytest.MonkeyPatch) -> None:
    report = shut(sharing, full_report(sharing))
    count = Sealed.objects.count()

    def fail(**_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("baken.audit.actions.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        erase_due(moment(ASIDE))
    assert Sealed.objects.count() == count
    assert path_of(STORED).exists()
    assert Report.objects.get(pk=report.pk).erased_at is None
