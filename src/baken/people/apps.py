"""The room of organisations, members and what they may do."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, members, functions, permissions, sign-in."""

    name = "baken.people"

    def ready(self) -> None:
        """Give the right door the focal points of organisations, and note when somebody signs in."""
        from django.contrib.auth.signals import user_logged_in

        from baken.people import doors, menu, sessions, setting_up, sign_in_events
        from baken.recognise.current import provide_regions

        menu.provide(setting_up.steps, menu.SET_UP)
        provide_regions(doors.own_focal_points)
        user_logged_in.connect(sessions.note_sign_in, dispatch_uid="people.note_sign_in")
        sign_in_events.connect()
