"""Every URL says who may use it; one that does not stops the start."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import URLPattern, path

from baken.audience import MEMBERS, PUBLIC, SIGN_IN, declared_urls
from baken.config.startup import every_url_declares_its_audience, packs_can_be_read
from baken.people.permissions import Permission


def undeclared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns: list[URLPattern] = [path("open-door/", undeclared, name="open_door")]


def test_every_url_declares_its_audience() -> None:
    urls = list(declared_urls())
    assert len(urls) > 20
    assert {url.audience for url in urls} == {PUBLIC, SIGN_IN, MEMBERS} | {
        url.audience for url in urls if url.audience in set(Permission)
    }
    assert every_url_declares_its_audience() == []


@override_settings(ROOT_URLCONF=__name__)
def test_a_url_without_an_audience_is_refused_at_start() -> None:
    found = every_url_declares_its_audience()
    assert [item.id for item in found] == ["baken.E001"]
    assert "open-door/" in found[0].msg


def test_packs_are_read_at_start() -> None:
    assert packs_can_be_read() == []
