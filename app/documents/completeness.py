"""Whether all that was in a file is in what was read from it: the proof that no character of an act is lost. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.documents import docx_file, html_file, reading, text_file
from app.documents.source import Grid, Item, cleaned
from app.documents.tree import Block


@dataclass(frozen=True, slots=True)
class Tally:
    """How many characters a file has, white space apart, and how many of them stand in the tree."""

    of_file: int
    in_tree: int

    @property
    def is_whole(self) -> bool:
        return self.in_tree == self.of_file


def tally(data: bytes, blocks: Iterable[Block], *, filename: str) -> Tally:
    """The count that an officer is shown: of a DOCX the text that its paragraphs, tables and lists show."""
    if data.startswith(b"PK"):
        text = "\n".join(words for item in docx_file.items(data) for words in _item_words(item))
    else:
        text = plain_text(data, filename=filename)
    source = _letters([cleaned(text)])
    lost = source - _letters(_words(blocks))
    return Tally(of_file=source.total(), in_tree=source.total() - lost.total())


def _item_words(item: Item) -> Iterable[str]:
    if isinstance(item, Grid):
        return [cell.text for row in item.cells for cell in row]
    return [item.marker, item.text]


def lost_characters(source: bytes | str, blocks: Iterable[Block], *, filename: str = "") -> Counter[str]:
    """The characters of `source` that `blocks` lack, white space apart; empty where nothing is lost.

    `source` is the file, or its plain text. Not counted: characters that steer or hide text, tags, programs and
    styles of HTML, and the signs that draw headings, bold print and tables in Markdown. A DOCX has no plain text to
    compare with: give the text that was put into it.
    """
    text = plain_text(source, filename=filename) if isinstance(source, bytes) else cleaned(source)
    return _letters([text]) - _letters(_words(blocks))


def plain_text(data: bytes, *, filename: str) -> str:
    """The text of an HTML or text file without its markup, taken without recognising anything."""
    text = html_file.text_of(data)
    if reading.is_html(text, filename=filename):
        return html_file.plain_text(text)
    return "\n".join(_without_markup(line.strip()) for line in text.split("\n"))


def _without_markup(line: str) -> str:
    if text_file.is_separator(line):
        return ""
    if text_file.is_row(line):
        line = line.replace("\\|", "\x00").replace("|", " ").replace("\x00", "|")
        return line.replace("**", "")
    if line.startswith("#") and line.lstrip("#").startswith((" ", "\t")):
        line = line.lstrip("#").strip()
    return line[2:-2] if line.startswith("**") and line.endswith("**") and line.count("*") == 4 else line


def _words(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        yield block.label
        yield block.text
        for row in block.cells:
            for cell in row:
                yield cell.text


def _letters(texts: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found.update("".join(text.split()))
    return found
