"""The pages of the editors of the social map."""
