"""Names as they are compared: two spellings of one name are one name. Pure."""

from __future__ import annotations

import re
import unicodedata


def folded(name: str) -> str:
    """Small letters without accents and punctuation, in any script."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
