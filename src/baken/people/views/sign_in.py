"""Sign in: allauth's page, with work for the browser, so that a flood of strangers does not keep members out."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from django.http import HttpRequest, HttpResponse

from baken.people import sign_in_work
from baken.people.hashers import in_front


class SignInView(account.LoginView):  # type: ignore[misc]
    """Whose browser did the work goes before who did not."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look whether the password is right."""
        done = sign_in_work.is_done(request.POST.get("challenge", ""), request.POST.get("proof", ""))
        with in_front(really=done):
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
