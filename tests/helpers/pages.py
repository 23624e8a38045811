"""House rules for pages. Every page that any test fetches is held against them, so no page needs a test of its own for them."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponseBase
from django.test import Client

THIRD_PARTY = re.compile(r"^(?:https?:)?//(?!127\.0\.0\.1|localhost|testserver)", re.I)
MEMBER_PAGES = re.compile(r"^/[a-z]{2}/(account|organisation)/")
LOADING_ATTRIBUTES = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("form", "action"),
}
TELLING_TITLE = re.compile(
    r"mensenhandel|uitbuiting|uitgebuit|slachtoffer|prostitu|gedwongen|slaverni|traffick|exploit|victim|forced|slavery"
    r"|emberkeresked|kizsákmány|áldozat|kényszer|rabszolg|трафик|трговија со луѓе|експлоат|жертв|жртв|проститу|принуд|присил"
    r"|робство|ропство|الاتجار|استغلال",
    re.I,
)


def problems(body: str) -> Iterator[str]:
    """Everything about a page that breaks a house rule."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(body)
    for position, code, values in parser.errors:
        yield f"invalid HTML at {position}: {code} {values}"
    elements = list(tree.iter())
    yield from _language(tree)
    yield from _heading_and_title(tree)
    yield from _ids(elements)
    yield from _inline(elements)
    yield from _addresses(elements)
    yield from _controls_have_names(elements)
    if "{%" in body or "{{" in body:
        yield "template code reached the page"


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _language(tree: Element) -> Iterator[str]:
    root = tree if tree.tag == "html" else tree.find(".//html")
    if root is None or not root.get("lang"):
        yield "the page does not say its language"
    elif root.get("dir") not in ("ltr", "rtl"):
        yield "the page does not say its direction"


def _heading_and_title(tree: Element) -> Iterator[str]:
    headings = tree.findall(".//h1")
    title = tree.find(".//title")
    if len(headings) != 1:
        yield f"expected one h1, found {len(headings)}"
        return
    if title is None or _text(title) != f"{_text(headings[0])} – Baken":
        yield f"title {_text(title) if title is not None else None!r} does not match h1 {_text(headings[0])!r}"
    if TELLING_TITLE.search(_text(headings[0])):
        yield f"the title is not neutral: {_text(headings[0])!r}"


def _ids(elements: list[Element]) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} points nowhere"


def _inline(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag == "style" or element.get("style") is not None:
            yield f"inline style on <{element.tag}>"
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
            yield "inline script"
        yield from (f"inline handler {name}" for name in list(element.attrib) if name.startswith("on"))


def _addresses(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        for name, value in element.items():
            if (
                (element.tag, name) in LOADING_ATTRIBUTES
                and THIRD_PARTY.match(value)
                and element.get("rel") not in ("canonical", "alternate")
            ):
                yield f"third-party address {value!r} in <{element.tag} {name}>"


def _controls_have_names(elements: list[Element]) -> Iterator[str]:
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    inside = {id(child) for element in elements if element.tag == "label" for child in element.iter()}
    for element in elements:
        named = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in labelled
        if _is_control(element) and not named and id(element) not in inside:
            yield f"<{element.tag} name={element.get('name')!r}> has no label"


def _is_control(element: Element) -> bool:
    return element.tag in ("select", "textarea") or (
        element.tag == "input" and element.get("type") not in ("hidden", "submit")
    )


class PageClient(Client):
    """A test client that holds every page against the house rules and every public answer against the safe headers."""

    def request(self, **request: Any) -> Any:
        """Make the request; fail when the page breaks a rule."""
        response = super().request(**request)
        check_response(response)
        return response


def check_response(response: HttpResponseBase) -> None:
    """Raise AssertionError with every house rule that an answer breaks."""
    found = [*header_problems(response), *cookie_problems(response)]
    if (
        response.headers.get("Content-Type", "").startswith("text/html")
        and not response.streaming
        and response.status_code != 304
    ):
        body = response.content.decode()  # type: ignore[attr-defined]
        # A fragment is swapped into a page that was checked whole.
        if body.lstrip().lower().startswith("<!doctype"):
            found += problems(body)
    assert not found, "\n".join(found)


def cookie_problems(response: HttpResponseBase) -> Iterator[str]:
    """Cookies only below the pages of members, and then closed to scripts and other sites."""
    path = getattr(response, "request", {}).get("PATH_INFO", "")
    if response.cookies and not MEMBER_PAGES.match(path):
        yield f"a cookie was set: {list(response.cookies)}"
    for name, cookie in response.cookies.items():
        # One that is taken away needs no protection any more.
        sites = "Strict" if name == "vault" else "Lax"
        if cookie.value and (not cookie["httponly"] or cookie["samesite"] != sites or cookie["path"] != "/"):
            yield f"cookie {name} is not closed: {cookie}"


def header_problems(response: HttpResponseBase) -> Iterator[str]:
    """Safe headers on every answer: no referrer, strict content policy."""
    if response.status_code in (301, 302, 303, 307, 308):
        return
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-inline" in policy or "unsafe-eval" in policy:
        yield f"content policy is not strict: {policy!r}"
    path = getattr(response, "request", {}).get("PATH_INFO", "")
    policy = "same-origin" if MEMBER_PAGES.match(path) else "no-referrer"
    if response.headers.get("Referrer-Policy") != policy:
        yield f"no Referrer-Policy: {policy}"
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        yield "no X-Content-Type-Options: nosniff"
