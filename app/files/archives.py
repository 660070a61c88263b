"""DOCX, XLSX and ODT: what is inside the ZIP, found out without trusting what it says about itself. Pure.

Everything is decided from the list of parts before a byte is unpacked; then each part is read once, counted, and the
file is packed anew without the author's name, so nothing that hid between the parts survives.
"""

import re
import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree import ElementTree

from app.files.errors import AttachmentRefused, RefusalReason
from app.files.models import MediaType

MAX_PARTS = 1_000
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100

_END_RECORD_BYTES = 22
_LOCATOR_BYTES = 20
MAX_LIST_BYTES = 512 * 1024
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_XML_SUFFIXES = (".xml", ".rels", ".vml")
# A document type is where entity bombs and references to local files begin; office formats have none.
_DOCUMENT_TYPE = re.compile(rb"<(?:\x00)?!(?:\x00)?(?:D|E)", re.IGNORECASE)
_ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|^basic/|^scripts/|^dialogs/|\.(exe|dll|js|vbs|bat|jar)$"
)
_OOXML = {
    "word/document.xml": (MediaType.DOCX, b"wordprocessingml.document.main+xml"),
    "xl/workbook.xml": (MediaType.XLSX, b"spreadsheetml.sheet.main+xml"),
}
_HYPERLINK = "/hyperlink"

# Parts that say who wrote the document, when and where, and what stands in their place.
_NOBODY = {
    "docprops/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docprops/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta office:version="1.3"'
    b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
}


def cleaned_document(content: bytes) -> tuple[MediaType, bytes]:
    """The type of the office document in `content`, and the same document without properties of its author."""
    _check_end(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_list(infos, packed_bytes=len(content))
            parts = {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise AttachmentRefused(RefusalReason.BROKEN) from error
    kind = _kind(parts)
    _check_parts(parts)
    return kind, _packed(parts)


def _check_end(content: bytes) -> None:
    """The list of parts must be the last thing in the file, and short enough to be read at all."""
    end = content[-_END_RECORD_BYTES:]
    if len(end) < _END_RECORD_BYTES or not end.startswith(b"PK\x05\x06"):
        raise AttachmentRefused(RefusalReason.SECOND_FILE_INSIDE)
    # No document of 10 MB needs the 64-bit form, whose numbers would overrule the ones checked here.
    is_64_bit = content[-_END_RECORD_BYTES - _LOCATOR_BYTES :].startswith(b"PK\x06\x07")
    if is_64_bit or int.from_bytes(end[12:16], "little") > MAX_LIST_BYTES:
        raise AttachmentRefused(RefusalReason.UNPACKS_TOO_LARGE)


def _check_list(infos: list[zipfile.ZipInfo], *, packed_bytes: int) -> None:
    if not infos:
        raise AttachmentRefused(RefusalReason.BROKEN)
    if len(infos) > MAX_PARTS:
        raise AttachmentRefused(RefusalReason.UNPACKS_TOO_LARGE)
    if min(info.header_offset for info in infos) != 0:
        raise AttachmentRefused(RefusalReason.SECOND_FILE_INSIDE)
    if any(info.flag_bits & 0x1 for info in infos):
        raise AttachmentRefused(RefusalReason.ENCRYPTED)
    unpacked = sum(info.file_size for info in infos)
    # The sum of what the parts claim to be packed into may be a lie; the length of the file is not.
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * packed_bytes:
        raise AttachmentRefused(RefusalReason.UNPACKS_TOO_LARGE)
    names = [info.filename.casefold() for info in infos]
    if len(set(names)) != len(names) or not all(map(_is_safe, infos)):
        raise AttachmentRefused(RefusalReason.UNSAFE_PARTS)


def _is_safe(info: zipfile.ZipInfo) -> bool:
    """Whether the part stays inside the folder that it is unpacked to, on any system."""
    # `filename` is already cut at a NUL and has its backslashes turned; the name as it came has not.
    name = info.orig_filename
    path = PurePosixPath(name)
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return (
        bool(name)
        and not is_link
        and info.compress_type in _METHODS
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(letter in name for letter in "\\:\x00")
    )


def _kind(parts: dict[str, bytes]) -> MediaType:
    types = parts.get("[Content_Types].xml")
    if types is not None:
        for main_part, (kind, content_type) in _OOXML.items():
            if main_part in parts:
                if content_type not in types:
                    # A document with macros or a template has another type than its name says.
                    raise AttachmentRefused(RefusalReason.ACTIVE_CONTENT)
                return kind
    if parts.get("mimetype") == MediaType.ODT.encode() and "content.xml" in parts:
        return MediaType.ODT
    raise AttachmentRefused(RefusalReason.UNKNOWN_TYPE)


def _check_parts(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        lowered = name.lower()
        if _ACTIVE_PARTS.search(lowered) or (lowered == "[content_types].xml" and b"macroEnabled" in content):
            raise AttachmentRefused(RefusalReason.ACTIVE_CONTENT)
        if lowered.endswith(_XML_SUFFIXES):
            if _DOCUMENT_TYPE.search(content):
                raise AttachmentRefused(RefusalReason.UNSAFE_PARTS)
            if lowered.endswith(".rels"):
                _check_relations(content)


def _check_relations(content: bytes) -> None:
    """Links that a reader may follow are fine; what a program fetches by itself when it opens the file is not."""
    try:
        relations = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise AttachmentRefused(RefusalReason.BROKEN) from error
    for relation in relations.iter():
        is_external = relation.get("TargetMode", "").lower() == "external"
        if is_external and not relation.get("Type", "").endswith(_HYPERLINK):
            raise AttachmentRefused(RefusalReason.OUTSIDE_REFERENCE)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # The standard of ODT wants its type first and unpacked; in OOXML the order is free.
        for name in sorted(parts, key=lambda name: name != "mimetype"):
            # No time of packing either: ZipInfo begins in 1980.
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, _NOBODY.get(name.lower(), parts[name]))
    return out.getvalue()
