"""What can change in how somebody gets in. Rooms above tell the member of it."""

from __future__ import annotations

from enum import StrEnum


class Change(StrEnum):
    """One change. The code travels in the queue of jobs and says nothing more."""

    PASSWORD = "password"  # noqa: S105 - a code, not a password # nosec
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    SIGN_IN_CODES = "sign_in_codes"
    KEY_CODE = "key_code"
    KEY_PASSKEY = "key_passkey"
    KEY_RECOVERED = "key_recovered"
    KEY_REPLACED = "key_replaced"
