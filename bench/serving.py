"""Start Baken as an installation runs it: gunicorn, collected static files, its own data directory, a free port."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 10
START = "from baken.cli import main; main()"
AT_A_MOMENT = f"import sys, time_machine; time_machine.travel(sys.argv.pop(1)).start(); {START}"
"""The command line, with a clock that starts at the moment in its first argument and runs on from there."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers on this machine."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def workers(self) -> list[int]:
        """Process numbers of the workers. Linux only."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(number) for number in children.read_text(encoding="ascii").split()]


@contextmanager
def serving(
    *, demo: bool = False, moment: str | None = None, before: Callable[[Mapping[str, str]], None] | None = None
) -> Iterator[Served]:
    """A running production server; ``moment`` (ISO time) sets its clock, ``before`` gets its environment just before it starts.

    Raises RuntimeError when it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="baken-") as home:
        environment = _environment(Path(home), demo=demo)
        _prepare(environment)
        if before:
            before(environment)
        port = _free_port()
        arguments = ["-c", AT_A_MOMENT, moment] if moment else ["-c", START]
        process = subprocess.Popen(
            [sys.executable, *arguments, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            _wait(process, port)
            yield Served(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _environment(home: Path, *, demo: bool) -> dict[str, str]:
    """Only what is named here: a setting of the person who measures must not change the outcome."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", str(home)),
        "LANG": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "baken.config.settings",
        "BAKEN_HOME": str(home),
        "BAKEN_DEMO": "true" if demo else "false",
    }


def _prepare(environment: dict[str, str]) -> None:
    for command in (["collectstatic", "--noinput", "--verbosity", "0"], ["migrate", "--verbosity", "0"]):
        subprocess.run([sys.executable, "-m", "django", *command], env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped at once with exit code {process.returncode}; see above.")
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/health/")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise RuntimeError(f"The server did not answer within {START_SECONDS} seconds.")
