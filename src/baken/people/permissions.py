"""What a member may do. Pure: no Django, no database, no clock.

First the relation (is this your organisation?), then the function (is this your work?). Whoever has no relation is not even
told that something exists. ``docs/permissions.md`` follows from this file; a test asks every URL as every kind of member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import ClassVar


class Permission(StrEnum):
    """Everything that can be allowed. The text says what somebody does who may."""

    PLATFORM_SEE = "platform.see"
    PLATFORM_INVITE = "platform.invite"
    ORGANISATION_SEE = "organisation.see"
    ORGANISATION_CONFIGURE = "organisation.configure"
    MEMBERS_SEE = "members.see"
    MEMBERS_INVITE = "members.invite"
    MEMBERS_END = "members.end"
    REPORT_SUBMIT = "report.submit"
    REPORT_SEE_OWN = "report.see_own"
    REPORT_READ = "report.read"
    REPORT_TRIAGE = "report.triage"
    REPORT_DECIDE = "report.decide"
    REPORT_SIGN = "report.sign"
    REPORT_HAND_OVER = "report.hand_over"
    REPORT_EXPORT = "report.export"
    KEYS_MANAGE = "keys.manage"
    AUDIT_READ = "audit.read"
    FIGURES_SEE = "figures.see"
    TRAINING_GIVE = "training.give"
    DIRECTORY_EDIT = "directory.edit"


class Function(StrEnum):
    """What somebody does in an organisation; a member may have several."""

    REPORTER = "reporter"
    FOCAL_POINT = "focal_point"
    COORDINATOR = "coordinator"
    TRAINER = "trainer"
    DIRECTORY_EDITOR = "directory_editor"
    POLICY_OFFICER = "policy_officer"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"


class Role:
    """What a function may do, and why; the docstring of each is its description."""

    function: ClassVar[Function]
    permissions: ClassVar[frozenset[Permission]]
    second_factor: ClassVar[bool] = False
    """Must somebody with this function sign in with more than a password?"""


EVERYBODY = frozenset({Permission.ORGANISATION_SEE, Permission.REPORT_SUBMIT, Permission.REPORT_SEE_OWN})
"""What every function may do in its own organisation."""
RECEIVES = frozenset(
    {
        Permission.MEMBERS_SEE,
        Permission.REPORT_READ,
        Permission.REPORT_TRIAGE,
        Permission.REPORT_DECIDE,
        Permission.REPORT_SIGN,
        Permission.REPORT_HAND_OVER,
        Permission.REPORT_EXPORT,
    }
)


class Reporter(Role):
    """Notices something at work and hands it to the focal point. Sees own reports and nobody else's."""

    function = Function.REPORTER
    permissions = EVERYBODY


class FocalPoint(Role):
    """Receives reports of the organisation, weighs them, decides with a colleague, and tells the reporter."""

    function = Function.FOCAL_POINT
    permissions = EVERYBODY | RECEIVES | {Permission.FIGURES_SEE, Permission.KEYS_MANAGE}
    second_factor = True


class Coordinator(Role):
    """Coordinates help for people; receives what is handed over to the organisation."""

    function = Function.COORDINATOR
    permissions = EVERYBODY | RECEIVES | {Permission.FIGURES_SEE}
    second_factor = True


class Trainer(Role):
    """Gives training to colleagues. Reads no report."""

    function = Function.TRAINER
    permissions = EVERYBODY | {Permission.TRAINING_GIVE}


class DirectoryEditor(Role):
    """Keeps the facts about help and doors true. Reads no report."""

    function = Function.DIRECTORY_EDITOR
    permissions = EVERYBODY | {Permission.DIRECTORY_EDIT}


class PolicyOfficer(Role):
    """Works on policy with figures about the whole, never about one person."""

    function = Function.POLICY_OFFICER
    permissions = EVERYBODY | {Permission.FIGURES_SEE}


class OrganisationAdministrator(Role):
    """Sets the organisation up and invites members. Reads no report: whoever manages people does not thereby read about others."""

    function = Function.ORGANISATION_ADMINISTRATOR
    permissions = EVERYBODY | {
        Permission.ORGANISATION_CONFIGURE,
        Permission.MEMBERS_SEE,
        Permission.MEMBERS_INVITE,
        Permission.MEMBERS_END,
        Permission.KEYS_MANAGE,
        Permission.AUDIT_READ,
    }
    second_factor = True


ROLES: Mapping[Function, type[Role]] = {
    role.function: role
    for role in (
        Reporter,
        FocalPoint,
        Coordinator,
        Trainer,
        DirectoryEditor,
        PolicyOfficer,
        OrganisationAdministrator,
    )
}
PLATFORM: frozenset[Permission] = frozenset({Permission.PLATFORM_SEE, Permission.PLATFORM_INVITE})
"""What a platform administrator may do: see which organisations there are and invite new ones. Never their content."""


class Answer(Enum):
    """What somebody gets who asks: it, a refusal, or no sign that it exists."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member is, now: the functions per organisation, and whether they keep the platform."""

    functions: Mapping[str, frozenset[Function]] = field(default_factory=dict)
    platform_administrator: bool = False

    @property
    def second_factor(self) -> bool:
        """Must this member sign in with more than a password?"""
        held = {function for functions in self.functions.values() for function in functions}
        return self.platform_administrator or any(ROLES[function].second_factor for function in held)


def may(standing: Standing, permission: Permission, organisation_id: str | None = None) -> Answer:
    """May this member do this, in this organisation (None: on the platform as a whole)?"""
    if permission in PLATFORM:
        return Answer.ALLOWED if standing.platform_administrator else Answer.UNKNOWN
    functions = standing.functions.get(organisation_id or "", frozenset())
    if not functions:
        return Answer.UNKNOWN
    if any(permission in ROLES[function].permissions for function in functions):
        return Answer.ALLOWED
    return Answer.REFUSED
