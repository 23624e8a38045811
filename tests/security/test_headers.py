"""Safe headers on every answer of every URL, whoever asks and whatever comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings
from tests.helpers.attack import Target, address, urls

FRAMED = {"recognise:embed", "routes:embed_result"}
"""The check that other sites may show in a frame; it says nothing to the page around it."""
FOR_OTHER_SITES = {"embed_script", "api_elsewhere", "hsds_elsewhere", *FRAMED}
"""What other sites load; so is the API. None of it knows who asks."""
IS_DATA = {
    "api:openapi",
    "hsds:openapi",
    "hsds:profile",
    "robots",
    "manifest",
    "service_worker",
    "embed_script",
    "health",
    "routes:bundle",
    "routes:places",
}
"""The same for everybody, so a browser may keep it."""
UNSAFE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "data:", "blob:", "http:", "*")
HTTPS = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 63072000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}


def problems(name: str, response: Any) -> list[str]:
    """What is missing on one answer."""
    headers = response.headers
    for_others = name in FOR_OTHER_SITES or name.startswith(("api:", "hsds:"))
    found = []
    policy = {
        line.split()[0]: line.split()[1:] for line in headers.get("Content-Security-Policy", "").split(";") if line
    }
    if policy.get("default-src") != ["'none'"] and "sandbox" not in policy:
        found.append(f"default-src {policy.get('default-src')}")
    for directive, sources in policy.items():
        if directive != "frame-ancestors" or name not in FRAMED:
            found += [f"{directive} {bad}" for bad in UNSAFE if bad in sources]
    wanted = {
        "X-Content-Type-Options": {"nosniff"},
        "Permissions-Policy": {headers.get("Permissions-Policy", "")} - {""},
        "Cross-Origin-Opener-Policy": {"same-origin"},
        "Cross-Origin-Resource-Policy": {"same-origin", "cross-origin"} if for_others else {"same-origin"},
        "Referrer-Policy": {"no-referrer", "same-origin"},
    }
    found += [
        f"{header}: {headers.get(header)!r}" for header, good in wanted.items() if headers.get(header) not in good
    ]
    if name not in FRAMED and headers.get("X-Frame-Options") != "DENY":
        found.append(f"X-Frame-Options: {headers.get('X-Frame-Options')!r}")
    if name not in FRAMED and policy.get("frame-ancestors") != ["'none'"]:
        found.append(f"frame-ancestors {policy.get('frame-ancestors')}")
    if name not in IS_DATA and "no-store" not in headers.get("Cache-Control", ""):
        found.append(f"Cache-Control: {headers.get('Cache-Control')!r}")
    found += [f"{header} tells what runs here" for header in ("Server", "X-Powered-By") if header in headers]
    return found


@pytest.mark.walk
@pytest.mark.parametrize("who", ["visitor", "ann", "bas", "cleo"])
def test_every_answer_has_safe_headers(target: Target, who: str) -> None:
    client = Client() if who == "visitor" else target.signed_in(who)
    found = {}
    for url in urls():
        path = address(url, target.known)
        if url.name == "account_logout":
            continue
        for method in ("get", "post"):
            if missing := problems(url.name, getattr(client, method)(path)):
                found[url.name, method] = missing
    assert not found, "\n".join(f"{key}: {value}" for key, value in found.items())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nl/bestaat-niet/", "/nl/account/bestaat-niet/", "/nl/organisation/niet/"])
def test_errors_have_safe_headers_too(path: str) -> None:
    assert problems("", Client().get(path)) == []


@pytest.mark.django_db
def test_https_is_kept_for_two_years_and_http_leads_to_it() -> None:
    with override_settings(**HTTPS):
        client = Client()
        plain = client.get("/nl/account/login/")
        safe = client.get("/nl/account/login/", secure=True)
    assert plain.status_code == 301
    assert plain["Location"] == "https://testserver/nl/account/login/"
    assert safe["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def test_pages_of_members_are_never_framed_and_never_kept(target: Target) -> None:
    client = target.signed_in("bas")
    page = client.get(f"/nl/organisation/{target.known['organisation_id']}/inbox/{target.known['report_id']}/")
    assert page.status_code == 200
    assert "kanarie feit" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
