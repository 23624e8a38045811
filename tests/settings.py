"""Settings for tests: those of a fresh installation, whatever the machine of the person who runs them is set to."""

from __future__ import annotations

import os
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent / "var" / "test"
HOME.mkdir(parents=True, exist_ok=True)
for name in [name for name in os.environ if name.startswith("BAKEN_")]:
    del os.environ[name]
os.environ["BAKEN_HOME"] = str(HOME)
os.environ["BAKEN_HOSTS"] = "testserver,localhost,127.0.0.1"

from baken.config.settings import *  # noqa: E402, F403, TID251

# Argon2 takes its time on purpose; the test of the hasher itself asks for it by name.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Pages in tests name static files as they are, without a collected manifest.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# A database in memory for each worker. Said by name, because the tests' own check looks for Django's engine, not for ours.
if DATABASES["default"]["ENGINE"] == "baken.config.sqlite":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405

# No test asks the internet; those of the link check bring a server of their own.
BAKEN_LINK_CHECK = False
