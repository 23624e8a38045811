"""Asking the API, and reading the problems that it answers with."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

V1 = "/api/v1"
MOMENT = "2026-11-21T14:30:00+01:00"
POSTS: dict[str, tuple[dict[str, Any], str]] = {
    "/routes": ({"age": "minor", "municipality": "Oostzaan", "at": MOMENT}, "Route"),
    "/assessments": ({"instrument": "ilo-2009-adult-labour", "signs": ["recruit_deceived_job"]}, "Assessment"),
    "/checks": ({"signs": ["dest_locked_in_now"], "situation": {"age": "minor"}}, "Check"),
}


def post(http: Client, path: str, body: Any, content_type: str = "application/json", **extra: Any) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return http.post(V1 + path, data, content_type=content_type, **extra)


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem that a response is: right status, right type, no traceback."""
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    assert response["API-Version"]
    data: dict[str, Any] = response.json()
    assert data["status"] == status
    assert data["title"]
    assert data["detail"]
    assert "Traceback" not in response.content.decode()
    return data


def named(data: dict[str, Any]) -> dict[str, str]:
    return {item["field"]: item["expected"] for item in data["errors"]}
