"""What can be wrong with the index, in words for whoever keeps the installation. Pure."""

from __future__ import annotations


class UnfitDatabaseError(Exception):
    """The database of the installation cannot hold the index."""
