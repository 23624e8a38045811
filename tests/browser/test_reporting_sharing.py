"""Deciding, handing over, receiving and closing in a real browser: axe, keyboard, a small phone, and without JavaScript."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from baken.people import doors
from baken.people.models import Member
from baken.reports.actions.handover import offer_page
from baken.reports.footing import DecisionKind
from baken.reports.models import Consultation, Handover, Report
from baken.vault.inbox_actions import give_access
from tests.browser.test_accessibility import hold
from tests.helpers.browser import Visitor
from tests.helpers.sharing import Sharing, parcel
from tests.helpers.vault import sign_in_unlocked

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Visitor]
WIDTHS = [320, 1280]


@pytest.fixture
def sharing(transactional_db: None) -> Sharing:
    doors.forget()
    made = Sharing.new()
    pairs = {made.pair.id.hex(): made.pair}
    give_access(by=made.bas, organisation=made.world.here, member=made.dirk, pairs=pairs, now=timezone.now())
    return made


def signed_in(visitor: Visitor, who: Member) -> Page:
    """The cookies of a session that is unlocked already."""
    client = Client()
    sign_in_unlocked(client, who)
    cookies = [
        {"name": name, "value": cookie.value, "url": visitor.site, "httpOnly": True}
        for name, cookie in client.cookies.items()
    ]
    visitor.context.add_cookies(cookies)  # type: ignore[arg-type]
    return visitor.page


def good(visitor: Visitor) -> None:
    """Accessible, and nothing sticks out."""
    hold(visitor)
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def here(sharing: Sharing, report: Report, rest: str = "") -> str:
    return f"/en/organisation/{sharing.world.here.pk}/inbox/{report.pk}/{rest}"


def there(sharing: Sharing, rest: str) -> str:
    return f"/en/organisation/{sharing.world.there.pk}/{rest}"


@pytest.mark.parametrize("width", WIDTHS)
def test_from_consent_to_an_outcome(visit: Visit, sharing: Sharing, width: int) -> None:
    report = sharing.report()
    bas, cleo = visit(width=width), visit(width=width)
    page = signed_in(bas, sharing.world.bas)
    bas.go(here(sharing, report, "decide/"))
    good(bas)
    page.get_by_role("link", name="Record consent").click()
    good(bas)
    page.get_by_label("Organisation on Baken").fill(sharing.world.there.name)
    for label in (
        "What was seen or heard",
        "To be helped",
        "16 years or older",
        "The person",
        "An independent interpreter",
    ):
        page.get_by_label(label, exact=True).check()
    page.get_by_label("Who is that?").fill("kanarie zijzelf")
    page.get_by_label("How was it explained?").fill("kanarie uitleg")
    page.get_by_label("In which language?").fill("bg")
    page.get_by_role("button", name="Record this consent").click()
    good(bas)
    page.get_by_role("link", name="Choose Refer with consent").click()
    good(bas)
    page.locator("input[name=record]").first.check()
    page.get_by_role("button", name="Take this decision").click()
    good(bas)
    page.get_by_role("link", name="Hand over").click()
    good(bas)
    page.get_by_label("What was seen or heard").check()
    page.get_by_label("What is the last day on which they can read it?").fill(
        (timezone.localdate() + dt.timedelta(days=20)).isoformat()
    )
    page.get_by_role("button", name="Hand over").click()
    good(bas)
    other = signed_in(cleo, sharing.world.cleo)
    cleo.go(there(sharing, "handovers/"))
    good(cleo)
    other.locator("main a", has_text="From ").first.click()
    assert "kanarie feit" in other.inner_text("main")
    good(cleo)
    other.get_by_role("button", name="Take it over").click()
    other.get_by_label("Help has started").check()
    other.get_by_label("A word to the sender").fill("kanarie uitkomst")
    good(cleo)
    other.get_by_role("button", name="Tell the sender").click()
    bas.go(here(sharing, report))
    assert "kanarie uitkomst" in page.inner_text("main")
    # One click, as promised.
    page.get_by_role("button", name="The person withdraws this").click()
    other.reload()
    assert "kanarie feit" not in other.inner_text("main")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_weighing_is_signed_by_a_colleague(visit: Visit, sharing: Sharing, javascript: bool) -> None:
    report = sharing.report()
    bas, dirk = visit(width=320, javascript=javascript), visit(width=320, javascript=javascript)
    page = signed_in(bas, sharing.world.bas)
    bas.go(here(sharing, report, "decide/weighing/"))
    page.get_by_label("Or a party elsewhere").select_option("police")
    page.get_by_label("What was seen or heard").check()
    page.get_by_label("What do you want to reach?").fill("kanarie doel")
    page.get_by_label("Why is a less far-reaching way not enough?").fill("kanarie weg")
    page.get_by_label("Whom did you consult?").fill("kanarie raad")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Keep, and ask").click()
    address = page.url
    assert page.get_by_role("button", name="I agree, and sign").count() == 0
    other = signed_in(dirk, sharing.dirk)
    other.goto(address)
    if javascript:
        good(dirk)
    other.get_by_role("button", name="I agree, and sign").focus()
    other.keyboard.press("Enter")
    other.wait_for_url("**#decisions")
    assert "Signed" in other.inner_text("main")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_that_opens_once(visit: Visit, sharing: Sharing, width: int) -> None:
    report = sharing.report()
    weighing = sharing.weighing(report, to="police")
    decision = sharing.decide(report, DecisionKind.REPORT_WITHOUT_CONSENT, weighing=weighing)
    row, passcode = offer_page(
        by=sharing.bas,
        report_id=report.pk,
        decision_id=decision.pk,
        party="police",
        name="",
        parcel=parcel("facts", "situation", days=7),
        pair=sharing.pair,
        now=timezone.now(),
    )
    visitor = visit(width=width)
    page = visitor.go(f"/en/handed/{row.pk}/")
    good(visitor)
    page.get_by_label("Passcode").fill("fout")
    page.keyboard.press("Enter")
    page.locator(".field__error").wait_for()
    good(visitor)
    page.get_by_label("Passcode").fill(passcode.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.get_by_text("kanarie feit").wait_for()
    good(visitor)
    assert visitor.context.cookies() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_question_without_identity(visit: Visit, sharing: Sharing, width: int) -> None:
    report = sharing.report()
    bas, cleo = visit(width=width), visit(width=width)
    page = signed_in(bas, sharing.world.bas)
    bas.go(here(sharing, report, "consult/"))
    good(bas)
    page.locator("input[name=passage]").first.check()
    page.get_by_role("button", name="Next").click()
    good(bas)
    page.get_by_label("Whom do you ask?").fill(sharing.world.there.name)
    page.get_by_label("What they will read").fill("Iemand werkt zonder loon. Wat raad je aan?")
    page.get_by_role("button", name="See what they will see").click()
    good(bas)
    page.get_by_role("button", name="Change it").click()
    assert "zonder loon" in page.get_by_label("What they will read").input_value()
    page.get_by_role("button", name="See what they will see").click()
    page.get_by_role("button", name="Send this question").click()
    row = Consultation.objects.get()
    other = signed_in(cleo, sharing.world.cleo)
    cleo.go(there(sharing, f"questions/{row.pk}/"))
    good(cleo)
    other.get_by_label("Your answer").fill("kanarie antwoord")
    other.get_by_role("button", name="Send your answer").click()
    good(cleo)


@pytest.mark.parametrize("width", WIDTHS)
def test_closing_and_the_audit(visit: Visit, sharing: Sharing, width: int) -> None:
    report, _consent, _handover = sharing.offered()
    visitor = visit(width=width)
    page = signed_in(visitor, sharing.world.bas)
    visitor.go(here(sharing, report, "looked/"))
    good(visitor)
    visitor.go(f"/en/organisation/{sharing.world.here.pk}/audit/")
    good(visitor)
    visitor.go(here(sharing, report, "close/"))
    good(visitor)
    page.get_by_role("button", name="Close this report").click()
    page.locator(".error-summary").wait_for()
    good(visitor)
    page.locator("input[name=outcome]").first.check()
    page.get_by_role("button", name="Close this report").click()
    visitor.go(here(sharing, report, "hold/"))
    good(visitor)
    assert Handover.objects.count() == 1
