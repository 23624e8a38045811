"""Who reads a public page: a visitor, or a member whose session would also open the pages of members."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from baken.people.middleware import lasts_too_long, outgrew_provider, was_asked_elsewhere
from baken.people.models import Member
from baken.people.permissions import Standing
from baken.people.queries import has_second_factor, standing_of

VISITOR = Standing()


def standing_of_visitor(request: HttpRequest, *, now: dt.datetime) -> Standing:
    """What the reader of a public page is. Whom the gatekeeper would send to sign in, or to a second factor, is a visitor.

    It reads the session and writes nothing: a public page neither sets a cookie nor keeps a session alive.
    """
    if not isinstance(request.user, Member) or lasts_too_long(request):
        return VISITOR
    standing = standing_of(request.user, now=now)
    if outgrew_provider(request, standing):
        return VISITOR
    if standing.second_factor and not was_asked_elsewhere(request) and not has_second_factor(request.user):
        return VISITOR
    return standing
