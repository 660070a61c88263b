"""What an uploaded file really is, and the form of it that is kept. Pure: bytes in, bytes out, or a refusal."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from app.files.archives import cleaned_document
from app.files.errors import AttachmentRefused, RefusalReason
from app.files.models import MediaType

MAX_PIXELS = 40_000_000
_TAIL_BYTES = 1024

_NAMES = {
    "pdf": MediaType.PDF,
    "png": MediaType.PNG,
    "jpg": MediaType.JPEG,
    "jpeg": MediaType.JPEG,
    "docx": MediaType.DOCX,
    "xlsx": MediaType.XLSX,
    "odt": MediaType.ODT,
}
# Browsers name office files differently from system to system; these they never call them.
_NEVER_DECLARED = re.compile(r"^(text/|image/svg|application/(xhtml|xml|javascript|x-msdownload|x-sh))", re.I)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|script|svg|body|iframe|\?php)", re.IGNORECASE)
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia)(?![A-Za-z])")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Inspected:
    media_type: MediaType
    content: bytes


def inspect(content: bytes, *, file_name: str = "", declared_type: str = "") -> Inspected:
    """The type of `content` by its bytes, and what of it is kept; AttachmentRefused where it is not safe to keep.

    Pictures are drawn anew, so that place, camera and whatever was appended are gone; office documents lose the
    properties that name their author; a PDF is kept as it is.
    """
    if not content:
        raise AttachmentRefused(RefusalReason.EMPTY)
    if content.startswith(b"%PDF-"):
        inspected = Inspected(MediaType.PDF, _checked_pdf(content))
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        inspected = Inspected(MediaType.PNG, _redrawn(content, "PNG"))
    elif content.startswith(b"\xff\xd8\xff"):
        inspected = Inspected(MediaType.JPEG, _redrawn(content, "JPEG"))
    elif content.startswith(b"PK\x03\x04"):
        inspected = Inspected(*cleaned_document(content))
    else:
        # An encrypted DOCX is an OLE file: people should hear what is wrong with it, not that DOCX is unknown.
        is_ole = (
            content.startswith(b"\xd0\xcf\x11\xe0")
            and b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d" in content
        )
        lies = _says(file_name) is not None
        reason = RefusalReason.NOT_WHAT_IT_SAYS if lies else RefusalReason.UNKNOWN_TYPE
        raise AttachmentRefused(RefusalReason.ENCRYPTED if is_ole else reason)
    _check_claims(inspected.media_type, file_name=file_name, declared_type=declared_type)
    return inspected


def _says(file_name: str) -> MediaType | None:
    return _NAMES.get(_extension(file_name))


def _extension(file_name: str) -> str:
    _, dot, extension = file_name.rpartition(".")
    return extension.strip().lower() if dot else ""


def _check_claims(media_type: MediaType, *, file_name: str, declared_type: str) -> None:
    extension = _extension(file_name)
    if extension and _NAMES.get(extension) is not media_type:
        raise AttachmentRefused(RefusalReason.NOT_WHAT_IT_SAYS)
    if _NEVER_DECLARED.match(declared_type):
        raise AttachmentRefused(RefusalReason.NOT_WHAT_IT_SAYS)


def _checked_pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-_TAIL_BYTES:]:
        raise AttachmentRefused(RefusalReason.BROKEN)
    if zipfile.is_zipfile(BytesIO(content)) or _MARKUP.search(content[:_TAIL_BYTES]):
        raise AttachmentRefused(RefusalReason.SECOND_FILE_INSIDE)
    # Names may be written with escapes: /J#61vaScript is /JavaScript.
    readable = _PDF_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)
    if _PDF_ACTIVE.search(readable):
        raise AttachmentRefused(RefusalReason.ACTIVE_CONTENT)
    return content


def _redrawn(content: bytes, form: str) -> bytes:
    """The picture drawn anew, turned as its EXIF said, with nothing but pixels."""
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            width, height = picture.size
            # Before a pixel is unpacked: a few kilobytes may claim to be a square kilometre.
            if width * height > MAX_PIXELS:
                raise AttachmentRefused(RefusalReason.UNPACKS_TOO_LARGE)
            picture.load()
            turned = ImageOps.exif_transpose(picture)
            mode = "RGBA" if form == "PNG" and turned.has_transparency_data else "RGB"
            pixels = turned.convert(mode)
    except AttachmentRefused:
        raise
    except Image.DecompressionBombError as error:
        raise AttachmentRefused(RefusalReason.UNPACKS_TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise AttachmentRefused(RefusalReason.BROKEN) from error
    # A new picture has no `info`, in which Pillow would carry comments and profiles over.
    clean = Image.frombytes(mode, pixels.size, pixels.tobytes())
    out = BytesIO()
    if form == "JPEG":
        clean.save(out, form, quality=90, optimize=True)
    else:
        clean.save(out, form, optimize=True)
    return out.getvalue()
