"""The room of reports as a Django application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Room: reports."""

    name = "baken.reports"

    def ready(self) -> None:
        """Let a finished check be reported on the spot, show members their links, and forget spent proofs."""
        import datetime as dt

        from baken.notices import calendar, erasing, periodic
        from baken.people import menu
        from baken.reports import inbox_menu, leads, reminders, reporter_menu, retention, sharing_menu
        from baken.reports.actions import expiry
        from baken.reports.actions.reporter import forget_spent
        from baken.reports.places import places_of
        from baken.routes.reporting import provide_places

        provide_places(places_of)
        leads.register()
        menu.provide(reporter_menu.entries)
        menu.provide(inbox_menu.daily)
        menu.provide(sharing_menu.entries)
        menu.provide(inbox_menu.to_do, menu.SET_UP)
        menu.provide(inbox_menu.bar, menu.BAR)
        periodic.register(name="reports.forget_spent", every=dt.timedelta(hours=1), run=forget_spent)
        periodic.register(name="reports.reminders", every=reminders.EVERY, run=reminders.remind)
        periodic.register(name="reports.expire", every=dt.timedelta(minutes=5), run=erasing.guarded(expiry.run))
        periodic.register(name="reports.erase", every=dt.timedelta(hours=1), run=erasing.guarded(retention.run))
        calendar.provide(reminders.calendar)
