"""PDFs are read and written anew: who made it, with what, earlier versions, attached files and everything that acts fall away."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from baken.vault.files.images import strip_jpeg
from baken.vault.files.reasons import Reason, Unacceptable

_DROPPED = [
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Thumb",
    "/AA",
    "/OpenAction",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/XFA",
    "/Collection",
    "/Threads",
    "/SpiderInfo",
    "/Perms",
    "/DSS",
    "/Legal",
    "/Requirements",
    "/URI",
    "/RichMedia",
    "/RichMediaContent",
    "/RichMediaSettings",
    "/AlternatePresentations",
    "/OPI",
]
_ANNOTATION_DROPPED = ("/T", "/M", "/CreationDate", "/NM", "/RC")
_NOT_SHOWN = ("/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia", "/Projection")
_WAYS_INSIDE = ("/GoTo",)
_DEEPEST = 50
_MOST_OBJECTS = 500_000
_MOST_PICTURE = 64 * 1024 * 1024


def clean_pdf(raw: bytes) -> bytes:
    """The same pages. PROTECTED when a password is needed, DAMAGED when it does not open."""
    try:
        with Pdf.open(io.BytesIO(raw)) as pdf:
            if len(pdf.objects) > _MOST_OBJECTS:
                raise Unacceptable(Reason.TOO_MUCH_INSIDE)
            for thing in list(pdf.objects):
                _clean(thing, 0)
            for page in pdf.pages:
                _clean_annotations(page.obj)
            for name in ("/Info", "/ID"):
                if name in pdf.trailer:
                    del pdf.trailer[name]
            target = io.BytesIO()
            pdf.save(target, encryption=False, fix_metadata_version=False, deterministic_id=True)
    except pikepdf.PasswordError:
        raise Unacceptable(Reason.PROTECTED) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, zlib.error):
        raise Unacceptable(Reason.DAMAGED) from None
    return target.getvalue()


def _clean(thing: Object, depth: int) -> None:
    """Clean one object with what is written inside it; what it only refers to has its own turn."""
    if depth > _DEEPEST:
        raise Unacceptable(Reason.TOO_MUCH_INSIDE)
    if isinstance(thing, Dictionary | Stream):
        _clean_dictionary(thing)
        if isinstance(thing, Stream):
            _clean_picture(thing)
    for inner in _inside(thing):
        if not inner.is_indirect:
            _clean(inner, depth + 1)


def _inside(thing: Object) -> Iterator[Object]:
    values = thing.values() if isinstance(thing, Dictionary | Stream) else thing if isinstance(thing, Array) else ()
    return (value for value in list(values) if isinstance(value, Dictionary | Stream | Array))


def _clean_dictionary(thing: Object) -> None:
    for name in _DROPPED:
        if name in thing:
            del thing[name]
    if _is_action(thing) and "/Next" in thing:
        del thing["/Next"]
    if "/A" in thing and _acts(thing["/A"]):
        del thing["/A"]
    if "/ByteRange" in thing or thing.get("/Type") in (Name.Sig, Name.DocTimeStamp):
        for name in list(thing.keys()):
            del thing[name]


def _acts(action: Object) -> bool:
    """Does more than going to another page. Attributes of structure are called /A too, and have no /S."""
    return isinstance(action, Dictionary) and _is_action(action) and str(action["/S"]) not in _WAYS_INSIDE


def _is_action(thing: Object) -> bool:
    return isinstance(thing.get("/S"), Name)


def _clean_picture(thing: Stream) -> None:
    """A photo in a PDF carries its own place and camera."""
    for name in ("/F", "/FFilter"):
        # The content of this stream would lie in another file.
        if name in thing:
            del thing[name]
    filters = thing.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)]
    if names == ["/DCTDecode"]:
        thing.write(strip_jpeg(thing.read_raw_bytes()), filter=Name.DCTDecode)
    elif names == ["/FlateDecode", "/DCTDecode"]:
        picture = zlib.decompressobj().decompress(thing.read_raw_bytes(), _MOST_PICTURE)
        thing.write(strip_jpeg(picture), filter=Name.DCTDecode)


def _clean_annotations(page: Object) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [note for note in list(notes) if "/Subtype" in note and str(note["/Subtype"]) not in _NOT_SHOWN]
    for note in kept:
        # Of a form field /T is its name, and the form does not work without it.
        for name in _ANNOTATION_DROPPED if note.get("/Subtype") != Name.Widget else ("/M",):
            if name in note:
                del note[name]
    page["/Annots"] = Array(kept)
