"""Everything that `make bench` measures. Lighthouse has a script of its own, for it needs Node."""

from __future__ import annotations

from bench import first_view, server


def main() -> int:
    """Run all; 1 when a target is missed."""
    met = [server.main(), first_view.main()]
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
