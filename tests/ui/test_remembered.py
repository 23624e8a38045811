"""A component that is made once shows what it would show when made anew."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from baken.ui import remembered

NOTICE = "ui/components/notice.html"


@pytest.fixture(autouse=True)
def _anew():
    remembered.forget()
    yield
    remembered.forget()


def test_the_same_component_is_made_once():
    first = remembered.component(NOTICE, {"text": "Same"})

    assert remembered.component(NOTICE, {"text": "Same"}) is first


def test_other_text_is_another_component():
    remembered.component(NOTICE, {"text": "One"})

    assert "Other" in remembered.component(NOTICE, {"text": "Other"})


def test_text_that_is_not_safe_is_escaped_even_when_the_same_safe_text_came_first():
    remembered.component(NOTICE, {"text": mark_safe("<b>bold</b>")})

    assert "&lt;b&gt;bold" in remembered.component(NOTICE, {"text": "<b>bold</b>"})


def test_a_truth_value_differs_from_a_number():
    assert remembered.key_of(True) != remembered.key_of(1)


def test_each_language_has_its_own():
    with translation.override("nl"):
        dutch = remembered.component("ui/parts/footer.html", {"help_only": False})
    with translation.override("en"):
        english = remembered.component("ui/parts/footer.html", {"help_only": False})

    assert 'href="/nl/check/"' in dutch
    assert 'href="/en/check/"' in english


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(TypeError):
        remembered.component(NOTICE, {"text": {1, 2}})


def test_values_carried_along_are_escaped():
    template = engines["django"].from_string("{% hidden_inputs pairs %}")

    found = template.render({"pairs": [("municipality", '"><script>')]})

    assert found == '<input type="hidden" name="municipality" value="&quot;&gt;&lt;script&gt;">'
