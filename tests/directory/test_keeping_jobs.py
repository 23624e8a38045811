"""The nightly work: alarms about doors on which the router leans, the check on the command line, and the figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from tests.helpers.directory import NOW, service
from tests.helpers.keeping import DAY, Editors, confirm, editors, listed
from typer.testing import CliRunner

from baken.cli import app
from baken.directory import jobs, models
from baken.directory.checking import check_doors
from baken.directory.codes import Field
from baken.directory.keeping_queries import figures, keeping_of, last_verified, not_listed, open_alarms, router_doors
from baken.directory.records import AreaRecord
from baken.notices import periodic
from baken.packs.pack import Pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db: None) -> Editors:
    return editors()


@pytest.fixture
def all_doors(nl: Pack) -> dict[str, models.Service]:
    """Every door of the Dutch router in the map, as national services."""
    leaned_on = dict.fromkeys(rule.door for rule in nl.rules)
    wanted = [code for code in leaned_on if nl.doors[code].phones or nl.doors[code].url]
    return {code: listed(service(code, kind="advice", door=code, phones=())) for code in wanted}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_they_run_in_the_background() -> None:
    names = {name for name in periodic._known if name.startswith("directory.")}
    assert names >= {"directory.ask_owners", "directory.check_links", "directory.keep", "directory.forget"}


def test_every_door_of_the_router_is_in_the_map_or_missing(nl: Pack, all_doors: dict[str, models.Service]) -> None:
    assert {door.problem for door in router_doors(nl, now=NOW)} == {"never_verified"}
    gone = next(iter(all_doors))
    models.Service.objects.filter(pk=all_doors[gone].pk).delete()
    assert {door.door: door.problem for door in router_doors(nl, now=NOW)}[gone] == "missing"
    found = check_doors(nl, now=NOW)
    assert not found.sound
    assert [line for line in found.failed if line.startswith(gone)]
    assert len(found.warned) == len(all_doors) - 1


def test_what_nobody_confirmed_counts_by_its_source(nl: Pack, all_doors: dict[str, models.Service]) -> None:
    assert check_doors(nl, now=NOW).sound
    assert not check_doors(nl, now=NOW, strict=True).sound
    far = NOW + 2000 * DAY
    assert {door.problem for door in router_doors(nl, now=far)} == {"unverified"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"stale_hidden_at": NOW}, "hidden"),
        ({"visibility": "hidden"}, "hidden"),
        ({"status": "temporarily closed"}, "closed"),
    ],
)
def test_a_door_that_readers_cannot_use_fails(
    nl: Pack, all_doors: dict[str, models.Service], change: dict[str, Any], problem: str
) -> None:
    code, made = next(iter(all_doors.items()))
    models.Service.objects.filter(pk=made.pk).update(**change)
    assert [door.door for door in router_doors(nl, now=NOW) if door.problem == problem] == [code]
    assert len(check_doors(nl, now=NOW).failed) == 1


def test_a_stale_door_raises_an_alarm_that_ends_when_it_is_confirmed(
    team: Editors, nl: Pack, all_doors: dict[str, models.Service]
) -> None:
    code, made = next(iter(all_doors.items()))
    confirm(made, by=team.eva, now=NOW)
    due = models.Service.objects.get(pk=made.pk).due_on
    assert due is not None
    days = (due - NOW.date()).days
    jobs.keep(NOW + days * DAY)
    assert not open_alarms().filter(service=made).exists()
    jobs.keep(NOW + (days + 1) * DAY)
    jobs.keep(NOW + (days + 2) * DAY)
    assert [alarm.what for alarm in open_alarms().filter(service=made)] == ["stale_door"]
    found = check_doors(nl, now=NOW + (days + 2) * DAY)
    assert [line for line in found.failed if line.startswith(code)]
    assert [line for line in found.failed if line.startswith("Alarm since")]
    confirm(made, by=team.eva, now=NOW + (days + 3) * DAY)
    assert not open_alarms().filter(service=made).exists()


def test_the_command_names_them_and_fails(all_doors: dict[str, models.Service]) -> None:
    sound = CliRunner().invoke(app, ["directory", "check"])
    assert sound.exit_code == 0, sound.output
    assert "0 to mend now" in sound.output
    code, made = next(iter(all_doors.items()))
    models.Service.objects.filter(pk=made.pk).update(status="inactive")
    failed = CliRunner().invoke(app, ["directory", "check"])
    assert failed.exit_code == 1
    assert f"{code} (" in failed.output
    told = CliRunner().invoke(app, ["directory", "check", "--json"])
    data = json.loads(told.output)
    assert (told.exit_code, data["sound"], len(data["failed"])) == (1, False, 1)
    assert CliRunner().invoke(app, ["directory", "check", "--strict"]).exit_code == 1
    assert CliRunner().invoke(app, ["directory", "check", "--country", "xx"]).exit_code == 2


def test_the_figures_of_the_map(team: Editors) -> None:
    unit = (AreaRecord(kind="care_coordination", code="x"), AreaRecord(kind="municipality", code="GM0363"))
    fresh = listed(service("Een", kind="police", areas=unit))
    listed(service("Twee", kind="police", areas=unit))
    listed(service("Verborgen", kind="police", visibility="hidden"))
    confirm(fresh, by=team.eva, now=NOW - 4 * DAY)
    models.Signal.objects.create(service=fresh, what="closed", day=NOW.date() - 3 * DAY, handled_at=NOW)
    models.Signal.objects.create(service=fresh, what="other", day=NOW.date())
    found = figures(now=NOW)
    assert (found.shares["", ""].fresh, found.shares["", ""].all) == (1, 2)
    assert found.shares["care_coordination:x", "police"].all == 2
    assert found.median_age == 4
    assert (found.signals.all, found.signals.answered, found.signals.days) == (2, 1, 3)
    assert found.rates[Field.TELEPHONE].rate is None


def test_one_service_with_what_somebody_who_calls_needs(team: Editors) -> None:
    made = listed(service())
    confirm(made, by=team.eva, now=NOW)
    found = keeping_of(made.pk, now=NOW)
    assert found is not None
    assert (found.record, found.signals, found.standing.verified_at) == (service(), 0, NOW)
    assert keeping_of(team.eva.member.pk, now=NOW) is None
    assert last_verified([made.pk])[made.pk].role == "editor"
    assert list(not_listed()) == []
