"""T26: files of every kind somebody might hand in, by accident or not. `None` is taken; otherwise what is said."""

import pytest

from brokerage.files import looking
from brokerage.files.tests import made

NOT_TAKEN = "Upload a PDF, a Word document"
DAMAGED = "damaged"
PROGRAM = "has a program inside"
FILES = "other files inside"
PASSWORD = "has a password"
TOO_MUCH = "unpacks to far more"
ELSEWHERE = "fetches part of itself"
TOO_LARGE = "too large"
TOO_LONG = "too long"
VIRUS = "virus"

TABLE = {
    # what councils hand in
    "a PDF": (made.pdf, None),
    "a PDF of 300 pages": (lambda: made.pdf(300), None),
    "a PDF that opens at a page": (made.pdf_opening_at_its_first_page, None),
    "a PDF that opens by going to a page": (lambda: made.pdf_that_opens_with("/GoTo"), None),
    "a PDF with a link": (made.pdf_with_a_link, None),
    "a Word document": (made.docx, None),
    "a Word document from a template on a drive": (
        lambda: made.docx_fetching("file:///S:/templates/letter.dotx"),
        None,
    ),
    "a Word document with a web link": (lambda: made.docx_fetching("https://example.org", "hyperlink"), None),
    "a Word document that speaks of DDE": (lambda: made.docx(document=b"<w:t>DDE screening</w:t>"), None),
    "an OpenDocument text": (made.odt, None),
    "a photo": (made.jpeg, None),
    "a photo with a thumbnail inside": (lambda: made.jpeg(thumbnail=made.jpeg()), None),
    "a picture": (made.png, None),
    "a scan of A4 at 600 dots": (lambda: made.png(4960, 7016), None),
    # PDFs that do things
    "a PDF with JavaScript": (made.pdf_with_javascript, PROGRAM),
    "a PDF that opens with JavaScript": (lambda: made.pdf_that_opens_with("/JavaScript"), PROGRAM),
    "a PDF that opens with a program": (lambda: made.pdf_that_opens_with("/Launch"), PROGRAM),
    "a PDF that opens a web page": (lambda: made.pdf_that_opens_with("/URI"), PROGRAM),
    "a PDF that sends itself off": (lambda: made.pdf_with_an_action_on_a_page("/SubmitForm"), PROGRAM),
    "a PDF that imports data": (lambda: made.pdf_with_an_action_on_a_page("/ImportData"), PROGRAM),
    "a PDF that launches on a page": (lambda: made.pdf_with_an_action_on_a_page("/Launch"), PROGRAM),
    "a PDF that plays": (lambda: made.pdf_with_an_action_on_a_page("/Rendition"), PROGRAM),
    "a PDF whose action is spelt and put elsewhere": (made.pdf_whose_action_is_named_elsewhere, PROGRAM),
    "a PDF with a form that is a program": (made.pdf_with_xfa, PROGRAM),
    "a PDF with an object no index names": (made.pdf_with_a_hidden_stream, PROGRAM),
    "a PDF with a file inside": (made.pdf_with_a_file_inside, FILES),
    "a PDF with a password": (lambda: made.pdf(password="x"), PASSWORD),
    "a PDF that says it has 50,000 pages": (lambda: made.pdf_that_says_it_has(50_000), TOO_LONG),
    "a PDF of 2,001 pages": (lambda: made.pdf_that_says_it_has(2_001), TOO_LONG),
    "a PDF cut in half": (lambda: made.pdf(20)[:900], DAMAGED),
    "a PDF of no pages": (lambda: made.pdf(0), DAMAGED),
    "a PDF of which only the beginning is one": (lambda: b"%PDF-1.7\n" + b"x" * 500, DAMAGED),
    "a PDF whose pages are itself": (made.pdf_whose_pages_are_itself, DAMAGED),
    "a PDF with a broken index": (made.pdf_with_a_broken_index, DAMAGED),
    # what says it is something else
    "nothing but a name": (lambda: b"MZ\x90\0" + bytes(500), NOT_TAKEN),
    "a web page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", NOT_TAKEN),
    "a web page with a PDF behind it": (lambda: b"<html>" + made.pdf(), NOT_TAKEN),
    "a PDF with a web page at its head": (lambda: made.pdf().replace(b"\n", b"\n%<html><script>\n", 1), NOT_TAKEN),
    "a PDF with a ZIP at its end": (lambda: made.pdf() + made.packed({"a": b"b"}), NOT_TAKEN),
    "a picture made of words": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', NOT_TAKEN),
    "words": (lambda: b"Dear broker, here is the assessment.", NOT_TAKEN),
    "rich text": (lambda: rb"{\rtf1\ansi\object}", NOT_TAKEN),
    "an old Word document": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), NOT_TAKEN),
    "a GIF": (lambda: b"GIF89a" + bytes(50), NOT_TAKEN),
    "a ZIP of something else": (lambda: made.packed({"a.txt": b"x"}), NOT_TAKEN),
    "a spreadsheet": (lambda: made.docx(kind="application/vnd.ms-excel.sheet+xml"), NOT_TAKEN),
    "a Java archive": (lambda: made.packed({"META-INF/MANIFEST.MF": b"x", "A.class": b"\xca\xfe"}), NOT_TAKEN),
    "an OpenDocument sheet": (lambda: made.odt(mimetype="application/vnd.oasis.opendocument.spreadsheet"), NOT_TAKEN),
    # Word documents that do things
    "a Word document with macros": (lambda: made.docx(parts={"word/vbaProject.bin": b"x"}), PROGRAM),
    "a Word document that says it has macros": (lambda: made.docx(kind=made.MACROS), PROGRAM),
    "a Word document with an object inside": (
        lambda: made.docx(parts={"word/embeddings/oleObject1.bin": b"x"}),
        PROGRAM,
    ),
    "a Word document with a control": (lambda: made.docx(parts={"word/activeX/activeX1.xml": b"x"}), PROGRAM),
    "a Word document with a field that runs": (
        lambda: made.docx(document=b'<w:instrText xml:space="preserve"> DDEAUTO c:\\\\cmd "/k"</w:instrText>'),
        PROGRAM,
    ),
    "a Word document with a template from the internet": (
        lambda: made.docx_fetching("https://example.org/x.dotm"),
        ELSEWHERE,
    ),
    "a Word document with an object from the internet": (
        lambda: made.docx_fetching("http://example.org/x", "oleObject"),
        ELSEWHERE,
    ),
    "an OpenDocument text with a macro": (lambda: made.odt(**{"Basic/Standard/Module1.xml": "x"}), PROGRAM),
    "an OpenDocument text with a password": (
        lambda: made.odt(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        PASSWORD,
    ),
    "a Word document with a password": (made.locked_docx, PASSWORD),
    # what is far more than it seems
    "a Word document that unpacks to 160 MB": (lambda: made.docx(document=b"\0" * 160 * 1024 * 1024), TOO_MUCH),
    "a Word document of 6,000 parts": (lambda: made.docx(parts={f"word/{n}.xml": b"" for n in range(6_000)}), TOO_MUCH),
    "a Word document that lies about its size": (made.lying_zip, DAMAGED),
    "a Word document that climbs out": (lambda: made.docx(parts={"../../etc/cron.d/x": b"x"}), DAMAGED),
    "a Word document that climbs out backwards": (lambda: made.docx(parts={"word\\..\\..\\x": b"x"}), DAMAGED),
    "a Word document from the root": (lambda: made.docx(parts={"/etc/passwd": b"x"}), DAMAGED),
    "a Word document with a link to elsewhere": (
        lambda: made.docx(parts={"word/link": b"/etc/passwd"}, attributes={"word/link": 0o120777}),
        DAMAGED,
    ),
    "a Word document cut in half": (lambda: made.docx(document=bytes(range(256)) * 40)[:300], DAMAGED),
    "a picture of 65,535 by 65,535": (lambda: made.png(65_535, 65_535), TOO_LARGE),
    "a photo of 65,535 by 65,535": (lambda: made.jpeg(65_535, 65_535), TOO_LARGE),
    "a picture one dot wide and endless": (lambda: made.png(1, 2_000_000_000), TOO_LARGE),
    "a picture of nothing": (lambda: made.png(0, 0), DAMAGED),
    "a picture cut short": (lambda: made.png(end=False), DAMAGED),
    "a picture with one byte changed": (lambda: made.png()[:40] + b"\x99" + made.png()[41:], DAMAGED),
    "a photo cut short": (lambda: made.jpeg(end=False), DAMAGED),
    "a photo without a picture": (lambda: b"\xff\xd8\xff\xd9", DAMAGED),
    # viruses, where no scanner is
    "the test virus": (lambda: made.EICAR, VIRUS),
    "the test virus in a PDF": (lambda: made.pdf() + made.EICAR, VIRUS),
    "the test virus packed in a Word document": (lambda: made.docx(parts={"word/media/a.bin": made.EICAR}), VIRUS),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_is_handed_in_is_taken_for_what_it_is(name):
    make, said = TABLE[name]

    try:
        looking.look(make())
        answer = None
    except looking.No as refusal:
        answer = str(refusal)

    assert (answer is None) if said is None else (answer and said in answer), answer


@pytest.mark.parametrize(("make", "kind"), [(made.png, "png"), (made.jpeg, "jpg")])
def test_what_stands_behind_the_end_of_a_picture_is_not_kept(make, kind):
    picture = make()

    assert looking.look(picture + b"PK\x03\x04 and a program") == (kind, len(picture))
