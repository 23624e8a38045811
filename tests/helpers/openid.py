"""Addresses and looks that tests of signing in at a provider share."""

from __future__ import annotations

from django.test import Client

from baken.audit.models import Event
from baken.people.openid import actions
from tests.helpers.openid_provider.process import CLIENT, SECRET, Provider

START = "/en/account/with/gemeente-oostzaan/"
HOME = "/en/organisation/"


def settings_of(provider: Provider, **changes: object) -> actions.ProviderSettings:
    known = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET, "strong_contexts": ["sterk"]}
    return actions.ProviderSettings(**{**known, **changes})  # type: ignore[arg-type]


def is_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def refused_events() -> list[tuple[str, str]]:
    found = Event.objects.filter(action="sign_in", outcome="refused").order_by("sequence")
    return [(item.member_id, item.object_id) for item in found]
