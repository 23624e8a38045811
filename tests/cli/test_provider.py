"""`baken organisation oidc`: set, looked at, forgotten, removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.people import World
from typer.testing import CliRunner, Result

from baken.audit.models import Event
from baken.cli import app
from baken.people import doors
from baken.people.models import OrganisationProvider

NOBODY = "http://127.0.0.1:9/o"


@pytest.fixture
def world(db: None) -> World:
    made = World()
    doors.forget()
    return made


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text("kanarie-geheim\n", encoding="utf-8")
    return path


def run(*options: str) -> Result:
    return CliRunner().invoke(app, ["organisation", "oidc", *options])


def configure(secret: Path, *more: str, issuer: str = NOBODY) -> Result:
    known = ("--organisation", "gemeente oostzaan", "--issuer", issuer, "--client-id", "baken")
    return run(*known, "--client-secret-file", str(secret), "--site", "https://baken.example/", *more)


def test_it_prints_the_address_to_register_and_says_when_nobody_answers(world: World, secret: Path) -> None:
    result = configure(secret, "--acr", "sterk", "--verified-domain", "Oostzaan.example")
    assert result.exit_code == 1
    assert "https://baken.example/nl/account/with/gemeente-oostzaan/back/" in result.stdout
    assert "does not answer" in result.output
    assert "kanarie" not in result.output
    kept = OrganisationProvider.objects.get()
    assert (kept.organisation, kept.strong_contexts, kept.verified_domains) == (
        world.here,
        ["sterk"],
        ["oostzaan.example"],
    )
    assert Event.objects.filter(action="organisation.changed", object_id=str(world.here.pk)).exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--organisation", "Nergens"), "there is none"),
        (("--organisation", "Gemeente Oostzaan"), "are needed"),
        (("--organisation", "Gemeente Oostzaan", "--remove"), "no provider"),
    ],
)
def test_wrong_input_is_one_line(world: World, options: tuple[str, ...], said: str) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert said in result.output


def test_a_provider_without_https_is_refused(world: World, secret: Path) -> None:
    result = configure(secret, issuer="http://elders.example")
    assert result.exit_code == 2
    assert not OrganisationProvider.objects.exists()


def test_a_secret_that_cannot_be_read_is_said(world: World, tmp_path: Path) -> None:
    assert "cannot be read" in configure(tmp_path / "nowhere").output
    (tmp_path / "empty").touch()
    assert "is empty" in configure(tmp_path / "empty").output


def test_it_can_be_forgotten_and_removed(world: World, secret: Path) -> None:
    configure(secret)
    here = ("--organisation", "Gemeente Oostzaan")
    assert run(*here, "--forget", "niemand@nergens.example").exit_code == 2
    assert run(*here, "--forget", world.ann.email).exit_code == 0
    assert run(*here, "--remove").exit_code == 0
    assert not OrganisationProvider.objects.exists()
