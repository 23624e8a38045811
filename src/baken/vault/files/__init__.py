"""Attachments: sealed while they arrive, cleaned of what they tell by accident, and given back only as a download."""
