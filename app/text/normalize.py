"""Two views of what people type: cleaned for showing, and folded for finding.

Folding is lossy on purpose: it makes one form of «қоғам», «коғам» and «KОFАМ», so it is never shown.
"""

import re
import unicodedata
from functools import cache

MAX_COMBINING_MARKS = 4

# Format characters that are visible signs of Arabic, Syriac and Kaithi, not hidden controls.
_VISIBLE_FORMAT = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{4,}")
_SPACE_AT_LINE_END = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]+(?=\n)")


def _ranges(points: list[int]) -> str:
    """A character class of `points`, which are in ascending order, as ranges."""
    parts: list[str] = []
    start = previous = points[0]
    for point in [*points[1:], -1]:
        if point != previous + 1:
            parts.append(f"{re.escape(chr(start))}-{re.escape(chr(previous))}")
            start = point
        previous = point
    return "".join(parts)


def _is_hidden(point: int) -> bool:
    if point in (0x09, 0x0A) or point in _VISIBLE_FORMAT:
        return False
    # U+FFFE, U+FFFF and U+FDD0-FDEF never become characters; U+3164 and kin are letters that draw nothing.
    if (
        0xFDD0 <= point <= 0xFDEF
        or point & 0xFFFE == 0xFFFE
        or point in (0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F)
    ):
        return True
    return unicodedata.category(chr(point)) in {"Cc", "Cf", "Cs", "Co"}


@cache
def _hidden() -> re.Pattern[str]:
    # Everything above the second plane is CJK, tags, variation selectors or private use; listed by hand.
    points = [point for point in range(0x20000) if _is_hidden(point)]
    return re.compile(f"[{_ranges(points)}\U000e0000-\U000e0fff\U000f0000-\U0010ffff]")


@cache
def _marks() -> re.Pattern[str]:
    points = [point for point in range(0x20000) if unicodedata.category(chr(point)) in {"Mn", "Me"}]
    return re.compile(f"([{_ranges(points)}]{{{MAX_COMBINING_MARKS}}})[{_ranges(points)}]+")


# Letters and signs of nearly every text in the three languages, none of which is hidden, combines or can be composed.
_PLAIN = re.compile("[\n\t -~\u00a0-\u00ac\u00ae-\u00ff\u0400-\u0482\u048a-\u052f–—‘-„…№]*")
_ASCII_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def _controls_of(text: str) -> re.Pattern[str]:
    # The large class is built on first need: most commands never see a letter outside ASCII.
    return _ASCII_CONTROLS if text.isascii() else _hidden()


def has_hidden_controls(text: str) -> bool:
    """Whether `text` holds characters that steer or hide text without being seen (bidi, zero width, tags, NUL)."""
    text = _LINE_BREAKS.sub("\n", text)
    return bool(_controls_of(text).search(text))


def visible(text: str) -> str:
    """`text` without what cannot be seen: NFC, LF, no hidden characters, no towers of accents; nothing is trimmed."""
    if _PLAIN.fullmatch(text):
        return text
    text = _LINE_BREAKS.sub("\n", text)
    text = _controls_of(text).sub("", text)
    # Before NFC: sorting thousands of marks of one letter takes quadratic time.
    return text if text.isascii() else unicodedata.normalize("NFC", _marks().sub(r"\1", text))


def shown(text: str) -> str:
    """`text` as it is kept and shown: `visible`, and without space at its ends, at ends of lines, and in long gaps."""
    return _BLANK_LINES.sub("\n\n\n", _SPACE_AT_LINE_END.sub("", visible(text))).strip()


def shown_line(text: str) -> str:
    """`text` for a title, a name, a subject: as `shown`, and on one line with single spaces."""
    return " ".join(shown(text).split())


# Latin letters that look like Cyrillic ones, or that Kazakh texts of the 1990s used in their place.
_LATIN_TO_CYRILLIC = str.maketrans(
    "ABCEHKMOPTXYIƏƟaceopxyiəɵhïëkmt",
    "АВСЕНКМОРТХУІӘӨасеорхуіәөһїёкмт",
)
_CYRILLIC_TO_LATIN = str.maketrans(
    "АВСЕНКМОРТХУІӘӨЅЈҮЗасеорхуіәөһѕјүкмт",
    "ABCEHKMOPTXYIƏƟSJY3aceopxyiəɵhsjykmt",
)
_LOOKS_CYRILLIC = frozenset(map(chr, _LATIN_TO_CYRILLIC))
_LOOKS_LATIN = frozenset(map(chr, _CYRILLIC_TO_LATIN))

# Letters that a Russian keyboard lacks, and what people type in their place.
_ONE_FORM = str.maketrans("ёәғқңөұүһіїў", "еагкноуухииу")

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-"),
        **dict.fromkeys("«»„“”‟‹›〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛ʹʻʼʽ`´′＇", "'"),
        "№": " ",
    }
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+")


def _alphabet(letter: str) -> str:
    point = ord(letter)
    if 0x0400 <= point <= 0x052F or 0x1C80 <= point <= 0x1C8F:
        return "cyrillic"
    if point < 0x0250 or point in (0x0259, 0x0275) or 0x1E00 <= point <= 0x1EFF:
        return "latin"
    return "greek" if 0x0370 <= point <= 0x03FF else "other"


def _in_one_alphabet(match: re.Match[str]) -> str:
    """The word with its look-alikes brought to the alphabet of the letters that only one alphabet has."""
    word = match[0]
    if word.isascii():
        return word
    latin = [letter for letter in word if _alphabet(letter) == "latin"]
    if not latin:
        return word
    cyrillic = [letter for letter in word if _alphabet(letter) == "cyrillic"]
    if not cyrillic:
        return word
    latin_only = any(letter not in _LOOKS_CYRILLIC for letter in latin)
    cyrillic_only = any(letter not in _LOOKS_LATIN for letter in cyrillic)
    if latin_only and not cyrillic_only:
        return word.translate(_CYRILLIC_TO_LATIN)
    if latin_only and cyrillic_only:
        return word
    return word.translate(_LATIN_TO_CYRILLIC)


def folded(text: str) -> str:
    """`text` for finding: lower case, one alphabet a word, one form of е/ё and of each Kazakh letter, plain signs."""
    text = unicodedata.normalize("NFKC", shown(text).translate(_SIGNS))
    text = _LETTERS.sub(_in_one_alphabet, text)
    return " ".join(text.lower().translate(_ONE_FORM).split())


def words(text: str) -> list[str]:
    """The words and numbers of `text` in folded form, in order."""
    return _WORDS.findall(folded(text))


def mixed_alphabets(text: str) -> list[str]:
    """The words of `text` that mix Latin, Cyrillic or Greek letters, as typed; for a moderator's eye.

    «Zооm» with Cyrillic о and «Алмaты» with Latin a are such words; the Kazakh letters are Cyrillic and never are.
    """
    return [
        word
        for word in dict.fromkeys(_LETTERS.findall(shown(text)))
        if not word.isascii() and len({_alphabet(letter) for letter in word} - {"other"}) > 1
    ]
