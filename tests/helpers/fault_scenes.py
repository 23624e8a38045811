"""Each action of reports, ready to be done: what went before has happened, and the act itself can be tried again and again."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone

from baken.people.proof import Challenge
from baken.reports import reminders, retention
from baken.reports.actions import (
    answering,
    closing,
    consulting,
    deciding,
    dialogue,
    erasing,
    expiry,
    handover,
    links,
    reporter,
    submit,
    triage,
)
from baken.reports.attaching import Prepared
from baken.reports.footing import DecisionKind
from baken.reports.models import Handover, Report
from baken.reports.records import WeighingRecord
from baken.vault.context import Context
from baken.vault.files import store
from baken.vault.files.keeping import SealedFile
from baken.vault.secret import Secret
from tests.helpers.sharing import CONTENT, Sharing, one_time_page, parcel
from tests.helpers.vault import acting

Act = Callable[[], object]
Scene = Callable[[Sharing], Act]
YEAR = dt.timedelta(days=366)


def prepared(organisation_id: uuid.UUID) -> Prepared:
    """A file that is sealed on disk and noted nowhere yet."""
    number, key, name = uuid.uuid4(), Secret.random(), store.new_name()
    context = Context(kind="attachment", id=str(number), field="file", organisation=str(organisation_id))
    size = store.write(name, [b"kanarie bestand"], key, context)
    return Prepared(number, "a.txt", SealedFile(context, name, size, "text/plain", 15, key))


def sent(sharing: Sharing, **more: Any) -> Report:
    given = {"urgent": False, "language": "nl", "manner": "named", "now": timezone.now(), **more}
    by = None if given["manner"] == "anonymous" else acting(sharing.world.ann, sharing.world.here)
    return submit.submit(by=by, organisation=sharing.world.here, content=CONTENT, **given).report


def handing_in(sharing: Sharing) -> Act:
    """An outsider, with the work of the browser and a file."""

    def act() -> None:
        now, organisation = timezone.now(), sharing.world.here
        reporter.hand_in(
            challenge=Challenge(str(organisation.pk), now, 1, uuid.uuid4().hex),
            by=None,
            organisation=organisation,
            content=CONTENT,
            manner="anonymous",
            urgent=True,
            language="nl",
            files=[prepared(organisation.pk)],
            now=now,
        )

    return act


def answering_with_a_file(sharing: Sharing) -> Act:
    """The reporter answers a question."""
    report = sharing.report(manner="anonymous")
    dialogue.write_message(
        by=sharing.bas, report_id=report.pk, expected=None, text="vraag", now=timezone.now(), is_question=True
    )

    def act() -> None:
        files = [prepared(report.organisation_id)]
        once = uuid.uuid4()
        reporter.answer(report, by=None, text="antwoord", once=once, files=files, now=timezone.now())

    return act


def on_new(action: Callable[..., object], **more: Any) -> Scene:
    """On a report that has just arrived."""
    return lambda sharing: partial(
        action, by=sharing.bas, report_id=sent(sharing).pk, expected=None, now=timezone.now(), **more
    )


def in_triage(action: Callable[..., object], *, without: tuple[str, ...] = (), **more: Any) -> Scene:
    """On a report in triage. ``more`` may ask the scene: what can be called is."""

    def scene(sharing: Sharing) -> Act:
        asked = {name: value(sharing) if callable(value) else value for name, value in more.items()}
        given = {"by": sharing.bas, "report_id": sharing.report().pk, "expected": None, "now": timezone.now(), **asked}
        return partial(action, **{name: value for name, value in given.items() if name not in without})

    return scene


def waiting(sharing: Sharing) -> Act:
    report = sharing.report()
    dialogue.write_message(
        by=sharing.bas, report_id=report.pk, expected=None, text="vraag", now=timezone.now(), is_question=True
    )
    return partial(triage.carry_on, by=sharing.bas, report_id=report.pk, expected=None, now=timezone.now())


def closed(sharing: Sharing) -> Report:
    report, _consent, _handover = sharing.offered()
    closing.close(
        by=sharing.bas,
        report_id=report.pk,
        category="advice_only",
        erase_on=timezone.localdate(),
        feedback="dank je wel",
        now=timezone.now(),
    )
    return report


def on_closed(action: Callable[..., object], **more: Any) -> Scene:
    return lambda sharing: partial(action, by=sharing.bas, report_id=closed(sharing).pk, now=timezone.now(), **more)


def held(sharing: Sharing) -> Act:
    report = closed(sharing)
    closing.hold(by=sharing.bas, report_id=report.pk, reason="rechtszaak", now=timezone.now())
    return partial(closing.lift_hold, by=sharing.bas, report_id=report.pk, now=timezone.now())


def linked(sharing: Sharing) -> Act:
    first, second = sharing.report(), sharing.report()
    both: dict[str, Any] = {"by": sharing.bas, "report_id": first.pk, "expected": None, "other_id": second.pk}
    links.link(**both, why="person", now=timezone.now())
    return partial(links.unlink, **both, now=timezone.now())


def with_consent(sharing: Sharing) -> Act:
    report = sharing.report()
    return partial(
        deciding.decide,
        by=sharing.bas,
        report_id=report.pk,
        kind=DecisionKind.REFER_WITH_CONSENT,
        consent=sharing.consent(report),
        text="omdat",
        pair=sharing.pair,
        now=timezone.now(),
    )


def offering(action: Callable[..., object], **more: Any) -> Scene:
    """With all that a hand-over asks."""

    def scene(sharing: Sharing) -> Act:
        report = sharing.report()
        on_baken = action is handover.offer
        elsewhere: dict[str, Any] = (
            {"recipient": sharing.world.there} if on_baken else {"party": "police", "name": "Jo"}
        )
        consent = sharing.consent(report, party=elsewhere.get("party", ""))
        return partial(
            action,
            by=sharing.bas,
            report_id=report.pk,
            decision_id=sharing.decide(report, consent=consent).pk,
            parcel=parcel("facts", "situation", days=7),
            pair=sharing.pair,
            now=timezone.now(),
            **elsewhere,
            **more,
        )

    return scene


def offered(action: Callable[..., object], *, taken: bool = False, **more: Any) -> Scene:
    """On a hand-over that stands open; ``taken``: that was accepted."""

    def scene(sharing: Sharing) -> Act:
        _report, _consent, row = sharing.offered()
        if taken:
            answering.accept(by=sharing.cleo, handover_id=row.pk, now=timezone.now())
        return partial(action, by=sharing.cleo, handover_id=row.pk, now=timezone.now(), **more)

    return scene


def taking_back(sharing: Sharing) -> Act:
    _report, _consent, row = sharing.offered()
    return partial(handover.withdraw, by=sharing.bas, handover_id=row.pk, pair=sharing.pair, now=timezone.now())


def withdrawing_consent(sharing: Sharing) -> Act:
    _report, consent, _row = sharing.offered()
    return partial(
        deciding.withdraw_consent, by=sharing.bas, consent_id=consent.pk, pair=sharing.pair, now=timezone.now()
    )


def opening(sharing: Sharing) -> Act:
    row, passcode = one_time_page(sharing)
    return partial(answering.open_page, handover_id=row.pk, passcode=passcode, now=timezone.now())


def guessing(sharing: Sharing) -> Act:
    row, _passcode = one_time_page(sharing)
    return partial(answering.note_wrong_passcode, handover_id=row.pk, now=timezone.now())


def sealing_anew(sharing: Sharing) -> Act:
    report, _consent, row = sharing.offered()
    answering.decline(by=sharing.cleo, handover_id=row.pk, reason="nee", now=timezone.now())
    return partial(expiry.seal_anew, report, sharing.pair, now=timezone.now())


def asked(sharing: Sharing) -> Any:
    return consulting.ask(
        by=sharing.bas,
        report_id=sharing.report().pk,
        asked=sharing.world.there,
        question="wat nu?",
        now=timezone.now(),
    )


def record_of(sharing: Sharing) -> WeighingRecord:
    return WeighingRecord(
        recipient=str(sharing.world.there.pk),
        parts=("facts",),
        aim="doel",
        less_far_reaching_way="geen",
        consulted="raad",
        why_not_told="gevaar",
    )


def erased(sharing: Sharing) -> Act:
    return partial(erasing.erase_report, closed(sharing).pk, now=timezone.now())


def read_by_reporter(action: Callable[..., object]) -> Scene:
    return lambda sharing: partial(action, sharing.report(), by=None, now=timezone.now())


def expiring(run: Callable[[dt.datetime], object]) -> Scene:
    def scene(sharing: Sharing) -> Act:
        for _each in range(2):
            sharing.offered()
        assert Handover.objects.count() == 2
        return partial(run, timezone.now() + YEAR)

    return scene


def reminding(sharing: Sharing) -> Act:
    for _each in range(2):
        sent(sharing)
    return partial(reminders.remind, timezone.now() + YEAR)


def retaining(sharing: Sharing) -> Act:
    for _each in range(2):
        closed(sharing)
    return partial(retention.run, timezone.now() + YEAR)


def forgetting(sharing: Sharing) -> Act:
    handing_in(sharing)()
    return partial(reporter.forget_spent, timezone.now() + YEAR)
