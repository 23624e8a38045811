"""The database setting: SQLite made safe by default, PostgreSQL by a URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_OPTIONS = {
    # Take the write lock at the start of a transaction, wait for it, and let readers go on meanwhile.
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    # What is erased is overwritten, so that a copy of the file does not hold it.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;",
}


def database(url: str, base: Path) -> dict[str, Any]:
    """Django's database setting for ``sqlite:///path`` or ``postgresql://user:password@host:port/name``. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path[1:]) if parts.path.startswith("/") else ""
        if not name:
            raise ValueError("no file")
        path = name if name == ":memory:" or name.startswith("/") else str(base / name)
        return {"ENGINE": "baken.config.sqlite", "NAME": path, "OPTIONS": SQLITE_OPTIONS}
    if parts.scheme in ("postgres", "postgresql"):
        name = unquote(parts.path.lstrip("/"))
        if not name:
            raise ValueError("no database name")
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or options.pop("host", ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ValueError(parts.scheme)
