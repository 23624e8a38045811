"""Step-up for members who have neither a password nor a second factor here: their provider asks them again."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.http import HttpRequest


def needed(request: HttpRequest) -> bool:
    """Is this a member whom allauth cannot ask again (and would let through), and who was not asked elsewhere just now?"""
    if not request.user.is_authenticated or get_reauthentication_flows(request.user):
        return False
    asked = [item["at"] for item in get_authentication_records(request, request.user) if item.get("reauthenticated")]
    return not asked or time.time() - asked[-1] >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
