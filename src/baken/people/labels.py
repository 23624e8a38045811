"""Names on the screen of functions and kinds of organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from baken.people.permissions import Function

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FUNCTIONS: Mapping[Function, _StrPromise] = {
    Function.REPORTER: _("Reporter"),
    Function.FOCAL_POINT: _("Focal point"),
    Function.COORDINATOR: _("Coordinator"),
    Function.TRAINER: _("Trainer"),
    Function.DIRECTORY_EDITOR: _("Editor of the directory"),
    Function.POLICY_OFFICER: _("Policy officer"),
    Function.ORGANISATION_ADMINISTRATOR: _("Administrator of the organisation"),
}
KINDS: Mapping[str, _StrPromise] = {
    "municipal": _("Municipality"),
    "care": _("Care"),
    "education": _("Education"),
    "support": _("Social work and support"),
    "asylum": _("Reception of asylum seekers"),
    "enforcement": _("Police and enforcement"),
    "volunteer": _("Volunteers"),
    "other": _("Something else"),
}
