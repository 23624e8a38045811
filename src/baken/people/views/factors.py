"""Pages of allauth about second factors, where an event must be in the transaction and its own signal comes too late."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp import views as totp
from django.http import HttpResponse

from baken.people import sign_in_events


class SetUpAppView(totp.ActivateTOTPView):  # type: ignore[misc]
    """Set up an authenticator app. allauth tells of it after the transaction; the event belongs inside."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The code was right."""
        response: HttpResponse = super().form_valid(form)
        sign_in_events.factor_added(self.request.user)
        return response
