"""The matrix of URLs and kinds of members: what everybody gets. ``docs/permissions.md`` shows it, and a test asks every URL.

Pure, apart from the names of URLs that it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baken.audience import MEMBERS, PUBLIC, SIGN_IN
from baken.people.permissions import PLATFORM, ROLES, Answer, Function, Permission, Standing, may

OWN = "own"
VISITOR = "visitor"
STRANGER = "stranger"
PLATFORM_ADMINISTRATOR = "platform_administrator"
COLUMNS = (VISITOR, STRANGER, PLATFORM_ADMINISTRATOR, *(str(function) for function in Function), "another organisation")
WORDS: Mapping[Answer, str] = {Answer.ALLOWED: "yes", Answer.REFUSED: "403", Answer.UNKNOWN: "404"}
SEND_TO_SIGN_IN = "sign in"


@dataclass(frozen=True, slots=True)
class Url:
    """A URL by name, with who may use it."""

    name: str
    audience: str


def standing_for(column: str) -> Standing | None:
    """The standing of a kind of member; None for a visitor. The organisation that is asked for is ``OWN``."""
    if column == VISITOR:
        return None
    if column == PLATFORM_ADMINISTRATOR:
        return Standing(platform_administrator=True)
    if column == STRANGER:
        return Standing()
    if column == COLUMNS[-1]:
        return Standing(functions={"other": frozenset(Function)})
    return Standing(functions={OWN: frozenset({Function(column)})})


def expected(audience: str, standing: Standing | None) -> str:
    """What somebody gets: ``yes``, ``sign in``, ``403`` or ``404``."""
    if audience in (PUBLIC, SIGN_IN):
        return WORDS[Answer.ALLOWED]
    if standing is None:
        return SEND_TO_SIGN_IN
    if audience == MEMBERS:
        return WORDS[Answer.ALLOWED]
    return WORDS[may(standing, Permission(audience), OWN)]


def page(urls: Iterable[Url]) -> str:
    """docs/permissions.md."""
    lines = [
        "# Who may do what",
        "",
        "First the relation, then the function: whoever has no function in an organisation gets 404 for everything in it, as",
        "if it did not exist. Both tables follow from `baken/people/permissions.py`; a test asks every URL as every kind of",
        "member and expects exactly this. *Another organisation*: somebody with every function, elsewhere.",
        "",
        "## Functions",
        "",
        "| function | what for | second factor |",
        "|---|---|---|",
    ]
    for function, role in ROLES.items():
        text = " ".join((role.__doc__ or "").split())
        lines.append(f"| `{function}` | {text} | {'must' if role.second_factor else 'may'} |")
    lines += ["", "A platform administrator has: " + ", ".join(f"`{item}`" for item in sorted(PLATFORM)) + ".", ""]
    lines += ["## Permissions", "", "| permission |" + "".join(f" {function} |" for function in ROLES)]
    lines.append("|---|" + "---|" * len(ROLES))
    for permission in Permission:
        if permission not in PLATFORM:
            cells = "".join(f" {'yes' if permission in role.permissions else ''} |" for role in ROLES.values())
            lines.append(f"| `{permission}` |{cells}")
    lines += ["", "## URLs of members", "", "| URL | needs |" + "".join(f" {column} |" for column in COLUMNS)]
    lines.append("|---|---|" + "---|" * len(COLUMNS))
    for url in urls:
        cells = "".join(f" {expected(url.audience, standing_for(column))} |" for column in COLUMNS)
        lines.append(f"| `{url.name}` | `{url.audience}` |{cells}")
    return "\n".join([*lines, ""])
