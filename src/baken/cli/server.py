"""The production web server: gunicorn, set up so that its logs do not tell who visited."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from typing import Any

import typer
from django.conf import settings
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

THREADS = 4
TIMEOUT = 60
"""Seconds; a set of factsheets as PDF is the longest work that a page does."""
SWITCH_SECONDS = 0.0005
"""A thread that others wait for, because it is writing, waits no longer than this for the interpreter. Python's own is 5 ms,
and a report goes to the database and comes back ten times."""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - where gunicorn keeps its heartbeat, not a place for our own files # nosec


class _WithoutAddress(logging.Filter):
    """Gunicorn names the visitor's address when a request is malformed; keep what was wrong, not who sent it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if "ip=" in str(record.msg):
            record.msg, record.args = "Invalid request", None
        return True


class QuietLogger(Logger):  # type: ignore[misc]
    """No access log, and no address in the error log."""

    def setup(self, cfg: Any) -> None:
        """Set gunicorn's loggers up, with the filter."""
        super().setup(cfg)
        self.error_log.addFilter(_WithoutAddress())


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with options from here instead of from its command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from baken.config.wsgi import application
        from baken.recognise.current import current_pack

        # Before the workers fork, so that they share the packs and the first visitor does not wait for them.
        for language, _name in settings.LANGUAGES:
            current_pack(language)
        share_processor()
        gc.collect()
        gc.freeze()
        return application


def share_processor() -> None:
    """Let the threads of this process take turns as the server wants it; processes that it starts do the same."""
    sys.setswitchinterval(SWITCH_SECONDS)


def run(*, host: str, port: int, workers: int) -> None:
    """Serve until stopped."""
    shown = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104 - shown, not bound # nosec
    shown = f"[{shown}]" if ":" in shown else shown
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def ready(_server: Any) -> None:
        typer.echo(f"Baken: http://{shown}:{port}/  (stop with Ctrl+C)")

    options = {
        "bind": bind,
        "workers": workers,
        "threads": THREADS,
        "worker_class": "gthread",
        "timeout": TIMEOUT,
        "preload_app": True,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "logger_class": QuietLogger,
        "control_socket_disable": True,
        "when_ready": ready,
        "proc_name": "baken",
    }
    if SHARED_MEMORY.is_dir():
        options["worker_tmp_dir"] = str(SHARED_MEMORY)
    _Server(options).run()
