"""One report in the demonstration, from a check at a desk to what the clerk hears back, played in a browser for its pictures."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.serving import AT_A_MOMENT, Served
from playwright.sync_api import Page

FACTS = "DEMO. De werkgever had beide paspoorten in de hand en antwoordde op elke vraag die ik stelde."
OPINION = "DEMO. Ik denk dat deze persoon niet vrij kon praten."
QUESTION = "DEMO. Dank je wel. Waren zij nog met anderen?"
ANSWER = "DEMO. Ja, er stond een busje met nog vier mensen."
WEIGHING = {
    "aim": "DEMO. Deze persoon en de anderen zijn veilig.",
    "less_far_reaching_way": "DEMO. Niemand is bereikbaar zonder de werkgever.",
    "consulted": "DEMO. Veilig Thuis, zonder naam.",
    "why_not_told": "DEMO. De werkgever leest mee.",
}
OUTCOME = "DEMO. Wij spraken deze persoon alleen. Er is een veilige plek."
DAYS = 20
"""So long may the other organisation read along."""
CODES = 4
"""So many codes are tried on a machine that is busy."""

FOCAL, SECOND, ELSEWHERE = "aandacht@demo.example", "tweede@demo.example", "veiligthuis@demo.example"


@dataclass
class Members:
    """Who signs in, with what the demonstration printed; and the environment to ask for codes in."""

    moment: str
    passwords: dict[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)

    def make(self, environment: Mapping[str, str]) -> None:
        """Make them and the demo reports, before the server does."""
        self.environment = environment
        printed = self._baken(self.moment, "organisation", "demo")
        self.passwords = dict(re.findall(r"^\s+(\S+@\S+)\s+(\S+)\s+\(", printed, re.MULTILINE))

    def code(self, served: Served, who: str) -> str:
        """The second step, by the clock of the server."""
        with urllib.request.urlopen(f"{served.address}/health/") as answer:
            moment = email.utils.parsedate_to_datetime(answer.headers["Date"])
        return str(re.findall(r"\b\d{6}\b", self._baken(moment.isoformat(), "organisation", "code", who))[0])

    def _baken(self, moment: str, *arguments: str) -> str:
        command = [sys.executable, "-c", AT_A_MOMENT, moment, *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout


@dataclass
class Story:
    """The pages of who takes part, and ``keep``, which takes the picture of a page under a name."""

    served: Served
    members: Members
    page: Callable[[int], Page]
    keep: Callable[[Page, str], None]
    today: dt.date
    reference: str = ""
    """What the clerk's report is called, once it is there."""

    def play(self, check: Callable[[Page], None]) -> None:
        """All of it. ``check`` fills in a check."""
        clerk, focal, second, elsewhere = self.page(320), self.page(1280), self.page(1280), self.page(1280)
        code = self._report(clerk, check)
        self._sign_in(focal, FOCAL)
        report = self._ask(focal)
        self._answer(clerk, code)
        self._sign_in(second, SECOND)
        self._weigh(focal, second, report)
        self._hand_over(focal, report)
        self._sign_in(elsewhere, ELSEWHERE)
        self._take_over(elsewhere)
        self._close(focal, report)
        self._follow(clerk, code)
        clerk.evaluate("document.querySelector('h1').scrollIntoView()")
        self.keep(clerk, "heard-back-320-nl")

    def _go(self, page: Page, path: str) -> None:
        page.goto(path if path.startswith("http") else self.served.address + path)

    def _sign_in(self, page: Page, who: str) -> None:
        self._go(page, "/nl/account/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", self.members.passwords[who])
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/second-step/**")
        for _try in range(CODES):
            # A code that was just over when it arrived: take the next one.
            page.fill("input[name=code]", self.members.code(self.served, who))
            with page.expect_navigation():
                page.keyboard.press("Enter")
            if "/second-step/" not in page.url:
                break
        page.wait_for_url("**/organisation/**")

    def _report(self, page: Page, check: Callable[[Page], None]) -> str:
        self._go(page, "/nl/check/")
        check(page)
        page.locator(".form-actions button").first.click()
        page.wait_for_url("**/result/")
        page.locator("form[action*='/report/'] button").first.click()
        page.fill("#facts", FACTS)
        page.fill("#opinion", OPINION)
        page.locator(".send-box button").click()
        page.wait_for_selector(".receipt__code")
        page.evaluate("document.querySelector('.receipt').scrollIntoView()")
        self.keep(page, "receipt-320-nl")
        self.reference = page.locator(".receipt b").inner_text()
        return "".join(page.locator(".receipt__code").inner_text().split())

    def _ask(self, page: Page) -> str:
        organisation = page.url.split("/organisation/")[1].split("/")[0]
        self._go(page, f"/nl/organisation/{organisation}/inbox/?list=team")
        self.keep(page, "inbox-1280-nl")
        page.locator("main a[href*='/inbox/']").filter(has_text=self.reference).first.click()
        page.locator("button[name=how][value=acknowledge]").click()
        page.locator("button[name=how][value=take_into_triage]").click()
        address = page.url.partition("#")[0]
        self._go(page, address)
        self.keep(page, "report-1280-nl")
        page.fill("#message_text", QUESTION)
        page.check("#message_question")
        page.locator("form[action$='/message/'] button").first.click()
        page.wait_for_url("**#dialogue")
        return address

    def _follow(self, page: Page, code: str) -> None:
        self._go(page, "/nl/receipt/")
        page.fill("input[name=code]", code)
        page.keyboard.press("Enter")
        page.wait_for_selector(".track")

    def _answer(self, page: Page, code: str) -> None:
        self._follow(page, code)
        page.fill("#text", ANSWER)
        page.locator(".answer .form-actions button").click()
        page.wait_for_selector(".said--mine")

    def _weigh(self, page: Page, second: Page, report: str) -> None:
        """Written by one focal point, signed by the other."""
        self._go(page, f"{report}decide/weighing/")
        page.fill("[name=organisation]", "DEMO Veilig Thuis")
        self._choose_parts(page)
        for name, text in WEIGHING.items():
            page.fill(f"[name={name}]", text)
        page.check("[name=told][value=no]")
        page.locator("main .form-actions button").click()
        page.wait_for_url(f"{report}decide/weighing/*-*/")
        written = page.url
        self._go(second, written)
        second.locator("main form.card button").click()
        second.wait_for_url("**#decisions")
        self._go(page, written)
        self.keep(page, "weighing-1280-nl")

    def _choose_parts(self, page: Page) -> None:
        for part in ("situation", "facts"):
            page.check(f"[name=parts][value={part}]")

    def _hand_over(self, page: Page, report: str) -> None:
        self._go(page, f"{report}decide/report_without_consent/")
        page.locator("input[name=record]").first.check()
        page.fill("[name=text]", "DEMO. Er is haast.")
        page.locator("main .form-actions button").click()
        page.wait_for_url("**#decisions")
        page.locator("a[href*='/hand-over/']").click()
        self._choose_parts(page)
        page.fill("[name=until]", (self.today + dt.timedelta(days=DAYS)).isoformat())
        page.fill("[name=message]", "DEMO. Graag vandaag nog bellen.")
        page.locator("main .form-actions button").click()
        page.wait_for_url("**#handovers")

    def _take_over(self, page: Page) -> None:
        organisation = page.url.split("/organisation/")[1].split("/")[0]
        self._go(page, f"/nl/organisation/{organisation}/handovers/")
        page.locator("main li.card a").first.click()
        page.wait_for_selector("form[action$='/accept/']")
        self.keep(page, "hand-over-1280-nl")
        page.locator("form[action$='/accept/'] button").click()
        page.check("[name=outcome][value=helped]")
        page.fill("form[action$='/outcome/'] [name=text]", OUTCOME)
        page.locator("form[action$='/outcome/'] button").click()
        page.wait_for_load_state()

    def _close(self, page: Page, report: str) -> None:
        self._go(page, f"{report}close/")
        page.locator("label.choice[for^=outcome_]").first.click()
        page.locator("main .form-actions button").click()
        page.wait_for_url(report)
