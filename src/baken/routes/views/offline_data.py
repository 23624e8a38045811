"""What the browser keeps to work without a network: the rules and facts, and the places. The same for every reader."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from baken.audience import public
from baken.recognise.current import current_pack, local_version
from baken.routes.bundle import bundle, places_bundle
from baken.routes.words import words

CONTENT_TYPE = "application/json; charset=utf-8"
KEPT = 16
"""Languages times the day before and after midnight."""


@public
@require_safe
def bundle_json(_request: HttpRequest) -> HttpResponse:
    """Rules, facts and texts of the installation's country, with opening hours from today on."""
    return HttpResponse(_bundle_text(get_language() or "", timezone.localdate()), content_type=CONTENT_TYPE)


@public
@require_safe
def places_json(_request: HttpRequest) -> HttpResponse:
    """Municipalities, postcodes and regions."""
    return HttpResponse(_places_text(get_language() or "", local_version()), content_type=CONTENT_TYPE)


# Working out the hours of every door for weeks takes longer than an answer may; it is the same until midnight.
@lru_cache(maxsize=KEPT)
def _bundle_text(_language: str, today: dt.date) -> str:
    return _text({**bundle(current_pack(), today=today), "words": words()})


@lru_cache(maxsize=KEPT)
def _places_text(_language: str, _regions: str) -> str:
    return _text(places_bundle(current_pack()))


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)
