"""A play over HTTP with a canary word in each field: what focal points do with a report, and who takes it over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from baken.reports import search_form, sharing_forms, triage_form
from baken.reports.models import Attachment, Consultation, Decision, Handover, Report, Weighing
from baken.reports.views.closing import CloseForm
from baken.reports.views.consulting import QuestionForm
from baken.reports.views.received import AnswerForm
from tests.helpers.canary_play import Play
from tests.helpers.pages import PageClient


def triage(play: Play, client: PageClient, report: Report, other: Report) -> None:
    """Search, read, acknowledge, take up, ask, note, link, assign; and be the second of two."""
    canaries, here = play.canaries, [play.world.here.pk]
    search = reverse("inbox:search", args=here)
    play.post(client, search, canaries.form(search_form.SearchForm), 422)
    found = play.post(client, search, {"text": canaries.word("report.facts"), "reference": "", "place": ""}, 200)
    assert report.reference in found.content.decode()
    assert client.get(reverse("inbox:inbox", args=here), {"list": canaries.word("query")}).status_code == 200
    assert canaries.word("report.opinion") in client.get(play.page("report", report)).content.decode()
    for how in ("acknowledge", "take_into_triage"):
        play.post(client, play.page("move", report), {"how": how})
    play.post(client, play.page("move", report), {"how": canaries.word("move.how")}, 404)
    message = canaries.form(triage_form.MessageForm)
    play.post(client, play.page("message", report), message | {"version": 1}, 409)
    play.post(client, play.page("message", report), message | {"question": "on"})
    play.post(client, play.page("note", report), canaries.form(triage_form.NoteForm))
    play.post(client, play.page("link", report), canaries.form(triage_form.LinkForm) | {"why": "place"}, 422)
    play.post(client, play.page("link", report), {"reference": other.reference, "why": "place"})
    play.post(client, play.page("unlink", report), {"other": str(other.pk)})
    play.post(client, play.page("assign", report), {"member": str(play.dirk.pk)})
    play.post(client, play.page("assign", report), {"member": canaries.word("assign.member")}, 422)
    kept = Attachment.objects.filter(report=report).order_by("size").first()
    assert kept is not None
    given = client.get(play.page("attachment", report, kept.pk))
    assert canaries.word("file.content").encode() in given.getvalue()
    for name in ("looked", "decide"):
        assert client.get(play.page(name, report)).status_code == 200, name


def refer(play: Play, client: PageClient, report: Report) -> Handover:
    """With consent, to another organisation; the consent is written once too little."""
    canaries = play.canaries
    consent = canaries.form(sharing_forms.ConsentForm) | {
        "purpose": "help",
        "age": "from_16",
        "given_by": "person",
        "interpreter": "independent",
        "parts": ["facts", "situation", "files"],
        "until": in_days(60),
    }
    play.post(client, play.page("consent", report), consent, 422)
    play.post(client, play.page("consent", report), consent | {"organisation": play.world.there.name})
    record = str(report.consents.get().pk)
    taken = canaries.form(sharing_forms.DecisionForm) | {"record": record}
    play.post(client, play.page("take", report, "refer_with_consent"), taken)
    return hand_over(play, client, report)


def hand_over(play: Play, client: PageClient, report: Report, **how: Any) -> Handover:
    """On the newest decision, the facts and the files."""
    decision = Decision.objects.filter(report=report).latest("at")
    chosen = [f"file:{key}" for key in report.attachments.filter(message=None).values_list("pk", flat=True)]
    typed = play.canaries.form(sharing_forms.HandoverForm) | {"parts": ["facts", *chosen], "until": in_days(10), **how}
    response = client.post(play.page("hand_over", report, decision.pk), typed | {"version": fresh(report).version})
    assert response.status_code in (200, 302), response.content.decode()
    if response.status_code == 200:
        play.canaries.add("passcode", response.context["passcode"])
    return Handover.objects.filter(report=report).latest("offered_at")


def weigh(play: Play, client: PageClient, report: Report, *, party: str) -> None:
    """Without consent; a colleague signs; and the decision."""
    canaries = play.canaries
    typed = canaries.form(sharing_forms.WeighingForm) | {"parts": ["facts", "files"], "told": "no"}
    play.post(client, play.page("weighing", report), typed, 422)
    play.post(client, play.page("weighing", report), typed | {"organisation": "", "party": party})
    row = Weighing.objects.filter(report=report).latest("written_at")
    colleague = play.signed_in(play.dirk)
    address = play.page("weighing_page", report, row.pk)
    assert canaries.word("WeighingForm.aim") in colleague.get(address).content.decode()
    play.post(colleague, address, {})
    taken = canaries.form(sharing_forms.DecisionForm) | {"record": str(row.pk)}
    play.post(client, play.page("take", report, "report_without_consent"), taken)


def receive(play: Play, handover: Handover, *, how: str) -> None:
    """The other organisation accepts and tells what came of it, or declines."""
    client = play.signed_in(play.world.cleo)
    there = play.world.there.pk

    def act(name: str, data: Mapping[str, Any]) -> None:
        version = Handover.objects.get(pk=handover.pk).version
        play.post(client, reverse(f"inbox:{name}", args=[there, handover.pk]), {**data, "version": version})

    address = reverse("inbox:received", args=[there, handover.pk])
    shown = client.get(address).content.decode()
    assert play.canaries.word("report.facts") in shown
    assert play.canaries.word("HandoverForm.message") in shown
    assert client.get(reverse("inbox:offered", args=[there])).status_code == 200
    file = next(item.removeprefix("file:") for item in handover.parts if item.startswith("file:"))
    got = client.get(reverse("inbox:received_file", args=[there, handover.pk, file]))
    assert got.getvalue()
    if how == "decline":
        act("decline", play.canaries.form(sharing_forms.ReasonForm))
    else:
        act("accept", {})
        act("outcome", play.canaries.form(sharing_forms.OutcomeForm) | {"outcome": "helped"})


def open_the_page(play: Play, handover: Handover) -> None:
    """Once with a wrong passcode, then with the right one."""
    address = reverse("reports:handed", args=[handover.pk])
    assert play.outsider.get(address).status_code == 200
    assert play.outsider.post(address, {"passcode": play.canaries.word("handed.passcode")}).status_code == 422
    right = {"passcode": play.canaries.words["passcode"]}
    assert play.canaries.word("report.facts") in play.outsider.post(address, right).content.decode()
    file = next(item.removeprefix("file:") for item in handover.parts if item.startswith("file:"))
    assert play.outsider.post(f"{address}file/{file}/", right).status_code == 200


def take_along(play: Play, client: PageClient, handover: Handover) -> None:
    """A PDF under a passphrase that is shown once; and one that somebody made up."""
    address = play.page("paper", handover.report, handover.pk)
    shown = client.get(address)
    play.post(client, address, {"passphrase": play.canaries.word("paper.passphrase")}, 404)
    passphrase = play.canaries.add("passphrase of the PDF", shown.context["passphrase"])
    made = play.post(client, address, {"passphrase": passphrase}, 200)
    assert play.canaries.found([("the PDF", made.content)]) == []


def consult(play: Play, client: PageClient, report: Report) -> None:
    """Ask an expert without identity, three steps; answered, and another one taken back."""
    canaries, there = play.canaries, play.world.there
    address = play.page("consult", report)
    typed = canaries.form(QuestionForm)
    play.post(client, address, {"stage": "compose", "passage": ["0"]}, 200)
    play.post(client, address, typed | {"stage": "preview"}, 422)
    for stage in ("preview", "again"):
        play.post(client, address, typed | {"organisation": there.name, "stage": stage}, 200)
    for _each in range(2):
        play.post(client, address, typed | {"organisation": there.name, "stage": "send"})
    first, second = Consultation.objects.order_by("asked_at")
    expert = play.signed_in(play.world.cleo)
    question = reverse("inbox:question", args=[there.pk, first.pk])
    assert canaries.word("QuestionForm.text") in expert.get(question).content.decode()
    play.post(expert, question, canaries.form(AnswerForm))
    play.post(client, play.page("withdraw_question", report, second.pk), {})


def close(play: Play, client: PageClient, report: Report, **how: Any) -> None:
    """Refused twice, then with own words or with a reason for silence; held, and let go."""
    canaries = play.canaries
    typed = canaries.form(CloseForm)
    play.post(client, play.page("close", report), typed, 422)
    # Words and a reason for silence together are a doubt.
    play.post(client, play.page("close", report), typed | how, 422)
    other = "text" if how["outcome"] == "nothing" else "why_not"
    play.post(client, play.page("close", report), typed | how | {other: ""})
    play.post(client, play.page("hold", report), {"text": canaries.word("hold.text")})
    assert canaries.word("hold.text") in client.get(play.page("report", report)).content.decode()
    play.post(client, play.page("lift_hold", report), {})


def set_aside(play: Play, client: PageClient) -> None:
    """A test report, closed without a decision."""
    play.post(client, reverse("inbox:test_report", args=[play.world.here.pk]), {})
    report = Report.objects.get(is_test=True)
    play.post(client, play.page("move", report), {"how": "take_into_triage"})
    play.post(client, play.page("set_aside", report), play.canaries.form(triage_form.SetAsideForm))


def look_back(play: Play, client: PageClient) -> None:
    """The audit, as a page and as a table, with words in its address; figures and notices."""
    here = [play.world.here.pk]
    for name in ("audit", "audit_file", "figures"):
        asked = {"member": play.canaries.word("query"), "since": play.canaries.word("query")}
        assert client.get(reverse(f"inbox:{name}", args=here), asked).status_code in (200, 403, 404)
    assert client.get("/nl/account/notices/").status_code == 200


def in_days(days: int) -> str:
    return (timezone.localtime() + dt.timedelta(days=days)).date().isoformat()


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)
