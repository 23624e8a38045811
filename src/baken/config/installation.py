"""What this installation is: its directory, its country, its own regions and its secret.

The settings read it, and so do commands that answer without starting the web framework.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from baken.config import env


def home() -> Path:
    """The directory of this installation; takes its ``.env`` into the environment."""
    base = Path(
        env.read("BAKEN_HOME", str(Path.cwd()), "Directory for the database and other files of this installation.")
    )
    env.load_dotenv(base / ".env")
    return base


def country() -> str:
    """Code of the country that the pages are for."""
    return env.read_choice("BAKEN_COUNTRY", "nl", "The country pack that the pages show.", ("nl",))


def demo() -> bool:
    """Does this installation show the demo world?"""
    return env.read_bool("BAKEN_DEMO", "false", "Add the demo world and say so on every page.")


def local_packs() -> tuple[Path, ...]:
    """Directories with regions of this installation only."""
    about = "Directories with local regions, such as focal points."
    return tuple(Path(item) for item in env.read_list("BAKEN_LOCAL_PACKS", "", about))


def secret_key(directory: Path) -> str:
    """A key of this installation, made once in ``directory`` and kept readable for its owner only."""
    path = directory / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
