"""An act as a flat sequence of blocks in reading order, and what can be said of two of them. Pure.

Depth makes the tree: the parent of a block is the nearest block before it that stands less deep.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_DEPTH = 30


class BlockKind(StrEnum):
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    CLAUSE = "clause"
    SUBCLAUSE = "subclause"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    NOTE = "note"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """`label` is the marker as typed («Статья 5.», «12-бап.», «1)»), `number` what it comes to («5», «12», «1»).

    A heading with a number is an annex: what follows it is numbered anew. Its number is "0" where it has none.
    """

    kind: BlockKind
    depth: int
    label: str
    number: str
    text: str
    cells: tuple[tuple[Cell, ...], ...] = ()

    @property
    def is_annex(self) -> bool:
        return self.kind is BlockKind.HEADING and bool(self.number)

    @property
    def plain(self) -> str:
        """All of the block as one text: label and words, or the cells, a row a line."""
        if self.kind is BlockKind.TABLE:
            return "\n".join(" | ".join(cell.text for cell in row) for row in self.cells)
        return f"{self.label} {self.text}".strip()


_SEGMENT = {
    BlockKind.PART: "part",
    BlockKind.CHAPTER: "chapter",
    BlockKind.SECTION: "section",
    BlockKind.ARTICLE: "article",
    BlockKind.CLAUSE: "clause",
    BlockKind.SUBCLAUSE: "sub",
    BlockKind.PARAGRAPH: "p",
    BlockKind.TABLE: "table",
    BlockKind.NOTE: "note",
    BlockKind.HEADING: "heading",
}
# What a reader names alone while its number stands only once in the act: «clause 12», not «chapter 2, clause 12».
_NAMED_ALONE = {BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION, BlockKind.CLAUSE}
_LATIN = dict(
    zip(
        "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
        [
            "a",
            "ae",
            "b",
            "v",
            "g",
            "gh",
            "d",
            "e",
            "yo",
            "zh",
            "z",
            "i",
            "j",
            "k",
            "q",
            "l",
            "m",
            "n",
            "ng",
            "o",
            "oe",
            "p",
            "r",
            "s",
            "t",
            "u",
            "uu",
            "ue",
            "f",
            "kh",
            "h",
            "ts",
            "ch",
            "sh",
            "shch",
            "tz",
            "y",
            "ih",
            "mz",
            "eh",
            "yu",
            "ya",
        ],
        strict=True,
    )
)


def parents(blocks: Sequence[Block]) -> list[int | None]:
    """For each block the index of the block that it stands under."""
    found: list[int | None] = []
    open_blocks: list[int] = []
    for index, block in enumerate(blocks):
        while open_blocks and blocks[open_blocks[-1]].depth >= block.depth:
            open_blocks.pop()
        found.append(open_blocks[-1] if open_blocks else None)
        open_blocks.append(index)
    return found


def anchors(blocks: Sequence[Block]) -> list[str]:
    """A name for each block that can stand in an address: «article-5.clause-2.sub-1». All differ, none is empty."""
    above = _numbered_parents(blocks)
    bare = Counter(
        (_annex_of(blocks, above, index), block.kind, block.number)
        for index, block in enumerate(blocks)
        if block.kind in _NAMED_ALONE and _stands_alone(blocks, above[index], block)
    )
    repeated = {(annex, kind) for (annex, kind, _), count in bare.items() if count > 1}
    names: list[str] = []
    unnumbered: Counter[str] = Counter()
    for index, block in enumerate(blocks):
        annex = _annex_of(blocks, above, index)
        parent = above[index]
        prefix = "" if parent is None else names[parent] + "."
        alone = block.kind is BlockKind.ARTICLE or (
            block.kind in _NAMED_ALONE
            and _stands_alone(blocks, parent, block)
            and (annex, block.kind) not in repeated
        )
        if alone or (block.kind in {BlockKind.HEADING, BlockKind.TABLE}):
            prefix = "" if annex is None or block.is_annex else names[annex] + "."
        stem = prefix + (_annex_name(block) if block.is_annex else _SEGMENT[block.kind])
        if block.number and block.number != "0":
            names.append(f"{stem}-{_latin(block.number)}")
        else:
            unnumbered[stem] += 1
            names.append(f"{stem}-{unnumbered[stem]}")
    return _made_unique(names)


def _numbered_parents(blocks: Sequence[Block]) -> list[int | None]:
    """The parents, past paragraphs, notes and tables: those give no name to what stands beneath them."""
    above = parents(blocks)
    nameless = {BlockKind.PARAGRAPH, BlockKind.NOTE, BlockKind.TABLE}
    found: list[int | None] = []
    for parent in above:
        while parent is not None and blocks[parent].kind in nameless:
            parent = above[parent]
        found.append(parent)
    return found


def _annex_of(blocks: Sequence[Block], above: Sequence[int | None], index: int) -> int | None:
    parent = above[index]
    while parent is not None and not blocks[parent].is_annex:
        parent = above[parent]
    return parent


def _stands_alone(blocks: Sequence[Block], parent: int | None, block: Block) -> bool:
    if block.kind is not BlockKind.CLAUSE or parent is None:
        return True
    return blocks[parent].kind not in {BlockKind.ARTICLE, BlockKind.CLAUSE, BlockKind.SUBCLAUSE}


def _annex_name(block: Block) -> str:
    # Rules that an order approves carry no number: they must not take the name of its annex 1.
    return "attached" if block.number == "0" else "annex"


def _latin(number: str) -> str:
    letters = "".join(_LATIN.get(letter, letter) for letter in number.lower())
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in letters)


def _made_unique(names: Iterable[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return found


Place = tuple[str, ...]
Pair = tuple[int | None, int | None]


class DifferenceKind(StrEnum):
    ONLY_KK = "only_kk"
    ONLY_RU = "only_ru"
    TABLE_SHAPE = "table_shape"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two language versions part: `kk` and `ru` are indices of blocks, None where that side has none."""

    what: DifferenceKind
    kind: BlockKind
    number: str
    kk: int | None
    ru: int | None


def pair(kk: Sequence[Block], ru: Sequence[Block]) -> list[Pair]:
    """Which block of one language version says what which block of the other says, in reading order.

    By place in the structure first, by order among blocks of one place second; None where there is no counterpart.
    """
    waiting: defaultdict[Place, list[int]] = defaultdict(list)
    for index, place in enumerate(_places(ru)):
        waiting[place].append(index)
    queues = {place: iter(found) for place, found in waiting.items()}
    partner = [next(queues[place], None) if place in queues else None for place in _places(kk)]
    taken = {index for index in partner if index is not None}
    pairs: list[Pair] = []
    shown = 0
    for index, other in enumerate(partner):
        if other is not None:
            pairs += [(None, free) for free in range(shown, other) if free not in taken]
            shown = max(shown, other + 1)
        pairs.append((index, other))
    pairs += [(None, free) for free in range(shown, len(ru)) if free not in taken]
    return pairs


def differences(kk: Sequence[Block], ru: Sequence[Block]) -> list[Difference]:
    """Where the structures differ, in reading order. What stands beneath a missing block is not told again."""
    above_kk, above_ru = parents(kk), parents(ru)
    pairs = pair(kk, ru)
    alone_kk = {a for a, b in pairs if b is None and a is not None}
    alone_ru = {b for a, b in pairs if a is None and b is not None}
    found: list[Difference] = []
    for a, b in pairs:
        if a is not None and b is not None:
            if kk[a].kind is BlockKind.TABLE and _shape(kk[a]) != _shape(ru[b]):
                found.append(Difference(DifferenceKind.TABLE_SHAPE, kk[a].kind, kk[a].number, a, b))
        elif a is not None and above_kk[a] not in alone_kk:
            found.append(Difference(DifferenceKind.ONLY_KK, kk[a].kind, kk[a].number, a, None))
        elif b is not None and above_ru[b] not in alone_ru:
            found.append(Difference(DifferenceKind.ONLY_RU, ru[b].kind, ru[b].number, None, b))
    return found


def _shape(block: Block) -> list[int]:
    return [sum(cell.colspan for cell in row) for row in block.cells]


def _places(blocks: Sequence[Block]) -> Iterator[Place]:
    """Each block's place: numbers where they mean the same in both languages, else the order among its like.

    Letters are counted, not compared: the fourth of «а, ә, б, в» stands beside the fourth of «а, б, в, г».
    """
    above = parents(blocks)
    places: list[Place] = []
    orders: Counter[Place] = Counter()
    for block, parent in zip(blocks, above, strict=True):
        before = () if parent is None else places[parent]
        has_number = block.number[:1].isdigit() and block.number != "0"
        stem = (*before, block.kind.value + ("" if has_number or not block.number else "?"))
        if has_number:
            place = (*stem, block.number)
        else:
            orders[stem] += 1
            place = (*stem, f"#{orders[stem]}")
        places.append(place)
        yield place


def to_json(block: Block) -> dict[str, Any]:
    """The block as plain values; what is empty or usual is left out of cells."""
    kept: dict[str, Any] = {
        "kind": block.kind.value,
        "depth": block.depth,
        "label": block.label,
        "number": block.number,
        "text": block.text,
    }
    if block.cells:
        kept["cells"] = [[_cell_to_json(cell) for cell in row] for row in block.cells]
    return kept


def from_json(kept: Mapping[str, Any]) -> Block:
    """The block that `to_json` kept. ValueError where it is none: a mended tree comes from outside."""
    try:
        depth, rows = kept["depth"], kept.get("cells", [])
        label, number, text = kept["label"], kept["number"], kept["text"]
        cells = tuple(tuple(_cell_from_json(cell) for cell in row) for row in rows)
        kind = BlockKind(kept["kind"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a block") from error
    are_words = all(isinstance(word, str) for word in (label, number, text))
    if type(depth) is not int or not 0 <= depth <= MAX_DEPTH or not are_words:
        raise ValueError("not a block")
    return Block(kind, depth, label, number, text, cells)


def _cell_to_json(cell: Cell) -> dict[str, Any]:
    spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
    kept: dict[str, Any] = {"text": cell.text, **{name: n for name, n in spans.items() if n != 1}}
    return {**kept, "header": True} if cell.header else kept


def _cell_from_json(kept: Mapping[str, Any]) -> Cell:
    text, colspan, rowspan = kept["text"], kept.get("colspan", 1), kept.get("rowspan", 1)
    if not isinstance(text, str) or not all(type(span) is int and span >= 1 for span in (colspan, rowspan)):
        raise ValueError("not a cell")
    return Cell(text, colspan, rowspan, bool(kept.get("header", False)))
