"""Draft acts as they grow: reading a text in, comparing two versions, grouping letters, opening a draft with comments."""

import io
import random
import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import docx
import sqlalchemy as sa

from app import clock
from app.agencies import queries as agencies
from app.comments.models import Comment, Thread
from app.comments.services import counting, grouping, threads
from app.consultations import queries
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct, DraftVersion, VersionState
from app.consultations.services import comparing, versions
from app.db import db, transaction
from app.documents import reading
from app.documents.tree import Block
from app.duties import services as duties
from app.duties.models import DutyKind
from app.law import consultation_rules_in_force
from app.text.near_duplicates import sketch
from bench.comparing import versions_of
from bench.ground import add_citizens

LANGUAGES = ("kk", "ru")
CLAUSES = 300
CAMPAIGN_LETTERS = 0.5


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of the processor, or of the clock where a database takes part."""

    what: str
    size: str
    seconds: float
    note: str = ""


def numbered(paragraphs: list[str]) -> str:
    """The paragraphs as an act of articles with ten clauses each."""
    lines = []
    for place, paragraph in enumerate(paragraphs):
        if place % 10 == 0:
            lines.append(f"Статья {place // 10 + 1}. О порядке")
        lines.append(f"{place % 10 + 1}. {paragraph}")
    return "\n".join(lines)


def measure_reading(*, sizes: tuple[int, ...]) -> Iterator[Measured]:
    """A text and a DOCX of so many letters, to the tree of clauses."""
    for letters in sizes:
        text = numbered(versions_of(letters, random.Random(1))[0])
        paper = docx.Document()
        for line in text.split("\n"):
            paper.add_paragraph(line)
        packed = io.BytesIO()
        paper.save(packed)
        for what, data, name in (
            ("read a text", text.encode(), "act.txt"),
            ("read a DOCX", packed.getvalue(), "act.docx"),
        ):
            started = time.process_time()
            blocks = reading.read(data, filename=name)
            yield Measured(what, f"{letters:,}", time.process_time() - started, f"{len(blocks):,} blocks")


def measure_comparing(*, sizes: tuple[int, ...]) -> Iterator[Measured]:
    """Two versions in both languages aligned, redlined and written down, as the job does it."""
    for letters in sizes:
        old, new = (
            reading.read(numbered(v).encode(), filename="a.txt")
            for v in versions_of(letters, random.Random(2))
        )
        with transaction():
            draft = add_draft()
            add_version(draft, 1, old)
            second = add_version(draft, 2, new, state=VersionState.COMPARING)
            started = time.perf_counter()
            assert comparing.compare(second, attempt=second.attempt)
            yield Measured(
                "compare two versions", f"{letters:,}", time.perf_counter() - started, "two languages"
            )


def add_draft() -> DraftAct:
    """An open draft without a text, written as rows: its life is not what is measured."""
    now, today = clock.now(), clock.today()
    agency = agencies.by_slug("ministry-of-justice")
    assert agency is not None
    rules = consultation_rules_in_force(today)
    owed = [
        duties.start(
            kind,
            agency=agency,
            subject_kind="draft",
            subject_number=0,
            deadline=rules.deadline(name),
            rules_version=rules.id,
            started_on=today + timedelta(days=14),
        )
        for kind, name in ((DutyKind.COMMENT_ANSWERS, "answers"), (DutyKind.DISCUSSION_REPORT, "report"))
    ]
    draft = DraftAct(
        state=State.PREPARING,
        agency=agency,
        source=f"bench-{time.perf_counter_ns()}",
        language="ru",
        titles={"kk": "Ережелер жобасы", "ru": "Проект правил"},
        summaries={"kk": "Қысқаша мазмұны.", "ru": "Краткое содержание."},
        notes={"kk": "Түсіндірме жазба.", "ru": "Пояснительная записка."},
        kind="rules",
        stage="draft",
        level="republican",
        topic="transport",
        affects=["citizens"],
        rules_version=rules.id,
        opens_on=today,
        closes_on=today + timedelta(days=14),
        term_value=10,
        term_unit="working_days",
        term_source=rules.term("draft", "rules").source,
        term_mark="background",
        created_at=now,
        announced_at=now,
        opened_at=now,
        answers_duty=owed[0],
        report_duty=owed[1],
    )
    db.session.add(draft)
    db.session.flush()
    draft.thread = threads.open_thread(
        subject_kind="draft", subject_number=draft.number, agency=agency, duty=owed[0], now=now
    )
    draft.state = State.OPEN
    db.session.flush()
    return draft


def add_version(
    draft: DraftAct, number: int, blocks: list[Block], *, state: VersionState = VersionState.PUBLISHED
) -> DraftVersion:
    version = DraftVersion(
        draft=draft,
        number=number,
        state=VersionState.PREPARING,
        created_at=clock.now(),
        changes={},
        attempt=0,
    )
    db.session.add(version)
    db.session.flush()
    versions.write_texts(version, dict.fromkeys(LANGUAGES, blocks))
    if state is VersionState.PUBLISHED:
        versions.finish(version, now=clock.now())
    else:
        version.state = state
        db.session.flush()
    return version


def letters(count: int) -> Iterator[str]:
    """Half of them letters of 60 campaigns with a few words changed, half letters of their own."""
    chance = random.Random(3)
    vocabulary = [
        f"{stem}{number}"
        for stem in ("жол", "мектеп", "дорога", "вода", "орган", "право")
        for number in range(2000)
    ]

    def written(words: int) -> list[str]:
        return chance.choices(vocabulary, k=words)

    campaigns = [written(110) for _ in range(60)]
    for _ in range(count):
        if chance.random() > CAMPAIGN_LETTERS:
            yield " ".join(written(chance.randint(20, 200)))
            continue
        words = list(chance.choice(campaigns))
        for _ in range(chance.choice([0, 0, 1, 2, 4])):
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
        yield " ".join(words + (written(15) if chance.random() < 0.3 else []))


def add_letters(thread: Thread, count: int, *, keys: list[str], authors: list[int]) -> None:
    now = clock.now()
    rows = []
    for place, text in enumerate(letters(count)):
        rows.append(
            {
                "thread_id": thread.id,
                "author_id": authors[place % len(authors)],
                "shown_as": "Айгүл С.",
                "language": "ru",
                "text": text,
                "created_at": now,
                "sketch": list(sketch(text)),
                "anchor_key": keys[place % len(keys)] if keys else None,
                "anchor_path": "clause-1" if keys else None,
                "anchor_version": 1 if keys else None,
                "anchor_language": "ru" if keys else None,
            }
        )
        if len(rows) == 5000:
            db.session.execute(sa.insert(Comment), rows)
            rows = []
    if rows:
        db.session.execute(sa.insert(Comment), rows)


def measure_grouping(*, sizes: tuple[int, ...]) -> Iterator[Measured]:
    for count in sizes:
        with transaction():
            thread = add_draft().thread
            assert thread is not None
            authors = [citizen.account_id for citizen in add_citizens(min(count, 1000))]
            add_letters(thread, count, keys=[], authors=authors)
            number = thread.id
        _analyze()
        with transaction():
            thread = db.session.get_one(Thread, number)
            started = time.perf_counter()
            grouping.group_thread(thread, now=clock.now())
            seconds = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield Measured("group letters", f"{count:,}", seconds, f"{memory} MB at most so far")


def _analyze() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE comment"))


def measure_page(*, counts: tuple[int, ...], repeats: int) -> Iterator[tuple[int, dict[str, float]]]:
    """Median milliseconds of the pages of a draft with 300 clauses and so many comments, rendered anew each time."""
    from flask import current_app

    paragraphs = versions_of(CLAUSES * 210, random.Random(4))[0][:CLAUSES]
    blocks = reading.read(numbered(paragraphs).encode(), filename="a.txt")
    drafts = {}
    for count in counts:
        with transaction():
            draft = add_draft()
            version = add_version(draft, 1, blocks)
            keys = [clause.key for clause in queries.clauses(version, "ru")]
            authors = [citizen.account_id for citizen in add_citizens(min(count, 1000))]
            assert draft.thread is not None
            add_letters(draft.thread, count, keys=keys, authors=authors)
            drafts[count] = (draft.number, draft.thread.id)
    _analyze()
    for _, thread_id in drafts.values():
        with transaction():
            counting.changed(thread_id)
        with transaction():
            counting.run(clock.now())
    _analyze()
    current_app.page_cache.seconds = 0  # type: ignore[attr-defined]
    browser = current_app.test_client()
    times: dict[int, dict[str, list[float]]] = {count: {} for count in counts}
    for _ in range(repeats):
        # In turn, so that a disturbance of the machine meets all sizes.
        for count, (number, _thread) in drafts.items():
            for what, address in {
                "the draft": f"/ru/drafts/{number}",
                "one clause": f"/ru/drafts/{number}/clauses/article-1.clause-1",
                "its comments": f"/ru/drafts/{number}/comments",
            }.items():
                started = time.perf_counter()
                answer = browser.get(address)
                times[count].setdefault(what, []).append((time.perf_counter() - started) * 1000)
                assert answer.status_code == 200, (address, answer.status_code)
                answer.close()
    for count in counts:
        yield count, {what: statistics.median(found) for what, found in times[count].items()}
