"""A file that an officer uploaded, to the blocks of an act. What it is, its bytes say, not its name. Pure."""

import re
from collections.abc import Iterable, Iterator

from app.documents import docx_file, html_file, text_file
from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.recognise import recognise
from app.documents.source import MAX_RAW_ITEMS, Item, Line
from app.documents.tree import Block

MAX_BYTES = 20 * 1024 * 1024
MAX_BLOCKS = 20_000
MAX_CHARACTERS = 3_000_000
# Before anything is recognised: white space, tags and bars are counted as well, so these are wider.
MAX_RAW_CHARACTERS = 6_000_000
MAX_TAGS = 500_000
MAX_CELLS = 400_000
MAX_LINES = 100_000

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
    blocks = recognise(_bounded(_items(data, filename=filename)))
    if not blocks:
        raise UnreadableFile(UnreadableReason.EMPTY)
    if len(blocks) > MAX_BLOCKS:
        raise UnreadableFile(UnreadableReason.TOO_MANY_PARAGRAPHS, limit=MAX_BLOCKS)
    if sum(_length(block) for block in blocks) > MAX_CHARACTERS:
        raise UnreadableFile(UnreadableReason.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
    return blocks


def _bounded(items: Iterable[Item]) -> Iterator[Item]:
    """`items` for as long as they can still be an act: reading stops where the limits are passed for certain."""
    lines, cells, characters = 0, 0, 0
    for item in items:
        if isinstance(item, Line):
            filled = bool(item.text) and not item.text.isspace()
            lines += filled
            characters += len(item.text) if filled else 0
        else:
            cells += sum(map(len, item.cells))
            characters += sum(len(cell.text) for row in item.cells for cell in row)
        if lines > MAX_LINES:
            raise UnreadableFile(UnreadableReason.TOO_MANY_PARAGRAPHS, limit=MAX_BLOCKS)
        if characters > MAX_RAW_CHARACTERS or cells > MAX_CELLS:
            raise UnreadableFile(UnreadableReason.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
        yield item


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
    if is_html(text, filename=filename):
        if text.count("<") > MAX_TAGS:
            raise UnreadableFile(UnreadableReason.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
        return html_file.items(text)
    if text.count("\n") > MAX_RAW_ITEMS:
        raise UnreadableFile(UnreadableReason.TOO_MANY_PARAGRAPHS, limit=MAX_BLOCKS)
    if len(text) > MAX_RAW_CHARACTERS or text.count("|") > MAX_CELLS:
        raise UnreadableFile(UnreadableReason.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
    return text_file.items(text)


def is_html(text: str, *, filename: str) -> bool:
    """Whether `text` is HTML: it begins with a tag, or is named so and holds one."""
    beginning = text[:_MARKUP_REACH].lstrip()
    if beginning.startswith("<"):
        return _MARKUP.match(beginning) is not None
    return filename.lower().endswith(_HTML_NAMES) and _MARKUP.search(beginning) is not None
