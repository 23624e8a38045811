"""Logs that do not tell who visited."""

from __future__ import annotations

import logging


class WithoutVisitor(logging.Filter):
    """Take the request (and with it the visitor's address and form) out of a log record before anything formats it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without the request."""
        record.__dict__.pop("request", None)
        return True
