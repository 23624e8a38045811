"""The page rules themselves: each one fails on the page it is meant for, so that a silent check is noticed."""

from __future__ import annotations

import pytest
from tests.helpers.pages import problems

GOOD = (
    '<!doctype html><html lang="nl" dir="ltr"><head><title>Wat zie je? – Baken</title></head>'
    '<body><h1>Wat zie je?</h1><label for="a">Naam</label><input id="a" name="a"></body></html>'
)


def test_a_good_page_has_no_problems() -> None:
    assert list(problems(GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("<!doctype html>", "", "invalid HTML"),
        ("</h1>", "", "invalid HTML"),
        ("<body>", "<body><p><div></div></p>", "invalid HTML"),
        (' lang="nl"', "", "language"),
        (' dir="ltr"', "", "direction"),
        ("</h1>", "</h1><h1>Nog een</h1>", "expected one h1"),
        ("Wat zie je? – Baken", "Iets anders – Baken", "does not match h1"),
        ("Wat zie je?", "Mensenhandel", "not neutral"),
        ("<body>", '<body><p id="a">x</p>', "stands 2 times"),
        ("<body>", '<body><p aria-labelledby="zz">x</p>', "points nowhere"),
        ("<body>", '<body><p style="color:red">x</p>', "inline style"),
        ("<body>", "<body><script>x()</script>", "inline script"),
        ("<body>", '<body onload="x()">', "inline handler"),
        ("<body>", '<body><img alt="" src="https://cdn.example.com/x.png">', "third-party"),
        ("<body>", '<body><script src="//cdn.example.com/x.js"></script>', "third-party"),
        ('<label for="a">Naam</label>', "", "has no label"),
        ("<body>", "<body>{{ forgotten }}", "template code"),
    ],
)
def test_each_rule_catches_its_page(old: str, new: str, word: str) -> None:
    assert old in GOOD
    found = "\n".join(problems(GOOD.replace(old, new)))
    assert word in found
