"""The public map as a signed file that can be carried along, and until when it may be trusted. Pure, but for the key.

The file is JSON with the text that was signed, the public key and the signature (Ed25519). Whoever reads it checks the signature
over the very bytes of that text, so that no two programs can disagree on what was signed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from baken.directory.exchange.attributes import compact
from baken.directory.exchange.documents import Document
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.hsds import encoded, parsed
from baken.directory.exchange.writing import service_data

FORMAT = "baken social map 1"
DEVICE_FORMAT = "baken social map on a device 1"
"""What a browser keeps for when there is no network: the same map, shorter, in the words of one language."""
LONGEST = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SignedMap:
    """A map whose signature holds. ``key`` is the public key, hexadecimal: compare it with the one that you trust."""

    made_at: dt.datetime
    valid_until: dt.date
    services: tuple[dict[str, Any], ...]
    key: str


def signed_map(
    documents: Iterable[Document], *, due: Iterable[dt.date], key: SigningKey, now: dt.datetime, today: dt.date
) -> bytes:
    """The file with every service as HSDS. It holds at most sixty days."""
    found = sorted(documents, key=lambda item: item.record.id)
    inside = {"format": FORMAT, "services": [service_data(item, today) for item in found]}
    return sealed(inside, until=valid_until(due, today=today), key=key, now=now)


def valid_until(due: Iterable[dt.date], *, today: dt.date, longest: dt.timedelta = LONGEST) -> dt.date:
    """The first day on which one of the services must be checked, at most ``longest`` away; where one is due already, today."""
    return max(today, min((*due, today + longest)))


def sealed(inside: Mapping[str, Any], *, until: dt.date, key: SigningKey, now: dt.datetime) -> bytes:
    """A file of ``inside``, which has a ``format`` and ``services``, with when it was made and until when it holds, signed."""
    text = compact(
        {
            **inside,
            "made_at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "valid_until": until.isoformat(),
        }
    )
    return encoded(
        {
            "signed": text,
            "key": key.verify_key.encode().hex(),
            "signature": key.sign(text.encode("utf-8")).signature.hex(),
        }
    )


def verified(content: bytes) -> SignedMap:
    """The map of a file whose signature holds. Raises UnreadableError; whether it is still valid is for the reader to see."""
    data = parsed(content)
    parts = [data.get(name) for name in ("signed", "key", "signature")] if isinstance(data, dict) else [None]
    if not all(isinstance(part, str) for part in parts):
        raise UnreadableError("file", "expected a signed map: signed, key and signature")
    text, key, signature = (str(part) for part in parts)
    try:
        VerifyKey(bytes.fromhex(key)).verify(text.encode("utf-8"), bytes.fromhex(signature))
    except (BadSignatureError, ValueError, TypeError):
        raise UnreadableError(
            "signature", "expected that of this text; somebody changed the file, or it is damaged"
        ) from None
    return _map(text, key)


def _map(text: str, key: str) -> SignedMap:
    inside = json.loads(text)
    if not isinstance(inside, dict) or inside.get("format") not in (FORMAT, DEVICE_FORMAT):
        raise UnreadableError("signed", f"expected the format '{FORMAT}' or '{DEVICE_FORMAT}'")
    return SignedMap(
        dt.datetime.fromisoformat(inside["made_at"]),
        dt.date.fromisoformat(inside["valid_until"]),
        tuple(inside["services"]),
        key,
    )
