"""The tabular package: the same services, the same bytes, and no table that becomes a program or fills a disk."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from hypothesis import Phase, assume, given, settings
from tests.helpers.directory import full_service, service
from tests.helpers.directory_records import documents

from baken.directory.exchange import cells
from baken.directory.exchange.documents import Document, document
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.reading import Origin, read_service
from baken.directory.exchange.tabular import from_package, to_package
from baken.directory.exchange.writing import service_data

ON = dt.date(2026, 11, 22)
ORIGIN = Origin(name="Lijst", on=ON)


def package(*found: Document) -> bytes:
    return to_package([service_data(item, ON) for item in sorted(found, key=lambda item: item.record.id)])


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(documents())
def test_a_package_gives_back_the_service_and_the_same_bytes(found: Document) -> None:
    record = found.record
    ids = [record.id, record.provider.id, *(place.location.id for place in record.places)]
    ids += [item.id for item in found.history.changes]
    assume(len(set(ids)) == len(ids))
    first = package(found)
    (read,) = [read_service(item, ORIGIN) for item in from_package(first)]
    assert read.document == found
    assert package(read.document) == first


def test_a_package_gives_back_everything() -> None:
    made = document(full_service())
    (read,) = [read_service(item, ORIGIN) for item in from_package(package(made))]
    assert (read.document, read.left) == (made, ())


def test_the_index_names_every_table_and_its_links() -> None:
    archive = zipfile.ZipFile(io.BytesIO(package(document(full_service()), document(service()))))
    index = json.loads(archive.read("datapackage.json"))
    tables = {item["name"]: item for item in index["resources"]}
    assert {item["path"] for item in tables.values()} | {"datapackage.json"} == set(archive.namelist())
    ids = {
        name: {row["id"] for _line, row in cells.read(archive.read(item["path"]), name)}
        for name, item in tables.items()
    }
    for name, item in tables.items():
        for key in item["schema"]["foreignKeys"]:
            linked = {row[key["fields"]] for _line, row in cells.read(archive.read(item["path"]), name)} - {""}
            assert linked <= ids[key["reference"]["resource"]]


def test_no_cell_becomes_a_formula() -> None:
    text = "=HYPERLINK(1)"
    made = package(document(service(description=text)))
    services = zipfile.ZipFile(io.BytesIO(made)).read("services.csv").decode()
    assert f'"\'{text}"' in services
    assert from_package(made)[0]["description"] == text


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"geen zip", "file"),
        (zipped("services.csv", b"x" * 50_000_000), "services.csv"),
        (zipped("services.csv", b"id,name\r\n,Hulp\r\n"), "services.csv, line 2"),
        (zipped("services.csv", b"id,minimum_age\r\n1,veel\r\n"), "services.csv, line 2, minimum_age"),
        (zipped("services.csv", b"id,id\r\n1,2\r\n"), "services.csv, line 1"),
        (zipped("services.csv", b"id,name\r\n1,a,b\r\n"), "services.csv, line 2"),
        (zipped("services.csv", b"id,name\r\n1,caf\xe9\r\n"), "services.csv, line 2"),
        (zipped("services.csv", b"id,name\r\n1,\x00\r\n"), "services.csv, line 2"),
        (zipped("phones.csv", b"id,number\r\n1,020\r\n"), "services.csv"),
    ],
    # The bytes of a zip hold the time of today: no name for a test that several processes must call the same.
    ids=lambda value: value if isinstance(value, str) else "package",
)
def test_a_broken_or_hostile_package_is_refused_calmly(content: bytes, where: str) -> None:
    with pytest.raises(UnreadableError, match="expected") as error:
        from_package(content)
    assert error.value.where == where
