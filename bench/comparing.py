"""How comparing two versions grows with their size: `python -m bench.comparing`. Needs no database.

The texts are made up by a fixed seed: 210 characters a paragraph, four in ten edited, some moved, new and removed.
"""

import random
import time
from collections.abc import Callable

from app.text.alignment import Change, align
from app.text.quotes import find, quote_of
from app.text.redline import redline

SIZES = {"1×": 70_000, "10×": 700_000, "100×": 7_000_000}
PARAGRAPH = 210


def versions_of(letters: int, chance: random.Random) -> tuple[list[str], list[str]]:
    stems = ["қағида", "закон", "орган", "срок", "жауап", "clause", "порядок", "тармақ", "решение", "кеңес"]
    words = [f"{stem}{number}" for stem in stems for number in range(200)]
    # Few words are said often and most seldom, as in any text.
    weights = [1 / (place + 1) for place in range(len(words))]
    chance.shuffle(words)
    old = []
    for _ in range(letters // PARAGRAPH):
        said = chance.choices(words, weights, k=PARAGRAPH // 8)
        old.append(" ".join(said).capitalize() + ".")
    new = [
        _edited(text, words, chance) if chance.random() < 0.4 else text
        for text in old
        if chance.random() > 0.03
    ]
    for _ in range(len(new) // 100):
        new.insert(chance.randrange(len(new)), " ".join(chance.choices(words, weights, k=25)))
        at = chance.randrange(len(new))
        block = new[at : at + 5]
        del new[at : at + 5]
        to = chance.randrange(len(new))
        new[to:to] = block
    return old, new


def _edited(text: str, words: list[str], chance: random.Random) -> str:
    return " ".join(chance.choice(words) if chance.random() < 0.1 else word for word in text.split(" "))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _row(name: str, size: int, chance: random.Random) -> str:
    old, new = versions_of(size, chance)
    matches = align(old, new)
    edited = [
        (old[m.old], new[m.new]) for m in matches if m.is_edited and m.old is not None and m.new is not None
    ]
    whole_old, whole_new = "\n".join(old), "\n".join(new)
    middle = len(whole_old) // 2
    quote = quote_of(whole_old, middle, middle + 200)
    alike = ["Исключён по решению совета."] * len(old)
    figures = [
        _seconds(lambda: align(old, new)),
        _seconds(lambda: align(alike, alike[: -len(alike) // 10])),
        _seconds(lambda: [redline(*pair) for pair in edited]),
        _seconds(lambda: redline(whole_old, whole_new)),
        _seconds(lambda: find(quote, whole_new)),
    ]
    moved = sum(match.change is Change.MOVED for match in matches)
    cells = " | ".join(f"{seconds:.2f} s" for seconds in figures)
    return f"| {name}: {size:,} letters, {len(old):,} paragraphs, {len(edited):,} edited, {moved:,} moved | {cells} |"


def main() -> None:
    print(
        "| text | aligned | all paragraphs equal, aligned | edited paragraphs redlined | redlined as one text | "
        "a quote found |\n|---|---|---|---|---|---|"
    )
    for name, size in SIZES.items():
        print(_row(name, size, random.Random(size)), flush=True)


if __name__ == "__main__":
    main()
