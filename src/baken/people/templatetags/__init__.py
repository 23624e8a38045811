"""Template tags for pages of members."""
