"""`baken serve`: the web server."""


def serve() -> None:
    """Start the web server."""
