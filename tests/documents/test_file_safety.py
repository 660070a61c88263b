"""Files that should not be opened: each is refused with its own reason, before it does anything."""

import struct
import zipfile
from io import BytesIO

import pytest

from app.documents import safety
from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.labels import KIND, UNREADABLE
from app.documents.reading import read
from app.documents.safety import Kind, check_zip
from app.documents.tree import BlockKind
from tests.documents.office import changed, docx, part

GOOD = docx("Двор.")
OUTSIDE = (
    b'<Relationship Id="rId98" TargetMode="External" Target="http://example.kz/x" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"/></Relationships>'
)


def reason(data: bytes, *, name: str = "act.docx") -> UnreadableReason:
    with pytest.raises(UnreadableFile) as refused:
        read(data, filename=name)
    return refused.value.reason


def related(kind: bytes) -> bytes:
    name = "word/_rels/document.xml.rels"
    return changed(GOOD, {name: part(GOOD, name).replace(b"</Relationships>", OUTSIDE % kind)})


def test_a_good_document_is_let_through():
    check_zip(GOOD, Kind.DOCX)


def test_a_link_that_a_reader_may_follow_is_let_through():
    check_zip(related(b"hyperlink"), Kind.DOCX)


@pytest.mark.parametrize("kind", [b"attachedTemplate", b"image", b"oleObject", b"frame"])
def test_what_is_fetched_from_elsewhere_is_refused(kind):
    assert reason(related(kind)) is UnreadableReason.EXTERNAL


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = changed(GOOD, {"word/media/a.bin": b"\x00" * (51 * 1024 * 1024)})
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    assert reason(bomb) is UnreadableReason.BOMB


def test_a_file_that_is_small_and_swells_is_refused():
    assert reason(changed(GOOD, {"word/a.xml": b"<a>" + b" " * 8_000_000})) is UnreadableReason.BOMB


def test_a_file_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(safety, "MAX_PARTS", 5)
    assert reason(GOOD) is UnreadableReason.BOMB


def test_a_file_of_too_many_tags_is_refused(monkeypatch):
    monkeypatch.setattr(safety, "MAX_TAGS", 50)
    assert reason(GOOD) is UnreadableReason.BOMB


def test_a_size_that_lies_is_refused():
    at = GOOD.rindex(b"PK\x01\x02")
    lying = bytearray(GOOD)
    struct.pack_into("<I", lying, at + 24, 1)
    assert reason(bytes(lying)) is UnreadableReason.BROKEN


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "C:/evil", "a\\..\\evil", "WORD/document.xml"]
)
def test_names_that_reach_outside_or_hide_each_other_are_refused(name):
    assert reason(changed(GOOD, {name: b"<a/>"})) is UnreadableReason.UNSAFE_PARTS


def test_a_protected_document_is_refused():
    at = GOOD.index(b"PK\x01\x02")
    data = bytearray(GOOD)
    data[at + 8] |= 1
    assert reason(bytes(data)) is UnreadableReason.ENCRYPTED


def test_macros_are_refused_by_their_part_and_by_the_type():
    assert reason(changed(GOOD, {"word/vbaProject.bin": b"x"})) is UnreadableReason.MACROS
    types = part(GOOD, "[Content_Types].xml").replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"ms-word.document.macroEnabled.main+xml",
    )
    assert reason(changed(GOOD, {"[Content_Types].xml": types})) is UnreadableReason.MACROS


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("cp500"),
    ],
)
def test_definitions_are_refused_in_any_encoding(xml):
    assert reason(changed(GOOD, {"word/styles.xml": xml})) is UnreadableReason.ENTITIES


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", UnreadableReason.EMPTY),
        (b"%PDF-1.7\n%%EOF", UnreadableReason.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, UnreadableReason.OLD_FORMAT),
        (b"{\\rtf1 text}", UnreadableReason.OLD_FORMAT),
        (b"\x89PNG\r\n\x1a\n", UnreadableReason.NOT_TEXT),
        (b"PK\x03\x04" + b"x" * 99, UnreadableReason.BROKEN),
        (GOOD[:-30], UnreadableReason.BROKEN),
        (b"text\x00more", UnreadableReason.NOT_TEXT),
        (bytes(range(128, 256)) * 4, UnreadableReason.ENCODING),
        (b" \n\t\n", UnreadableReason.EMPTY),
    ],
)
def test_other_files_under_the_name_of_a_document_are_refused(data, why):
    assert reason(data) is why


def test_a_workbook_is_no_document_and_a_document_no_workbook():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert reason(out.getvalue()) is UnreadableReason.NOT_A_DOCX
    with pytest.raises(UnreadableFile) as refused:
        check_zip(GOOD, Kind.XLSX)
    assert refused.value.reason is UnreadableReason.NOT_AN_XLSX


def test_every_reason_and_every_kind_has_its_words():
    assert set(UNREADABLE) == set(UnreadableReason) and set(KIND) == set(BlockKind)
