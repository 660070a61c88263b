"""Whether an office document may be unpacked. Decided from its list of parts, before a byte of them is. Pure.

Attachments have a check of their own (app/files/archives.py), which packs what it keeps anew; here nothing is kept
but the text, so the file is only refused or read.
"""

import re
import stat
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from app.documents.errors import UnreadableFile, UnreadableReason

MAX_PARTS = 1_000
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_LIST_BYTES = 512 * 1024
# A part of Word is read as a tree of some hundred bytes a tag; the longest code has a tenth of these.
MAX_TAGS = 2_000_000

_END_RECORD_BYTES = 22
_LOCATOR_BYTES = 20
_LONGEST_COMMENT = 65_535
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_OLE = b"\xd0\xcf\x11\xe0"
# A document type is where entities and references to local files begin; office formats have none.
_DOCUMENT_TYPE = re.compile(rb"<\x00?!\x00?[DE]", re.IGNORECASE)
_XML_START = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b" ", b"\r", b"\n", b"\t")
_DECLARED = re.compile(rb"<\?xml[^>]{0,80}encoding\s?=\s?[\"']([A-Za-z0-9_.-]{1,30})")
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16"}
_ACTIVE_PARTS = re.compile(r"vbaproject|vbadata|/activex/|/macrosheets/|\.(?:exe|dll|js|vbs|bat|jar)$")
_HYPERLINK = "/hyperlink"


class Kind(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"


_MAIN = {
    Kind.DOCX: ("word/document.xml", b"wordprocessingml.document.main+xml"),
    Kind.XLSX: ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
}
_NOT_THAT = {
    Kind.DOCX: UnreadableReason.NOT_A_DOCX,
    Kind.XLSX: UnreadableReason.NOT_AN_XLSX,
}


def check_zip(data: bytes, kind: Kind) -> None:
    """UnreadableFile where `data` is no document of this kind, or one that should not be opened.

    1. It is a ZIP whose list of parts is short and says nothing impossible (size, ratio, names, encryption).
    2. Only then is each part unpacked, once, in memory: no macros, no definitions, nothing fetched from elsewhere.
    """
    _check_beginning(data, kind)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_list(parts, packed_bytes=len(data))
            names = {part.filename for part in parts}
            for part in parts:
                _check_name(part)
            if "[Content_Types].xml" not in names or _MAIN[kind][0] not in names:
                raise UnreadableFile(_NOT_THAT[kind])
            for part in parts:
                _check_part(part.filename.lower(), archive.read(part), kind)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise UnreadableFile(UnreadableReason.BROKEN) from error


def _check_beginning(data: bytes, kind: Kind) -> None:
    if not data:
        raise UnreadableFile(UnreadableReason.EMPTY)
    if data.startswith(b"%PDF-"):
        raise UnreadableFile(UnreadableReason.PDF)
    if data.startswith(_OLE):
        # Old formats and documents with a password share one container.
        raise UnreadableFile(UnreadableReason.OLD_FORMAT)
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableFile(_NOT_THAT[kind])
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _LONGEST_COMMENT - _END_RECORD_BYTES))
    if at < 0 or len(data) - at < _END_RECORD_BYTES:
        raise UnreadableFile(UnreadableReason.BROKEN)
    # No document needs the 64-bit form, whose numbers would overrule the ones checked here.
    is_64_bit = data[max(0, at - _LOCATOR_BYTES) : at].startswith(b"PK\x06\x07")
    if is_64_bit or int.from_bytes(data[at + 12 : at + 16], "little") > MAX_LIST_BYTES:
        raise UnreadableFile(UnreadableReason.BOMB)


def _check_list(parts: list[zipfile.ZipInfo], *, packed_bytes: int) -> None:
    if len(parts) > MAX_PARTS:
        raise UnreadableFile(UnreadableReason.BOMB, limit=MAX_PARTS)
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFile(UnreadableReason.ENCRYPTED)
    unpacked = sum(part.file_size for part in parts)
    # What the parts claim to be packed into may be a lie; the length of the file is not.
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * packed_bytes:
        raise UnreadableFile(UnreadableReason.BOMB, limit=MAX_UNPACKED_BYTES)
    names = [part.filename.casefold() for part in parts]
    if len(set(names)) != len(names):
        raise UnreadableFile(UnreadableReason.UNSAFE_PARTS)


def _check_name(part: zipfile.ZipInfo) -> None:
    """The part would stay inside the folder that it is unpacked to, on any system."""
    # `filename` is already cut at a NUL and has its backslashes turned; the name as it came has not.
    name = part.orig_filename
    path = PurePosixPath(name)
    is_safe = (
        bool(name)
        and not stat.S_ISLNK(part.external_attr >> 16)
        and part.compress_type in _METHODS
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(sign in name for sign in "\\:\x00")
    )
    if not is_safe:
        raise UnreadableFile(UnreadableReason.UNSAFE_PARTS)


def _check_part(name: str, content: bytes, kind: Kind) -> None:
    if _ACTIVE_PARTS.search(name):
        raise UnreadableFile(UnreadableReason.MACROS)
    if not name.endswith(_XML_SUFFIXES):
        return
    if kind is Kind.DOCX and content.count(b"<") > MAX_TAGS:
        raise UnreadableFile(UnreadableReason.BOMB, limit=MAX_TAGS)
    # In an encoding that is not looked for here, a definition would not be seen.
    declared = _DECLARED.search(content[:200].replace(b"\x00", b""))
    is_known = declared is None or declared[1].lower() in _ENCODINGS
    if _DOCUMENT_TYPE.search(content) or not is_known or not (not content or content.startswith(_XML_START)):
        raise UnreadableFile(UnreadableReason.ENTITIES)
    if name == "[content_types].xml":
        if b"macroenabled" in content.lower() or b"vbaproject" in content.lower():
            raise UnreadableFile(UnreadableReason.MACROS)
        if _MAIN[kind][1] not in content:
            raise UnreadableFile(_NOT_THAT[kind])
    elif name.endswith(".rels"):
        _check_relations(content)


def _check_relations(content: bytes) -> None:
    """Links that a reader may follow are fine; what a program fetches by itself when it opens the file is not."""
    try:
        relations = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(UnreadableReason.BROKEN) from error
    for relation in relations.iter("{*}Relationship"):
        is_outside = (relation.get("TargetMode") or "").lower() == "external"
        if is_outside and not (relation.get("Type") or "").endswith(_HYPERLINK):
            raise UnreadableFile(UnreadableReason.EXTERNAL)
