"""HTML: bytes to lines and grids, through the events of a parser. No tree is built, nothing is fetched. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from app.documents.source import Grid, Item, Line, cleaned
from app.documents.text_file import decoded
from app.documents.tree import Cell

# What is no text of the document: programs and styles. All other text is kept, whatever it stands in.
_NO_TEXT = {"script", "style"}
_INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"),
    *("i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"),
    *("sub", "sup", "time", "tt", "u", "var", "wbr", "nobr", "rp", "rt", "ruby", "input", "button"),
}
_BOLD = {"b", "strong"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul", "ol", "menu"}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([a-zA-Z0-9_-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s{0,20}<\?xml[^>]{0,200}\?>")
_CYRILLIC_CHARSETS = {"windows-1251": "cp1251", "cp1251": "cp1251", "koi8-r": "koi8-r", "iso-8859-5": "iso8859-5"}
_CHARSET_REACH = 2_048
_LARGEST_SPAN = 1_000


def text_of(data: bytes) -> str:
    """The characters of an HTML file: by its mark, by what it says of itself, or by what they look like."""
    said = _CHARSET.search(data[:_CHARSET_REACH])
    name = _CYRILLIC_CHARSETS.get(said[1].decode().lower()) if said is not None else None
    if name is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            # A file that was saved anew in UTF-8 still says what it was before.
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode(name, errors="replace")
    else:
        text = decoded(data)
    return cleaned(_XML_DECLARATION.sub("", text))


def items(text: str) -> Iterator[Item]:
    """The lines and tables of an HTML page, in reading order."""
    yield from _events(text, _Reader()).found


def plain_text(text: str) -> str:
    """The page's text alone, read without regard to its structure."""
    return "".join(_events(text, _TextOnly()).pieces)


def _events[Target: "_TextOnly | _Reader"](text: str, target: Target) -> Target:
    parser = etree.HTMLParser(target=target, no_network=True, recover=True)
    # Fed as bytes of one known encoding, so that a charset in the page cannot change it midway.
    parser = etree.HTMLParser(target=target, no_network=True, recover=True, encoding="utf-8")
    parser.feed(text.encode("utf-8", errors="replace"))
    parser.close()
    return target
