"""The routes room as a Django application."""

from django.apps import AppConfig


class RoutesConfig(AppConfig):
    """Room: routes."""

    name = "baken.routes"
