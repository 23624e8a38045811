"""The rules of the router one by one, on a pack of two rules; the walk holds them all together on the real ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.packs.schema.doors import DoorsFile, RoutesFile
from baken.packs.situation import Situation, UnknownValueError
from baken.routes.router import choose, dialled_number, region_phones, shown_number


def small(nl: Pack, *rules: dict[str, Any], ages: tuple[str, ...] = ("minor", "adult", "unknown")) -> Pack:
    """The Dutch pack with these rules only; ``ages`` are those of the police door."""
    made = [{"id": f"rule_{index}", "why": "Because.", **rule} for index, rule in enumerate(rules)]
    doors = {**nl.doors, "police": nl.doors["police"].model_copy(update={"ages": list(ages)})}
    steps = [
        {"id": "ask", "text": "Ask.", "footing": "consent"},
        {"id": "write", "text": "Write it down.", "footing": "nothing_shared"},
    ]
    routes = RoutesFile.model_validate({"rules": made, "steps": steps})
    return replace(nl, routes_file=routes, doors_file=DoorsFile.model_construct(doors=doors))


def test_the_first_rule_of_a_door_gives_its_reason(nl):
    twice = small(nl, {"door": "police", "footing": ["advice"]}, {"door": "police", "footing": ["consent"]})

    assert [door.rule.id for door in choose(pack=twice, situation=Situation()).doors] == ["rule_0"]


def test_a_door_for_adults_is_never_given_for_a_minor(nl):
    pack = small(nl, {"door": "police", "footing": ["advice"]}, ages=("adult", "unknown"))

    assert choose(pack=pack, situation=Situation(age="minor")).doors == ()
    assert len(choose(pack=pack, situation=Situation(age="adult")).doors) == 1


@pytest.mark.parametrize(
    ("situation", "possible"),
    [
        (Situation(consent="given"), True),
        (Situation(consent="not_asked"), True),
        (Situation(consent="refused"), False),
        (Situation(consent="unsafe"), False),
        (Situation(consent="given", about="place"), False),
    ],
)
def test_consent_is_only_a_footing_where_somebody_can_give_it(nl, situation, possible):
    pack = small(nl, {"door": "police", "footing": ["consent"]}, {"door": "fairwork", "footing": ["advice", "consent"]})
    choice = choose(pack=pack, situation=situation)

    assert {door.rule.door: door.footing for door in choice.doors} == (
        {"police": ("consent",), "fairwork": ("advice", "consent")} if possible else {"fairwork": ("advice",)}
    )
    assert [door.needs_consent for door in choice.doors] == ([True, False] if possible else [False])
    assert [step.id for step in choice.steps] == (["ask", "write"] if possible else ["write"])


def test_a_profession_that_the_pack_does_not_know_is_refused(nl):
    with pytest.raises(UnknownValueError, match="'wizard'"):
        choose(pack=nl, situation=Situation(profession="wizard"))


def test_a_pack_without_professions_does_not_ask_for_one():
    assert choose(pack=load_pack("hu"), situation=Situation(profession="wizard")).doors


@pytest.mark.parametrize(
    ("number", "shown", "dialled"),
    [
        ("112", "112", "112"),
        ("0800-2000", "0800-2000", "08002000"),
        ("+31 70 370 45 14", "070 370 4514", "+31703704514"),
        ("+36 80 205 520", "+36 80 205 520", "+3680205520"),
        ("0123456", "0123456", "0123456"),
    ],
)
def test_numbers_are_shown_and_dialled_as_people_there_do(number, shown, dialled):
    assert (shown_number(number, "NL"), dialled_number(number, "NL")) == (shown, dialled)


def test_a_region_may_give_the_number_of_its_own_door(nl):
    bare = nl.regions["veilig_thuis"]["VT22"]
    own = bare.model_copy(update={"phone": "+31201234567", "confidence": "reported"})

    assert region_phones(None, "NL") == region_phones(bare, "NL") == ()
    assert [(line.text, line.href, line.confidence) for line in region_phones(own, "NL")] == [
        ("020 123 4567", "+31201234567", "reported")
    ]
