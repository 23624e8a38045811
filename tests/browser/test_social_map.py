"""The social map in a real browser: a volunteer finds help and hands over a card; every page fits and is accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from baken.directory import index, models
from baken.directory.actions import put
from baken.directory.actions.failed import record_failed
from baken.directory.actions.putting import Via
from baken.directory.records import LanguageRecord, PhoneRecord, PlacedRecord
from tests.browser.test_accessibility import hold, sticking_out
from tests.browser.test_journeys import tab_to
from tests.helpers.browser import Visitor
from tests.helpers.directory import full_service, place, service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Visitor]
EVERY_DAY = "Mo-Su 09:00-17:00"


@pytest.fixture
def lawyer() -> models.Service:
    """A lawyer in Amsterdam who speaks Bulgarian, one who does not, and one who is far away."""
    now = timezone.localtime()
    codes = frozenset({("nl-mh-need", "legal"), ("nl-mh-access", "self")})
    bulgarian = (LanguageRecord(code="nl"), LanguageRecord(code="bg"))
    here = (PlacedRecord(location=place()),)
    far = place("Ver weg", municipality="GM0935", latitude=50.85, longitude=5.69)
    right = service(
        "Recht dichtbij", kind="legal_aid", description="Advocaat.", hours=EVERY_DAY, codes=codes, languages=bulgarian, places=here,
        phones=(PhoneRecord(number="0800-2000"),), free=True,
    )  # fmt: skip
    others = (
        service("Recht in het Nederlands", kind="legal_aid", description="Advocaat.", hours=EVERY_DAY, codes=codes, places=here),
        service("Recht in het zuiden", kind="legal_aid", description="Advocaat.", hours=EVERY_DAY, codes=codes, languages=bulgarian,
                places=(PlacedRecord(location=far),)),
    )  # fmt: skip
    for record in others:
        put(by=None, record=record, via=Via.PACK, now=now)
    made = put(by=None, record=right, via=Via.PACK, now=now).service
    index.rebuild(now=now)
    return made


def look_for_a_lawyer(page: Page) -> None:
    page.fill("#text", "advocaat")
    page.fill("#place", "1011")
    page.select_option("#within", "30")
    page.select_option("#language", "bg")
    page.select_option("#when", "morning")
    page.locator("#find .form-actions button").click()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_a_volunteer_finds_a_lawyer_and_hands_over_a_card(
    visit: Visit, lawyer: models.Service, width: int, javascript: bool
) -> None:
    volunteer = visit(width=width, javascript=javascript)
    page = volunteer.go("/en/")
    page.get_by_role("link", name="Look for help near you").click()
    look_for_a_lawyer(page)
    expect(page.locator("#found-title")).to_have_text("1 found")
    hit = page.locator(".hit")
    expect(hit).to_contain_text("Recht dichtbij")
    for why in ("Found on: advocaat", "Speaks: Bulgarian", "Open tomorrow at 10:00, until 17:00", "km"):
        expect(hit).to_contain_text(why)
    assert "advocaat" not in page.url
    hit.get_by_role("link", name="Recht dichtbij", exact=True).click()
    expect(page.locator("h1")).to_have_text("Recht dichtbij")
    page.get_by_role("link", name="Card to hand over").click()
    page.select_option("#language", "bg")
    page.get_by_role("button", name="Make the card").click()
    expect(page.locator(".hand__qr svg")).to_be_visible()
    expect(page.locator(".slip__phone")).to_have_text("0800-2000")
    code = page.locator(".hand__qr figcaption").inner_text()
    assert code.endswith(f"/k/{lawyer.card}/bg/")

    person = visit(width=320, javascript=javascript)
    card = person.go(f"/k/{lawyer.card}/bg/")
    assert card.url.endswith(f"/bg/map/card/{lawyer.card}/")
    expect(card.locator("main a[href='tel:08002000']")).to_be_visible()
    assert "Recht dichtbij" not in card.content()


def test_a_search_with_the_keyboard_only(visit: Visit, lawyer: models.Service) -> None:
    page = visit().go("/en/map/")
    tab_to(page, "item.id", "text")
    page.keyboard.type("advocaat")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found-title")
    tab_to(page, "item.pathname", f"/en/map/service/{lawyer.pk}/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/service/**")
    tab_to(page, "item.protocol", "tel:")


def test_more_can_be_left_out_and_added_without_typing_again(visit: Visit, lawyer: models.Service) -> None:
    page = visit(javascript=False).go("/en/map/")
    page.get_by_role("button", name="Legal help").click()
    expect(page.locator(".hit")).to_have_count(3)
    page.locator("summary", has_text="More choices").click()
    page.locator("#find .form-actions button").click()
    expect(page.locator(".hit")).to_have_count(3)
    page.get_by_role("button", name="Leave out: Legal help").click()
    expect(page.locator(".chosen")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "bg"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_the_map_is_accessible_and_fits(
    visit: Visit, lawyer: models.Service, width: int, language: str
) -> None:
    now = timezone.localtime()
    full = put(by=None, record=full_service(), via=Via.PACK, now=now).service
    for _ in range(6):
        record_failed(codes=["n:shelter"], region="Drenthe", now=now)
    visitor = visit(width=width)
    found: list[str] = []
    for path in (
        "",
        f"service/{full.pk}/",
        f"service/{full.pk}/card/",
        f"card/{full.card}/",
        "coverage/",
        "gaps/",
        "fresh/",
    ):
        page = visitor.go(f"/{language}/map/{path}")
        found += sticking_out(page, width)
        hold(visitor)
    for asked in ("advocaat", "zxzxzxzx"):
        page = visitor.go(f"/{language}/map/")
        page.fill("#text", asked)
        page.locator("#find .form-actions button").click()
        page.wait_for_selector("#found-title")
        found += sticking_out(page, width)
        hold(visitor)
    assert found == []
