"""Texts of a service and their translations: which is outdated, and what a reader sees. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from baken.directory.records import ServiceRecord

TRANSLATED = ("name", "alternate_name", "description", "eligibility", "alert", "fees", "interpretation")


def hash_of(text: str) -> str:
    """What a translation remembers of the text that it was made from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a reader gets it. ``language`` is that of the text; ``outdated`` says that its source has changed since."""

    text: str
    language: str
    outdated: bool = False
    draft: bool = False


def shown(record: ServiceRecord, field: str, language: str) -> Shown:
    """One text for a reader of ``language``: the translation, also when outdated (and then marked), else the source."""
    source = str(getattr(record, field))
    if language == record.language or not source:
        return Shown(source, record.language)
    for translation in record.translations:
        if (translation.field, translation.language) == (field, language):
            return Shown(
                translation.text,
                language,
                outdated=translation.source_hash != hash_of(source),
                draft=not translation.reviewed,
            )
    return Shown(source, record.language)


def outdated(record: ServiceRecord) -> tuple[tuple[str, str], ...]:
    """Field and language of each translation whose source has changed."""
    return tuple(
        (item.field, item.language)
        for item in record.translations
        if item.source_hash != hash_of(str(getattr(record, item.field)))
    )
