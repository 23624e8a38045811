"""Addresses of the pages of the owner of a service, who has no account."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "directory_owner"
urlpatterns: list[URLPattern] = []
