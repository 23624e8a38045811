"""What a pack knows about a profession and about the region of a municipality."""

from __future__ import annotations

from dataclasses import replace

from baken.packs.schema.info import RegionsFile


def test_nothing_is_known_about_a_profession_that_is_not_in_the_pack(nl):
    assert nl.profession_values("wizard") == {}


def test_a_municipality_can_be_left_out_of_a_region(nl):
    place = nl.places.find("Oostzaan")
    wide = next(iter(nl.regions["care_coordination"].values())).model_copy(
        update={"provinces": [place.province], "safety_regions": [], "municipalities": []}
    )
    narrow = wide.model_copy(update={"except_municipalities": [place.code]})

    def region(only):
        pack = replace(nl, regions_file=RegionsFile(regions={"care_coordination": {"some": only}}))
        return pack.region_of("care_coordination", place)

    assert region(wide) is not None
    assert region(narrow) is None


def test_no_municipality_lies_in_no_region(nl):
    assert nl.region_of("veilig_thuis", None) is None
