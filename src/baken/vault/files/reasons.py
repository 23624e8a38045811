"""Why a file is not taken. Codes, so that a page can say it in words (`baken.vault.files.words`); never a name or content."""

# They are named for what happened, and read well in `except` as they are.
# ruff: noqa: N818

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One sentence on the page each."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_BIG_TO_CLEAN = "too_big_to_clean"
    TOO_MUCH_INSIDE = "too_much_inside"
    DAMAGED = "damaged"
    PROTECTED = "protected"
    MACROS = "macros"
    EMBEDDED = "embedded"
    OLD_OFFICE = "old_office"
    PHONE_PICTURE = "phone_picture"
    HIDDEN_PLACES = "hidden_places"
    ARCHIVE = "archive"
    PROGRAM = "program"
    MARKUP = "markup"
    TWO_IN_ONE = "two_in_one"
    NOT_UTF8 = "not_utf8"
    UNKNOWN = "unknown"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"
    NO_ROOM = "no_room"
    INTERRUPTED = "interrupted"


class Unacceptable(Exception):
    """A file that is not kept; nothing of it stays."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"file refused: {reason}")
        self.reason = reason


class NoRoom(Unacceptable):
    """The disk is full. Nothing stays, and the text of a report can still be kept."""

    def __init__(self) -> None:
        super().__init__(Reason.NO_ROOM)
