"""Who asks the HSDS API: everybody, or an organisation by its token."""

from __future__ import annotations

from django.http import HttpRequest

from baken.directory.actions.tokens import hash_of_token
from baken.directory.models import ApiToken
from baken.directory.queries import Audience
from baken.recognise.api_problems import ProblemError

BEARER = "Bearer "
LONGEST = 200


def reader(request: HttpRequest) -> Audience:
    """What the one who asks may see. Raises ProblemError (401) for a token that opens nothing; hidden services open to none."""
    header = request.headers.get("Authorization", "")
    if not header:
        return "public"
    token = header.removeprefix(BEARER).strip()
    if header.startswith(BEARER) and 0 < len(token) <= LONGEST and _opens(token):
        return "professionals"
    raise ProblemError(401, "This token opens nothing. Ask again without one for what everybody may see.")


def _opens(token: str) -> bool:
    return ApiToken.objects.filter(token_hash=hash_of_token(token), revoked_at__isnull=True).exists()
