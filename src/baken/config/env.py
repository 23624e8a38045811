"""Read settings from the environment, with errors that say what to set.

``NAME_FILE`` may point to a file that holds the value, so that secrets need not stand in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SETTINGS: dict[str, tuple[str, str]] = {}
"""Name -> (default as written in .env.example, what it is for). Filled as the settings are read; the docs are tested against it."""

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


class SettingError(SystemExit):
    """A setting is wrong; the message says what to set. Python prints it and exits with 1, without a traceback."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"Setting {name} is wrong: found {found!r}. Set {name} to {expected}, for example in .env.")


def read(name: str, default: str, about: str) -> str:
    """The text of a setting."""
    SETTINGS[name] = (default, about)
    if name in os.environ:
        return os.environ[name].strip()
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE", file, f"a file that can be read ({error.strerror})") from None
    return default


def _converted(name: str, default: str, about: str, expected: str, convert: Callable[[str], T]) -> T:
    value = read(name, default, about)
    try:
        return convert(value)
    except (ValueError, KeyError):
        raise SettingError(name, value, expected) from None


def read_bool(name: str, default: str, about: str) -> bool:
    """A yes/no setting."""
    table = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
    return _converted(name, default, about, "true or false", lambda value: table[value.lower()])


def read_int(name: str, default: str, about: str) -> int:
    """A whole number."""
    return _converted(name, default, about, "a whole number", int)


def read_list(name: str, default: str, about: str) -> list[str]:
    """Values separated by commas."""
    return [item.strip() for item in read(name, default, about).split(",") if item.strip()]


def read_choice(name: str, default: str, about: str, choices: tuple[str, ...]) -> str:
    """One of a few values."""
    table = {choice: choice for choice in choices}
    return _converted(name, default, about, f"one of {', '.join(choices)}", lambda value: table[value])


def load_dotenv(path: Path) -> None:
    """Take NAME=value lines of a .env file into the environment; what is already set wins."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, separator, value = text.partition("=")
        if not separator:
            raise SettingError(f"line {number} of {path.name}", text[:60], "NAME=value")
        os.environ.setdefault(name.strip(), value.strip().strip('"').strip("'"))
