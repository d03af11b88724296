"""Files for the tests, good and bad, made here and now."""

import io
import struct
import zipfile
import zlib

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


# -- PDF


def pdf(pages=1, *, change=None, password=""):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    if change:
        change(writer)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _action(kind, **more):
    return DictionaryObject({NameObject("/S"): NameObject(kind)} | {NameObject(f"/{k}"): v for k, v in more.items()})


def pdf_that_opens_with(kind, **more):
    return pdf(change=lambda writer: writer.root_object.update({NameObject("/OpenAction"): _action(kind, **more)}))


def pdf_opening_at_its_first_page():
    def change(writer):
        page = writer.pages[0].indirect_reference
        where = ArrayObject([page, NameObject("/XYZ"), NumberObject(0), NumberObject(842), NumberObject(0)])
        writer.root_object[NameObject("/OpenAction")] = where

    return pdf(change=change)


def pdf_with_javascript():
    def change(writer):
        script = _action("/JavaScript", JS=TextStringObject("app.alert(1);"))
        names = DictionaryObject(
            {NameObject("/Names"): ArrayObject([TextStringObject("a"), writer._add_object(script)])}
        )
        writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})

    return pdf(change=change)


def pdf_with_a_file_inside():
    return pdf(change=lambda writer: writer.add_attachment("notes.txt", b"x"))


def pdf_with_a_link():
    def change(writer):
        link = _action("/URI", URI=TextStringObject("https://example.org"))
        note = DictionaryObject(
            {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link")}
        )
        note[NameObject("/A")] = link
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    return pdf(change=change)


def pdf_with_an_action_on_a_page(kind):
    def change(writer):
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(_action(kind))})

    return pdf(change=change)


def pdf_whose_action_is_named_elsewhere():
    """/S is a reference to the name: a look at the dictionary alone sees nothing."""

    def change(writer):
        action = DictionaryObject({NameObject("/S"): writer._add_object(NameObject("/Launch"))})
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(action)})

    return pdf(change=change).replace(b"/Launch", b"/Laun#63h")


def pdf_whose_pages_are_itself():
    return pdf(change=lambda w: w.root_object.__setitem__(NameObject("/Pages"), w.root_object.indirect_reference))


def pdf_with_xfa():
    def change(writer):
        form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>"), NameObject("/Fields"): ArrayObject()})
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)

    return pdf(change=change)


def pdf_with_a_hidden_stream():
    """An object that no index names, for a reader that mends files."""
    whole = pdf()
    index_at = whole.rindex(b"startxref")
    return whole + b"99 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n" + whole[index_at:]


def pdf_that_says_it_has(pages):
    def change(writer):
        writer.root_object["/Pages"].get_object()[NameObject("/Count")] = NumberObject(pages)

    return pdf(change=change)


def pdf_that_unpacks_to(megabytes):
    def change(writer):
        stream = DecodedStreamObject()
        stream.set_data(b"\0" * (megabytes * 1024 * 1024))
        writer._add_object(stream.flate_encode())

    return pdf(change=change)


def pdf_with_a_broken_index():
    return pdf().replace(b"xref\n", b"xrfe\n").replace(b"startxref", b"startxrfe")


# -- pictures


def _chunk(name, data):
    return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))


def png(width=2, height=2, *, end=True):
    rows = zlib.compress(b"".join(b"\0" + b"\0\0\0" * min(width, 4) for _ in range(min(height, 4))))
    parts = [_chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)), _chunk(b"IDAT", rows)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + (_chunk(b"IEND", b"") if end else b"")


def jpeg(width=2, height=2, *, end=True, thumbnail=b""):
    def part(marker, data):
        return b"\xff" + bytes([marker]) + struct.pack("!H", len(data) + 2) + data

    frame = struct.pack("!BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    body = part(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
    body += part(0xE1, b"Exif\0\0" + thumbnail) if thumbnail else b""
    body += part(0xDB, b"\0" + bytes(64)) + part(0xC0, frame) + part(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    return b"\xff\xd8" + body + b"\x12\xff\x00\x34\xff\xd0\x56" + (b"\xff\xd9" if end else b"")


# -- what is a ZIP inside


def packed(parts, *, how=zipfile.ZIP_DEFLATED, attributes=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = how
            entry.external_attr = (attributes or {}).get(name, 0o100644) << 16
            file.writestr(entry, content)
    return out.getvalue()


def docx(*, kind=WORD, document=b"<w:document/>", **more):
    parts = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": "<Relationships/>",
        "word/document.xml": document,
    }
    return packed(parts | more.pop("parts", {}), **more)


def docx_fetching(target, what="attachedTemplate"):
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}"
    rels = f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return docx(parts={"word/_rels/settings.xml.rels": rels})


def odt(**more):
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}
    return packed(parts | {"META-INF/manifest.xml": "<manifest/>"} | more)


def locked_docx():
    """The flag that says an entry has a password."""
    content = bytearray(docx())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def lying_zip():
    """Says each part is small; unpacks to more."""
    content = bytearray(docx(document=b"\0" * 5_000_000))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(content)
