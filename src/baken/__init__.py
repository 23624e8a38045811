"""Baken: from a hunch of human trafficking to safe help."""

__version__ = "0.1.0"
