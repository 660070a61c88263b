"""Files as people send them, and as people should not; made here, byte by byte."""

import zipfile
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

DOCX_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
XLSX_TYPES = DOCX_TYPES.replace(b"/word/document", b"/xl/workbook").replace(
    b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
)
AUTHOR = b"<cp:coreProperties><dc:creator>Aigerim Secret</dc:creator></cp:coreProperties>"


def zipped(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(more: dict[str, bytes] | None = None, *, types: bytes = DOCX_TYPES) -> bytes:
    parts = {"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", "docProps/core.xml": AUTHOR}
    return zipped(parts | (more or {}))


def xlsx() -> bytes:
    return zipped({"[Content_Types].xml": XLSX_TYPES, "xl/workbook.xml": b"<workbook/>"})


def odt(more: dict[str, bytes] | None = None) -> bytes:
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b"<office:document-content/>",
        "meta.xml": b"<meta:initial-creator>Aigerim Secret</meta:initial-creator>",
    }
    return zipped(parts | (more or {}))


def relations(target: str, kind: str, mode: str = "External") -> bytes:
    return (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        + f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '.encode()
        + f'Target="{target}" TargetMode="{mode}"/></Relationships>'.encode()
    )


def jpeg_with_place() -> bytes:
    picture = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[0x0110] = "Secret Camera"
    exif[0x0112] = 6  # turn by a quarter
    exif.get_ifd(0x8825)[2] = (43.0, 14.0, 0.0)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"Secret comment")
    return out.getvalue()


def png_with_text(mode: str = "RGBA") -> bytes:
    info = PngInfo()
    info.add_text("Author", "Aigerim Secret")
    out = BytesIO()
    Image.new(mode, (10, 10)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )
