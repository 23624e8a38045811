"""The parts of an Office document, one by one: which fall away, and what is taken out of the others.

XML is changed as text, within its tags: parsed and written again it would lose the prefixes that Word insists on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from baken.vault.files.images import strip_jpeg, strip_png
from baken.vault.files.kinds import Kind
from baken.vault.files.reading import Peekable
from baken.vault.files.reasons import Reason, Unacceptable
from baken.vault.files.sound import clean_mp3, clean_wav
from baken.vault.files.video import clean_mp4

_DROPPED = re.compile(
    r"docProps/thumbnail\.|docProps/custom\.xml|customXml/|customUI/|docMetadata/|Thumbnails/|Configurations2/|"
    r"layout-cache$|META-INF/(documentsignatures|macrosignatures)\.xml|manifest\.rdf$"
)
_EMPTY_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_EMPTY_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>'
)
_TAG = re.compile(rb"<[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
# Who wrote or changed something, on which machine, in which session.
_ATTRIBUTE = re.compile(
    rb"(?<=\s)((?:\w+:)?(?:author|initials|userId|providerId|userName|displayName|lastGuid|rsid\w*|absPath))"
    rb"=(\"[^\"]*\"|'[^']*')"
)
_NAME_ATTRIBUTE = re.compile(rb"(?<=\s)(name)=(\"[^\"]*\"|'[^']*')")
_AUTHOR_TAG = re.compile(rb"<(?:\w+:)?(?:cmAuthor|author)\b")
_ELEMENTS = re.compile(
    rb"(<((?:\w+:)?author|dc:creator|dc:date|meta:creator-initials|loext:sender-initials|text:sender-\w+)(?:\s[^<>]*)?>)"
    rb"[^<]*(</\2>)"
)
_PATH = re.compile(rb"<x15ac:absPath\b[^>]*?(/>|>.*?</x15ac:absPath>)", re.DOTALL)
_PRINTER = re.compile(rb'(<config:config-item config:name="Printer(?:Name|Setup)"[^>]*>)[^<]*(</config:config-item>)')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_TARGET = re.compile(rb"(?<=\s)Target=(\"[^\"]*\"|'[^']*')")
_WEB_LINK = re.compile(rb"(?i)Target=[\"'](https?|mailto|tel):")
_DROPPED_TARGET = re.compile(
    rb"Target=[\"'][^\"']*(customXml/|customUI/|docMetadata/|docProps/(custom\.xml|thumbnail))"
)
_DROPPED_ENTRY = re.compile(
    rb"<(?:Override|manifest:file-entry)\b[^>]*(?:PartName|manifest:full-path)="
    rb"\"/?(?:customXml/|customUI/|docMetadata/|docProps/custom\.xml|Thumbnails/|Configurations2/|layout-cache|manifest\.rdf)"
    rb"[^>]*/>"
)
_FROM_OUTSIDE = re.compile(
    rb"(<draw:(?:image|object|object-ole|plugin|applet|floating-frame)\b[^>]*?xlink:href=\")"
    rb"(?i:https?:|ftp:|file:|smb:|//|\.\./)[^\"]*"
)
_ODF_MACRO = re.compile(rb"<script:event-listener|<office:script\b|(?i:vnd\.sun\.star\.script:|xlink:href=\"macro:)")
_SCRIPT = re.compile(rb"(?i)<script|<!ENTITY|<foreignObject|\son\w+\s*=|javascript:")
_METAFILES = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")
_STRIPPED: dict[str, Callable[[bytes], bytes]] = {"image/jpeg": strip_jpeg, "image/png": strip_png}


def is_dropped(name: str) -> bool:
    """A part without which the pages stay the same."""
    return bool(_DROPPED.match(name))


def is_printer(name: str) -> bool:
    """What a printer driver left: its name, and of which colleague. Never read, but referred to."""
    return "/printerSettings/" in name


def is_drawing(name: str, content: bytes) -> bool:
    """A vector drawing that Office makes itself."""
    return name.lower().endswith(".svg") or content.startswith(_METAFILES) or content[40:44] == b" EMF"


def clean_drawing(content: bytes) -> bytes:
    """The drawing, if nothing in it acts."""
    if _SCRIPT.search(content):
        raise Unacceptable(Reason.EMBEDDED)
    return content


def clean_media(kind: Kind, content: bytes) -> bytes:
    """A picture, sound or film inside the document, without its own metadata."""
    source = Peekable(io.BytesIO(content))
    if kind.way == "image":
        return _STRIPPED.get(kind.media_type, bytes)(content)
    if kind.way == "mp4":
        return b"".join(clean_mp4(source, len(content)))
    if kind.way in ("mp3", "wav"):
        return b"".join((clean_mp3 if kind.way == "mp3" else clean_wav)(source))
    raise Unacceptable(Reason.EMBEDDED)


def clean_ooxml_part(name: str, content: bytes) -> bytes:
    """One XML part of a Word, Excel or PowerPoint document."""
    _check_xml(content)
    if name == "docProps/core.xml":
        return _EMPTY_CORE
    if name == "docProps/app.xml":
        return _EMPTY_APP
    if name.endswith(".rels"):
        return _RELATION.sub(_clean_relation, content)
    if name == "[Content_Types].xml":
        return _DROPPED_ENTRY.sub(b"", content)
    return _ELEMENTS.sub(rb"\1\3", _TAG.sub(_clean_tag, _PATH.sub(b"", content)))


def clean_odf_part(name: str, content: bytes) -> bytes:
    """One XML part of an OpenDocument."""
    _check_xml(content)
    if name.rpartition("/")[2] == "meta.xml":
        return _EMPTY_META
    if _ODF_MACRO.search(content):
        raise Unacceptable(Reason.MACROS)
    content = _FROM_OUTSIDE.sub(rb"\1about:blank", content)
    return _DROPPED_ENTRY.sub(b"", _PRINTER.sub(rb"\1\2", _ELEMENTS.sub(rb"\1\3", content)))


def _check_xml(content: bytes) -> None:
    """Only what the searches here can read, and nothing that unfolds."""
    if b"\x00" in content[:200] or content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!ENTITY" in content:
        raise Unacceptable(Reason.DAMAGED)


def _clean_tag(found: re.Match[bytes]) -> bytes:
    tag = _ATTRIBUTE.sub(rb'\1=""', found.group()) if b"rsid" not in found.group() else _without_sessions(found.group())
    return _NAME_ATTRIBUTE.sub(rb'\1=""', tag) if _AUTHOR_TAG.match(tag) else tag


def _without_sessions(tag: bytes) -> bytes:
    """A number of a session must be a number or be absent."""
    return _ATTRIBUTE.sub(lambda one: b"" if b"rsid" in one.group(1) else one.group(1) + b'=""', tag)


def _clean_relation(found: re.Match[bytes]) -> bytes:
    """What points outside points nowhere, but for links that a reader clicks."""
    relation = found.group()
    if _DROPPED_TARGET.search(relation):
        return b""
    if b"External" not in relation or (b"/hyperlink" in relation and _WEB_LINK.search(relation)):
        return relation
    return _TARGET.sub(b'Target="about:blank"', relation)
