"""The room of the social map as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Room: directory."""

    name = "baken.directory"

    def ready(self) -> None:
        """Let the right door know what the map knows, and keep the map true."""
        from baken.directory import doors, jobs
        from baken.recognise.current import provide_doors

        provide_doors(doors.known_doors)
        jobs.register()
