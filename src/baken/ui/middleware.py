"""Middleware for the public pages: safe headers, clear errors, and the languages of the help page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
HELP_LANGUAGE_VIEWS = ("routes:help", "exit", "ui:offline")


def public_headers(get_response: GetResponse) -> GetResponse:
    """Nothing is kept by browsers or proxies between here and the reader, and no permission is asked of the device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


class _ClearErrors:
    """Answer input that is too big with the right status and a page that says what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """413 before the check against forged forms reads the body: what that meets, it answers as a broken request."""
        length, limit = request.META.get("CONTENT_LENGTH") or "0", settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if not is_form or not length.isdigit() or int(length) <= limit:
            return None
        return None if request.path.startswith("/api/") else _too_much(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """413 for bodies over the limit; everything else is Django's."""
        if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return None
        if request.path.startswith("/api/"):
            return None
        return _too_much(request)


def _too_much(request: HttpRequest) -> HttpResponse:
    heading = _("This is more than the page can take")
    text = _("What was sent is too large for this form, so nothing was read. Go back and send less.")
    return render(request, "ui/problem.html", {"heading": heading, "text": text}, status=413)


def clear_errors(get_response: GetResponse) -> _ClearErrors:
    """Middleware factory for ``_ClearErrors``."""
    return _ClearErrors(get_response)


def help_languages(get_response: GetResponse) -> GetResponse:
    """A language that only the help page speaks leads there from every other page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if get_language() in settings.BAKEN_HELP_LANGUAGES and request.path.startswith(f"/{get_language()}/"):
            try:
                name = resolve(request.path_info).view_name
            except Resolver404:
                name = ""
            if name not in HELP_LANGUAGE_VIEWS:
                return HttpResponseRedirect(reverse("routes:help"))
        return get_response(request)

    return middleware
