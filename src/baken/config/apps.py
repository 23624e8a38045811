"""Start-up: refuse to serve a URL that does not say who may use it, or packs that are broken."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class ConfigConfig(AppConfig):
    """The configuration room."""

    name = "baken.config"

    def ready(self) -> None:
        """Register the start-up checks."""
        from baken.config import startup

        checks.register(startup.every_url_declares_its_audience)
        checks.register(startup.packs_can_be_read)
