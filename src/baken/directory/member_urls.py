"""Addresses of the pages of the editors of the social map."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "directory_editing"
urlpatterns: list[URLPattern] = []
