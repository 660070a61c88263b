"""All benchmarks in one run: `python -m bench [--quick]`. Prints a page in Markdown; figures are ratios of this run."""

import argparse
import os
import platform
import statistics

import sqlalchemy as sa

from app import clock
from app.db import db
from bench import councils, drafts, reading, signing
from bench.ground import Ground, ground


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round of each, to see that it runs")
    parser.add_argument("--only", choices=PARTS, help="one part instead of all")
    words = parser.parse_args()
    with ground() as made:
        print(f"# Figures of {clock.today():%d %B %Y}\n")
        print(_machine())
        for name, part in PARTS.items():
            # The sequencer counts what the signing part wrote.
            if words.only in (None, name):
                part(made, quick=words.quick)


def _machine() -> str:
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    version = db.session.scalar(sa.text("SHOW server_version"))
    db.session.rollback()
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, PostgreSQL {version} "
        f"(fsync and synchronous_commit on), load average at the start {load}.\n"
    )


def _signing(made: Ground, *, quick: bool) -> None:
    figures = signing.measure(made, rounds=1 if quick else 5, seconds=3 if quick else 6)
    print("## Whole signing requests on one hot petition\n")
    print("| what | per second, each round | median |\n|---|---|---|")
    print(f"| the database's own insert (pgbench, prepared) | {_row(figures.database)} |")
    print(f"| whole request (HTTP, session, token, policy, durable commit) | {_row(figures.whole)} |")
    print(
        f"\nRatio: 1/{1 / figures.ratio:.1f} (goal: 1/20 or better). Answers by status: {figures.statuses}.\n"
    )


def _pages(made: Ground, *, quick: bool) -> None:
    pages = reading.measure_page(made, rounds=1 if quick else 5, seconds=2 if quick else 4)
    print("## An anonymous petition page\n")
    print("| what | per second, each round | median |\n|---|---|---|")
    print(f"| rendered, data from the database | {_row(pages.rendered)} |")
    print(f"| from memory | {_row(pages.kept)} |")
    print(f"| asked with its ETag, answered 304 | {_row(pages.unchanged)} |")
    print(f"\nFrom memory beside rendered: {pages.ratio:.1f} times (goal: 15 or better).\n")


def _sequencer(_: Ground, *, quick: bool) -> None:
    done = signing.measure_sequencer(batch=5000)
    print("## The sequencer\n")
    print(
        f"{done.rows} signatures in {done.seconds:.1f} s: {done.per_second:.0f} per second (goal: 5,000).\n"
    )


def _growth(made: Ground, *, quick: bool) -> None:
    sizes = (10_000, 100_000) if quick else (30_000, 300_000, 3_000_000)
    found = signing.measure_growth(made, sizes=sizes, seconds=3 if quick else 8)
    print("## Growth of the signatures' table\n")
    print("| rows | inserts per second | beside the first |\n|---|---|---|")
    for size, rate in found:
        print(f"| {size:,} | {rate:,.0f} | {rate / found[0][1]:.2f} |")
    print()


def _lists(_: Ground, *, quick: bool) -> None:
    sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000)
    print("## Lists and search, in milliseconds (p50 / p95)\n")
    print("| what | " + " | ".join(f"{size:,} petitions" for size in sizes) + " | p95 last / p95 before |")
    print("|---" * (len(sizes) + 2) + "|")
    for name, rows in reading.measure_lists(sizes=sizes, repeats=10 if quick else 40).items():
        cells = " | ".join(f"{p50:.1f} / {p95:.1f}" for _, p50, p95 in rows)
        print(f"| {name} | {cells} | {rows[-1][2] / rows[-2][2]:.1f} |")


def _drafts(_: Ground, *, quick: bool) -> None:
    letters = (7_000, 70_000) if quick else (7_000, 70_000, 700_000)
    comments = (500, 5_000) if quick else (500, 5_000, 50_000)
    print("## Draft acts as they grow\n")
    print("| what | size | seconds | beside the first | |\n|---|---|---|---|---|")
    for part in (
        drafts.measure_reading(sizes=letters),
        drafts.measure_comparing(sizes=letters),
        drafts.measure_grouping(sizes=comments),
    ):
        first: dict[str, float] = {}
        for done in part:
            base = first.setdefault(done.what, done.seconds)
            print(
                f"| {done.what} | {done.size} | {done.seconds:.2f} | {done.seconds / base:.1f} | {done.note} |",
                flush=True,
            )
    counts = (10, 1_000) if quick else (10, 1_000, 50_000)
    print("\n## The pages of a draft with 300 clauses, in milliseconds, rendered anew each time\n")
    pages = dict(drafts.measure_page(counts=counts, repeats=5 if quick else 20))
    print("| page | " + " | ".join(f"{count:,} comments" for count in counts) + " | last / first |")
    print("|---" * (len(counts) + 2) + "|")
    for what in pages[counts[0]]:
        cells = " | ".join(f"{pages[count][what]:.1f}" for count in counts)
        print(f"| {what} | {cells} | {pages[counts[-1]][what] / pages[counts[0]][what]:.2f} |")
    print()


def _councils(_: Ground, *, quick: bool) -> None:
    sizes = (10, 100) if quick else (20, 200, 2_000)
    print("## Pages of councils, in milliseconds, rendered anew each time\n")
    pages = dict(councils.measure_pages(sizes=sizes, repeats=5 if quick else 20))
    print("| page | " + " | ".join(f"{size:,} sittings" for size in sizes) + " | last / first |")
    print("|---" * (len(sizes) + 2) + "|")
    for what in pages[sizes[0]]:
        cells = " | ".join(f"{pages[size][what]:.1f}" for size in sizes)
        print(f"| {what} | {cells} | {pages[sizes[-1]][what] / pages[sizes[0]][what]:.2f} |")
    print()


def _row(figures: list[float]) -> str:
    return ", ".join(f"{f:,.0f}" for f in figures) + f" | {statistics.median(figures):,.0f}"


PARTS = {
    "signing": _signing,
    "pages": _pages,
    "sequencer": _sequencer,
    "growth": _growth,
    "lists": _lists,
    "drafts": _drafts,
    "councils": _councils,
}

if __name__ == "__main__":
    main()
