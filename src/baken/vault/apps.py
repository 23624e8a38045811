"""The vault as a Django application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    import datetime as dt


class VaultConfig(AppConfig):
    """Room: vault. Its pure modules know nothing of Django."""

    name = "baken.vault"

    def ready(self) -> None:
        """Follow members when they sign in and out, change their password, or leave; give workers their keys."""
        import datetime as dt

        from allauth.mfa.signals import authenticator_removed
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from baken.notices import jobs, periodic
        from baken.people import menu as organisation_menu
        from baken.people import signals
        from baken.vault import menu, rotation, sign_in, tickets

        signals.password_proven.connect(sign_in.on_password, dispatch_uid="vault.on_password")
        signals.password_changing.connect(sign_in.on_password_changing, dispatch_uid="vault.on_password_changing")
        # After people's own, which gives the session the id to which a key is bound.
        user_logged_in.connect(sign_in.on_signed_in, dispatch_uid="vault.on_signed_in")
        user_logged_out.connect(sign_in.on_signed_out, dispatch_uid="vault.on_signed_out")
        authenticator_removed.connect(sign_in.on_passkey_removed, dispatch_uid="vault.on_passkey_removed")
        signals.membership_ended.connect(rotation.on_membership_ended, dispatch_uid="vault.on_membership_ended")
        signals.members_changed.connect(rotation.on_members_changed, dispatch_uid="vault.on_members_changed")
        jobs.on_worker_start(tickets.begin)
        jobs.on_worker_tick(tickets.beat)
        jobs.on_worker_stop(tickets.end)
        periodic.register(name="vault.tidy", every=dt.timedelta(minutes=5), run=rotation.tidy)
        periodic.register(name="vault.sweep_files", every=dt.timedelta(hours=1), run=_sweep_files)
        organisation_menu.provide(menu.daily)
        organisation_menu.provide(menu.to_do, organisation_menu.SET_UP)


def _sweep_files(now: dt.datetime) -> None:
    from baken.vault.files.keeping import sweep_files

    sweep_files(now=now)
