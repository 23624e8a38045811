"""Views of the routes room, one module per page."""
