"""Taking over what another list says: the file beside the map, per service and field, and only what an editor ticks.

The file is kept nowhere: between the two pages it travels along in the form, packed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import uuid
import zlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import needs
from baken.directory import labels
from baken.directory.editing_words import label_of, lines_of
from baken.directory.exchange.applying import Applied, Choice, apply
from baken.directory.exchange.differences import Difference, Sort, Turn
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.reading import Origin
from baken.directory.exchange.reconciling import Reconciled, reconcile
from baken.directory.exchange.taking import read_file
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.vault.files.upload import SealedUpload, accepts_files

MOST = 8_000_000
"""Bytes of a file; what is larger goes in by the command line."""
MOST_PACKED = 180_000
"""Characters of the packed file, so that it fits in a form."""
MOST_SHOWN = 40
"""Services on one page; the others come after these."""
MOST_TICKS = 400
"""A form has no room for more fields."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field that differs."""

    name: str
    label: str
    before: list[str]
    after: list[str]
    ticked: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """One service of the file that is not the same here. ``key`` says exactly what an editor saw of it."""

    key: str
    name: str
    provider: str
    added: bool
    fields: list[FieldShown]
    left: tuple[str, ...]


class TooLargeError(Exception):
    """The file does not fit in a form."""


@accepts_files
@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Choose a file; see what differs; take over what is ticked."""
    if request.method != "POST":
        return _show(request)
    name = request.POST.get("name", "").replace("\x00", "").strip()[:LONGEST]
    try:
        content = _content(request)
        packed = _packed(content)
        found = _reconciled(content, name)
    except TooLargeError:
        return _show(
            request,
            _("This file is too large for a page. Split it, or ask who keeps this installation to bring it in."),
        )
    except UnreadableError as error:
        said = _("We cannot read this file. At %(where)s: %(what)s. Nothing was changed.")
        return _show(request, said % {"where": error.where, "what": error.expected})
    if content == b"" or not name:
        return _show(request, _("Choose a file, and say where it comes from."))
    done: list[Applied] = []
    if "apply" in request.POST:
        done = apply(by=request.acting, chosen=_chosen(request, found), now=timezone.now())
        found = _reconciled(content, name)
    return _show(request, found=found, packed=packed, done=done, name=name)


def _content(request: MemberRequest) -> bytes:
    """The file that was sent, or that travelled along."""
    upload = request.FILES.get("file")
    if upload is not None:
        assert isinstance(upload, SealedUpload)
        if upload.problem or (upload.size or 0) > MOST:
            raise TooLargeError
        return bytes(upload.open_clear().read())
    try:
        raw = base64.b64decode(request.POST.get("packed", ""), validate=True)
        opened = zlib.decompressobj()
        content = opened.decompress(raw, MOST) if raw else b""
    except (binascii.Error, zlib.error) as error:
        raise UnreadableError("file", _("choose the file again")) from error
    if opened.unconsumed_tail:
        raise TooLargeError
    return content


def _packed(content: bytes) -> str:
    packed = base64.b64encode(zlib.compress(content, 9)).decode() if content else ""
    if len(packed) > MOST_PACKED:
        raise TooLargeError
    return packed


def _reconciled(content: bytes, name: str) -> Reconciled:
    if not content or not name:
        return Reconciled((), ())
    origin = Origin(
        name=name,
        on=timezone.localdate(),
        country=settings.BAKEN_COUNTRY.upper(),
        language=get_language() or settings.LANGUAGE_CODE,
    )
    return reconcile(read_file(content, origin))


def _key(position: int, difference: Difference) -> str:
    """Its place in the file, and a hash of what was shown: another text is not what the editor agreed to."""
    said = repr([(item.field, item.before, item.after) for item in difference.fields])
    return f"{position}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def _chosen(request: MemberRequest, found: Reconciled) -> list[Choice]:
    ticked = set(request.POST.getlist("take"))
    choices = []
    for position, item in enumerate(found.differences):
        key = _key(position, item)
        if item.sort is Sort.ADDED and key in ticked:
            choices.append(Choice(item))
        elif fields := [field.field for field in item.fields if f"{key}:{field.field}" in ticked]:
            choices.append(Choice(item, fields))
    return choices


def _shown(found: Reconciled) -> list[ServiceShown]:
    """As many as fit on one page."""
    shown: list[ServiceShown] = []
    ticks = 0
    for position, item in enumerate(found.differences):
        if item.sort not in (Sort.ADDED, Sort.CHANGED):
            continue
        ticks += max(len(item.fields), 1)
        if len(shown) == MOST_SHOWN or ticks > MOST_TICKS:
            break
        shown.append(_service(_key(position, item), item))
    return shown


def _service(key: str, item: Difference) -> ServiceShown:
    fields = [
        FieldShown(
            name=field.field,
            label=label_of(field.field),
            before=lines_of(item.here, field.field) if item.here else [],
            after=lines_of(item.record, field.field),
            # What would take something away is never ticked beforehand.
            ticked=field.turn is not Turn.EMPTIED,
            waits=field.field in ("phones", "visibility", "status"),
        )
        for field in item.fields
    ]
    return ServiceShown(key, item.record.name, item.record.provider.name, item.sort is Sort.ADDED, fields, item.left)


def _said(done: list[Applied]) -> list[tuple[str, str]]:
    """What came of each choice: name of the service, and in words what happened."""
    found = []
    for item in done:
        if item.put is None:
            said = item.refused
        elif item.put.waiting:
            fields = ", ".join(str(labels.FIELD[field]) for field in item.put.waiting)
            said = _("Taken over. A colleague must agree first with: %(fields)s.") % {"fields": fields}
        else:
            said = _("Added, as not verified.") if item.put.added else _("Taken over.")
        found.append((item.choice.difference.record.name, said))
    return found


def _show(request: MemberRequest, problem: str = "", *, found: Reconciled | None = None, **more: Any) -> HttpResponse:
    shown = _shown(found) if found else []
    waiting = sum(item.sort in (Sort.ADDED, Sort.CHANGED) for item in found.differences) if found else 0
    context = {
        "heading": _("Take over from another list"),
        "lead": _(
            "A file beside the map. Nothing is changed until you tick it, and nothing is ever taken away by itself."
        ),
        "organisation": request.organisation,
        "problem": problem,
        "found": found,
        "services": shown,
        "rest": waiting - len(shown),
        "same": len(found.of(Sort.SAME)) if found else 0,
        "stopped": [*found.of(Sort.DOUBTFUL), *found.of(Sort.LEFT_OUT)] if found else [],
        "packed": more.get("packed", ""),
        "name": more.get("name", request.POST.get("name", "")[:LONGEST]),
        "done": _said(more.get("done", [])),
    }
    return render(request, "directory/editing/import.html", context, status=422 if problem else 200)
