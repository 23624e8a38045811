"""Measurements of speed, weight and memory that a reader can repeat."""
