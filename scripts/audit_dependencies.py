"""Ask a public list of known flaws about the locked versions of what Baken runs on. Ends with 1 when there is one.

A list that cannot be reached, or a mirror that knows no flaws, answers "none" to everything. So one question comes first
of which the answer is known: an old Django with well-known flaws. When that comes back clean, nothing was judged, and the
script says so and ends with 0: a check without a network must not stop a change, and must not pretend either.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTROL = "django==3.2.0\n"
SECONDS = 120


def flaws(requirements: str) -> dict[str, list[str]]:
    """Names of known flaws by package; empty too when nobody answered."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(requirements, encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "-f", "json", "-r", str(listed)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
            found = json.loads(done.stdout or "{}")
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            return {}
    return {
        f"{item['name']} {item.get('version', '')}": [flaw["id"] for flaw in item["vulns"]]
        for item in found.get("dependencies", [])
        if item.get("vulns")
    }


def locked() -> str:
    """The packages of an installation, one version each, as the lock file has them."""
    uv = ROOT / ".venv-tools" / "bin" / "uv"
    command = [str(uv), "export", "--quiet", "--locked", "--no-dev", "--no-hashes", "--no-emit-project"]
    exported = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    lines = [line.partition(";")[0].strip() for line in exported.splitlines()]
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("#"))


def main() -> int:
    """0 when nothing is known to be wrong, or nobody can be asked; 1 when something is."""
    if not flaws(CONTROL):
        print("Not judged: no list of known flaws answers here. (An old Django came back without one.)")
        return 0
    packages = locked()
    found = flaws(packages)
    for name, names in found.items():
        print(f"{name}: {', '.join(names)}")
    print(f"{len(packages.splitlines())} packages asked about, {len(found)} with known flaws.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
