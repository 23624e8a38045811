"""Conditions: the ``when`` of a pack rule, as plain mappings a lawyer can read.

A condition maps known fields to one value or a list of values; all entries must hold. ``any``, ``all`` and ``not`` combine
conditions. The browser evaluates the same mappings (``ui/static/baken/engine.js``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from baken.packs.errors import FieldPath

Vocabulary = Mapping[str, Sequence[str]]
Predicate = Callable[[Mapping[str, str]], bool]


def problems(when: Any, vocabulary: Vocabulary, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Every way in which ``when`` is not a condition over ``vocabulary``: (path inside the condition, what was expected)."""
    if not isinstance(when, Mapping):
        yield path, f"expected a mapping of field to value, found {when!r}"
        return
    for key, value in when.items():
        here = (*path, key)
        if key in ("any", "all"):
            yield from _list_problems(value, vocabulary, here)
        elif key == "not":
            yield from problems(value, vocabulary, here)
        elif key not in vocabulary:
            yield here, f"unknown field '{key}'; known fields are {', '.join(vocabulary)}, any, all, not"
        else:
            yield from _value_problems(key, value, vocabulary[key], here)


def _list_problems(value: Any, vocabulary: Vocabulary, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if not isinstance(value, list) or not value:
        yield path, "expected a list of conditions"
        return
    for index, item in enumerate(value):
        yield from problems(item, vocabulary, (*path, index))


def _value_problems(field: str, value: Any, allowed: Sequence[str], path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    values = value if isinstance(value, list) else [value]
    if not values:
        yield path, f"expected at least one value of {field}"
    for item in values:
        if item not in allowed:
            yield path, f"unknown value '{item}' of {field}; expected one of {', '.join(allowed)}"


def compile_condition(when: Mapping[str, Any]) -> Predicate:
    """A fast function of a situation's values that says whether ``when`` holds. ``{}`` always holds."""
    tests = [_compile_entry(key, value) for key, value in when.items()]
    if len(tests) == 1:
        return tests[0]
    return lambda values: all(test(values) for test in tests)


def _compile_entry(key: str, value: Any) -> Predicate:
    if key == "not":
        inner = compile_condition(value)
        return lambda values: not inner(values)
    if key in ("any", "all"):
        parts = [compile_condition(item) for item in value]
        if key == "any":
            return lambda values: any(part(values) for part in parts)
        return lambda values: all(part(values) for part in parts)
    allowed = frozenset(value if isinstance(value, list) else [value])
    return lambda values: values[key] in allowed


def fields_used(when: Mapping[str, Any]) -> set[str]:
    """The situation fields a condition looks at."""
    used: set[str] = set()
    for key, value in when.items():
        if key == "not":
            used |= fields_used(value)
        elif key in ("any", "all"):
            for item in value:
                used |= fields_used(item)
        else:
            used.add(key)
    return used
