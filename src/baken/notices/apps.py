"""The room of notices as a Django application."""

import datetime as dt

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Room: notices."""

    name = "baken.notices"

    def ready(self) -> None:
        """Keep words out of the table of jobs, and register the jobs of this room."""
        from django.db.models.signals import pre_save
        from django_tasks_db.models import DBTaskResult

        from baken.notices import actions, changes, delivery, periodic, queue
        from baken.people.signals import access_changed

        pre_save.connect(queue.without_words, sender=DBTaskResult, dispatch_uid="notices.without_words")
        access_changed.connect(changes.on_change, dispatch_uid="notices.on_change")
        periodic.register(name="notices.deliver", every=dt.timedelta(minutes=1), run=delivery.send_due)
        periodic.register(name="notices.erase", every=dt.timedelta(days=1), run=actions.erase)
        periodic.register(name="notices.prune", every=dt.timedelta(hours=1), run=queue.prune)
        # The room of members is below the jobs and cannot register them itself.
        periodic.register(name="people.end_idle", every=dt.timedelta(minutes=1), run=_end_idle_sessions)


def _end_idle_sessions(_now: dt.datetime) -> None:
    from baken.people.sessions import SessionStore

    SessionStore.clear_expired()
