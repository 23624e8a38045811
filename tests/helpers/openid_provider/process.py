"""The provider as tests hold it: started, told what to say, and visited by somebody with a browser of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from django.test import Client

from tests.helpers.openid_provider.serve import CLIENT, NAME, PASSWORD, SECRET

__all__ = ["CLIENT", "NAME", "PASSWORD", "SECRET", "Provider", "running"]
ROOT = Path(__file__).resolve().parents[3]
CANARIES = ("Kanarienaam", "kanarie-plaatje", "Kanarieafdeling")
NAMES = {
    "name": f"Kanarie {CANARIES[0]}",
    "given_name": CANARIES[0],
    "picture": f"https://elders.example/{CANARIES[1]}.png",
    "groups": [CANARIES[2]],
}


class Provider:
    """A running provider."""

    def __init__(self, address: str, home: Path) -> None:
        self.address = address
        self.issuer = f"{address}/o"
        self._wanted = home / "wanted.json"
        self.say(email="niemand@nergens.example")

    def say(
        self,
        *,
        wrong: str = "",
        redirects: tuple[str, ...] = (),
        tamper_with: str = "",
        **claims: Any,
    ) -> None:
        """What it says of its user from now on, and what goes wrong."""
        said = {**NAMES, "email_verified": True, **claims}
        known = {
            "claims": {name: value for name, value in said.items() if value is not None},
            "redirects": [*redirects, "http://testserver/nl/account/with/gemeente-oostzaan/back/"],
            "wrong": wrong,
            "tamper_with": tamper_with,
        }
        self._wanted.write_text(json.dumps(known), encoding="utf-8")

    def visit(self, address: str) -> str:
        """Sign in there, as a person would, until the provider sends back to the site. Returns that address."""
        with requests.Session() as browser:
            answer = browser.get(address, allow_redirects=False)
            for _step in range(8):
                if answer.is_redirect:
                    target = urljoin(answer.url, answer.headers["Location"])
                    if not target.startswith(self.address):
                        return target
                    answer = browser.get(target, allow_redirects=False)
                else:
                    assert "<h1>Elders</h1>" in answer.text, answer.text
                    following = parse_qs(urlsplit(answer.url).query)["next"][0]
                    form = {"username": NAME, "password": PASSWORD, "next": following}
                    answer = browser.post(answer.url, data=form, allow_redirects=False)
        raise AssertionError("the provider never sent back")

    def journey(self, client: Client, start: str = "/en/account/with/gemeente-oostzaan/") -> Any:
        """From our link to the provider and back again; the last answer of our site."""
        away = client.get(start)
        assert away.status_code == 302, away.content.decode()
        return client.get(self.visit(away["Location"]).removeprefix("http://testserver"))


@contextmanager
def running(home: Path) -> Iterator[Provider]:
    """A provider for as long as the block lasts."""
    environment = {**os.environ, "OPENID_PROVIDER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    (home / "wanted.json").write_text("{}", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.openid_provider.serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        cwd=ROOT,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "the provider did not start"
        yield Provider(address, home)
    finally:
        process.stdin.close()
        process.wait(timeout=10)
        process.stdout.close()
