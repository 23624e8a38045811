"""Logs that do not tell who visited or what was filled in."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any


class WithoutVisitor(logging.Filter):
    """Take the request (with the visitor's address, the page and the form) out of a log record before anything formats it.

    An error keeps its type and its places in the code. Its message goes: a failed template look-up, for one, quotes the
    whole page that was being made, with everything that was ticked.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without the request and without the words of an exception."""
        request = record.__dict__.pop("request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            # An address may hold the secret of a link in a mail, or what somebody typed; the pattern says enough.
            match = getattr(request, "resolver_match", None)
            where = match.route if match is not None else "(no such page)"
            # Django writes letters outside ASCII as escapes before it logs an address.
            written = (path, path.encode("unicode_escape").decode("ascii"))
            record.args = tuple(where if item in written else item for item in record.args)
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


def configured(level: str) -> dict[str, Any]:
    """The setting of logging: everything from ``level`` on the console, and nothing that tells who visited."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        # Nothing that tells who visited: no address, no query, no body. The filter takes the request out of the record.
        "filters": {"without_visitor": {"()": "baken.config.logs.WithoutVisitor"}},
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_visitor"]},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
        },
    }
