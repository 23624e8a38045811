"""Which readers of the social map somebody belongs to."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from baken.directory.queries import Audience
from baken.people.permissions import ROLES, Permission
from baken.people.visitor import standing_of_visitor


def audience_of(request: HttpRequest, *, now: dt.datetime) -> Audience:
    """Everybody is public; who holds a function in an organisation is a professional; who may edit the map an editor."""
    functions = {function for held in standing_of_visitor(request, now=now).functions.values() for function in held}
    if any(Permission.DIRECTORY_EDIT in ROLES[function].permissions for function in functions):
        return "editors"
    return "professionals" if functions else "public"
