"""Sets the ``vault`` cookie when a key was unlocked or locked, and wipes what a request opened when its answer is made.

And when something sealed does not open because it was changed behind our back, it says so calmly and notes the attempt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from baken.audit.actions import record_alone
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.vault import session
from baken.vault.errors import UnreadableCode, VaultError

GetResponse = Callable[[HttpRequest], HttpResponseBase]
NAMED = {
    "handover_id": Kind.HANDOVER,
    "consultation_id": Kind.CONSULTATION,
    "attachment_id": Kind.ATTACHMENT,
    "report_id": Kind.REPORT,
}
"""What an address names, the most exact first."""


def keys(get_response: GetResponse) -> GetResponse:
    """Middleware factory."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            response = get_response(request)
        except BaseException:
            session.close(request)
            raise
        if not hasattr(request, "_vault"):
            return response
        _set_cookie(request, response)
        if isinstance(response, StreamingHttpResponse):
            # What is still to be sent may need its key until the last piece.
            response.streaming_content = _then_close(response.streaming_content, request)  # type: ignore[arg-type]
        else:
            session.close(request)
        return response

    return answer


def _set_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    value = session.opened(request).cookie
    name = session.cookie_name()
    if value:
        response.set_cookie(
            name, value, path="/", secure=bool(settings.SESSION_COOKIE_SECURE), httponly=True, samesite="Strict"
        )
    elif value == "" and name in request.COOKIES:
        response.delete_cookie(name, path="/", samesite="Strict")


def _then_close(pieces: Iterable[bytes], request: HttpRequest) -> Iterator[bytes]:
    try:
        yield from pieces
    finally:
        session.close(request)


class _Damage:
    """Answer what was changed on the disk with one calm page, and an event that says who met it and where."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Nothing of it is shown. A slip of the pen in a code is the business of its page."""
        if not isinstance(exception, VaultError) or isinstance(exception, UnreadableCode):
            return None
        acting = getattr(request, "acting", None)
        named = request.resolver_match.kwargs if request.resolver_match is not None else {}
        subject = next(
            (Subject(kind, str(named[name])) for name, kind in NAMED.items() if name in named), Subject(Kind.PAGE)
        )
        record_alone(by=acting.actor if acting else Actor(), action=Action.READ, on=subject, now=timezone.now())
        heading = _("This report does not open")
        text = _(
            "What is stored was changed outside Baken, or this is another key. Tell your administrator; do not delete anything."
        )
        return render(request, "ui/problem.html", {"heading": heading, "text": text}, status=500)


def damage(get_response: GetResponse) -> _Damage:
    """Middleware factory for ``_Damage``."""
    return _Damage(get_response)
