"""Moments at which rooms above must do something too, in the same request or transaction. Whoever fails stops the act.

A password that goes along is for use at that moment; nobody keeps it.
"""

from __future__ import annotations

from django.dispatch import Signal

password_proven = Signal()
"""Somebody typed the right password; second factor may follow. Arguments: request, member, password."""

password_changing = Signal()
"""Before a password changes: member, old, new, now. A receiver may return a function; it runs in the transaction of the change."""

access_changed = Signal()
"""Inside the transaction that changes how a member gets in: member, change (`baken.people.changes.Change`), now."""

membership_ended = Signal()
"""Inside the transaction that ends a function of a member: by (Acting or None), membership, now."""

members_changed = Signal()
"""After members of an organisation changed, in the request of who changed them: request, organisation, now."""
