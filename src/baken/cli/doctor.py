"""`baken doctor`: what is wrong with this installation, and how to mend it."""


def doctor() -> None:
    """Say what is wrong with this installation."""
