"""Sessions in the database: the key as a hash, the member beside it, so that members can see and end their own."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from baken.people.models import SignedInSession

BROWSERS = ("Firefox", "Edg", "Chrome", "Safari")
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


def kept_key(key: str | None) -> str:
    """What the table holds instead of the key of a session."""
    return hashlib.sha256((key or "").encode()).hexdigest()


def device_of(agent: str) -> str:
    """Browser and system in two words: enough to know one's own, not enough to be followed by."""
    browser = next((name for name in BROWSERS if name in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return " · ".join(filter(None, ({"Edg": "Edge"}.get(browser, browser), system)))


class SessionStore(DatabaseStore):
    """Django's database sessions under a hashed key."""

    @classmethod
    def get_model_class(cls) -> type[SignedInSession]:
        """The table."""
        return SignedInSession

    def _get_session_from_db(self) -> SignedInSession | None:
        found = SignedInSession.objects.filter(
            session_key=kept_key(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Is there a session with this key?"""
        return SignedInSession.objects.filter(session_key=kept_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> SignedInSession:
        """The row of this session; who, where and since when stand in the session itself."""
        known = data.get("known") or {}
        return SignedInSession(
            session_key=kept_key(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            public_id=uuid.UUID(known["id"]) if known else uuid.uuid4(),
            member_id=data.get("_auth_user_id"),
            device=known.get("device", ""),
            started_at=dt.datetime.fromisoformat(known["at"]) if known else None,
        )

    def delete(self, session_key: str | None = None) -> None:
        """End a session at once."""
        key = session_key or self.session_key
        if key is not None:
            SignedInSession.objects.filter(session_key=kept_key(key)).delete()


def note_sign_in(*, request: HttpRequest, **_: Any) -> None:
    """Remember what the member needs to recognise this session."""
    request.session["known"] = {
        "id": str(uuid.uuid4()),
        "device": device_of(request.headers.get("User-Agent", "")),
        "at": timezone.now().isoformat(),
    }
