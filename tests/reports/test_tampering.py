"""Changed, swapped or put back on the disk: each page says so calmly, notes it, and shows nothing that does not belong there."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.helpers.sharing import Sharing, as_, url
from tests.helpers.whole_report import Story

from baken.audit.models import Event
from baken.vault.actions import change
from baken.vault.models import Grant, Sealed
from baken.vault.opening import open_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CALM = re.compile("This report does not open|changed or lost")
WORD = re.compile(r"woord\w+")


@dataclass
class Watch:
    """What the pages show when nothing is wrong, to compare with."""

    story: Story

    def __post_init__(self) -> None:
        self.before = {name: words(visit()) for name, visit in self.story.pages.items()}
        assert all(self.before.values())

    def holds(self, *damaged: Sealed, plain: dict[uuid.UUID, set[str]]) -> list[str]:
        """What is wrong on any page while these texts are not what they were; empty when all is as it must be."""
        wrong = []
        gone = set().union(*(plain[row.pk] for row in damaged))
        for name, visit in self.story.pages.items():
            events = Event.objects.filter(outcome="refused").count()
            response = visit()
            body = response.content.decode()
            is_loud = bool(CALM.search(body)) and Event.objects.filter(outcome="refused").count() > events
            if words(response) & gone:
                wrong.append(f"{name} shows what does not belong there")
            if self.before[name] & gone and not is_loud:
                wrong.append(f"{name} is silent about {[f'{row.kind}.{row.field}' for row in damaged]}")
            if response.status_code not in (200, 500) or (response.status_code == 500 and not is_loud):
                wrong.append(f"{name} answers {response.status_code}")
        return wrong


def words(response: Any) -> set[str]:
    return set(WORD.findall(response.content.decode()))


@pytest.fixture
def story(settings: Settings, tmp_path: Any) -> Story:
    settings.BAKEN_FILES = tmp_path
    return Story(Sharing.new(), "one")


def plain_of(*stories: Story) -> dict[uuid.UUID, set[str]]:
    """The words of each text."""
    return {
        row.pk: set(WORD.findall(open_text(row, story.sharing.pair).decode()))
        for story in stories
        for row in story.texts()
    }


@contextmanager
def changed(*rows: Sealed, grants: bool = False) -> Iterator[None]:
    """Whatever was written to the rows, and to their grants, is put right afterwards."""
    kept = {row.pk: (bytes(row.envelope or b""), row.version) for row in rows}
    granted = {row.pk: bytes(row.granted) for row in Grant.objects.filter(sealed__in=rows)} if grants else {}
    yield
    for key, (envelope, version) in kept.items():
        Sealed.objects.filter(pk=key).update(envelope=envelope, version=version)
    for number, value in granted.items():
        Grant.objects.filter(pk=number).update(granted=value)


def put(row: Sealed, envelope: bytes) -> None:
    Sealed.objects.filter(pk=row.pk).update(envelope=envelope)


def flipped(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


def test_every_text_that_was_changed_is_met_loudly(story: Story) -> None:
    plain, watch = plain_of(story), Watch(story)
    wrong = []
    for row in story.texts():
        with changed(row):
            put(row, flipped(bytes(row.envelope or b"")))
            wrong += watch.holds(row, plain=plain)
    assert wrong == []
    assert {row.kind for row in story.texts()} >= {
        "report",
        "message",
        "note",
        "attachment",
        "consent",
        "weighing",
        "decision",
        "handover",
        "consultation",
    }


def test_every_grant_that_was_changed_is_met_loudly(story: Story) -> None:
    plain, watch = plain_of(story), Watch(story)
    wrong = []
    for row in story.texts():
        with changed(row, grants=True):
            for grant in row.grants.all():
                Grant.objects.filter(pk=grant.pk).update(granted=flipped(bytes(grant.granted)))
            wrong += watch.holds(row, plain=plain)
    assert wrong == []


@pytest.mark.parametrize("with_grants", [False, True])
def test_two_texts_in_the_place_of_each_other_open_nothing(story: Story, with_grants: bool) -> None:
    plain, watch = plain_of(story), Watch(story)
    rows = [row for row in story.texts() if plain[row.pk]]
    wrong = []
    for first, second in combinations(rows, 2):
        if first.kind == second.kind or "facts" in (first.field, second.field):
            with changed(first, second, grants=with_grants):
                swap(first, second, with_grants=with_grants)
                wrong += watch.holds(first, second, plain=plain)
    assert wrong == []


@pytest.mark.parametrize("with_grants", [False, True])
def test_a_text_of_another_report_opens_nowhere_else(story: Story, with_grants: bool) -> None:
    other = Story(story.sharing, "two")
    plain, watch = plain_of(story, other), Watch(story)
    wrong = []
    for mine, elsewhere in zip(story.texts(), other.texts(), strict=True):
        assert (mine.kind, mine.field) == (elsewhere.kind, elsewhere.field)
        with changed(mine, elsewhere, grants=with_grants):
            swap(mine, elsewhere, with_grants=with_grants)
            wrong += watch.holds(mine, elsewhere, plain=plain)
    assert wrong == []


def swap(first: Sealed, second: Sealed, *, with_grants: bool) -> None:
    """Their bytes, and what opens them for the same reader, change places."""
    put(first, bytes(second.envelope or b""))
    put(second, bytes(first.envelope or b""))
    if with_grants:
        theirs = {row.key_id: row for row in second.grants.all()}
        for row in first.grants.all():
            if row.key_id in theirs:
                Grant.objects.filter(pk=row.pk).update(granted=bytes(theirs[row.key_id].granted))
                Grant.objects.filter(pk=theirs[row.key_id].pk).update(granted=bytes(row.granted))


@pytest.mark.parametrize("with_grants", [False, True])
def test_an_older_text_that_is_put_back_opens_nothing(story: Story, with_grants: bool) -> None:
    plain, watch = plain_of(story), Watch(story)
    wrong = []
    for row in story.texts():
        older = bytes(row.envelope or b"")
        granted = {grant.pk: bytes(grant.granted) for grant in row.grants.all()}
        change(row, open_text(row, story.sharing.pair), now=timezone.now())
        with changed(row, grants=True):
            put(row, older)
            for number, value in granted.items() if with_grants else ():
                Grant.objects.filter(pk=number).update(granted=value)
            wrong += watch.holds(row, plain=plain)
    assert wrong == []


def test_a_file_of_another_report_opens_nowhere_else(story: Story) -> None:
    other = Story(story.sharing, "two")
    bas = as_(story.sharing.world.bas)
    mine, elsewhere = (item.report.attachments.get() for item in (story, other))
    address = url(story.sharing, "attachment", story.report, mine.pk)
    assert bas.get(address).getvalue() == b"kanarie bestand"
    rows = {item: Sealed.objects.get(object_id=str(item.pk), field="file") for item in (mine, elsewhere)}
    for to, source in ((mine, elsewhere), (elsewhere, mine)):
        Sealed.objects.filter(pk=rows[to].pk).update(stored=rows[source].stored, size=rows[source].size)
    refused = bas.get(address)
    assert refused.status_code == 500
    assert CALM.search(refused.content.decode())
    assert b"kanarie" not in refused.content
    event = Event.objects.filter(outcome="refused").latest("sequence")
    assert (event.object_kind, event.object_id, event.member_id) == (
        "attachment",
        str(mine.pk),
        str(story.sharing.world.bas.pk),
    )
