"""The numbers that Word shows before the paragraphs of a list and keeps nowhere: counted anew. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_MOST_STYLES = 20
_LARGEST = 10_000
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = [
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
]


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart_after: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class _List:
    """A list of the document: its levels, and which abstract list its counters are shared through."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the lists of one document; ask for the paragraphs in reading order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self.lists: dict[str, _List] = _lists(numbering) if numbering is not None else {}
        self.styles: dict[str, tuple[str | None, str | None, str | None]] = _styles(styles)
        self.counters: dict[str, list[int]] = {}
        self.started: set[str] = set()

    def marker(self, properties: Any | None) -> str:
        """What the list shows before the paragraph with these properties; "" where it stands in no list."""
        number_id, level = self._place(properties)
        if number_id is None or number_id == "0" or number_id not in self.lists:
            return ""
        found = self.lists[number_id]
        counters = self.counters.setdefault(found.abstract, [0] * _LEVELS)
        if number_id not in self.started:
            self.started.add(number_id)
            # A list that says where it starts begins anew although others of its kind went before.
            for at in found.starts:
                counters[at] = 0
        own = found.levels.get(level, _Level())
        start = found.starts.get(level, own.start)
        counters[level] = start if counters[level] == 0 else min(counters[level] + 1, _LARGEST)
        for deeper in range(level + 1, _LEVELS):
            after = found.levels.get(deeper, _Level()).restart_after
            if after is None or (after > 0 and level < after):
                counters[deeper] = 0
        return self._shown(found, own, counters)

    def _shown(self, found: _List, own: _Level, counters: list[int]) -> str:
        if own.form == "bullet":
            return "•"
        if own.form == "none":
            return own.text if "%" not in own.text else ""
        text = own.text
        for at in range(_LEVELS):
            if f"%{at + 1}" in text:
                level = found.levels.get(at, _Level())
                count = counters[at] or found.starts.get(at, level.start)
                form = "decimal" if own.is_legal else level.form
                text = text.replace(f"%{at + 1}", written(count, form))
        return text.strip()

    def _place(self, properties: Any | None) -> tuple[str | None, int]:
        """List and level of a paragraph: its own, or those of its style and the styles that this one builds on."""
        number_id, level = _number_of(properties)
        style = _value(properties, "pStyle")
        for _ in range(_MOST_STYLES):
            if style is None or (number_id is not None and level is not None):
                break
            style_number, style_level, style = self.styles.get(style, (None, None, None))
            number_id = number_id if number_id is not None else style_number
            level = level if level is not None else style_level
        depth = int(level) if level is not None and level.isdecimal() else 0
        return number_id, min(depth, _LEVELS - 1)


def written(count: int, form: str) -> str:
    """`count` in the form that Word calls `form`: decimal, letters or Roman numerals."""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in {"lowerLetter", "upperLetter", "russianLower", "russianUpper"}:
        letters = _LATIN if form.endswith("Letter") else _RUSSIAN
        index = max(count, 1) - 1
        word = letters[index % len(letters)] * min(1 + index // len(letters), 5)
        return word.upper() if form.startswith("upper") or form.endswith("Upper") else word
    if form in {"lowerRoman", "upperRoman"}:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    return str(count)


def _roman(count: int) -> str:
    found, left = "", min(count, 3_999)
    for value, sign in _ROMAN:
        found += sign * (left // value)
        left %= value
    return found


def _lists(numbering: Any) -> dict[str, _List]:
    abstracts = {str(a.get(f"{W}abstractNumId")): a for a in numbering.findall(f"{W}abstractNum")}
    by_style = {name: key for key, a in abstracts.items() if (name := _value(a, "styleLink")) is not None}
    levels = {key: _levels(abstract) for key, abstract in abstracts.items()}
    for key, abstract in abstracts.items():
        linked = by_style.get(_value(abstract, "numStyleLink") or "")
        if linked is not None and not levels[key]:
            levels[key] = levels[linked]
    found: dict[str, _List] = {}
    for number in numbering.findall(f"{W}num"):
        key = _value(number, "abstractNumId") or ""
        own = dict(levels.get(key, {}))
        starts: dict[int, int] = {}
        for override in number.findall(f"{W}lvlOverride"):
            at = _count(override.get(f"{W}ilvl"))
            if at >= _LEVELS:
                continue
            if (begun := _value(override, "startOverride")) is not None:
                starts[at] = _count(begun)
            for level in override.findall(f"{W}lvl"):
                own[at] = _level(level)
        found[str(number.get(f"{W}numId"))] = _List(key, own, starts)
    return found


def _levels(abstract: Any) -> dict[int, _Level]:
    levels = {_count(level.get(f"{W}ilvl")): _level(level) for level in abstract.findall(f"{W}lvl")}
    return {at: level for at, level in levels.items() if at < _LEVELS}


def _level(level: Any) -> _Level:
    start = _value(level, "start")
    restart = _value(level, "lvlRestart")
    known = _Level(_value(level, "numFmt") or "decimal", _value(level, "lvlText") or "")
    legal = level.find(f"{W}isLgl")
    return replace(
        known,
        start=1 if start is None else _count(start),
        restart_after=None if restart is None else _count(restart),
        is_legal=legal is not None and legal.get(f"{W}val") not in {"0", "false"},
    )


def _styles(styles: Any | None) -> dict[str, tuple[str | None, str | None, str | None]]:
    """List, level and parent of each paragraph style."""
    if styles is None:
        return {}
    return {
        str(style.get(f"{W}styleId")): (*_number_of(style.find(f"{W}pPr")), _value(style, "basedOn"))
        for style in styles.findall(f"{W}style")
    }


def _number_of(properties: Any | None) -> tuple[str | None, str | None]:
    found = properties.find(f"{W}numPr") if properties is not None else None
    return (_value(found, "numId"), _value(found, "ilvl")) if found is not None else (None, None)


def _value(element: Any | None, name: str) -> str | None:
    child = element.find(f"{W}{name}") if element is not None else None
    value = child.get(f"{W}val") if child is not None else None
    return None if value is None else str(value)


def _count(value: str | None) -> int:
    return min(int(value), _LARGEST) if value is not None and value.isdecimal() and len(value) < 6 else 0


def outline_levels(styles: Any | None) -> Mapping[str, int]:
    """For each style that is a heading its level, 1 the highest; «Title» counts as 1."""
    found: dict[str, int] = {}
    if styles is None:
        return found
    for style in styles.findall(f"{W}style"):
        key = str(style.get(f"{W}styleId"))
        name = (_value(style, "name") or "").lower()
        outline = _value(style.find(f"{W}pPr"), "outlineLvl")
        if name == "title":
            found[key] = 1
        elif name.startswith("heading ") and name[8:].isdecimal():
            found[key] = min(_count(name[8:]) or 1, _LEVELS)
        elif outline is not None and _count(outline) < _LEVELS:
            found[key] = _count(outline) + 1
    return found
