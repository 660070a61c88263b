"""File names that strangers chose: made harmless to keep, and said again in a header. Pure."""

import re
from urllib.parse import quote

from app.text.normalize import shown_line

MAX_NAME_BYTES = 150
FALLBACK = "attachment"

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
# Windows opens the device, not the file.
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}


def kept_name(original: str | None, *, extension: str) -> str:
    """`original` without path, hidden characters and second extension, ending in the extension of what it is.

    «план.pdf.exe» that is a PDF becomes «план.pdf»; at most 150 bytes, whole characters.
    """
    stem = shown_line(original or "").replace("\\", "/").rsplit("/", 1)[-1]
    stem = _FORBIDDEN.sub(" ", stem).strip()
    # A year at the end of «01.02.2026.pdf» is no extension: those begin with a letter.
    stem = re.sub(r"(\.[A-Za-z][A-Za-z0-9]{0,4})+$", "", stem).strip(" .")
    stem = " ".join(stem.split()).lstrip("-~")
    if not stem or stem.lower() in _DEVICES:
        stem = FALLBACK
    limit = MAX_NAME_BYTES - len(extension) - 1
    stem = stem.encode()[:limit].decode(errors="ignore").strip(" .")
    return f"{stem}.{extension}"


def content_disposition(name: str, *, inline: bool = False) -> str:
    """The header by which a file is given out under `name` (RFC 6266): an ASCII form for old readers, then UTF-8.

    Quotes, line ends and percent signs cannot leave the parameter: the ASCII form has none, the other is encoded.
    """
    ascii_name = re.sub(r"[^A-Za-z0-9._ -]+", "_", name).strip() or FALLBACK
    kind = "inline" if inline else "attachment"
    # A lone surrogate cannot be encoded; names from `kept_name` have none.
    encoded = quote(name.encode("utf-8", "replace"), safe="")
    return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{encoded}"
