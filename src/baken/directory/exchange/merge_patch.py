"""JSON Merge Patch (RFC 7386): how a profile of HSDS changes a schema. Pure."""

from __future__ import annotations

from typing import Any


def merged(target: Any, patch: Any) -> Any:
    """``target`` with ``patch``: objects are merged, None deletes, anything else takes the place of what was there."""
    if not isinstance(patch, dict):
        return patch
    made = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = merged(made.get(name), value)
    return made
