"""Which readers of the social map somebody belongs to.

A public page never looks who reads it: no cookie, no session. Members have the same pages below their account, where the
gatekeeper has let them in; there they see what is for professionals too.
"""

from __future__ import annotations

from django.http import HttpRequest

from baken.directory.queries import Audience
from baken.people.actor import Acting
from baken.people.permissions import ROLES, Permission

INSIDE = "directory_inside"
"""Name of the addresses for members."""


def audience_of(request: HttpRequest) -> Audience:
    """Everybody on a public page is public; who holds a function in an organisation is a professional; an editor sees all."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        return "public"
    functions = {function for held in acting.standing.functions.values() for function in held}
    if any(Permission.DIRECTORY_EDIT in ROLES[function].permissions for function in functions):
        return "editors"
    return "professionals" if functions else "public"


def pages_of(request: HttpRequest) -> dict[str, object]:
    """For templates: whose pages these are, so that links stay among them and forms of members carry their token."""
    inside = getattr(request, "acting", None) is not None
    return {"pages": INSIDE if inside else "directory", "inside": inside}
