"""Taking over from a file and giving the map out, through the pages of editors."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.helpers import directory
from tests.helpers.editing import Editors, there

from baken.directory import models
from baken.directory.actions.putting import Via, put
from baken.directory.exchange.giving import as_csv, as_hsds, as_package


@pytest.fixture
def editors(db: None) -> Editors:
    return Editors()


def shown(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def send(editors: Editors, content: bytes, name: str = "kaart.json", source: str = "Gemeente Elders") -> Any:
    upload = SimpleUploadedFile(name, content)
    return editors.client().post(editors.at("import/"), {"file": upload, "name": source})


def ticks(page: Any) -> list[str]:
    return re.findall(r'name="take" value="([^"]+)"', page.content.decode())


def take(editors: Editors, page: Any, chosen: list[str]) -> Any:
    packed = re.search(r'name="packed" value="([^"]+)"', page.content.decode())
    assert packed is not None
    sent = {"packed": html.unescape(packed[1]), "name": "Gemeente Elders", "take": chosen, "apply": "1"}
    return editors.client().post(editors.at("import/"), sent)


@pytest.mark.parametrize(("make", "name"), [(as_hsds, "a.json"), (as_package, "a.zip"), (as_csv, "a.csv")])
def test_what_went_out_comes_in_as_the_same(editors: Editors, make: Any, name: str) -> None:
    there()
    page = send(editors, make("editors", timezone.now()), name)
    assert "1 service says the same" in shown(page)
    assert "The file and the map say the same" in shown(page)


def test_only_what_is_ticked_is_taken_over(editors: Editors) -> None:
    service = there()
    content = as_hsds("editors", timezone.now())
    changed = directory.full_service(description="Zoals het nu is.", fees="Niets.")
    put(by=None, record=changed, via=Via.PACK, now=timezone.now())
    page = send(editors, content)
    wanted = [tick for tick in ticks(page) if tick.endswith(":description")]
    assert len(wanted) == 1
    assert "Zoals het nu is." in shown(page)
    assert "Bulgaars sprekende jurist" in shown(page)
    done = take(editors, page, wanted)
    assert "Taken over." in shown(done)
    service.refresh_from_db()
    assert service.description.startswith("Bulgaars")
    assert service.fees == "Niets."
    assert models.Change.objects.filter(via="import").exists()


def test_what_changed_since_it_was_shown_is_not_taken_over(editors: Editors) -> None:
    service = there()
    content = as_hsds("editors", timezone.now())
    put(by=None, record=directory.full_service(description="Eerst."), via=Via.PACK, now=timezone.now())
    page = send(editors, content)
    put(by=None, record=directory.full_service(description="Toen."), via=Via.PACK, now=timezone.now())
    take(editors, page, ticks(page))
    service.refresh_from_db()
    assert service.description == "Toen."


def test_a_new_service_is_added_and_a_left_out_one_is_not(editors: Editors) -> None:
    service = there()
    content = as_hsds("editors", timezone.now())
    models.Service.objects.all().delete()
    page = send(editors, content)
    done = take(editors, page, ticks(page))
    assert "Added, as not verified." in shown(done)
    assert models.Service.objects.get().pk == service.pk
    models.Service.objects.all().delete()
    editors.client().post(editors.at("left-out/"), {"name": "Recht op loon", "reason": "Wil dat niet."})
    page = send(editors, content)
    assert "Wil dat niet." in shown(page)
    assert ticks(page) == []


@pytest.mark.parametrize(
    ("content", "source", "said"),
    [
        (b"", "Ergens", "Choose a file"),
        (b'{"a": ', "Ergens", "We cannot read this file"),
        (b"{}", "", "Choose a file"),
        (b"\x00" * 9_000_000, "Ergens", "too large for a page"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_calmly(editors: Editors, content: bytes, source: str, said: str) -> None:
    page = (
        send(editors, content, source=source)
        if content
        else editors.client().post(editors.at("import/"), {"name": source})
    )
    assert page.status_code == 422
    assert said in shown(page)


def test_what_travels_along_is_not_trusted(editors: Editors) -> None:
    page = editors.client().post(editors.at("import/"), {"packed": "%%%", "name": "Ergens", "apply": "1"})
    assert "choose the file again" in shown(page)


def test_the_map_goes_out_for_everybody_and_for_editors(editors: Editors) -> None:
    there()
    put(by=None, record=directory.service("Verborgen", visibility="hidden"), via=Via.PACK, now=timezone.now())
    client = editors.client()
    public = client.get(editors.at("export/hsds/public/"))
    assert public["Content-Disposition"].startswith("attachment")
    assert b"Verborgen" not in public.content
    assert b"Verborgen" in client.get(editors.at("export/hsds/all/")).content
    assert json.loads(client.get(editors.at("export/geojson/public/")).content)["type"] == "FeatureCollection"
    assert client.get(editors.at("export/signed/all/")).status_code == 404
    assert client.get(editors.at("export/csv/professionals/")).status_code == 404
    assert "What everybody sees" in shown(client.get(editors.at("export/")))


def test_paper_for_one_municipality(editors: Editors) -> None:
    there()
    pdf = editors.client().post(editors.at("export/"), {"place": "Amsterdam"})
    assert pdf.content.startswith(b"%PDF")
    wrong = editors.client().post(editors.at("export/"), {"place": "Amsterdm"})
    assert "Do you mean Amsterdam?" in shown(wrong)
