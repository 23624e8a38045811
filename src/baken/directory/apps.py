"""The room of the social map as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Room: directory."""

    name = "baken.directory"
