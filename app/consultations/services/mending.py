"""What an officer does to a recognised tree: each verb yields a new one, and none drops a character. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.documents.recognise import recognise
from app.documents.tree import MAX_DEPTH, Block, BlockKind


class CannotMend(Exception):
    """The tree does not let itself be changed so: there is nothing to join with, or a table stands in the way."""


def rename(blocks: Sequence[Block], picked: Collection[int], kind: BlockKind) -> list[Block]:
    """The picked blocks are of `kind`; tables stay tables, and nothing else becomes one."""
    return [
        replace(block, kind=kind) if place in picked and BlockKind.TABLE not in (block.kind, kind) else block
        for place, block in enumerate(blocks)
    ]


def shift(blocks: Sequence[Block], picked: Collection[int], by: int) -> list[Block]:
    """The picked blocks stand deeper by so many steps, or less deep."""
    return [
        replace(block, depth=min(max(block.depth + by, 0), MAX_DEPTH)) if place in picked else block
        for place, block in enumerate(blocks)
    ]


def join(blocks: Sequence[Block], picked: Collection[int]) -> list[Block]:
    """Each picked block becomes the end of the block before it. Its label stands in the text then."""
    found: list[Block] = []
    for place, block in enumerate(blocks):
        if place not in picked:
            found.append(block)
            continue
        if not found or BlockKind.TABLE in (block.kind, found[-1].kind):
            raise CannotMend
        found[-1] = replace(found[-1], text=f"{found[-1].text}\n{block.plain}".strip())
    return found


def reword(blocks: Sequence[Block], place: int, block: Block) -> list[Block]:
    """`block` in the place of the one that stands there; where all of its text was taken away, nothing."""
    is_empty = not block.cells and not block.plain
    return [*blocks[:place], *([] if is_empty else [block]), *blocks[place + 1 :]]


def split(blocks: Sequence[Block], place: int, block: Block) -> list[Block]:
    """Every line of `block` becomes a block of its own: the first keeps kind and number, the others are recognised."""
    lines = [line for line in block.text.split("\n") if line.strip()]
    if block.cells or len(lines) < 2:
        raise CannotMend
    found = [replace(block, text=lines[0].strip())]
    for line in lines[1:]:
        found += [replace(one, depth=block.depth) for one in recognise([line])]
    return [*blocks[:place], *found, *blocks[place + 1 :]]


def characters(blocks: Sequence[Block]) -> int:
    """Letters, digits and signs of the tree, white space apart."""
    return sum(
        len("".join(text.split()))
        for block in blocks
        for text in (block.label, block.text, *(cell.text for row in block.cells for cell in row))
    )
