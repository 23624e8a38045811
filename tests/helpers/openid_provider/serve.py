"""Runs the provider: makes its database, prints its address, and serves until its standard input closes."""

from __future__ import annotations

import os
import sys
from threading import Thread
from typing import Any

NAME, PASSWORD = "iemand", "wachtwoord bij de aanbieder"
CLIENT, SECRET = "baken", "een-geheim-tussen-twee-machines"


def main() -> None:
    """Start."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.helpers.openid_provider.settings"
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from oauth2_provider.models import Application

    from tests.helpers.browser import Site

    call_command("migrate", verbosity=0)
    model: Any = get_user_model()
    model.objects.create_user(NAME, password=PASSWORD)
    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris="http://127.0.0.1/",
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )
    site = Site(get_wsgi_application())
    print(site.address, flush=True)
    watch = Thread(target=sys.stdin.read)
    watch.start()
    watch.join()
    site.stop()


if __name__ == "__main__":
    main()
