"""The marks that acts are numbered by, in Kazakh, Russian, English and German: what a line begins with. Pure.

Each pattern reads the first characters of a line only and has nothing to go back over, so a hostile line costs
no more than its length.
"""

import re
from dataclasses import dataclass

from app.documents.tree import BlockKind

# A mark is short; what stands behind this many characters is never part of one.
_MARK_REACH = 60
_MAX_HEADING = 300

PART, SUBPART, CHAPTER, SECTION, HEADING, ARTICLE, CLAUSE, SUBCLAUSE = 1.0, 1.5, 2.0, 3.0, 3.1, 4.0, 5.0, 6.0


@dataclass(frozen=True, slots=True)
class Mark:
    """`rank` says what closes what: a mark closes all that is open with its rank or a higher one."""

    kind: BlockKind
    rank: float
    label: str
    number: str
    text: str


# Old Kazakh acts were typed with a Latin i in place of і: «бөлiм».
_TO_CYRILLIC = str.maketrans("iIïÏ", "іІіІ")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DIGITS = rf"\d{{1,4}}(?:[{_DASHES}.]\d{{1,3}}){{0,4}}[a-z]?"
_ROMAN = "[IVXLCІХ]{1,8}"
_NUMBER = rf"(?P<number>{_DIGITS}|{_ROMAN}(?:[{_DASHES}]\d{{1,2}})?)"

_WORDS = {
    "раздел": (BlockKind.PART, PART),
    "подраздел": (BlockKind.PART, SUBPART),
    "part": (BlockKind.PART, PART),
    "бөлім": (BlockKind.PART, PART),
    "бөлімше": (BlockKind.PART, SUBPART),
    "кіші бөлім": (BlockKind.PART, SUBPART),
    "глава": (BlockKind.CHAPTER, CHAPTER),
    "chapter": (BlockKind.CHAPTER, CHAPTER),
    "тарау": (BlockKind.CHAPTER, CHAPTER),
    "§": (BlockKind.SECTION, SECTION),
    "параграф": (BlockKind.SECTION, SECTION),
    "section": (BlockKind.SECTION, SECTION),
    "статья": (BlockKind.ARTICLE, ARTICLE),
    "ст.": (BlockKind.ARTICLE, ARTICLE),
    "article": (BlockKind.ARTICLE, ARTICLE),
    "art.": (BlockKind.ARTICLE, ARTICLE),
    "artikel": (BlockKind.ARTICLE, ARTICLE),
    "бап": (BlockKind.ARTICLE, ARTICLE),
}
_WORD_FIRST = re.compile(
    r"(?P<word>раздел|подраздел|part|глава|chapter|параграф|section|статья|article|artikel|тарау|бөлім|бап|§|ст\.|art\.)"
    rf"\s{{0,3}}№?\s{{0,3}}{_NUMBER}(?P<end>\s?[.:])?",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(
    rf"{_NUMBER}\s?[{_DASHES}]?\s?(?P<word>кіші бөлім|бөлімше|бөлім|тарау|параграф|§|бап)(?P<end>\s?[.:])?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    rf"(?P<number>[1-9]\d{{0,3}}(?:[{_DASHES}]\d{{1,3}}){{0,3}}(?:\.\d{{1,3}}(?:[{_DASHES}]\d{{1,3}})?){{0,4}})\.{{1,2}}(?![\d.])"
)
_CLAUSE_WITHOUT_POINT = re.compile(
    r"(?P<number>[1-9]\d{0,2}(?:\.[1-9]\d{0,2}){1,4})(?=[ \t\u00a0]+[^\W\da-zа-яёәғқңөұүһі_])"
)
_SUBCLAUSE = re.compile(
    rf"(?P<bullet>[{_DASHES}*•][ \t\u00a0]+)?(?P<open>\()?"
    rf"(?P<number>\d{{1,3}}(?:[{_DASHES}]\d{{1,3}}){{0,3}}[a-z]?|[а-яёәғқңөұүһі]|[a-z](?:bis|ter|quater)?)\)"
    rf"(?:\s?[{_DASHES}]\s?\d{{1,3}}(?:[{_DASHES}]\d{{1,3}})?\))?\.?",
    re.IGNORECASE,
)
_LISTED_NUMBER = re.compile(r"[-*•][ \t\u00a0]+(?P<number>\d{1,3})\.(?!\d)")
_DASH = re.compile(rf"(?:[-*·−](?=[ \t\u00a0])|[{_DASHES[1:]}•‣▪●○■□◦\uf0b7\uf0a7\uf02d])(?![\d])")
_NOTE = re.compile(
    r"(?:сноска|ескерту|ескертпе|примечание|footnote|note)\s?[.:!]"
    r"|примечание\s(?:рцпи|изпи)\s?[.:!]?|(?:рқао|зқаи|зқаі)\S{0,5}\sескерт\w{1,5}\s?[.:!]?",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\[\^?(\d{1,4})\]:?\s")
_ANNEX = re.compile(
    r"(?P<label>(?:приложение|annex|anhang)(?:\s?№)?(?:\s(?P<number>\d{1,3}))?)(?P<end>\.|:)?"
    r"(?=\s*$|\[|\s+(?:к|to)\s|\s*\n)"
    r"|(?P<kklabel>(?:(?P<kknumber>\d{1,3})\s?-?\s?)?қосымша)(?=\s*$|\s*\n)",
    re.IGNORECASE,
)
_ANNEX_KK_END = re.compile(r"(?:(\d{1,3})\s?-\s?)?қосымша[»\"]?$", re.IGNORECASE)
_APPROVED = re.compile(r"утвержд[её]н[аоы]?(?:\s|$)", re.IGNORECASE)
_APPROVED_KK_END = re.compile(r"бекітілген$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{4}|…{2}|\t)[\s.…]{0,200}\d{1,4}$")
_ROMAN_TITLE = re.compile(rf"(?P<number>{_ROMAN})\.(?=\s|$)")
_END_OF_SENTENCE = re.compile(r"[.;:,!?]$")


def structural(line: str) -> Mark | None:
    """The mark of a part, chapter, section, article, clause or sub-clause that `line` begins with."""
    if _is_in_contents(line):
        return None
    return _titled(line) or _clause(line) or _subclause(line)


def _titled(line: str) -> Mark | None:
    head = line[:_MARK_REACH].translate(_TO_CYRILLIC)
    latin = line[:_MARK_REACH]
    match = _WORD_FIRST.match(latin) or _WORD_FIRST.match(head) or _NUMBER_FIRST.match(head)
    if match is None:
        return None
    rest = line[match.end() :]
    if not _may_be_title(rest, is_closed=match["end"] is not None):
        return None
    kind, rank = _WORDS[match["word"].lower()]
    return Mark(kind, rank, line[: match.end()].strip(), normalised(match["number"]), rest.strip())


def _may_be_title(rest: str, *, is_closed: bool) -> bool:
    """Whether what follows «Статья 5» begins a title: «Статья 5 настоящего Кодекса» is a sentence."""
    if not rest.strip():
        return True
    if is_closed:
        return not rest[0].isdigit()
    return rest[0] in "[(" or (rest[0].isspace() and not rest.lstrip(f" \t\u00a0\n{_DASHES}")[:1].islower())


def _clause(line: str) -> Mark | None:
    match = _CLAUSE.match(line) or _CLAUSE_WITHOUT_POINT.match(line)
    if match is None:
        return None
    number = normalised(match["number"])
    levels = number.split(".")
    # «10.07.2012.» is a date, and nothing is numbered with a nought.
    if any(level.startswith("0") for level in levels):
        return None
    rank = CLAUSE + 0.1 * (len(levels) - 1)
    return Mark(BlockKind.CLAUSE, rank, match[0], number, line[match.end() :].strip())


def _subclause(line: str) -> Mark | None:
    match = _SUBCLAUSE.match(line)
    if match is not None:
        number = normalised(match["number"]).lower()
        rank = SUBCLAUSE if number[:1].isdigit() else SUBCLAUSE + 0.3
    else:
        match = _LISTED_NUMBER.match(line)
        if match is None:
            return None
        number, rank = match["number"], SUBCLAUSE + 0.5
    return Mark(BlockKind.SUBCLAUSE, rank, match[0], number, line[match.end() :].strip())


def roman_title(line: str) -> Mark | None:
    """The chapter that «IV. Порядок работы» is, where the line reads as a title."""
    match = _ROMAN_TITLE.match(line)
    if match is None or not (line[match.end() :].strip() == "" or is_title(line[match.end() :].strip())):
        return None
    text = line[match.end() :].strip()
    return Mark(BlockKind.CHAPTER, CHAPTER, match[0], normalised(match["number"]), text)


def note(line: str) -> tuple[str, str, str] | None:
    """Label, number and words of an amendment note or a footnote."""
    match = _NOTE.match(line)
    if match is not None:
        return match[0], "", line[match.end() :].strip()
    match = _REFERENCE.match(line)
    return (match[0].strip(), match[1], line[match.end() :].strip()) if match is not None else None


def dash(line: str) -> tuple[str, str] | None:
    """The dash or dot of a list, and the words after it."""
    match = _DASH.match(line)
    return (match[0], line[match.end() :].strip()) if match is not None else None


def annex(line: str) -> tuple[str, str, str] | None:
    """Label, number ("0" where it has none) and words of the line that an annex begins with."""
    if len(line) > _MAX_HEADING or line[-1:] in ";:,":
        return None
    match = _ANNEX.match(line)
    if match is not None:
        label = match[0].rstrip()
        return label, match["number"] or match["kknumber"] or "0", line[match.end() :].strip()
    if _APPROVED.match(line) or _APPROVED_KK_END.search(line):
        return "", "0", line
    tail = _ANNEX_KK_END.search(line)
    return ("", tail[1] or "0", line) if tail is not None else None


def is_title(text: str) -> bool:
    """Whether `text` reads as a title: short, begun with a capital letter, not closed like a sentence."""
    return (
        0 < len(text) <= _MAX_HEADING
        and not text[0].islower()
        and any(letter.isalpha() for letter in text[:40])
        and not _END_OF_SENTENCE.search(text)
    )


def is_capitals(text: str) -> bool:
    letters = [letter for letter in text[:_MAX_HEADING] if letter.isalpha()]
    return len(letters) > 2 and text.isupper() and is_title(text)


def _is_in_contents(line: str) -> bool:
    # «Глава 1. Общие положения ........ 3» is a table of contents, not the chapter.
    return _LEADERS.search(line[-260:]) is not None


_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_LOOKALIKES = str.maketrans("ІХіхС", "IXIXC")


def normalised(number: str) -> str:
    """«4‑1» as «4-1», «ХІ» as «11»; other numbers as they are."""
    for sign in _DASHES[1:]:
        number = number.replace(sign, "-")
    roman, dash_sign, added = number.partition("-")
    roman = roman.translate(_ROMAN_LOOKALIKES).upper()
    if roman and all(letter in _ROMAN_VALUES for letter in roman) and number[:1].isupper():
        return f"{_arabic(roman)}{dash_sign}{added}"
    return number.strip(".")


def _arabic(roman: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in roman]
    return sum(
        -value if after > value else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )
