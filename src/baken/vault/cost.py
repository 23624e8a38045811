"""What one guess at a password costs here. Work at this cost stands in line with sign-ins: ``expensive``."""

from __future__ import annotations

from baken.people.hashers import expensive
from baken.vault.keys import MODERATE, Cost

COST: Cost = MODERATE
"""Tests that are not about passwords put a cheaper one here; an installation has no setting for it."""

__all__ = ["COST", "expensive"]
