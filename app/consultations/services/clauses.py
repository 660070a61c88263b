"""Between the tree that a reader recognised and the rows that are kept: columns, keys, anchors. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.consultations.models import Clause
from app.documents import tree
from app.documents.tree import Block, Cell


def columns_of(block: Block) -> dict[str, Any]:
    """The columns of a clause that say what `block` says. A table's text is that of its cells."""
    cells = tree.to_json(block)["cells"] if block.cells else None
    text = block.text
    if block.cells:
        text = "\n".join("\t".join(cell.text for cell in row) for row in block.cells)
    return {
        "kind": block.kind,
        "depth": block.depth,
        "label": block.label,
        "number": block.number,
        "text": text,
        "cells": cells,
    }


def block_of(clause: Clause) -> Block:
    cells = tuple(tuple(Cell(**cell) for cell in row) for row in clause.cells or ())
    return Block(
        kind=clause.kind,
        depth=clause.depth,
        label=clause.label,
        number=clause.number,
        text="" if cells else clause.text,
        cells=cells,
    )


def numbered(texts: Mapping[str, Sequence[Clause]], *, after: int) -> dict[str, list[tuple[str, str]]]:
    """A key and an anchor for each clause of each language: paired clauses share the key. Keys are "c" and a number
    above `after`."""
    blocks = {language: [block_of(clause) for clause in clauses] for language, clauses in texts.items()}
    anchors = {language: tree.anchors(found) for language, found in blocks.items()}
    keys: dict[str, list[str]] = {language: [""] * len(found) for language, found in blocks.items()}
    number = after
    for kk, ru in tree.pair(blocks.get("kk", []), blocks.get("ru", [])):
        number += 1
        for language, place in (("kk", kk), ("ru", ru)):
            if place is not None:
                keys[language][place] = f"c{number}"
    for language in blocks.keys() - {"kk", "ru"}:
        for place in range(len(blocks[language])):
            number += 1
            keys[language][place] = f"c{number}"
    return {language: list(zip(keys[language], anchors[language], strict=True)) for language in blocks}
