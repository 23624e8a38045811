"""What `baken doctor` looks at. Each examination yields what it found and, where something is wrong, how to mend it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from baken.cli.given import now

LEAST_FREE_MB = 200
LOCAL = ("localhost", "127.0.0.1", "[::1]", "testserver")
HTTPS_CHECKS = ("security.W004", "security.W008", "security.W012", "security.W016")
"""Django's checks that one setting of ours answers together."""
HTTPS_MEND = "Set BAKEN_HTTPS=true when the site is reached over https only."
WORKER_SEEN = dt.timedelta(minutes=5)
"""A worker shows itself every minute."""
PRIVATE = 0o077
"""Permission bits that a secret file must not have: anything for others."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    level: Literal["ok", "warning", "error"]
    area: str
    found: str
    mend: str = ""

    def data(self) -> dict[str, str]:
        """As plain data."""
        return asdict(self)


def examine() -> Iterator[Finding]:
    """Look at everything. Without usable settings nothing else can be looked at."""
    usable = True
    for finding in settings():
        usable = usable and finding.level != "error"
        yield finding
    if not usable:
        return
    for area, examination in EXAMINATIONS.items():
        try:
            yield from examination()
        except Exception as error:  # noqa: BLE001 - a doctor that falls over on the patient helps nobody
            yield Finding("error", area, f"{type(error).__name__}: {error}", "Look at the message; the others went on.")


def settings() -> Iterator[Finding]:
    """Can the settings be read, and can Django start with them?"""
    from baken.config.env import SettingError

    try:
        import django

        django.setup()
    except SettingError as error:
        yield Finding("error", "settings", str(error), "Set it in the environment or in .env.")
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the message is what helps
        yield Finding("error", "settings", f"{type(error).__name__}: {error}", "Repair the installation: make run.")
        return
    yield Finding("ok", "settings", os.environ["DJANGO_SETTINGS_MODULE"])


def database() -> Iterator[Finding]:
    """Can the database be reached, and is it up to date?"""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = waiting_migrations()
    except DatabaseError as error:
        yield Finding("error", "database", str(error).splitlines()[0], "Set DATABASE_URL, or start the database.")
        return
    if waiting:
        yield Finding("error", "database", f"{waiting} changes are waiting", "Run: django-admin migrate")
    else:
        yield Finding("ok", "database", f"{connection.vendor}, up to date")


def waiting_migrations() -> int:
    """How many changes the database still has to get. Raises DatabaseError."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def mail() -> Iterator[Finding]:
    """Does the mail server answer?"""
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.EMAIL_HOST:
        yield Finding("ok", "mail", "printed on the console", "To send it, set BAKEN_MAIL_HOST.")
        return
    try:
        server = get_connection()
        server.open()
        server.close()
    except OSError as error:
        yield Finding(
            "error", "mail", f"no answer from {settings.EMAIL_HOST}: {error}", "Check BAKEN_MAIL_HOST, _PORT."
        )
    else:
        yield Finding("ok", "mail", settings.EMAIL_HOST)


def clock() -> Iterator[Finding]:
    """Is the clock plausible? Opening hours depend on it. It cannot be before the day a fact was checked."""
    from zoneinfo import ZoneInfo

    from baken.packs.facts import facts_of
    from baken.packs.loader import load_pack

    pack = load_pack()
    moment = now(dt.UTC)
    newest = max((item.fact.checked_on for item in facts_of(pack)), default=dt.date.min)
    local = moment.astimezone(ZoneInfo(pack.info.timezone))
    if moment.date() < newest:
        mend = "Set the clock of this machine, for example with NTP."
        yield Finding("error", "clock", f"it says {moment:%Y-%m-%d}, facts were checked on {newest}", mend)
    else:
        yield Finding("ok", "clock", f"{local:%Y-%m-%d %H:%M} in {pack.info.timezone}")


def jobs() -> Iterator[Finding]:
    """Are background jobs done, and does mail leave?"""
    from baken.notices.queries import state_of_jobs

    moment = now(dt.UTC)
    state = state_of_jobs()
    seen = f"worker seen {state.worker_seen:%Y-%m-%d %H:%M} UTC" if state.worker_seen else "no worker seen"
    oldest = f", the oldest since {state.oldest:%Y-%m-%d %H:%M} UTC" if state.oldest else ""
    found = f"{state.waiting} waiting{oldest}; {len(state.given_up)} given up; {seen}"
    if state.worker_seen is None or abs(moment - state.worker_seen) > WORKER_SEEN:
        late = state.oldest is not None and moment - state.oldest > WORKER_SEEN
        yield Finding(
            "error" if late else "warning", "jobs", found, "Start `baken work`, or `baken serve` with a worker."
        )
    else:
        yield Finding("ok", "jobs", found)
    for name in state.given_up[:5]:
        yield Finding(
            "warning", "jobs", f"given up: {name}", "Mend the cause; the log of the worker says where it was."
        )
    if state.mail_waits_since:
        since = f"mail was refused and waits since {state.mail_waits_since:%Y-%m-%d %H:%M} UTC"
        yield Finding("warning", "jobs", since, "Check BAKEN_MAIL_HOST, _USER, BAKEN_MAIL_FROM and the addresses.")


def erasing() -> Iterator[Finding]:
    """Does erasing go on, or did the clock leap?"""
    from baken.notices.erasing import stopped

    found = stopped()
    if found is None or found.stopped_at is None:
        yield Finding("ok", "erasing", "goes on")
        return
    leap = f"stopped: the clock went from {found.at:%Y-%m-%d} to {found.stopped_at:%Y-%m-%d} in one step"
    mend = "Is the date of this machine wrong? Set its clock. Was it off that long? Run: baken doctor --clock-is-right"
    yield Finding("error", "erasing", leap, mend)


def storage() -> Iterator[Finding]:
    """Is there room, may we write, and is the secret private?"""
    from django.conf import settings

    directory = Path(settings.STATIC_ROOT).parent
    if not os.access(directory, os.W_OK):
        yield Finding(
            "error", "storage", f"{directory} cannot be written", "Give this user the right, or set BAKEN_HOME."
        )
        return
    free = shutil.disk_usage(directory).free // 2**20
    level: Literal["ok", "warning"] = "ok" if free >= LEAST_FREE_MB else "warning"
    yield Finding(level, "storage", f"{directory}, {free} MB free", "" if level == "ok" else "Make room on this disk.")
    secret = directory / "secret-key"
    if secret.exists() and secret.stat().st_mode & PRIVATE:
        yield Finding("error", "storage", f"others can read {secret}", f"Run: chmod 600 {secret}")


def packs() -> Iterator[Finding]:
    """Can every pack be read, and are its facts fresh?"""
    from django.conf import settings as site

    from baken.packs.errors import PackError
    from baken.packs.facts import stale_facts
    from baken.packs.loader import countries, read_pack

    today = now(dt.UTC).date()
    for country in countries():
        overlays = site.BAKEN_LOCAL_PACKS if country == site.BAKEN_COUNTRY else ()
        try:
            pack = read_pack(country, overlays=overlays)[0]
        except PackError as error:
            mend = "Run: baken pack check"
            yield Finding("error", f"pack {country}", f"{error.problems[0]} ({len(error.problems)} to mend)", mend)
            continue
        if stale := len(stale_facts(pack, today)):
            yield Finding("warning", f"pack {country}", f"{stale} facts are due", "Run: baken pack stale")
        else:
            yield Finding("ok", f"pack {country}", pack.info.status)


def catalogues() -> Iterator[Finding]:
    """Is every catalogue compiled as it is now?"""
    from baken.packs.messages import catalogue_files
    from baken.packs.po import CatalogueError, compiled, read_entries

    old = 0
    files = list(catalogue_files())
    for path, language in files:
        try:
            content = compiled(read_entries(path), language)
        except CatalogueError as error:
            yield Finding("error", "texts", str(error), "Mend the file, then: baken pack messages --compile")
            continue
        target = path.with_suffix(".mo")
        old += not target.exists() or target.read_bytes() != content
    if old:
        yield Finding("error", "texts", f"{old} of {len(files)} are not compiled", "Run: baken pack messages --compile")
    else:
        yield Finding("ok", "texts", f"{len(files)} catalogues compiled")


def pdf() -> Iterator[Finding]:
    """Can PDFs be made? That needs Pango from the system."""
    mend = "Install it: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    try:
        import weasyprint
    except OSError as error:
        yield Finding("error", "PDF", str(error).splitlines()[0], mend)
    else:
        yield Finding("ok", "PDF", f"WeasyPrint {weasyprint.__version__}")


def static_files() -> Iterator[Finding]:
    """Are the static files collected?"""
    from django.conf import settings

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG or manifest.exists():
        yield Finding("ok", "static files", "served from the sources" if settings.DEBUG else str(manifest.parent))
    else:
        yield Finding("error", "static files", f"{manifest} is missing", "Run: django-admin collectstatic --noinput")


def security() -> Iterator[Finding]:
    """What Django's own checks for a site on the internet say."""
    from django.conf import settings
    from django.core.checks import ERROR, run_checks

    local = all(host in LOCAL for host in settings.ALLOWED_HOSTS)
    found = run_checks(include_deployment_checks=not local)
    for message in found:
        level: Literal["warning", "error"] = "error" if message.level >= ERROR else "warning"
        mend = HTTPS_MEND if message.id in HTTPS_CHECKS else _one_line(message.hint or "Look at the message.")
        yield Finding(level, "security", f"{message.id}: {_one_line(message.msg)}", mend)
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("error", "security", "the site answers to every name", "Set BAKEN_HOSTS to its names.")
    elif local:
        yield Finding(
            "ok", "security", "only this machine can reach it", "On the internet: BAKEN_HOSTS, BAKEN_HTTPS=true"
        )
    elif not found:
        yield Finding("ok", "security", ", ".join(settings.ALLOWED_HOSTS))


def _one_line(text: object) -> str:
    return " ".join(str(text).split())[:240]


EXAMINATIONS: dict[str, Callable[[], Iterator[Finding]]] = {
    "database": database,
    "mail": mail,
    "clock": clock,
    "jobs": jobs,
    "erasing": erasing,
    "storage": storage,
    "packs": packs,
    "texts": catalogues,
    "PDF": pdf,
    "static files": static_files,
    "security": security,
}
