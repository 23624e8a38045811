"""The stylesheet keeps its promises: small, readable in both modes, direction-neutral, nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import baken.ui

UI = Path(baken.ui.__file__).parent
STATIC = UI / "static" / "baken"
CSS = (STATIC / "baken.css").read_text(encoding="utf-8")
DOCS = Path(__file__).parents[2] / "docs" / "design-system.md"

LARGEST_GZIPPED = 25_000
READING, TEXT, CONTROL = 7.0, 4.5, 3.0
GROUNDS = ("canvas", "surface", "tint", "ok-tint", "warn-tint", "danger-tint")
PAIRS = [
    *(("ink", ground, READING) for ground in GROUNDS),
    *(("ink-soft", ground, TEXT) for ground in ("canvas", "surface", "tint")),
    *(("brand", ground, TEXT) for ground in ("canvas", "surface", "tint")),
    *(("danger", ground, TEXT) for ground in ("canvas", "surface", "danger-tint")),
    ("ok", "ok-tint", TEXT),
    ("warn", "warn-tint", TEXT),
    ("warn", "surface", TEXT),
    ("on-fill", "fill", TEXT),
    ("on-fill", "fill-hover", TEXT),
    ("on-fill", "danger-fill", TEXT),
    ("on-fill", "danger-fill-hover", TEXT),
    ("on-frame", "frame", READING),
    *(("control", ground, CONTROL) for ground in ("canvas", "surface", "tint")),
    *(("focus", ground, CONTROL) for ground in ("canvas", "surface", "tint")),
    ("warn-line", "warn-tint", CONTROL),
]


def _palette(text: str) -> dict[str, str]:
    return dict(re.findall(r"--baken-([a-z-]+):\s*(#[0-9a-f]{3,6})\b", text))


def _palettes() -> dict[str, dict[str, str]]:
    dark_at = CSS.index("@media (prefers-color-scheme: dark)")
    light = _palette(CSS[:dark_at])
    return {"light": light, "dark": light | _palette(CSS[dark_at : CSS.index("/* ---------- Tokens")])}


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(mode: str, front: str, ground: str, least: float) -> None:
    palette = _palettes()[mode]
    assert _contrast(palette[front], palette[ground]) >= least


def test_stylesheet_is_small() -> None:
    assert len(gzip.compress(CSS.encode())) <= LARGEST_GZIPPED


def test_every_custom_property_that_is_used_is_set() -> None:
    used = set(re.findall(r"var\((--[a-z0-9-]+)", CSS))
    assert used - set(re.findall(r"(--[a-z0-9-]+)\s*:", CSS)) == set()


def test_only_logical_directions() -> None:
    physical = (
        r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:"
    )
    assert re.findall(physical, CSS) == []


def test_nothing_comes_from_elsewhere() -> None:
    for file in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import|@font-face", file.read_text(encoding="utf-8")), file.name


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = set()
    for template in (UI.parent).glob("*/templates/**/*.html"):
        named |= set(re.findall(r'icon\.html" with name="([a-z-]+)"', template.read_text(encoding="utf-8")))
    documented = DOCS.read_text(encoding="utf-8").split("Names: ")[1].split("## ")[0]
    assert named - drawn == set()
    assert drawn == set(re.findall(r"`([a-z-]+)`", documented))


def test_every_documented_class_exists() -> None:
    text = DOCS.read_text(encoding="utf-8")
    documented = set(re.findall(r"(?<=[` >])\.([a-z][a-z_-]*[a-z])(?=[`. \[])", text))
    sheets = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css")))
    styled = set(re.findall(r"\.([a-z][a-z_-]*[a-z])", sheets))
    unstyled_on_purpose = {"chart__label", "confidence--confirmed", "with-side__main"}
    assert documented - styled - unstyled_on_purpose == set()


def test_no_inline_script_or_style() -> None:
    for template in UI.glob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text), template.name
