"""The room of the social map as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Room: directory."""

    name = "baken.directory"

    def ready(self) -> None:
        """Let the right door know what the map knows, keep the map true, and show editors their links."""
        from baken.directory import doors, editing_menu, jobs
        from baken.people import menu
        from baken.recognise.current import provide_doors

        provide_doors(doors.known_doors)
        jobs.register()
        menu.provide(editing_menu.daily)
        menu.provide(editing_menu.bar, menu.BAR)
