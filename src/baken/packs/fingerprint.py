"""A short name for the content of all packs, so that kept copies know when they are old."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from baken.packs.loader import ROOT

KINDS = {".yaml", ".csv", ".po"}


@cache
def pack_fingerprint(root: Path = ROOT) -> str:
    """Changes when any file of any pack or catalogue changes; the same on every machine with the same files."""
    digest = hashlib.sha256()
    for path in sorted(item for item in root.rglob("*") if item.suffix in KINDS):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
