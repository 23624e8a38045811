"""The recognise room as a Django application."""

from django.apps import AppConfig


class RecogniseConfig(AppConfig):
    """Room: recognise."""

    name = "baken.recognise"
