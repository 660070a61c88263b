"""A paper as PDF/UA: tagged, with its language, an outline and the house's letters; equal papers give equal bytes."""

import json
import re
import unicodedata
from functools import singledispatch
from pathlib import Path
from typing import Any, TypeAlias

import typst

from app.documents.paper import (
    Bullets,
    Cell,
    ChangeWords,
    Facts,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Quote,
    Run,
    Table,
    Words,
    cells,
    paragraphs,
    runs,
    sections,
)
from app.text.normalize import visible

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parents[1] / "static" / "vendor" / "golos-text-static"
REGIONS = {"kk": "KZ", "ru": "KZ", "en": "GB"}

# One letter for each look of a run, as the template reads them.
_LOOKS = {"bold": "b", "italic": "i", "deleted": "d", "inserted": "s", "danger": "w"}

# A word longer than any of Kazakh or Russian law, and where in it a line may end; not before a combining mark.
_LONG_WORD = re.compile(r"\S{30,}")
_MAY_END = re.compile(r"\S{15}(?=[!-~\w])")
_BREAK = "\u200b"

# How the library names what none of its letters can draw; it offers no other way to ask.
_NOT_DRAWN = re.compile(r"the text `\"((?:[^\"\\]|\\.)*)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")

Json: TypeAlias = dict[str, Any]


def write_pdf(paper: Paper) -> bytes:
    """The bytes of a tagged PDF of `paper`.

    A sign that neither Golos Text nor the library's own letters have (emoji, Chinese) is printed as `[U+1F595]`: a
    tagged PDF with an empty box in it is refused, and leaving it out would not be verbatim. Three attempts:

    1. as it is, which is nearly always enough;
    2. without the signs that cannot be drawn alone;
    3. without combining marks, some of which can be drawn alone but not upon their letter.

    To be called in a job: the library keeps what it laid out in the last ten papers, which only
    the end of a process gives back. A row of a table takes four times the memory of the same words as paragraphs.
    """
    text = json.dumps(_data(paper), ensure_ascii=False)
    try:
        return _compiled("paper.typ", text)
    except typst.TypstError as error:
        if not _signs_in(error):
            raise
    missing = _undrawable(set(text))
    try:
        return _compiled("paper.typ", _spelt_out(text, missing))
    except typst.TypstError as error:
        if not _signs_in(error):
            raise
    marks = {sign for sign in text if unicodedata.category(sign).startswith("M")}
    return _compiled("paper.typ", _spelt_out(text, missing | marks))


def _compiled(template: str, text: str) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        # Nothing but this folder can be read, and there is nothing in it but templates.
        root=TEMPLATES,
        format="pdf",
        pdf_standards="ua-1",
        font_paths=[FONTS],
        # The letters of the machine would make the same paper look different elsewhere.
        ignore_system_fonts=True,
        sys_inputs={"paper": text},
    )


def _undrawable(signs: set[str]) -> set[str]:
    """Those of `signs` for which there are no letters, each tried on a line of its own."""
    try:
        _compiled("signs.typ", json.dumps(sorted(signs)))
    except typst.TypstError as error:
        return signs & _signs_in(error)
    return set()


def _signs_in(error: typst.TypstError) -> set[str]:
    return {
        sign
        for text in _NOT_DRAWN.findall(error.diagnostic)
        for sign in _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    }


def _spelt_out(text: str, signs: set[str]) -> str:
    return text.translate({ord(sign): f"[U+{ord(sign):04X}]" for sign in signs})


def _data(paper: Paper) -> Json:
    """What the template reads, all of it numbers, and strings that are shown as they are."""
    day = paper.created_on
    return {
        "title": visible(paper.title),
        "subject": visible(paper.subject),
        "footer": " ".join(visible(paper.footer).split()),
        "lang": paper.language,
        "region": REGIONS[paper.language],
        "created": [day.year, day.month, day.day],
        "sections": [
            {
                "landscape": section.is_landscape,
                "parts": [_part(part, paper.change_words) for part in section.parts],
            }
            for section in sections(paper)
        ],
    }


@singledispatch
def _part(part: Part, words: ChangeWords | None) -> Json:
    raise TypeError(type(part).__name__)


@_part.register
def _(part: Heading, words: ChangeWords | None) -> Json:
    return {"kind": "heading", "level": part.level, "text": visible(part.text)}


@_part.register
def _(part: Paragraph, words: ChangeWords | None) -> Json:
    return {"kind": "paragraph", "runs": _runs(part.runs, words)}


@_part.register
def _(part: Quote, words: ChangeWords | None) -> Json:
    return {"kind": "quote", "runs": _runs(part.text, words)}


@_part.register
def _(part: Bullets, words: ChangeWords | None) -> Json:
    return {"kind": "bullets", "items": [_runs(item, words) for item in part.items]}


@_part.register
def _(part: Facts, words: ChangeWords | None) -> Json:
    rows = [[_breakable(visible(name)), _runs(value, words)] for name, value in part.rows]
    return {"kind": "facts", "rows": rows}


@_part.register
def _(part: PageBreak, words: ChangeWords | None) -> Json:
    return {"kind": "page-break"}


@_part.register
def _(part: Table, words: ChangeWords | None) -> Json:
    return {
        "kind": "table",
        "shares": part.shares,
        "head": [_breakable(visible(name)) for name in part.head],
        "rows": [[_cell(cell, words) for cell in cells(row)] for row in part.rows],
    }


def _cell(cell: Cell, words: ChangeWords | None) -> Json:
    found = [_runs(paragraph.runs, words) for paragraph in paragraphs(cell.content)]
    return {"span": cell.colspan, "paragraphs": found}


def _runs(words: Words, change_words: ChangeWords | None) -> list[list[str]]:
    return [[_breakable(run.text), _looks(run)] for run in runs(words, change_words)]


def _breakable(text: str) -> str:
    """`text` whose endless words can be broken: in a narrow cell they would run over the next one, unread."""
    return _LONG_WORD.sub(lambda word: _MAY_END.sub(rf"\g<0>{_BREAK}", word[0]), text.replace("\t", "    "))


def _looks(run: Run) -> str:
    return "".join(letter for look, letter in _LOOKS.items() if getattr(run, look))
