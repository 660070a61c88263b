"""The structural elements of an act as a comparative table names them: «Статья 5, пункт 2», «5-бап, 2-тармақ». Pure."""

import re
from collections.abc import Sequence

from app.documents.marks import normalised
from app.documents.tree import Block, BlockKind, parents

Step = tuple[BlockKind, str]

_NUMBER = r"(?P<number>\d{1,4}(?:[-.]\d{1,3}){0,4}|[IVXLC]{1,7})"
_NAMES: dict[BlockKind, tuple[str, str]] = {
    # The Russian word as it stands before its number, the Kazakh one as it stands behind it.
    BlockKind.SUBCLAUSE: (r"подпункт\w{0,3}|пп\.", r"тармақша\w{0,6}"),
    BlockKind.CLAUSE: (r"пункт\w{0,3}|п\.", r"тармақ(?!ша)\w{0,6}|тармағ\w{1,6}"),
    BlockKind.ARTICLE: (r"стать\w{1,3}|ст\.", r"бап\w{0,5}|баб\w{1,5}"),
    BlockKind.SECTION: (r"параграф\w{0,3}|§", r"параграф\w{0,6}"),
    BlockKind.CHAPTER: (r"глав\w{1,3}|гл\.", r"тарау\w{0,6}"),
    BlockKind.PART: (r"раздел\w{0,3}", r"бөлім\w{0,6}"),
}
_PATTERNS = [
    (kind, pattern)
    for kind, (ru, kk) in _NAMES.items()
    for pattern in (
        re.compile(rf"(?<!\w)(?:{ru})\s{{0,3}}№?\s{{0,3}}{_NUMBER}", re.IGNORECASE),
        re.compile(rf"(?<![\w.-]){_NUMBER}\)?\s{{0,2}}[-‑–]?\s{{0,2}}(?:{kk})(?!\w)", re.IGNORECASE),
    )
]
_WRITTEN = {
    "ru": {
        BlockKind.PART: "раздел {}",
        BlockKind.CHAPTER: "глава {}",
        BlockKind.SECTION: "параграф {}",
        BlockKind.ARTICLE: "статья {}",
        BlockKind.CLAUSE: "пункт {}",
        BlockKind.SUBCLAUSE: "подпункт {})",
    },
    "kk": {
        BlockKind.PART: "{}-бөлім",
        BlockKind.CHAPTER: "{}-тарау",
        BlockKind.SECTION: "{}-параграф",
        BlockKind.ARTICLE: "{}-бап",
        BlockKind.CLAUSE: "{}-тармақ",
        BlockKind.SUBCLAUSE: "{}) тармақша",
    },
}
# An element is named in a line; what stands behind is not looked at.
_REACH = 300
# What a longer name is told by: a chapter says nothing more about a numbered article or clause.
_ENOUGH = frozenset({BlockKind.ARTICLE, BlockKind.CLAUSE, BlockKind.SUBCLAUSE})


def steps_of(element: str) -> frozenset[Step]:
    """The numbered steps that `element` names, in whichever of the two languages; empty where none is recognised."""
    head = element[:_REACH]
    return frozenset(
        (kind, normalised(match["number"].upper() if not match["number"][0].isdigit() else match["number"]))
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(head)
    )


def paths_of(blocks: Sequence[Block]) -> list[tuple[Step, ...]]:
    """For each block its numbered steps from the top; that of an unnumbered one is its parent's."""
    above = parents(blocks)
    found: list[tuple[Step, ...]] = []
    for block, parent in zip(blocks, above, strict=True):
        before = () if parent is None else found[parent]
        is_step = block.kind in _NAMES and bool(block.number) and block.number != "0"
        found.append((*before, (block.kind, block.number)) if is_step else before)
    return found


def place_of(element: str, blocks: Sequence[Block]) -> int | None:
    """The index of the one block that `element` names; None where it names none, or several that differ."""
    wanted = steps_of(element)
    if not wanted:
        return None
    paths = paths_of(blocks)
    hits = [
        index
        for index, path in enumerate(paths)
        if path and wanted <= set(path) and path[-1] in wanted and path[-1] == _own_step(blocks[index])
    ]
    # «Пункт 3» of an act without articles is meant before «пункт 3» of its annex.
    shortest = min((len(paths[index]) for index in hits), default=0)
    hits = [index for index in hits if len(paths[index]) == shortest]
    return hits[0] if len(hits) == 1 else None


def _own_step(block: Block) -> Step:
    return (block.kind, block.number)


def named(path: Sequence[Step], language: str) -> str:
    """The path as acts write it: from the article or clause on, or the chapter where nothing stands below."""
    words = _WRITTEN[language]
    telling = [step for step in path if step[0] in _ENOUGH] or list(path)
    name = ", ".join(words[kind].format(number) for kind, number in telling)
    return name[:1].upper() + name[1:]
