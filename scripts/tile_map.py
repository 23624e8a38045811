"""Lay out the tiles of the map of municipalities anew: after a merger of municipalities, or a change of the layout.

``python scripts/tile_map.py`` writes ``municipality_tiles.csv`` of the Dutch pack, ``--check`` says whether it is fresh (exit
code 1 when not). It takes a few seconds; that is why the result is kept.
"""

from __future__ import annotations

import argparse
import sys

from baken.directory.tile_layout import laid_out, land_of
from baken.directory.tiles import FILE, read_tiles, write_tiles
from baken.packs.loader import ROOT

COUNTRY = "nl"


def main() -> int:
    """Write or check the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the table is fresh")
    check = parser.parse_args().check
    path = ROOT / COUNTRY / FILE
    tiles = laid_out(land_of(COUNTRY))
    if not check:
        write_tiles(path, tiles)
    elif tiles != read_tiles(path):
        print(f"Not fresh: {path.relative_to(ROOT)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
