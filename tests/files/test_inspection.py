"""What is kept and what is refused, by the bytes and not by the name."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from app.files.errors import AttachmentRefused, RefusalReason
from app.files.inspection import inspect
from app.files.models import MediaType
from tests.files import samples
from tests.files.samples import PDF, docx, jpeg_with_place, odt, png_with_text, relations, xlsx, zipped

GOOD = {
    "pdf": (PDF, "план.pdf", MediaType.PDF),
    "docx": (docx(), "Өтініш.DOCX", MediaType.DOCX),
    "xlsx": (xlsx(), "смета.xlsx", MediaType.XLSX),
    "odt": (odt(), "letter.odt", MediaType.ODT),
    "jpeg": (jpeg_with_place(), "фото.JPEG", MediaType.JPEG),
    "png": (png_with_text(), "scan.png", MediaType.PNG),
    "palette png": (png_with_text("P"), "scan.png", MediaType.PNG),
    "no extension": (PDF, "scan", MediaType.PDF),
    "hyperlinks": (
        docx({"word/_rels/document.xml.rels": relations("https://adilet.zan.kz", "hyperlink")}),
        "a.docx",
        MediaType.DOCX,
    ),
}


@pytest.mark.parametrize(("content", "name", "media_type"), GOOD.values(), ids=GOOD.keys())
def test_it_keeps(content: bytes, name: str, media_type: MediaType) -> None:
    assert inspect(content, file_name=name, declared_type="application/octet-stream").media_type is media_type


def bomb() -> bytes:
    return docx({"word/media/image1.bin": b"\0" * (20 * 1024 * 1024)})


def huge() -> bytes:
    noise = bytes(range(256)) * 4 * 1024
    return docx({f"word/media/{number}.bin": noise + b"\0" * (600 * 1024) for number in range(40)})


def unsafe(name: str) -> bytes:
    return docx({name: b"x"})


def with_symlink() -> bytes:
    out = BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def encrypted() -> bytes:
    content = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(signature)
        while position >= 0:
            content[position + offset] |= 1
            position = content.find(signature, position + 4)
    return bytes(content)


MACRO_TYPES = samples.DOCX_TYPES.replace(
    b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
    b"vnd.ms-word.document.macroEnabled.main",
)
R = RefusalReason
BAD = {
    "nothing": (b"", "a.pdf", R.EMPTY),
    "html as docx": (b"<!doctype html><script>alert(1)</script>", "a.docx", R.NOT_WHAT_IT_SAYS),
    "html": (b"<html></html>", "a.html", R.UNKNOWN_TYPE),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "a.svg", R.UNKNOWN_TYPE),
    "svg as png": (b'<?xml version="1.0"?><svg/>', "a.png", R.NOT_WHAT_IT_SAYS),
    "program": (b"MZ\x90\0" + b"\0" * 200, "a.exe", R.UNKNOWN_TYPE),
    "gif": (b"GIF89a" + b"\0" * 20, "a.gif", R.UNKNOWN_TYPE),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", R.UNKNOWN_TYPE),
    "word with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        R.ENCRYPTED,
    ),
    "pdf as docx": (PDF, "a.docx", R.NOT_WHAT_IT_SAYS),
    "docx as xlsx": (docx(), "a.xlsx", R.NOT_WHAT_IT_SAYS),
    "double extension": (PDF, "a.pdf.exe", R.NOT_WHAT_IT_SAYS),
    "extension behind an override": (PDF, "a\u202efdp.exe", R.NOT_WHAT_IT_SAYS),
    "pdf not at the start": (b"GIF89a" + PDF, "a.pdf", R.NOT_WHAT_IT_SAYS),
    "pdf cut off": (PDF[:40], "a.pdf", R.BROKEN),
    "pdf and zip": (PDF[:-6] + zipped({"a.txt": b"x"}) + b"\n%%EOF\n", "a.pdf", R.SECOND_FILE_INSIDE),
    "pdf and html": (PDF[:9] + b"%<script>alert(1)</script>\n" + PDF[9:], "a.pdf", R.SECOND_FILE_INSIDE),
    "pdf with a script": (
        PDF.replace(b"/Type", b"/S/JavaScript/JS(app.alert(1))/Type"),
        "a.pdf",
        R.ACTIVE_CONTENT,
    ),
    "pdf with an escaped script": (PDF.replace(b"/Type", b"/S/J#61vaScript/Type"), "a.pdf", R.ACTIVE_CONTENT),
    "pdf that starts a program": (
        PDF.replace(b"/Type", b"/S/Launch/F(cmd.exe)/Type"),
        "a.pdf",
        R.ACTIVE_CONTENT,
    ),
    "plain zip": (zipped({"a.txt": b"x"}), "a.docx", R.UNKNOWN_TYPE),
    "java archive": (zipped({"META-INF/MANIFEST.MF": b"x"}), "a.jar", R.UNKNOWN_TYPE),
    "zip cut off": (docx()[:-30], "a.docx", R.SECOND_FILE_INSIDE),
    "zip with something behind": (docx() + b"<script>", "a.docx", R.SECOND_FILE_INSIDE),
    "damaged part": (docx().replace(b"word/document.xml", b"word/documenx.xml", 1), "a.docx", R.BROKEN),
    "bomb": (bomb(), "a.docx", R.UNPACKS_TOO_LARGE),
    "more than 50 MB": (huge(), "a.docx", R.UNPACKS_TOO_LARGE),
    "too many parts": (docx({f"word/{n}.xml": b"" for n in range(1_000)}), "a.docx", R.UNPACKS_TOO_LARGE),
    "zip slip": (unsafe("../../etc/cron.d/x"), "a.docx", R.UNSAFE_PARTS),
    "zip slip in the middle": (unsafe("word/../../x"), "a.docx", R.UNSAFE_PARTS),
    "absolute": (unsafe("/etc/passwd"), "a.docx", R.UNSAFE_PARTS),
    "drive": (unsafe("C:/windows/x"), "a.docx", R.UNSAFE_PARTS),
    "backslashes": (unsafe("..\\..\\x"), "a.docx", R.UNSAFE_PARTS),
    "case-equal names": (unsafe("WORD/Document.xml"), "a.docx", R.UNSAFE_PARTS),
    "symbolic link": (with_symlink(), "a.docx", R.UNSAFE_PARTS),
    "encrypted parts": (encrypted(), "a.docx", R.ENCRYPTED),
    "macros": (docx({"word/vbaProject.bin": b"x"}), "a.docx", R.ACTIVE_CONTENT),
    "macro type": (docx(types=MACRO_TYPES), "a.docx", R.ACTIVE_CONTENT),
    "ActiveX": (docx({"word/activeX/activeX1.bin": b"x"}), "a.docx", R.ACTIVE_CONTENT),
    "ODT macros": (odt({"Basic/Standard/Module1.xml": b"x"}), "a.odt", R.ACTIVE_CONTENT),
    "entity bomb": (
        docx({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY x "xx">]><a>&x;</a>'}),
        "a.docx",
        R.UNSAFE_PARTS,
    ),
    "external entity in ODT": (
        odt({"styles.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>'}),
        "a.odt",
        R.UNSAFE_PARTS,
    ),
    "entity in UTF-16": (
        docx({"word/styles.xml": "<!DOCTYPE a><a/>".encode("utf-16")}),
        "a.docx",
        R.UNSAFE_PARTS,
    ),
    "template from elsewhere": (
        docx({"word/_rels/settings.xml.rels": relations("https://evil.example/t.dotm", "attachedTemplate")}),
        "a.docx",
        R.OUTSIDE_REFERENCE,
    ),
    "picture from a file server": (
        docx({"word/_rels/document.xml.rels": relations("file://10.0.0.1/share/a.png", "image")}),
        "a.docx",
        R.OUTSIDE_REFERENCE,
    ),
    "broken relations": (docx({"word/_rels/document.xml.rels": b"<Relationships"}), "a.docx", R.BROKEN),
    "huge picture": (samples.png_that_claims(60_000, 60_000), "a.png", R.UNPACKS_TOO_LARGE),
    "damaged picture": (samples.png_that_claims(100, 100), "a.png", R.BROKEN),
    "head of a jpeg": (b"\xff\xd8\xff\xe0" + b"\0" * 40, "a.jpg", R.BROKEN),
}


@pytest.mark.parametrize(("content", "name", "reason"), BAD.values(), ids=BAD.keys())
def test_it_refuses(content: bytes, name: str, reason: RefusalReason) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        inspect(content, file_name=name)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "declared", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"]
)
def test_it_refuses_what_a_browser_called_active(declared: str) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        inspect(PDF, file_name="a.pdf", declared_type=declared)
    assert refused.value.reason is RefusalReason.NOT_WHAT_IT_SAYS


def test_a_picture_loses_its_place_and_stays_upright() -> None:
    kept = inspect(jpeg_with_place(), file_name="a.jpg").content
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == (20, 40)
        assert not picture.getexif()
        assert "comment" not in picture.info
    assert b"Secret" not in kept


def test_a_picture_loses_its_texts_and_what_was_appended() -> None:
    kept = inspect(png_with_text() + b"<script>alert(1)</script>", file_name="a.png").content
    assert b"Secret" not in kept and b"script" not in kept


@pytest.mark.parametrize(("content", "name"), [(docx(), "a.docx"), (odt(), "a.odt")])
def test_a_document_loses_the_name_of_its_author_and_stays_whole(content: bytes, name: str) -> None:
    kept = inspect(content, file_name=name).content
    with zipfile.ZipFile(BytesIO(kept)) as after, zipfile.ZipFile(BytesIO(content)) as before:
        assert sorted(after.namelist()) == sorted(before.namelist())
        assert not any(b"Secret" in after.read(part) for part in after.namelist())
        assert after.testzip() is None
    assert inspect(kept, file_name=name).content == kept


def test_the_type_stands_first_and_unpacked_in_an_odt() -> None:
    kept = inspect(odt(), file_name="a.odt").content
    assert kept[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")
