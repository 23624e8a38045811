"""What of a web page matters to the map, as one hash: its telephone numbers and times; else its words. Pure.

Most pages differ at every visit: a date, a counter, a word of the day. What would make the map wrong is a number or a time.
"""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser

_UNSEEN = ("script", "style", "template", "noscript", "svg")
_NUMBER = re.compile(r"(?<![\w+])\+?\d(?:[\s().-]{0,2}\d){6,13}(?!\w)")
_SHORT = re.compile(r"(?<![\w+])0[89]00[\s-]?\d{4}(?!\w)")
_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-4])[:.]([0-5]\d)(?!\d)")


class _Words(HTMLParser):
    """The words that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def fingerprint(page: str) -> str:
    """Changes when a telephone number or a time on the page does; of a page without any, when its words do."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    text = " ".join(" ".join(reader.words).split())
    numbers = {re.sub(r"\D", "", found) for found in (*_NUMBER.findall(text), *_SHORT.findall(text))}
    times = {f"{int(hour)}:{minute}" for hour, minute in _TIME.findall(_NUMBER.sub(" ", text))}
    found = sorted(numbers) + sorted(times)
    return hashlib.sha256("\n".join(found or [text]).encode()).hexdigest()
