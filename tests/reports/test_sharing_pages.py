"""The pages of deciding, handing over and receiving: each asks its footing, says what to do, and shows nothing too much."""

from __future__ import annotations

import datetime as dt
import re
import time
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.helpers.sharing import Sharing, as_, fresh, theirs, url

from baken.audit.models import Event
from baken.reports.footing import DecisionKind, Purpose
from baken.reports.models import Consultation, Handover, Weighing
from baken.reports.opened import texts_of
from baken.reports.states import State
from baken.vault.inbox_actions import give_access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def sharing(db: None) -> Sharing:
    made = Sharing.new()
    give_access(
        by=made.bas,
        organisation=made.world.here,
        member=made.dirk,
        pairs={made.pair.id.hex(): made.pair},
        now=timezone.now(),
    )
    return made


def tomorrow(days: int = 20) -> str:
    return (timezone.localtime() + dt.timedelta(days=days)).date().isoformat()


def sign_in_was(client: Client, *, minutes: float) -> None:
    """As if that long ago the member proved who they are."""
    held = client.session
    held["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 60 * minutes}]
    held.save()


def chosen_beforehand(page: str) -> list[str]:
    return re.findall(r"<input[^>]*\bchecked\b", page)


CONSENT = {
    "purpose": "help",
    "age": "from_16",
    "given_by": "person",
    "who": "kanarie zijzelf",
    "how_explained": "kanarie uitleg",
    "language": "bg",
    "interpreter": "independent",
    "parts": ["facts", "situation"],
}


def test_from_consent_to_an_offer_on_pages_alone(sharing: Sharing) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    assert client.get(url(sharing, "decide", report)).status_code == 200
    empty = client.get(url(sharing, "take", report, "refer_with_consent"))
    assert url(sharing, "consent", report) in empty.content.decode()
    typed = CONSENT | {"organisation": sharing.world.there.name, "until": tomorrow(60)}
    assert client.post(url(sharing, "consent", report), typed)["Location"] == url(sharing, "decide", report)
    consent = report.consents.get()
    taken = client.post(
        url(sharing, "take", report, "refer_with_consent"),
        {"record": str(consent.pk), "text": "kanarie reden", "version": fresh(report).version},
    )
    assert taken.status_code == 302
    decision = report.decisions.get()
    assert url(sharing, "hand_over", report, decision.pk) in client.get(url(sharing, "report", report)).content.decode()
    form = client.get(url(sharing, "hand_over", report, decision.pk)).content.decode()
    assert not chosen_beforehand(form)
    sent = client.post(
        url(sharing, "hand_over", report, decision.pk),
        {"parts": ["facts"], "until": tomorrow(), "message": "kanarie woord", "version": fresh(report).version},
    )
    assert sent.status_code == 302, sent.content.decode()
    handover = Handover.objects.get()
    assert (handover.parts, handover.recipient, fresh(report).state) == (["facts"], sharing.world.there, "handed_over")
    # One click on the page of the report, without a reason.
    page = client.get(url(sharing, "report", report)).content.decode()
    withdraw = url(sharing, "withdraw_consent", report, consent.pk)
    assert withdraw in page
    assert client.post(withdraw).status_code == 302
    assert Handover.objects.get().state == "withdrawn"


def test_a_form_that_comes_back_says_what_to_do_and_keeps_what_was_typed(sharing: Sharing) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    wrong = client.post(
        url(sharing, "consent", report),
        CONSENT | {"party": "police", "age": "under_12", "interpreter": "from_own_circle", "until": tomorrow(60)},
    )
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "kanarie uitleg" in page
    assert "independent interpreter" in page
    assert "Veilig Thuis" in page
    assert not report.consents.exists()
    nobody = client.post(
        url(sharing, "consent", report), CONSENT | {"organisation": "Bestaat niet", "until": tomorrow()}
    )
    assert nobody.status_code == 422


def test_a_colleague_signs_on_their_own_page(sharing: Sharing) -> None:
    report, bas = sharing.report(), as_(sharing.world.bas)
    typed = {
        "party": "police",
        "parts": ["facts"],
        "aim": "kanarie doel",
        "less_far_reaching_way": "kanarie weg",
        "consulted": "kanarie raad",
        "told": "no",
        "why_not_told": "kanarie gevaar",
    }
    made = bas.post(url(sharing, "weighing", report), typed)
    row = Weighing.objects.get()
    assert made["Location"] == url(sharing, "weighing_page", report, row.pk)
    assert "I agree, and sign" not in bas.get(made["Location"]).content.decode()
    assert bas.post(made["Location"]).status_code == 302
    assert Weighing.objects.get().signed_at is None
    dirk = as_(sharing.dirk)
    page = dirk.get(made["Location"]).content.decode()
    assert "kanarie doel" in page
    assert "I agree, and sign" in page
    assert dirk.post(made["Location"]).status_code == 302
    assert Weighing.objects.get().signed_by == sharing.dirk


def test_a_stale_decision_meets_the_conflict_screen_with_its_text(sharing: Sharing) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    stale = client.post(url(sharing, "take", report, "invite"), {"text": "kanarie reden", "version": 1})
    assert stale.status_code == 409
    assert "kanarie reden" in stale.content.decode()
    assert not report.decisions.exists()


@pytest.mark.parametrize("name", ["decide", "consent", "weighing", "consult", "close", "hold"])
def test_a_report_elsewhere_does_not_exist(sharing: Sharing, name: str) -> None:
    report = sharing.report()
    client = as_(sharing.world.cleo)
    assert client.get(url(sharing, name, report)).status_code == 404
    assert client.get(reverse(f"inbox:{name}", args=[sharing.world.there.pk, report.pk])).status_code == 404


def test_a_sealed_pdf_opens_with_its_passphrase_alone(sharing: Sharing) -> None:
    import io

    from pypdf import PdfReader

    report = sharing.report()
    weighing = sharing.weighing(report, to="police")
    decision = sharing.decide(report, DecisionKind.REPORT_WITHOUT_CONSENT, weighing=weighing)
    client = as_(sharing.world.bas)
    made = client.post(
        url(sharing, "hand_over", report, decision.pk),
        {"way": "paper", "parts": ["facts"], "until": tomorrow(), "version": fresh(report).version},
    )
    page = client.get(made["Location"]).content.decode()
    found = re.search(r'name="passphrase" value="([0-9A-Z-]+)"', page)
    assert found is not None
    answer = client.post(made["Location"], {"passphrase": found.group(1)})
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.is_encrypted
    assert reader.decrypt("iets anders") == 0
    assert reader.decrypt(found.group(1))
    text = "".join(item.extract_text() for item in reader.pages)
    assert "kanarie feit" in text
    assert "kanarie mening" not in text
    assert Event.objects.filter(action="export").count() == 1
    assert client.post(made["Location"], {"passphrase": "123"}).status_code == 404


def test_an_expert_sees_the_words_that_were_previewed_and_nothing_else(sharing: Sharing) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    address = url(sharing, "consult", report)
    assert not chosen_beforehand(client.get(address).content.decode())
    composed = client.post(address, {"stage": "compose", "passage": ["0"]}).content.decode()
    assert "kanarie feit" in composed
    typed = {"organisation": sharing.world.there.name, "text": "Een vrouw werkt zonder loon. Wat nu?"}
    preview = client.post(address, typed | {"stage": "preview"}).content.decode()
    assert "Een vrouw werkt zonder loon" in preview
    assert not Consultation.objects.exists()
    assert client.post(address, typed | {"stage": "send"}).status_code == 302
    row = Consultation.objects.get()
    cleo = as_(sharing.world.cleo)
    page = cleo.get(theirs(sharing, "question", row.pk)).content.decode()
    assert "Een vrouw werkt zonder loon" in page
    for secret in (report.reference, sharing.world.here.name, "Oostzaan", str(report.pk), str(sharing.world.here.pk)):
        assert secret not in page
    answered = cleo.post(theirs(sharing, "question", row.pk), {"text": "kanarie antwoord"})
    assert answered.status_code == 302
    assert "kanarie antwoord" in client.get(url(sharing, "report", report)).content.decode()


def test_a_record_for_the_count_holds_codes_alone(sharing: Sharing) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    consent = sharing.consent(
        report, party="national_coordinator", parts=("registration",), purpose=Purpose.REGISTRATION
    )
    decision = sharing.decide(report, DecisionKind.ANONYMISED_REGISTRATION, consent=consent)
    address = url(sharing, "registration", report, decision.pk)
    typed = {"kinds": ["labour"], "status": "PossibleVictimOfTrafficking", "minor": "no", "as": "json"}
    assert client.post(address, typed | {"kinds": [], "version": fresh(report).version}).status_code == 422
    made = client.post(address, typed | {"version": fresh(report).version})
    assert made.status_code == 200, made.content.decode()
    assert made.json()[0]["vic_TypeOfExploitation"] == ["ForcedLabour"]
    assert "kanarie" not in made.content.decode()
    table = client.post(address, typed | {"as": "csv", "version": fresh(report).version})
    assert table["Content-Type"].startswith("text/csv")
    assert Handover.objects.filter(party="national_coordinator").count() == 1
    assert Event.objects.filter(action="export").count() == 2


def test_an_export_asks_to_prove_again_who_you_are(sharing: Sharing) -> None:
    report = sharing.report()
    client = as_(sharing.world.bas)
    held = client.session
    held["account_authentication_methods"] = [{"method": "password", "at": 0}]
    held.save()
    assert "/account/" in client.get(url(sharing, "looked", report))["Location"]


def test_closing_tells_the_reporter_and_says_until_when_it_is_kept(sharing: Sharing) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    address = url(sharing, "close", report)
    page = client.get(address).content.decode()
    assert not chosen_beforehand(page)
    assert client.post(address, {"outcome": "nothing", "version": fresh(report).version}).status_code == 422
    done = client.post(address, {"outcome": "no_sign_of_danger", "version": fresh(report).version})
    assert done.status_code == 302
    closed = fresh(report)
    assert (closed.state, closed.category) == (State.CLOSED, "no_concern")
    message = report.messages.get(is_feedback=True)
    assert texts_of("message", [message.pk], sharing.pair)[str(message.pk)].startswith("Dank je wel")
    held = client.post(url(sharing, "hold", report), {"text": "kanarie rechter"})
    assert held.status_code == 302
    assert "kanarie rechter" in client.get(url(sharing, "report", report)).content.decode()
    assert client.post(url(sharing, "lift_hold", report)).status_code == 302
    assert fresh(report).held_at is None


def test_a_reporter_without_the_function_gets_none_of_it(sharing: Sharing) -> None:
    report = sharing.report()
    client = Client()
    client.force_login(sharing.world.ann)
    assert client.get(url(sharing, "decide", report)).status_code == 403
    assert client.get(theirs(sharing, "offered")).status_code == 404


def test_a_page_for_outsiders_asks_who_one_is_and_keeps_what_was_typed(sharing: Sharing) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    weighing = sharing.weighing(report, to="police")
    decision = sharing.decide(report, DecisionKind.REPORT_WITHOUT_CONSENT, weighing=weighing)
    page = url(sharing, "hand_over", report, decision.pk)
    typed = {"way": "page", "parts": ["facts"], "until": tomorrow(5), "message": "kanarie woord"}
    sign_in_was(client, minutes=6)
    asked = client.get(page)
    assert asked["Location"].startswith("/en/account/")
    assert page in unquote(asked["Location"])
    late = client.post(page, typed | {"version": fresh(report).version})
    assert late.status_code == 422
    assert "kanarie woord" in late.content.decode()
    assert "First confirm that it is you" in late.content.decode()
    assert not Handover.objects.exists()
    sign_in_was(client, minutes=1)
    assert client.get(page).status_code == 200
    assert client.post(page, typed | {"version": fresh(report).version}).status_code == 200
    assert Handover.objects.get().way == "page"


@pytest.mark.parametrize("outcome", ["nothing", "cannot_say"])
def test_closing_with_a_message_and_a_reason_for_none_asks_which(sharing: Sharing, outcome: str) -> None:
    report, client = sharing.report(), as_(sharing.world.bas)
    form = {
        "outcome": outcome,
        "text": "kanarie woorden",
        "why_not": "kanarie gevaar",
        "version": fresh(report).version,
    }
    asked = client.post(url(sharing, "close", report), form)
    assert asked.status_code == 422
    assert "kanarie woorden" in asked.content.decode()
    assert "kanarie gevaar" in asked.content.decode()
    assert fresh(report).state == State.IN_TRIAGE
