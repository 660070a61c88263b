"""The letters of a whole thread at once, in the background: what joining them one by one missed or put oddly."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest
from itertools import islice
from typing import Any

from sqlalchemy import exists, func, or_, select, text

from app.comments.lifecycle import State
from app.comments.models import Answer, Comment, Group, GroupState, Thread
from app.comments.services import counting
from app.comments.services.letters import (
    MOST_COMPARED,
    Scope,
    is_changed,
    letter_of,
    lock_groups,
    may_be_grouped,
    scope_of,
)
from app.comments.services.samples import renew_sample
from app.db import db
from app.text import near_duplicates

Progress = Callable[[int, int], None]

READ_AT_ONCE = 1_000
WRITTEN_AT_ONCE = 5_000

# The rows are locked first: an officer who begins to answer one of them is waited for, and the answer then seen.
LOCK_LETTERS = text(
    "SELECT id FROM comment WHERE id = ANY(CAST(:ids AS bigint[])) ORDER BY id FOR NO KEY UPDATE"
)
# What a person did since the letters were read wins over what was found meanwhile.
MOVE = text(
    """
    UPDATE comment SET group_id = found.group_id, is_changed = found.is_changed
    FROM unnest(CAST(:ids AS bigint[]), CAST(:before AS bigint[]),
                CAST(:groups AS bigint[]), CAST(:changed AS boolean[]))
         AS found (id, before, group_id, is_changed)
    WHERE comment.id = found.id AND comment.state = 'shown' AND comment.apart_at IS NULL
      AND comment.group_id IS NOT DISTINCT FROM found.before
      AND NOT EXISTS (SELECT FROM comment_answer WHERE comment_id = comment.id)
      AND (comment.group_id IS DISTINCT FROM found.group_id OR comment.is_changed <> found.is_changed)
    """
)
FORGET_EMPTY = text(
    """
    DELETE FROM comment_group AS empty
    WHERE thread_id = :thread_id AND state = 'proposed'
      AND NOT EXISTS (SELECT FROM comment WHERE group_id = empty.id)
      AND NOT EXISTS (SELECT FROM comment WHERE left_group_id = empty.id)
      AND NOT EXISTS (SELECT FROM comment_answer WHERE group_id = empty.id)
    """
)


@dataclass(slots=True)
class Settled:
    """A group that a person confirmed or began to answer, and what is near to its sample."""

    group_id: int
    scope: Scope
    sample: str
    letters: dict[int, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """The letters that are free, by what they are compared within; `before` is the group that each is in now."""

    before: dict[int, int | None] = field(default_factory=dict)
    by_scope: dict[Scope, list[tuple[int, str]]] = field(default_factory=dict)


def group_thread(thread: Thread, *, now: datetime, progress: Progress | None = None) -> int:
    """Groups all letters of the thread; how many groups it has then that nobody has confirmed.

    1. Groups that a person confirmed or began to answer stay as they are and take in what is near to their sample.
    2. All other letters are compared with each other anew; a group that is found again keeps its id.
    3. Under the thread's lock it is written down, but for letters that somebody moved meanwhile.

    Doing it twice changes nothing. `progress` is told how many of how many letters were looked at.
    """
    settled = _settled(thread)
    reading = _read(thread, settled)
    total = len(reading.before)
    found = list(_compared(reading, lambda done: progress(done, total) if progress else None))
    _write_down(thread, settled, reading, found, now=now)
    if progress:
        progress(total, total)
    proposed = select(func.count()).where(Group.thread_id == thread.id, Group.state == GroupState.PROPOSED)
    return db.session.scalar(proposed) or 0


def _is_settled() -> Any:
    return or_(Group.state == GroupState.CONFIRMED, exists().where(Answer.group_id == Group.id))


def _settled(thread: Thread) -> dict[int, Settled]:
    rows = db.session.execute(
        select(Group.id, Comment.text, Comment.proposed, Comment.language, Comment.anchor_key)
        .join(Comment, Comment.id == Group.sample_id)
        .where(Group.thread_id == thread.id, _is_settled())
    )
    found = {}
    for row in rows:
        sample = letter_of(row.text, row.proposed)
        scope = scope_of(sample, language=row.language, anchor_key=row.anchor_key)
        found[row.id] = Settled(row.id, scope, sample)
    return found


def _read(thread: Thread, settled: Mapping[int, Settled]) -> Reading:
    """The free letters, each distinct text in memory once; what is near to a settled group is put there."""
    columns = (
        Comment.id,
        Comment.group_id,
        Comment.language,
        Comment.anchor_key,
        Comment.text,
        Comment.proposed,
    )
    rows = db.session.execute(
        select(*columns)
        .where(Comment.thread_id == thread.id, may_be_grouped())
        .order_by(Comment.id)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    reading, known = Reading(), dict[str, str]()
    nearest = _Nearest(settled.values())
    for row in rows:
        if row.group_id in settled:
            continue
        letter = letter_of(row.text, row.proposed)
        letter = known.setdefault(letter, letter)
        scope = scope_of(letter, language=row.language, anchor_key=row.anchor_key)
        reading.before[row.id] = row.group_id
        near = nearest.to(scope, letter)
        if near is not None:
            near.letters[row.id] = is_changed(near.sample, letter)
        else:
            reading.by_scope.setdefault(scope, []).append((row.id, letter))
    return reading


class _Nearest:
    """Finds the settled group that a letter is near to."""

    def __init__(self, settled: Iterable[Settled]) -> None:
        self._by_member: dict[tuple[Scope, int], list[Settled]] = {}
        for group in settled:
            for member in near_duplicates.sketch(group.sample):
                self._by_member.setdefault((group.scope, member), []).append(group)
        self._same: dict[tuple[Scope, str], Settled | None] = {}

    def to(self, scope: Scope, letter: str) -> Settled | None:
        if not self._by_member:
            return None
        if (scope, letter) not in self._same:
            self._same[scope, letter] = self._find(scope, letter)
        return self._same[scope, letter]

    def _find(self, scope: Scope, letter: str) -> Settled | None:
        members = near_duplicates.sketch(letter)
        groups = {one.group_id: one for m in members for one in self._by_member.get((scope, m), ())}
        shared = Counter(one.group_id for m in members for one in self._by_member.get((scope, m), ()))
        best = nsmallest(MOST_COMPARED, shared, key=lambda number: (-shared[number], number))
        return next(
            (groups[number] for number in best if near_duplicates.is_near(groups[number].sample, letter)),
            None,
        )


def _compared(reading: Reading, done: Callable[[int], None]) -> Iterator[near_duplicates.Group]:
    """The groups of at least two letters among the free ones, the largest first in each language."""
    looked_at = 0

    def counted(letters: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        nonlocal looked_at
        for letter in letters:
            looked_at += 1
            if looked_at % READ_AT_ONCE == 0:
                done(looked_at)
            yield letter

    for scope in sorted(reading.by_scope, key=str):
        letters = reading.by_scope.pop(scope)
        if len(letters) > 1:
            yield from (one for one in near_duplicates.group(counted(letters)) if len(one.members) > 1)


def _write_down(
    thread: Thread,
    settled: Mapping[int, Settled],
    reading: Reading,
    found: list[near_duplicates.Group],
    *,
    now: datetime,
) -> None:
    lock_groups(thread.id)
    groups = db.session.scalars(
        select(Group).where(Group.thread_id == thread.id).order_by(Group.id).with_for_update(of=Group)
    ).all()
    settled_now = set(db.session.scalars(select(Group.id).where(Group.thread_id == thread.id, _is_settled())))
    # What a person settled while we were reading stays as that person saw it.
    meanwhile = settled_now - settled.keys()
    plan: dict[int, tuple[int | None, bool]] = {
        number: (None, False) for number, group_id in reading.before.items() if group_id not in meanwhile
    }
    for one in settled.values():
        if one.group_id in settled_now:
            plan.update({number: (one.group_id, changed) for number, changed in one.letters.items()})
    free = {group.id: group for group in groups if group.id not in settled_now}
    for group, letters in _named(thread, found, reading, free, plan.keys(), now=now):
        plan.update({number: (group.id, changed) for number, changed in letters.items()})
    _move(plan, reading.before)
    db.session.execute(FORGET_EMPTY, {"thread_id": thread.id})
    db.session.expire_all()
    _mend_samples(thread)
    counting.changed(thread.id)


def _named(
    thread: Thread,
    found: list[near_duplicates.Group],
    reading: Reading,
    free: dict[int, Group],
    movable: Any,
    *,
    now: datetime,
) -> list[tuple[Group, dict[int, bool]]]:
    """Each found group with its row: the one that most of its letters are in already, else a new one."""
    named: list[tuple[Group, dict[int, bool]]] = []
    samples = select(Comment.id, Comment.language).where(Comment.id.in_([one.sample for one in found]))
    languages: dict[int, str] = dict(db.session.execute(samples).all())
    for one in sorted(found, key=lambda one: -len(one.members)):
        letters = {int(str(m.key)): not m.is_exact for m in one.members if m.key in movable}
        sample = int(str(one.sample))
        if len(letters) < 2 or sample not in letters:
            continue
        homes = Counter(reading.before[number] for number in letters)
        home = next((number for number, _ in homes.most_common() if number in free), None)
        if home is not None:
            group = free.pop(home)
            group.sample_id, group.language = sample, languages[sample]
        else:
            group = Group(
                thread_id=thread.id,
                sample_id=sample,
                language=languages[sample],
                state=GroupState.PROPOSED,
                created_at=now,
            )
            db.session.add(group)
        named.append((group, letters))
    # Letters name their groups.
    db.session.flush()
    return named


def _move(plan: Mapping[int, tuple[int | None, bool]], before: Mapping[int, int | None]) -> None:
    numbers = iter(sorted(plan))
    while ids := list(islice(numbers, WRITTEN_AT_ONCE)):
        db.session.execute(LOCK_LETTERS, {"ids": ids})
        db.session.execute(
            MOVE,
            {
                "ids": ids,
                "before": [before[number] for number in ids],
                "groups": [plan[number][0] for number in ids],
                "changed": [plan[number][1] for number in ids],
            },
        )


def _mend_samples(thread: Thread) -> None:
    """A sample that was withdrawn or moved while we were reading is no sample any more."""
    gone = db.session.scalars(
        select(Comment)
        .join(Group, Group.sample_id == Comment.id)
        .where(
            Group.thread_id == thread.id,
            or_(Comment.group_id.is_distinct_from(Group.id), Comment.state != State.SHOWN),
        )
    )
    for comment in gone.unique().all():
        renew_sample(comment)
