"""A configured scanner has the last word, and its silence is a no."""

from __future__ import annotations

import socket

import pytest
from tests.helpers.clamd import clamd
from tests.helpers.files import EICAR

from baken.vault.files import scanner
from baken.vault.files.reasons import Reason, Unacceptable
from baken.vault.files.scanner import parse_address, scanned


def refused(pieces: list[bytes], address: str) -> Reason:
    with pytest.raises(Unacceptable) as caught:
        list(scanned(pieces, address))
    return caught.value.reason


def test_without_a_scanner_pieces_pass():
    assert list(scanned([b"a", EICAR], "")) == [b"a", EICAR]


def test_a_clean_file_passes_and_was_seen_whole():
    with clamd() as (address, seen):
        assert list(scanned([b"a" * 100_000, b"", b"b"], address)) == [b"a" * 100_000, b"b"]
        assert seen == [b"a" * 100_000 + b"b"]


def test_the_test_virus_is_found_over_tcp_and_over_a_local_socket(tmp_path):
    for path in (None, tmp_path / "clamd"):
        with clamd(path) as (address, _seen):
            assert refused([EICAR[:20], EICAR[20:]], address) is Reason.INFECTED
            assert list(scanned([b"fine"], address)) == [b"fine"]


def test_a_scanner_that_is_away_refuses(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert refused([b"a"], address) is Reason.NOT_SCANNED
    assert refused([b"a"], f"unix:{tmp_path}/nobody") is Reason.NOT_SCANNED


def test_a_scanner_that_finds_it_too_much_refuses():
    with clamd(most=1000) as (address, _seen):
        assert refused([bytes(800)] * 5000, address) is Reason.NOT_SCANNED


@pytest.mark.parametrize("answer", [b"", b"stream: ", b"UNKNOWN COMMAND\0", b"x" * 5000, b"not stream: OK\0"])
def test_any_other_answer_refuses(answer):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        line = socket.create_connection(listening.getsockname())
        there, _ = listening.accept()
        there.sendall(answer)
        there.shutdown(socket.SHUT_WR)
        with line, there:
            said = scanner._answer(line)
            with pytest.raises(Unacceptable) as caught:
                scanner._judge(said)
            assert caught.value.reason is Reason.NOT_SCANNED


def test_addresses():
    assert parse_address("unix:/run/clamd") == "/run/clamd"
    assert parse_address("clamav:3310") == ("clamav", 3310)
    assert parse_address("[::1]:3310") == ("::1", 3310)
    for wrong in ("clamav", ":3310", "clamav:0", "clamav:70000", "unix:clamd"):
        with pytest.raises(ValueError, match="host:port"):
            parse_address(wrong)
