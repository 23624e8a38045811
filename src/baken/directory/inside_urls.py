"""Addresses of the social map for members, who see more than everybody does."""

from __future__ import annotations

from django.urls import path

from baken.audience import members
from baken.directory.readers import INSIDE
from baken.directory.views import finding, service, signal
from baken.directory.views import map as maps

app_name = INSIDE
urlpatterns = [
    path("", members(finding.find_page), name="find"),
    path("service/<uuid:service_id>/", members(service.service_page), name="service"),
    path("service/<uuid:service_id>/signal/", members(signal.signal_page), name="signal"),
    path("coverage/", members(maps.coverage_page), name="coverage"),
]
