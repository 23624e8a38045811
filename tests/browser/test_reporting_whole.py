"""From a desk to help and back, in Dutch, on pages alone: nobody here writes in the database but through a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page, expect

from baken.audit.models import Event
from baken.audit.queries import check_chain
from baken.people import doors
from baken.people.models import Member
from baken.reports import places
from baken.reports.models import Handover, Report
from tests.browser.test_accessibility import hold, sticking_out
from tests.browser.test_journeys import tab_to
from tests.browser.test_reporting_reporter import pictured
from tests.browser.test_sign_in import code_for, type_password
from tests.helpers.browser import Visitor
from tests.helpers.moves import join
from tests.helpers.people import World, organisation
from tests.helpers.vault import give_keys

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Visitor]
FACTS = "De werkgever had beide paspoorten en antwoordde op elke vraag."
OPINION = "Ik denk dat zij niet weg kan."
QUESTION = "Waren zij nog met anderen aan de balie?"
ANSWER = "Ja, er stond een busje met nog vier mensen."
WEIGHING = {
    "aim": "Zij en de anderen zijn veilig.",
    "less_far_reaching_way": "Zij is niet bereikbaar zonder de werkgever.",
    "consulted": "Veilig Thuis, zonder naam.",
    "why_not_told": "De werkgever leest mee.",
}
WORD = "Graag vandaag nog bellen."
OUTCOME = "Wij spraken haar alleen, zij krijgt hulp."


@dataclass
class People:
    """Who takes part: the clerk has no account; Bas and Dirk are focal points of Oostzaan; Cleo is of Veilig Thuis."""

    world: World
    dirk: Member


@pytest.fixture
def people(transactional_db: None) -> People:
    world = World(there=organisation("Veilig Thuis", municipalities=("GM0363",)))
    give_keys(world)
    dirk = join(world, "dirk@oostzaan.example")
    doors.forget()
    places.forget()
    return People(world, dirk)


def good(visitor: Visitor, width: int, name: str) -> None:
    """Axe finds nothing, nothing sticks out; and a picture for whoever wants to look."""
    hold(visitor)
    assert sticking_out(visitor.page, width) == []
    visitor.page.emulate_media(color_scheme="light")
    pictured(visitor.page, f"whole-{name}")


def sign_in(visitor: Visitor, who: Member) -> Page:
    """As everybody does: password, then the code of the app."""
    page = visitor.go("/nl/account/login/")
    type_password(page, who)
    page.wait_for_url("**/second-step/")
    held = Authenticator.objects.get(user=who, type=Authenticator.Type.TOTP)
    page.locator("input[name=code]").fill(code_for(get_adapter().decrypt(held.data["secret"])))
    page.keyboard.press("Enter")
    page.wait_for_url("**/organisation/**")
    return page


def send_form(page: Page, path: str) -> None:
    """The button of the form that goes to an address that ends so."""
    page.locator(f"form[action$='{path}'] button").first.click()


def notice_a_hunch(visitor: Visitor) -> Page:
    """The check of the clerk, as far as its result."""
    page = visitor.go("/nl/check/")
    page.select_option("#profession", "desk_clerk")
    page.check("input[name=about][value=person]")
    page.check("input[name=age][value=adult]")
    page.fill("#municipality", "Oostzaan")
    page.evaluate("document.querySelectorAll('details:not(.language)').forEach((item) => { item.open = true; })")
    for box in page.locator("input[name=signs]").all()[:2]:
        box.check()
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/result/")
    return page


def report_with_the_keyboard(visitor: Visitor) -> str:
    """From the result to a receipt, without a mouse. Returns the code as it stands on the page."""
    page = visitor.page
    tab_to(page, "item.closest('form[action*=\"/report/\"]') !== null", "true")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-report]")
    tab_to(page, "item.id", "facts")
    page.keyboard.type(FACTS)
    page.keyboard.press("Tab")
    page.keyboard.type(OPINION)
    good(visitor, 320, "1-form")
    tab_to(page, "item.matches('form[data-report] .send-box button')", "true")
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt__code")
    good(visitor, 320, "2-receipt")
    return page.locator(".receipt__code").inner_text()


def follow(visitor: Visitor, code: str) -> Page:
    """Type the receipt again, as after a night."""
    page = visitor.go("/nl/receipt/")
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_selector(".track")
    return page


def take_up_and_ask(visitor: Visitor, people: People) -> str:
    """The focal point finds the report in the inbox, acknowledges, takes it up and asks. Returns the address of the report."""
    page = visitor.page
    visitor.go(f"/nl/organisation/{people.world.here.pk}/inbox/?list=team")
    good(visitor, 1280, "3-inbox")
    page.get_by_role("link", name=Report.objects.get().reference).click()
    shown = page.inner_text("main")
    for text in (FACTS, OPINION, "Oostzaan"):
        assert text in shown
    page.locator("button[name=how][value=acknowledge]").click()
    page.locator("button[name=how][value=take_into_triage]").click()
    page.locator("#message_text").fill(QUESTION)
    page.locator("#message_question").check()
    send_form(page, "/message/")
    page.wait_for_url("**#dialogue")
    good(visitor, 1280, "4-report")
    return page.url.removeprefix(visitor.site).partition("#")[0]


def answer(visitor: Visitor, code: str) -> None:
    """The clerk reads the question and answers it."""
    page = follow(visitor, code)
    expect(page.locator("main")).to_contain_text(QUESTION)
    page.fill("#text", ANSWER)
    page.locator(".answer .form-actions button").click()
    page.wait_for_selector(".said--mine")
    good(visitor, 320, "5-answer")


def weigh(visitor: Visitor, report: str, people: People) -> str:
    """Write why it is shared without consent. Returns the address at which a colleague signs."""
    page = visitor.go(report)
    expect(page.locator("#dialogue")).to_contain_text(ANSWER)
    visitor.go(f"{report}decide/weighing/")
    page.locator("[name=organisation]").fill(people.world.there.name)
    for part in ("situation", "facts"):
        page.check(f"[name=parts][value={part}]")
    for name, text in WEIGHING.items():
        page.locator(f"[name={name}]").fill(text)
    page.check("[name=told][value=no]")
    good(visitor, 1280, "6-weighing")
    page.locator("main .form-actions button").click()
    page.wait_for_url(f"**{report}decide/weighing/*-*/")
    assert page.locator("main form button").count() == 0, "nobody signs what they wrote themselves"
    return page.url.removeprefix(visitor.site)


def agree(visitor: Visitor, address: str) -> None:
    """A second focal point reads and signs."""
    page = visitor.go(address)
    for text in WEIGHING.values():
        expect(page.locator("main")).to_contain_text(text)
    good(visitor, 320, "7-signing")
    page.locator("main form.card button").click()
    page.wait_for_url("**#decisions")


def hand_over(visitor: Visitor, report: str) -> None:
    """Decide, and hand over two parts until a day."""
    page = visitor.go(f"{report}decide/report_without_consent/")
    page.locator("input[name=record]").first.check()
    page.locator("[name=text]").fill("Er is haast.")
    page.locator("main .form-actions button").click()
    page.wait_for_url("**#decisions")
    page.locator("a[href*='/hand-over/']").click()
    for part in ("situation", "facts"):
        page.check(f"[name=parts][value={part}]")
    page.locator("[name=until]").fill((timezone.localdate() + dt.timedelta(days=20)).isoformat())
    page.locator("[name=message]").fill(WORD)
    good(visitor, 1280, "8-hand-over")
    page.locator("main .form-actions button").click()
    page.wait_for_url("**#handovers")


def take_over(visitor: Visitor, people: People) -> None:
    """Veilig Thuis reads what was chosen and nothing else, takes it over, and tells what came of it."""
    page = visitor.go(f"/nl/organisation/{people.world.there.pk}/handovers/")
    page.locator("main li.card a").first.click()
    shown = page.inner_text("main")
    assert FACTS in shown
    assert WORD in shown
    for kept in (OPINION, ANSWER, WEIGHING["aim"]):
        assert kept not in shown
    good(visitor, 320, "9-received")
    send_form(page, "/accept/")
    page.check("[name=outcome][value=helped]")
    page.locator("form[action$='/outcome/'] [name=text]").fill(OUTCOME)
    send_form(page, "/outcome/")
    expect(page.locator("main")).to_contain_text(OUTCOME)


def close(visitor: Visitor, report: str) -> str:
    """Read the outcome, tell the reporter and close. Returns what the reporter must read."""
    page = visitor.go(report)
    expect(page.locator("#handovers")).to_contain_text(OUTCOME)
    visitor.go(f"{report}close/")
    first = page.locator("label.choice[for^=outcome_]").first
    told = first.locator(".choice__hint").first.inner_text()
    first.click()
    good(visitor, 1280, "10-closing")
    page.locator("main .form-actions button").click()
    page.wait_for_url(f"**{report}")
    good(visitor, 1280, "11-closed")
    return told


def test_from_a_desk_to_help_and_back(visit: Visit, people: People) -> None:
    clerk, bas, dirk, cleo = visit(width=320), visit(), visit(width=320), visit(width=320)
    notice_a_hunch(clerk)
    code = report_with_the_keyboard(clerk)
    sign_in(bas, people.world.bas)
    report = take_up_and_ask(bas, people)
    answer(clerk, code)
    sign_in(dirk, people.dirk)
    agree(dirk, weigh(bas, report, people))
    hand_over(bas, report)
    sign_in(cleo, people.world.cleo)
    take_over(cleo, people)
    told = close(bas, report)
    page = follow(clerk, code)
    expect(page.locator(".outcome")).to_contain_text(told)
    assert page.locator(".track li").count() == 5
    assert OUTCOME not in page.inner_text("main"), "what Veilig Thuis says is for the focal point"
    good(clerk, 320, "12-heard-back")
    assert clerk.context.cookies() == []
    assert [row.state for row in Report.objects.all()] == ["closed"]
    assert [(row.state, row.outcome, row.parts) for row in Handover.objects.all()] == [
        ("finished", "helped", ["facts", "situation"])
    ]
    noted = list(Event.objects.order_by("pk").values_list("action", flat=True))
    told_in_order = ["report.received", "report.decided", "handover.accepted", "handover.finished", "report.closed"]
    assert [action for action in noted if action in told_in_order] == told_in_order
    assert check_chain().sound
