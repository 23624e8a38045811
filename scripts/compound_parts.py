"""Makes the list of Dutch words that compounds are built of. ``python scripts/compound_parts.py /usr/share/dict/dutch``.

Its source is the word list of OpenTaal, here from Debian's package ``wdutch``. Kept are words that are the beginning or the end
of at least two other words of the list, and are no compound themselves; a compound that many words are built of (``huisarts``)
stays whole as well, because it carries a meaning of its own.
"""

from __future__ import annotations

import gzip
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/baken/directory/finding/data/nl_parts.txt.gz"
LINKS = ("", "s", "e", "en", "er")
SHORTEST, LONGEST = 4, 12
USED, USED_AS_ONE = 2, 8


def main(source: str) -> None:
    """Write the list."""
    lines = Path(source).read_text(encoding="utf-8").splitlines()
    words = {_plain(line) for line in lines if re.fullmatch(r"[a-zà-ÿ]{4,}", line)}
    words = {word for word in words if word.isascii() and word.isalpha()}
    uses = Counter(part for word in words for pair in _splits(word, words) for part in pair)
    kept = sorted(
        word
        for word, count in uses.items()
        if len(word) <= LONGEST and (count >= USED_AS_ONE or (count >= USED and not any(_splits(word, words))))
    )
    TARGET.write_bytes(gzip.compress("\n".join(kept).encode(), 9, mtime=0))
    print(f"{len(kept)} words")


def _splits(word: str, words: set[str]) -> Iterator[tuple[str, str]]:
    """Each way to see the word as two words of the list."""
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        left, right = word[:place], word[place:]
        if right not in words:
            continue
        for link in LINKS:
            begin = left.removesuffix(link)
            if left.endswith(link) and len(begin) >= SHORTEST and begin in words:
                yield begin, right
                break


def _plain(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


if __name__ == "__main__":
    main(sys.argv[1])
