"""Tables of organisations, members, functions, invitations and sessions. Only ``actions`` writes them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from baken.classification import Kept, kept_internal, kept_open, kept_personal, kept_secret
from baken.people.labels import FUNCTIONS, KINDS
from baken.people.permissions import Function

if TYPE_CHECKING:
    from collections.abc import Mapping

WHILE_USED = "until the organisation leaves"
WHILE_MEMBER = "until the membership ended two years ago"
SESSION = "until sign-out, or 15 minutes without use"
FUNCTION_CODES = [str(function) for function in Function]


class Organisation(models.Model):
    """An organisation that uses Baken. Its door is public once it is set up."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("address of its pages", WHILE_USED),
            "kind": kept_open("order of doors", WHILE_USED),
            "name": kept_open("shown at the right door", WHILE_USED),
            "municipalities": kept_open("where its door is shown", WHILE_USED),
            "languages": kept_open("languages in which it can be spoken to", WHILE_USED),
            "office_hours": kept_open("when its focal point is there", WHILE_USED),
            "phone": kept_open("shown at the right door", WHILE_USED),
            "email": kept_open("shown at the right door", WHILE_USED),
            "internal_route": kept_internal("for its own members", WHILE_USED),
            "is_demo": kept_internal("marks what was made up", WHILE_USED),
            "created_at": kept_internal("administration", WHILE_USED),
            "set_up_at": kept_internal("its door is shown from then on", WHILE_USED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    name = models.CharField(max_length=120)
    municipalities = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    office_hours = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    internal_route = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("name"), name="people_organisation_name_once"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="people_organisation_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="people_organisation_has_name"),
        )

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    """Finds members by e-mail address, in whatever case it was typed."""

    def get_by_natural_key(self, username: str | None) -> Member:
        """The member with this e-mail address."""
        return self.get(email=(username or "").strip().lower())


class Member(AbstractBaseUser):
    """Somebody who can sign in. An e-mail address and a language; no name is needed."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("ties functions and events to one member", WHILE_MEMBER),
            "email": kept_personal("signing in, and word that there is something to look at", WHILE_MEMBER),
            "password": kept_secret("signing in (Argon2id)", WHILE_MEMBER),
            "last_login": kept_personal("lets the member see unknown use", WHILE_MEMBER),
            "language": kept_personal("language of mail", WHILE_MEMBER),
            "is_active": kept_internal("who left cannot sign in", WHILE_MEMBER),
            "is_platform_administrator": kept_internal("sees configuration, never content", WHILE_MEMBER),
            "joined_at": kept_personal("administration", WHILE_MEMBER),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    is_platform_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MemberManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(email=Lower("email")), name="people_member_email_lower_case"),
        )

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """One function of one member in one organisation, from a moment until another."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("address of the act that ends it", WHILE_MEMBER),
            "member": kept_personal("who", WHILE_MEMBER),
            "organisation": kept_personal("where", WHILE_MEMBER),
            "function": kept_personal("what they may do", WHILE_MEMBER),
            "since": kept_personal("from when", WHILE_MEMBER),
            "until": kept_personal("until when", WHILE_MEMBER),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    function = models.CharField(max_length=40, choices=list(FUNCTIONS.items()))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(function__in=FUNCTION_CODES), name="people_membership_function_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="people_membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=("member", "organisation", "function"),
                condition=Q(until__isnull=True),
                name="people_membership_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.function} {self.member_id}"


class Invitation(models.Model):
    """A link by e-mail with which somebody becomes a member, once. Without an organisation: a platform administrator."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("what the signed link names", "30 days"),
            "email": kept_personal("where the link goes", "30 days"),
            "organisation": kept_personal("of which they become a member", "30 days"),
            "functions": kept_personal("what they will do there", "30 days"),
            "language": kept_personal("language of the mail", "30 days"),
            "invited_at": kept_personal("when it expires", "30 days"),
            "expires_at": kept_personal("when it expires", "30 days"),
            "accepted_at": kept_personal("a link works once", "30 days"),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE)
    functions = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=5, default="nl")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(email=Lower("email")), name="people_invitation_email_lower_case"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="people_invitation_expires"),
        )

    def __str__(self) -> str:
        return f"invitation {self.id}"


class OrganisationProvider(models.Model):
    """The OpenID provider at which members of one organisation sign in. The installation sets it, not the organisation."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "organisation": kept_internal("whose members it may answer for", WHILE_USED),
            "slug": kept_open("address to which people come back", WHILE_USED),
            "issuer": kept_internal("address of the provider", WHILE_USED),
            "client_id": kept_internal("how the provider knows this installation", WHILE_USED),
            "client_secret": kept_secret("proves this installation to the provider (encrypted)", WHILE_USED),
            "strong_contexts": kept_internal("which answers mean that a second factor was asked", WHILE_USED),
            "verified_domains": kept_internal("which addresses the provider hands out itself", WHILE_USED),
        }

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="provider"
    )
    slug = models.SlugField(max_length=60, unique=True)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=191)
    client_secret = models.TextField()
    strong_contexts = models.JSONField(default=list, blank=True)
    verified_domains = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.slug


class SignedInSession(AbstractBaseSession):
    """A session, findable by its member. Its key is kept as a hash: whoever reads the table cannot use it."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "session_key": kept_secret("SHA-256 of what the cookie holds", SESSION),
            "session_data": kept_secret("who signed in, how and when", SESSION),
            "expire_date": kept_internal("end after 15 minutes without use", SESSION),
            "public_id": kept_internal("address of the act that ends it", SESSION),
            "member": kept_personal("list of own sessions", SESSION),
            "device": kept_personal("lets the member know which session it is", SESSION),
            "started_at": kept_personal("lets the member know which session it is", SESSION),
        }

    session_key = models.CharField(max_length=64, primary_key=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractBaseSession.Meta):  # type: ignore[name-defined, misc]
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that hashes keys."""
        from baken.people.sessions import SessionStore

        return SessionStore


class CountedAttempt(models.Model):
    """Failed attempts to sign in, counted over all processes. The table of Django's database cache."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "cache_key": kept_internal("SHA-256 of the address that was tried", "five minutes after the last attempt"),
            "value": kept_internal("moments of the attempts", "five minutes after the last attempt"),
            "expires": kept_internal("when it goes", "five minutes after the last attempt"),
        }

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_attempts"

    def __str__(self) -> str:
        return "attempt"
