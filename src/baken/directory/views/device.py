"""The public map for the device of a visitor."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from baken.audience import public
from baken.audit.heads import public_key, signing_key
from baken.directory.device import device_file
from baken.directory.queries import first_due, state_of
from baken.recognise.current import local_version

KEPT = 16
"""Languages times the day before and after midnight."""


@public
@require_safe
def device(_request: HttpRequest) -> HttpResponse:
    """For the service worker, which keeps it for when there is no network. The same for everybody, signed in or not."""
    now = timezone.localtime()
    version = f"{state_of('public')} {local_version()} {public_key()}"
    content = _content(get_language() or settings.LANGUAGE_CODE, now.date(), first_due("public"), version)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


# Every visitor's device asks for it once a day, and it is the same until something changes.
@lru_cache(maxsize=KEPT)
def _content(language: str, _today: dt.date, due: tuple[dt.date, ...], _version: str) -> bytes:
    return device_file(language=language, due=due, key=signing_key(), now=timezone.localtime())
