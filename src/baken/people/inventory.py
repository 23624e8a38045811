"""The table of stored fields, for ``docs/data-inventory.md``: what every model says of itself, and what those of others hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db.models import Model

from baken.classification import Kept, kept_internal, kept_personal, kept_secret

AUDIT = "five years"
LIFE = "life of the installation"
JOB = "a day after it succeeded, 30 days after it was given up"
MEMBER = "until the member removes it or leaves"
FRAMEWORK = kept_internal("table of the framework; Baken keeps nothing in it", LIFE)
OTHERS: Mapping[str, Mapping[str, Kept]] = {
    "account.EmailAddress": {
        "id": kept_internal("administration", MEMBER),
        "user": kept_personal("whose address", MEMBER),
        "email": kept_personal("signing in", MEMBER),
        "verified": kept_internal("the link of the invitation arrived there", MEMBER),
        "primary": kept_internal("where mail goes", MEMBER),
    },
    "account.EmailConfirmation": dict.fromkeys(("id", "email_address", "created", "sent", "key"), FRAMEWORK),
    "mfa.Authenticator": {
        "id": kept_internal("administration", MEMBER),
        "user": kept_personal("whose second factor", MEMBER),
        "type": kept_internal("app, passkey or recovery codes", MEMBER),
        "data": kept_secret("seed (encrypted), or public key of a passkey", MEMBER),
        "created_at": kept_personal("lets the member know which it is", MEMBER),
        "last_used_at": kept_personal("lets the member see unknown use", MEMBER),
    },
    "audit.Event": {
        **dict.fromkeys(("member_id", "on_behalf_of"), kept_personal("who did it", AUDIT)),
        **dict.fromkeys(
            (
                "sequence",
                "at",
                "organisation_id",
                "function",
                "action",
                "object_kind",
                "object_id",
                "listed",
                "footing",
            ),
            kept_personal("what was done, when and why", AUDIT),
        ),
        **dict.fromkeys(("outcome", "previous", "hash"), kept_internal("nobody changes it unnoticed", AUDIT)),
    },
    "audit.Head": dict.fromkeys(
        ("id", "sequence", "at", "hash", "key", "signature"), kept_internal("nobody takes off the end unnoticed", AUDIT)
    ),
    "auth.Permission": dict.fromkeys(("id", "name", "content_type", "codename"), FRAMEWORK),
    "auth.Group": dict.fromkeys(("id", "name", "permissions"), FRAMEWORK),
    "auth.Group_permissions": dict.fromkeys(("id", "group", "permission"), FRAMEWORK),
    "django_tasks_database.DBTaskResult": {
        **dict.fromkeys(
            ("id", "status", "enqueued_at", "started_at", "finished_at", "priority", "worker_ids", "queue_name"),
            kept_internal("administration of background jobs", JOB),
        ),
        **dict.fromkeys(("backend_name", "run_after", "return_value"), kept_internal("administration", JOB)),
        "task_path": kept_internal("which job", JOB),
        "args_kwargs": kept_internal("ids of what the job is about, nothing else", JOB),
        "exception_class_path": kept_internal("that it failed", JOB),
        "traceback": kept_internal("class of what went wrong, no words", JOB),
    },
    "contenttypes.ContentType": dict.fromkeys(("id", "app_label", "model"), FRAMEWORK),
    "socialaccount.SocialAccount": {
        "id": kept_internal("administration", MEMBER),
        "user": kept_personal("who came in through the provider of the organisation", MEMBER),
        "provider": kept_internal("which provider", MEMBER),
        "uid": kept_personal("the same person as before, by the provider's own id", MEMBER),
        "last_login": kept_internal("not used; the moment of the first sign-in there", MEMBER),
        "date_joined": kept_internal("not used; the moment of the first sign-in there", MEMBER),
        "extra_data": kept_internal("always empty", MEMBER),
    },
    "socialaccount.SocialApp": dict.fromkeys(
        ("id", "provider", "provider_id", "name", "client_id", "secret", "key", "settings"), FRAMEWORK
    ),
    "socialaccount.SocialToken": dict.fromkeys(
        ("id", "app", "account", "token", "token_secret", "expires_at"), FRAMEWORK
    ),
}
"""Tables of packages, which cannot say it themselves."""


def declared(model: type[Model]) -> Mapping[str, Kept]:
    """What is said of the fields of a model; nothing when nobody said it."""
    label = model._meta.label
    if label in OTHERS:
        return OTHERS[label]
    found: Mapping[str, Kept] = getattr(getattr(model, "Privacy", None), "fields", {})
    return found


def stored_fields() -> Iterator[tuple[type[Model], str, Kept | None]]:
    """Every stored field of every model, with what is said of it."""
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda item: item._meta.label):
        said = declared(model)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            yield model, field.name, said.get(field.name)


def table() -> str:
    """The table in Markdown."""
    lines = ["| table | field | class | what for | how long |", "|---|---|---|---|---|"]
    for model, name, kept in stored_fields():
        if kept is not None and kept != FRAMEWORK:
            lines.append(f"| {model._meta.label} | `{name}` | {kept.privacy} | {kept.purpose} | {kept.retention} |")
    return "\n".join(lines)
