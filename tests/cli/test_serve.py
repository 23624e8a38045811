"""`baken serve` refuses to start with something broken, and says what to mend."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_a_broken_local_pack_stops_the_start(tmp_path: Path) -> None:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith("BAKEN_") and name != "DATABASE_URL"
    }
    done = subprocess.run(
        [sys.executable, "-c", "from baken.cli import main; main()", "serve", "--port", "8999"],
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "baken.config.settings",
            "BAKEN_HOME": str(tmp_path),
            "BAKEN_LOCAL_PACKS": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "A pack cannot be used" in done.stderr + done.stdout
    assert "expected a regions.yaml" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
