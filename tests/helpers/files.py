"""Files made here, each with a word hidden in every place where programs leave things about people."""

from __future__ import annotations

import io
import struct
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, PngImagePlugin

CANARY = b"KANARIEVOGEL"
WORD = CANARY.decode()
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
GPS = 0x8825


def exif() -> Image.Exif:
    told = Image.Exif()
    told[0x010F] = WORD
    told[0x9286] = WORD
    told[0x0112] = 6
    told[GPS] = {1: "N", 2: (52.0, 27.0, 0.0), 3: "E", 4: (4.0, 48.0, 0.0), 29: WORD}
    return told


def picture(size: tuple[int, int] = (40, 20)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB")


def jpeg() -> bytes:
    target = io.BytesIO()
    picture().save(target, "JPEG", exif=exif(), icc_profile=b"\0" * 128 + CANARY, comment=CANARY)
    return target.getvalue() + b"\0" + CANARY


def png() -> bytes:
    target = io.BytesIO()
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", WORD)
    texts.add_itxt("XML:com.adobe.xmp", WORD)
    picture().save(target, "PNG", pnginfo=texts, exif=exif(), icc_profile=b"\0" * 128 + CANARY)
    return target.getvalue() + zip_of({"a.txt": CANARY})


def gif(frames: int = 1) -> bytes:
    target = io.BytesIO()
    pictures = [picture((8, 8)).rotate(90 * n) for n in range(frames)]
    pictures[0].save(target, "GIF", save_all=frames > 1, append_images=pictures[1:], comment=CANARY, duration=70)
    return target.getvalue() + CANARY


def webp() -> bytes:
    target = io.BytesIO()
    picture().save(target, "WEBP", exif=exif().tobytes(), xmp=CANARY)
    return target.getvalue()


def bmp() -> bytes:
    target = io.BytesIO()
    picture().save(target, "BMP")
    return target.getvalue() + CANARY


def pdf() -> bytes:
    made = Pdf.new()
    page = made.add_blank_page(page_size=(200, 200)).obj
    photo = Stream(made, jpeg())
    photo.Type, photo.Subtype, photo.Filter = Name.XObject, Name.Image, Name.DCTDecode
    photo.Width, photo.Height, photo.ColorSpace, photo.BitsPerComponent = 40, 20, Name.DeviceRGB, 8
    page.Resources = Dictionary(XObject=Dictionary(Im0=made.make_indirect(photo)))
    page.Contents = made.make_stream(b"q 100 0 0 50 10 10 cm /Im0 Do Q")
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('" + WORD + "')"))
    web = Dictionary(S=Name.URI, URI=String("https://example.org/" + WORD))
    launch = Dictionary(S=Name.Launch, F=String(WORD), Next=script)
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=[0, 0, 9, 9],
        T=String(WORD),
        M=String("D:20260101"),
        Contents=String("Let op"),
    )
    made.attachments["a.txt"] = pikepdf.AttachedFileSpec(
        made, CANARY, filename="a.txt", description=WORD, mime_type="", creation_date="", mod_date=""
    )
    page.Annots = Array(
        [
            made.make_indirect(note),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=web),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=made.make_indirect(launch)),
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.GoTo, D=[page, Name.Fit])
            ),
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], Name=String(WORD)),
        ]
    )
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(X=String(WORD))
    made.Root.OpenAction = script
    made.Root.Names.JavaScript = Dictionary(Names=[String(WORD), script])
    with made.open_outline() as outline:
        outline.root.extend([pikepdf.OutlineItem("Een", 0), pikepdf.OutlineItem("Twee", 0)])
    made.docinfo["/Author"] = WORD
    with made.open_metadata() as told:
        told["dc:creator"] = [WORD]
    target = io.BytesIO()
    made.save(target, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue() + b"\n" + zip_of({"a.txt": CANARY})


def zip_of(parts: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>
<Override PartName="/docProps/custom.xml" ContentType="x"/></Types>"""
_RELS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="http://x/custom-properties" Target="docProps/custom.xml"/>{more}</Relationships>"""
_BODY = f"""<w:document xmlns:w="w" mc:Ignorable="w14 w15"><w:p w:rsidR="00{WORD}"><w:ins w:id="1" w:author="{WORD}"><w:r>
<w:t>De deur bleef op slot.</w:t></w:r></w:ins></w:p></w:document>"""


def docx(**more: bytes | str) -> bytes:
    outside = f"""<Relationship Id="r3" Type="http://x/attachedTemplate" Target="file:///C:/{WORD}.dot" TargetMode="External"/>
<Relationship Id="r4" Type="http://x/hyperlink" Target="https://example.org/" TargetMode="External"/>"""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(more=""),
        "docProps/core.xml": f"<x>{WORD}</x>",
        "docProps/app.xml": f"<x>{WORD}</x>",
        "docProps/custom.xml": f"<x>{WORD}</x>",
        "docProps/thumbnail.jpeg": jpeg(),
        "customXml/item1.xml": f"<x>{WORD}</x>",
        "word/document.xml": _BODY,
        "word/comments.xml": f"<w:comments><w:comment w:initials='{WORD}' "
        f'w:author="{WORD}">Waarom?</w:comment></w:comments>',
        "word/people.xml": f'<w15:people><w15:person w15:author="{WORD}">'
        f'<w15:presenceInfo w15:userId="{WORD}"/></w15:person></w15:people>',
        "word/_rels/document.xml.rels": _RELS.format(more=outside),
        "word/media/image1.jpeg": jpeg(),
        "word/media/image2.png": png(),
        "word/printerSettings/printerSettings1.bin": CANARY,
    }
    return zip_of(parts | more)


def odt(**more: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"""<office:document-content><office:annotation><dc:creator>{WORD}</dc:creator><text:p>De deur bleef op slot.
</text:p></office:annotation><draw:image xlink:href="https://example.org/{WORD}.png"/></office:document-content>""",
        "meta.xml": f"<office:document-meta>{WORD}</office:document-meta>",
        "settings.xml": f'<config:config-item config:name="PrinterName" config:type="string">{WORD}</config:config-item>',
        "Pictures/1.jpg": jpeg(),
        "Thumbnails/thumbnail.png": png(),
        "META-INF/manifest.xml": '<m><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></m>',
    }
    return zip_of(parts | more)


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), name) + body


def track(handler: bytes = b"vide", sample: bytes = b"avc1") -> bytes:
    told = box(b"hdlr", bytes(8) + handler + bytes(12) + CANARY + b"\0")
    table = box(b"stbl", box(b"stsd", bytes(8) + box(sample, bytes(70))), box(b"stco", bytes(8)))
    head = box(b"tkhd", bytes(4) + b"\xaa" * 8 + bytes(72))
    return box(b"trak", head, box(b"udta", CANARY), box(b"mdia", told, box(b"minf", table)))


def mp4(*tracks: bytes, film: bytes = b"film" * 5000) -> bytes:
    place = box(b"\xa9xyz", b"+52.4500+004.8000/" + CANARY)
    table = box(
        b"moov",
        box(b"mvhd", bytes(4) + b"\xaa" * 8 + bytes(88)),
        *(tracks or [track()]),
        box(b"udta", place),
        box(b"meta", CANARY),
    )
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + len(film)) + film
    return (
        box(b"ftyp", b"isom", bytes(4), b"isom")
        + box(b"free", CANARY)
        + large
        + table
        + box(b"uuid", bytes(16), CANARY)
    )


FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def mp3(frames: int = 5) -> bytes:
    tag = b"ID3\x03\x00\x00" + bytes([0, 0, 1, 0]) + (CANARY * 12)[:128]
    return tag + FRAME * frames + b"TAG" + CANARY + bytes(113)


def wav() -> bytes:
    chunks = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    chunks += b"LIST" + struct.pack("<I", 12) + CANARY
    chunks += b"data" + struct.pack("<I", 7) + b"\x80" * 7 + b"\0"
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks + CANARY


def ogg_page(number: int, packet: bytes) -> bytes:
    sizes = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    return b"OggS\0\0" + bytes(8) + b"\1\0\0\0" + struct.pack("<II", number, 0) + bytes([len(sizes)]) + sizes + packet


def opus() -> bytes:
    told = b"OpusTags" + struct.pack("<I", len(CANARY)) + CANARY + bytes(4)
    return ogg_page(0, b"OpusHead" + bytes(11)) + ogg_page(1, told) + ogg_page(2, b"\x08" * 300) + CANARY


def unfolded(content: bytes) -> bytes:
    """Everything that is in a file, also what is packed in it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return content + b"".join(name.encode() + unfolded(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        target = io.BytesIO()
        with Pdf.open(io.BytesIO(content)) as made:
            made.save(
                target,
                stream_decode_level=pikepdf.StreamDecodeLevel.specialized,
                compress_streams=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        return content + target.getvalue()
    return content
