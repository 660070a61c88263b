"""A file that an officer uploaded, to the blocks of an act. What it is, its bytes say, not its name. Pure."""

import re
from collections.abc import Iterable

from app.documents import docx_file, html_file, text_file
from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.recognise import recognise
from app.documents.source import Item
from app.documents.tree import Block

MAX_BYTES = 20 * 1024 * 1024
MAX_BLOCKS = 20_000
MAX_CHARACTERS = 3_000_000

_HTML_NAMES = (".html", ".htm", ".xhtml")
_MARKUP = re.compile(
    r"<(?:!doctype\s|html|head|body|title|meta|div|p|table|h[1-6]|ul|ol|dl|br|span|!--)[\s>/a-z-]",
    re.IGNORECASE,
)
_MARKUP_REACH = 65_536
_OTHER_FORMATS = {
    b"%PDF-": UnreadableReason.PDF,
    b"\xd0\xcf\x11\xe0": UnreadableReason.OLD_FORMAT,
    b"{\\rtf": UnreadableReason.OLD_FORMAT,
    b"\x89PNG": UnreadableReason.NOT_TEXT,
    b"\xff\xd8\xff": UnreadableReason.NOT_TEXT,
    b"GIF8": UnreadableReason.NOT_TEXT,
}


def read(data: bytes, *, filename: str) -> list[Block]:
    """The blocks of the act in `data`; UnreadableFile with the reason where it cannot be taken whole.

    DOCX, HTML, plain text and Markdown. The name only decides whether text that is HTML or not is HTML.
    """
    items = _items(data, filename=filename)
    blocks = recognise(items)
    if not blocks:
        raise UnreadableFile(UnreadableReason.EMPTY)
    if len(blocks) > MAX_BLOCKS:
        raise UnreadableFile(UnreadableReason.TOO_MANY_PARAGRAPHS, limit=MAX_BLOCKS)
    if sum(_length(block) for block in blocks) > MAX_CHARACTERS:
        raise UnreadableFile(UnreadableReason.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
    return blocks


def _length(block: Block) -> int:
    return len(block.label) + len(block.text) + sum(len(cell.text) for row in block.cells for cell in row)


def _items(data: bytes, *, filename: str) -> Iterable[Item]:
    if not data:
        raise UnreadableFile(UnreadableReason.EMPTY)
    if len(data) > MAX_BYTES:
        raise UnreadableFile(UnreadableReason.TOO_LARGE, limit=MAX_BYTES)
    if data.startswith(b"PK"):
        return docx_file.items(data)
    for beginning, reason in _OTHER_FORMATS.items():
        if data.startswith(beginning):
            raise UnreadableFile(reason)
    text = html_file.text_of(data)
    if len(text) > MAX_BYTES:
        raise UnreadableFile(UnreadableReason.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
    return html_file.items(text) if is_html(text, filename=filename) else text_file.items(text)


def is_html(text: str, *, filename: str) -> bool:
    """Whether `text` is HTML: it begins with a tag, or is named so and holds one."""
    beginning = text[:_MARKUP_REACH].lstrip()
    if beginning.startswith("<"):
        return _MARKUP.match(beginning) is not None
    return filename.lower().endswith(_HTML_NAMES) and _MARKUP.search(beginning) is not None
