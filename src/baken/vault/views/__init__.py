"""Pages about keys, by whose key it is."""
