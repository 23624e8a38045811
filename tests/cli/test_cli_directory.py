"""`baken directory load` and what a new installation begins with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from baken.cli import app
from baken.cli.directory import fill_when_empty
from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.records import id_of
from baken.directory.rows import record_of, whole

pytestmark = pytest.mark.django_db


def load(*more: str) -> str:
    answer = CliRunner().invoke(app, ["directory", "load", *more])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_a_new_installation_begins_with_services_that_nobody_confirmed() -> None:
    fill_when_empty()
    assert models.Service.objects.count() >= 150
    assert not models.Service.objects.exclude(verified_at=None).exists()
    assert not models.Service.objects.filter(source_name="").exists()
    assert {"NL", "HU", "BG", "MK"} <= set(models.Service.objects.values_list("country", flat=True))
    changed = models.Service.objects.first()
    assert changed is not None
    changed.delete()
    left = models.Service.objects.count()
    fill_when_empty()
    assert models.Service.objects.count() == left, "a map that is there is not filled again"


def test_what_was_changed_here_stays_and_is_named() -> None:
    assert "0 differ" in load("--country", "mk")
    service = whole(models.Service.objects.filter(country="MK")).order_by("key")[0]
    ours = replace(record_of(service), description="Beter gezegd.")
    put(by=None, record=ours, via=Via.EDITOR, now=timezone.now())
    told = load("--country", "mk")
    assert "0 added" in told
    assert f"{service.key}: description" in told.replace("\n", " ")
    assert models.Service.objects.get(pk=service.pk).description == "Beter gezegd."
    assert "1 added" in load("--country", "mk", "--take-over")
    assert models.Service.objects.get(pk=service.pk).description != "Beter gezegd."


def test_a_country_without_a_pack_is_refused_with_what_there_is() -> None:
    answer = CliRunner().invoke(app, ["directory", "load", "--country", "zz"])
    assert answer.exit_code == 1
    assert "zz" in answer.output


def test_ids_follow_from_the_names_in_the_pack() -> None:
    load("--country", "mk")
    for service in models.Service.objects.all():
        country, _, code = (service.key or "").partition(":")
        assert service.pk == id_of(country, "service", code)
