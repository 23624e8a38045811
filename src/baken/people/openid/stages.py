"""Steps of signing in that know of providers."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import LoginStage
from allauth.mfa.stages import AuthenticateStage

KEPT = "provider"
"""Where a login in progress, and then the session, keep which provider answered, and whether it asked for more than a password."""


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Our second factor; left out when the provider says that it asked for one."""

    def _should_handle(self, request: Any) -> bool:
        if self.login.state.get(KEPT, {}).get("strong"):
            return False
        return bool(super()._should_handle(request))


class NoteProvider(LoginStage):  # type: ignore[misc]
    """The last step: the session will know how somebody came in. A password leaves no trace of an earlier attempt."""

    key = "baken_provider"

    def handle(self) -> tuple[None, bool]:
        """Write it down, go on."""
        arrived = self.login.state.get(KEPT)
        if arrived:
            self.request.session[KEPT] = arrived
        else:
            self.request.session.pop(KEPT, None)
        return None, True


STAGES = {"allauth.mfa.stages.AuthenticateStage": f"{__name__}.SecondStep"}


def with_providers(stages: list[str]) -> list[str]:
    """The steps of allauth, ours in their place."""
    return [*(STAGES.get(stage, stage) for stage in stages), f"{__name__}.NoteProvider"]
