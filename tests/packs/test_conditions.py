"""Conditions: what they accept, and that the fast form means what the mapping says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.packs.conditions import compile_condition, fields_used, problems

VOCABULARY = {"age": ("minor", "adult", "unknown"), "danger": ("now", "no")}

leaves = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1)
        for name, values in VOCABULARY.items()
    },
)
conditions = st.recursive(
    leaves,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "any": st.lists(inner, min_size=1, max_size=3),
            "all": st.lists(inner, min_size=1, max_size=3),
            "not": inner,
        },
    ),
    max_leaves=6,
)
situations = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VOCABULARY.items()})


def plainly(when: dict[str, Any], values: dict[str, str]) -> bool:
    """The meaning of a condition, written as slowly and plainly as possible."""
    results = []
    for key, value in when.items():
        if key == "any":
            results.append(any(plainly(item, values) for item in value))
        elif key == "all":
            results.append(all(plainly(item, values) for item in value))
        elif key == "not":
            results.append(not plainly(value, values))
        else:
            results.append(values[key] in value if isinstance(value, list) else values[key] == value)
    return all(results)


@given(conditions, situations)
def test_fast_condition_means_what_the_mapping_says(when: dict[str, Any], values: dict[str, str]) -> None:
    assert compile_condition(when)(values) is plainly(when, values)


@given(conditions)
def test_valid_conditions_have_no_problems(when: dict[str, Any]) -> None:
    assert list(problems(when, VOCABULARY)) == []
    assert fields_used(when) <= set(VOCABULARY)


@pytest.mark.parametrize(
    ("when", "path", "word"),
    [
        ({"colour": "red"}, ("colour",), "unknown field 'colour'"),
        ({"age": "old"}, ("age",), "unknown value 'old'"),
        ({"age": []}, ("age",), "at least one value"),
        ({"any": {}}, ("any",), "expected a list"),
        ({"any": []}, ("any",), "expected a list"),
        ({"any": [{"age": "old"}]}, ("any", 0, "age"), "unknown value"),
        ({"not": {"all": [{"danger": "later"}]}}, ("not", "all", 0, "danger"), "unknown value"),
        ({"not": "minor"}, ("not",), "expected a mapping"),
    ],
)
def test_wrong_conditions_say_where_and_what(when: dict[str, Any], path: tuple[str | int, ...], word: str) -> None:
    found = list(problems(when, VOCABULARY))
    assert [item[0] for item in found] == [path]
    assert word in found[0][1]
