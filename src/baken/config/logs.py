"""Logs that do not tell who visited or what was filled in."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator


class WithoutVisitor(logging.Filter):
    """Take the request (and with it the visitor's address and form) out of a log record before anything formats it.

    An error keeps its type and its places in the code. Its message goes: a failed template look-up, for one, quotes the
    whole page that was being made, with everything that was ticked.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without the request and without the words of an exception."""
        record.__dict__.pop("request", None)
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            record.exc_text = "\n".join(places(record.exc_info[1]))
            record.exc_info = None
        return True


def places(error: BaseException | None) -> Iterator[str]:
    """Type and places in the code of an exception and of those behind it, the last first; never their messages."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or error.__context__
