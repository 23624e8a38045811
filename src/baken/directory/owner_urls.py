"""Addresses of the pages of the owner of a service, who has no account."""

from __future__ import annotations

from django.urls import URLPattern, path

from baken.directory.views import owner

app_name = "directory_owner"
urlpatterns: list[URLPattern] = [
    path("<str:token>/", owner.answer_page, name="answer"),
]
