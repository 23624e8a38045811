"""Addresses of the public pages of the social map."""

from __future__ import annotations

from django.urls import path

from baken.directory.views import card, device, finding, service, signal
from baken.directory.views import map as maps

app_name = "directory"
urlpatterns = [
    path("", finding.search, name="find"),
    path("list.json", device.device, name="device"),
    path("service/<uuid:service_id>/", service.service, name="service"),
    path("service/<uuid:service_id>/card/", card.hand_over, name="hand_over"),
    path("service/<uuid:service_id>/card.pdf", card.paper, name="card_paper"),
    path("service/<uuid:service_id>/signal/", signal.signal, name="signal"),
    path("card/<slug:card>/", card.card, name="card"),
    path("coverage/", maps.coverage, name="coverage"),
    path("gaps/", maps.gaps, name="gaps"),
    path("fresh/", maps.fresh, name="fresh"),
]
