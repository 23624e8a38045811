"""Sessions in the database: the key as a hash, the member beside it, so that members can see and end their own."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction
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
            _end_idle(session_key=kept_key(self.session_key))
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

    def cycle_key(self) -> None:
        """Go on under a new key. The old row goes first: both would have the same public id, and Django tries for ever."""
        data = self._session  # type: ignore[attr-defined]
        with transaction.atomic():
            if self.session_key is not None:
                self.delete(self.session_key)
            self.create()
        self._session_cache = data

    def delete(self, session_key: str | None = None) -> None:
        """End a session at once."""
        key = session_key or self.session_key
        if key is not None:
            SignedInSession.objects.filter(session_key=kept_key(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """End every session that nobody used, whether or not its browser comes back."""
        for key in list(SignedInSession.objects.filter(expire_date__lte=timezone.now()).values_list("pk", flat=True)):
            _end_idle(session_key=key)


def _end_idle(*, session_key: str) -> None:
    """Take away a session whose time is over; with its event, when somebody had signed in."""
    from baken.people.sign_in_events import idle_ended

    over = SignedInSession.objects.filter(session_key=session_key, expire_date__lte=timezone.now())
    if not over.exists():
        return
    with transaction.atomic():
        session = over.select_for_update().first()
        if session is not None:
            session.delete()
            if session.member_id is not None:
                idle_ended(session.member_id, session.public_id)


def note_sign_in(*, request: HttpRequest, **_: Any) -> None:
    """Remember what the member needs to recognise this session."""
    request.session["known"] = {
        "id": str(uuid.uuid4()),
        "device": device_of(request.headers.get("User-Agent", "")),
        "at": timezone.now().isoformat(),
    }
