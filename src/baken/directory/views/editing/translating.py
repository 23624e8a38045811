"""Texts of a service in another language: the source beside it, what is outdated, and who looked at it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baken.audience import needs
from baken.directory import labels, models
from baken.directory.actions import ChangedMeanwhileError, put
from baken.directory.actions.putting import Via
from baken.directory.editing_queries import outdated_texts
from baken.directory.editing_words import label_of
from baken.directory.records import ServiceRecord, TranslationRecord
from baken.directory.views.editing.loading import address, load, number
from baken.directory.words import TRANSLATED, hash_of
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class TextShown:
    """One text beside its translation. ``seen`` is the hash of the source that the page shows."""

    field: str
    label: str
    source: str
    text: str
    reviewed: bool
    outdated: bool
    seen: str


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def translations(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Every translation whose text has changed since."""
    context = {
        "heading": _("Outdated translations"),
        "organisation": request.organisation,
        "items": [(item, label_of(item.field), labels.language_name(item.language)) for item in outdated_texts()],
    }
    return render(request, "directory/editing/translations.html", context)


@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: MemberRequest, organisation_id: uuid.UUID, service_id: uuid.UUID, language: str) -> HttpResponse:
    """The texts of one service in one language."""
    service, record = load(service_id)
    if language not in dict(settings.LANGUAGES) or language == record.language:
        raise Http404
    if request.method != "POST":
        return _show(request, service, record, language, None)
    changed = replace(record, translations=_typed(record, language, request.POST))
    version = number(request.POST.get("version", ""), otherwise=0)
    try:
        put(by=request.acting, record=changed, via=Via.EDITOR, now=timezone.now(), version=version)
    except ChangedMeanwhileError as error:
        return _show(request, service, error.now, language, request.POST)
    messages.success(request, _("Saved."))
    return redirect(address(request, "service", service_id))


def _typed(record: ServiceRecord, language: str, data: QueryDict) -> tuple[TranslationRecord, ...]:
    """The translations as they are now filled in. The hash is that of the source that the translator had before them."""
    known = {item.field: item for item in record.translations if item.language == language}
    shown = _fields(record)
    found = [item for item in record.translations if item.language != language or item.field not in shown]
    for field in shown:
        text = (
            "\n".join(line.rstrip() for line in data.get(field, "").splitlines()).strip().replace("\x00", "")[:LONGEST]
        )
        # Of another source than the one of now nothing but that it is another counts.
        seen = hash_of(str(getattr(record, field))) if _fits(record, field, data) else ""
        before = known.get(field)
        untouched = before is not None and before.text == text and f"fits-{field}" not in data
        if text:
            found.append(
                TranslationRecord(
                    field=field,
                    language=language,
                    text=text,
                    source_hash=before.source_hash if before and untouched else seen,
                    reviewed=f"reviewed-{field}" in data,
                )
            )
    return tuple(sorted(found, key=lambda item: (item.language, item.field)))


def _fits(record: ServiceRecord, field: str, data: QueryDict) -> bool:
    """Had the translator the source of now before them?"""
    return data.get(f"seen-{field}", "") == hash_of(str(getattr(record, field)))


def _fields(record: ServiceRecord) -> list[str]:
    """Fields that say something, in the order of a page."""
    return [name for name in TRANSLATED if getattr(record, name)]


def _show(
    request: MemberRequest,
    service: models.Service,
    record: ServiceRecord,
    language: str,
    typed: QueryDict | None,
) -> HttpResponse:
    known = {item.field: item for item in record.translations if item.language == language}
    texts = [_text(record, field, known.get(field), typed) for field in _fields(record)]
    context: dict[str, Any] = {
        "heading": _("%(name)s in %(language)s") % {"name": service.name, "language": labels.language_name(language)},
        "organisation": request.organisation,
        "service": service,
        "language": language,
        "source_language": record.language,
        "source_name": labels.language_name(record.language),
        "language_name": labels.language_name(language),
        "texts": texts,
        "changed": typed is not None,
    }
    return render(request, "directory/editing/translate.html", context, status=409 if typed is not None else 200)


def _text(record: ServiceRecord, field: str, known: TranslationRecord | None, typed: QueryDict | None) -> TextShown:
    source = str(getattr(record, field))
    return TextShown(
        field=field,
        label=label_of(field),
        source=source,
        text=typed.get(field, "") if typed is not None else (known.text if known else ""),
        reviewed=f"reviewed-{field}" in typed if typed is not None else bool(known and known.reviewed),
        outdated=known is not None and known.source_hash != hash_of(source),
        seen=hash_of(source),
    )
