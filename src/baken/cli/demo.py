"""`baken demo`: a guided tour with invented situations."""


def demo() -> None:
    """Show three worked examples."""
