"""Two focal points on one report: the second sees that a colleague was ahead, and no letter of their text is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.sharing import Sharing, as_, fresh, theirs, url

from baken.reports.actions.dialogue import write_note
from baken.reports.actions.handover import withdraw
from baken.reports.actions.triage import reopen
from baken.reports.footing import DecisionKind
from baken.reports.models import Note, Report
from baken.reports.opened import texts_of
from baken.vault.inbox_actions import give_access
from baken.vault.models import Sealed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MINE = "Mijn <i>eigen</i> tekst\nop twee regels"
ESCAPED = "Mijn &lt;i&gt;eigen&lt;/i&gt; tekst\nop twee regels"


@pytest.fixture
def sharing(db: None) -> Sharing:
    made = Sharing.new()
    pairs = {made.pair.id.hex(): made.pair}
    give_access(by=made.bas, organisation=made.world.here, member=made.dirk, pairs=pairs, now=timezone.now())
    return made


def in_triage(sharing: Sharing) -> tuple[Report, tuple[Any, ...]]:
    return sharing.report(), ()


def decided(sharing: Sharing) -> tuple[Report, tuple[Any, ...]]:
    report = sharing.report()
    return report, (sharing.decide(report, consent=sharing.consent(report)).pk,)


UNTIL = (timezone.now() + dt.timedelta(days=9)).date().isoformat()
FORMS: Mapping[str, tuple[Callable[[Sharing], tuple[Report, tuple[Any, ...]]], str, dict[str, Any]]] = {
    "note": (in_triage, "text", {}),
    "message": (in_triage, "text", {"question": "on"}),
    "set_aside": (in_triage, "reason", {}),
    "take": (in_triage, "text", {}),
    "hand_over": (decided, "message", {"parts": ["facts"], "until": UNTIL}),
    "close": (in_triage, "text", {"outcome": "cannot_say"}),
}
"""Form -> the report on which it is sent, the field that somebody types in, and what else is chosen."""


@pytest.mark.parametrize("name", FORMS)
def test_the_second_keeps_the_own_text_and_sends_it_after_all(sharing: Sharing, name: str) -> None:
    scene, typed, chosen = FORMS[name]
    report, more = scene(sharing)
    more = (DecisionKind.ADVICE_ONLY,) if name == "take" else more
    address = url(sharing, name, report, *more)
    dirk = as_(sharing.dirk)
    version = fresh(report).version
    form = chosen | {typed: MINE, "version": version, "seen": int(timezone.now().timestamp()) - 5}
    write_note(by=sharing.bas, report_id=report.pk, expected=version, text="Ik bel morgen.", now=timezone.now())
    before = Sealed.objects.count()
    refused = dirk.post(address, form)
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "Ik bel morgen." in shown
    assert sharing.world.bas.email in shown
    assert ESCAPED in shown
    assert Sealed.objects.count() == before
    for other, value in chosen.items():
        for item in value if isinstance(value, list) else [value]:
            assert f'name="{other}" value="{item}"' in shown, "what was chosen goes along"
    assert dirk.post(address, form | {"version": version + 1}).status_code == 302
    assert MINE in everything_said(sharing, report)


def everything_said(sharing: Sharing, report: Report) -> list[str]:
    kinds: dict[str, Any] = {
        "message": report.messages,
        "note": report.notes,
        "decision": report.decisions,
        "handover": report.handovers,
    }
    found: list[str] = []
    for kind, rows in kinds.items():
        keys = list(rows.values_list("pk", flat=True))
        for name in ("text", "message"):
            found += texts_of(kind, keys, sharing.pair, name).values()
    return [text.replace("\r\n", "\n") for text in found]


def test_two_who_hold_at_once_both_keep_their_reason(sharing: Sharing) -> None:
    report = sharing.report()
    for who, reason in ((sharing.world.bas, "kanarie rechter"), (sharing.dirk, "kanarie advocaat")):
        assert as_(who).post(url(sharing, "hold", report), {"text": reason}).status_code == 302
    assert texts_of("hold", [report.pk], sharing.pair) == {str(report.pk): "kanarie rechter"}
    kept = Note.objects.get()
    assert texts_of("note", [kept.pk], sharing.pair) == {str(kept.pk): "kanarie advocaat"}


@pytest.mark.parametrize(("name", "more"), [("decline", {}), ("outcome", {"outcome": "helped"})])
def test_what_was_taken_back_meanwhile_keeps_the_answer_that_somebody_wrote(
    sharing: Sharing, name: str, more: dict[str, str]
) -> None:
    _report, _consent, row = sharing.offered()
    cleo = as_(sharing.world.cleo)
    withdraw(by=sharing.bas, handover_id=row.pk, pair=sharing.pair, now=timezone.now())
    refused = cleo.post(theirs(sharing, name, row.pk), {"text": MINE, "version": row.version, **more})
    assert refused.status_code == 409
    assert ESCAPED in refused.content.decode()


def test_one_button_pressed_by_both_is_done_once(sharing: Sharing) -> None:
    report = sharing.report()
    first, second = as_(sharing.world.bas), as_(sharing.dirk)
    form = {"reason": "vergissing", "version": fresh(report).version}
    assert first.post(url(sharing, "set_aside", report), form).status_code == 302
    reopen(by=sharing.bas, report_id=report.pk, expected=None, now=timezone.now())
    assert second.post(url(sharing, "set_aside", report), form).status_code == 409
    assert fresh(report).state == "in_triage"
    assert isinstance(second, PageClient)
