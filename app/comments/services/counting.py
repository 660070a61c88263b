"""Counting apart from writing: requests add a row that says "this thread changed", one counter at a time makes the
sums anew from the comments themselves, so that no sum can drift (docs/architecture.md 5).

Everything is set-based: a thread of 50,000 comments is counted in a few statements, none of them per comment.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.comments.models import ThreadChange
from app.db import db
from app.law import consultation_rules_in_force

LOCK = func.pg_try_advisory_xact_lock(func.hashtextextended("comment_counts", 0))
BATCH = 20_000
# 95 % confidence, as everywhere where a lower bound is taken for a rank.
Z = 1.96

# The oldest changes, all of each thread together. A thread with thousands of comments is not counted at every single
# one: it waits a fifth of a millisecond for each comment that it has, 10 seconds with 50,000.
TAKE = text(
    """
    WITH waiting AS (
        SELECT DISTINCT thread_id FROM (
            SELECT thread_id FROM comment_thread_change ORDER BY id LIMIT :batch
        ) AS oldest
    ), due AS (
        SELECT thread_id FROM waiting LEFT JOIN comment_thread_figures AS figures USING (thread_id)
        WHERE figures.comments IS NULL OR figures.comments < 5000
           OR figures.counted_at <= :now - figures.comments * interval '0.2 milliseconds'
    )
    DELETE FROM comment_thread_change USING due WHERE comment_thread_change.thread_id = due.thread_id
    RETURNING comment_thread_change.thread_id
    """
)

# A letter that was brought in has no account: each is a person of its own.
# A published answer serves its own comment, or every letter of its group; an own answer goes before the group's.
# It is formal if more than the rules' share of all other answers of the thread say the same, word for word.
FIGURES = text(
    """
    WITH answer AS (
        SELECT comment_id, group_id,
               coalesce(duty.extended_to, duty.due_on) IS NULL
                   OR (answer.published_at AT TIME ZONE 'Asia/Almaty')::date
                       <= coalesce(duty.extended_to, duty.due_on) AS on_time,
               (count(*) OVER (PARTITION BY answer.thread_id, text_hash) - 1) * :denominator
                   > (count(*) OVER (PARTITION BY answer.thread_id) - 1) * :numerator AS formal
        FROM comment_answer AS answer
        JOIN comment_thread AS thread ON thread.id = answer.thread_id
        LEFT JOIN duty ON duty.id = thread.duty_id
        WHERE answer.thread_id = ANY(:threads) AND answer.state = 'published'
    ), served AS (
        SELECT comment.thread_id, coalesce(comment.author_id, -comment.id) AS person, comment.group_id,
               coalesce(own.on_time, shared.on_time) AS on_time, coalesce(own.formal, shared.formal) AS formal
        FROM comment
        LEFT JOIN answer AS own ON own.comment_id = comment.id
        LEFT JOIN answer AS shared ON shared.group_id = comment.group_id
        WHERE comment.thread_id = ANY(:threads) AND comment.parent_id IS NULL AND comment.state = 'shown'
    ), summed AS (
        SELECT thread_id, count(*) AS comments, count(DISTINCT person) AS people,
               count(DISTINCT group_id) + count(*) FILTER (WHERE group_id IS NULL) AS texts,
               count(on_time) AS answered,
               count(DISTINCT person) FILTER (WHERE on_time IS NOT NULL) AS answered_people,
               count(DISTINCT group_id) FILTER (WHERE on_time IS NOT NULL)
                   + count(*) FILTER (WHERE group_id IS NULL AND on_time IS NOT NULL) AS answered_texts,
               count(*) FILTER (WHERE on_time) AS on_time, count(*) FILTER (WHERE NOT on_time) AS late,
               count(*) FILTER (WHERE formal) AS formal
        FROM served GROUP BY thread_id
    ), replied AS (
        SELECT thread_id, count(*) AS replies FROM comment
        WHERE thread_id = ANY(:threads) AND parent_id IS NOT NULL AND state = 'shown' GROUP BY thread_id
    )
    INSERT INTO comment_thread_figures (thread_id, comments, replies, people, texts, answered, answered_people,
                                        answered_texts, on_time, late, formal, counted_at)
    SELECT id, coalesce(comments, 0), coalesce(replies, 0), coalesce(people, 0), coalesce(texts, 0),
           coalesce(answered, 0), coalesce(answered_people, 0), coalesce(answered_texts, 0),
           coalesce(on_time, 0), coalesce(late, 0), coalesce(formal, 0), :now
    FROM unnest(:threads) AS id
    LEFT JOIN summed ON summed.thread_id = id LEFT JOIN replied ON replied.thread_id = id
    ON CONFLICT (thread_id) DO UPDATE SET
        comments = excluded.comments, replies = excluded.replies, people = excluded.people,
        texts = excluded.texts, answered = excluded.answered, answered_people = excluded.answered_people,
        answered_texts = excluded.answered_texts, on_time = excluded.on_time, late = excluded.late,
        formal = excluded.formal, counted_at = excluded.counted_at
    """
)

FORGET_EMPTY_ANCHORS = text(
    """
    DELETE FROM comment_anchor_count AS counted WHERE thread_id = ANY(:threads) AND NOT EXISTS (
        SELECT FROM comment
        WHERE comment.thread_id = counted.thread_id AND comment.anchor_key = counted.anchor_key
          AND parent_id IS NULL AND state = 'shown'
    )
    """
)
ANCHORS = text(
    """
    INSERT INTO comment_anchor_count AS counted (thread_id, anchor_key, comments)
    SELECT thread_id, anchor_key, count(*) FROM comment
    WHERE thread_id = ANY(:threads) AND parent_id IS NULL AND anchor_key IS NOT NULL AND state = 'shown'
    GROUP BY thread_id, anchor_key
    ON CONFLICT (thread_id, anchor_key) DO UPDATE SET comments = excluded.comments
    WHERE counted.comments <> excluded.comments
    """
)

# One sort instead of a query per comment: going back in time, each participant is met once, at their last deed, and
# each comment sees how many were met before it. Numbers are rounded to three digits, so that a new participant does
# not rewrite every score of a long thread. Rows that a request holds are left for the next run, so that the counter
# waits for nobody; the threads of such rows are what the statement yields.
SCORES = text(
    """
    WITH ours AS MATERIALIZED (
        SELECT id, thread_id, author_id, state, created_at, agreements, score
        FROM comment WHERE thread_id = ANY(:threads)
    ), agreement AS MATERIALIZED (
        SELECT comment_id, account_id, at, thread_id
        FROM comment_agreement JOIN ours ON ours.id = comment_id
    ), agreed AS (
        SELECT comment_id, count(*) AS agreements FROM agreement GROUP BY comment_id
    ), scored AS (
        SELECT id, thread_id, created_at, coalesce(agreed.agreements, 0) AS agreements,
               ours.agreements AS agreements_before, score AS score_before
        FROM ours LEFT JOIN agreed ON agreed.comment_id = id
        WHERE agreed.agreements IS NOT NULL OR ours.agreements <> 0
    ), deed AS (
        SELECT thread_id, coalesce(author_id, -id) AS person, created_at AS at FROM ours WHERE state = 'shown'
        UNION ALL
        SELECT thread_id, account_id, at FROM agreement
    ), participant AS (
        SELECT thread_id, max(at) AS at FROM deed GROUP BY thread_id, person
    ), met AS (
        SELECT id, thread_id, agreements, agreements_before, score_before,
               -- Without the author, who cannot agree.
               greatest(agreements, sum((id IS NULL)::integer) OVER back - 1)::double precision AS people
        FROM (
            SELECT thread_id, at, NULL::bigint AS id, 0 AS agreements, 0 AS agreements_before, 0 AS score_before
            FROM participant
            UNION ALL
            SELECT thread_id, created_at, id, agreements, agreements_before, score_before FROM scored
        ) AS moment
        WINDOW back AS (
            PARTITION BY thread_id ORDER BY at DESC, id NULLS FIRST ROWS UNBOUNDED PRECEDING
        )
    ), bound AS (
        SELECT *, CASE WHEN agreements = 0 THEN 0 ELSE
            (share + z2 / (2 * people) - sqrt(z2 * (share * (1 - share) + z2 / (4 * people)) / people))
            / (1 + z2 / people)
        END AS exact
        FROM (
            SELECT *, :z ^ 2 AS z2, agreements / greatest(people, 1) AS share FROM met WHERE id IS NOT NULL
        ) AS counted
    ), wanted AS (
        SELECT id, thread_id, agreements, agreements_before, score_before,
               CASE WHEN exact <= 0 THEN 0 ELSE round(exact * digits) / digits END AS score
        FROM (
            -- In floating point: the same in numeric takes three seconds for 25,000 scores.
            SELECT *, CASE WHEN exact > 0 THEN 10 ^ (2 - floor(log(exact))) END AS digits FROM bound
        ) AS rounding
    ), changed AS (
        SELECT id, thread_id, agreements, score FROM wanted
        WHERE agreements <> agreements_before OR score <> score_before
    ), free AS (
        SELECT id FROM comment WHERE id IN (SELECT id FROM changed) FOR NO KEY UPDATE SKIP LOCKED
    ), written AS (
        UPDATE comment SET agreements = changed.agreements, score = changed.score
        FROM changed JOIN free USING (id) WHERE comment.id = changed.id
    )
    SELECT DISTINCT thread_id FROM changed WHERE id NOT IN (SELECT id FROM free)
    """
)

ANSWERED = text(
    """
    WITH answer AS (
        SELECT comment_id, group_id FROM comment_answer
        WHERE thread_id = ANY(:threads) AND state = 'published'
    ), served AS (
        SELECT comment.id, own.comment_id IS NOT NULL OR shared.group_id IS NOT NULL AS is_answered
        FROM comment
        LEFT JOIN answer AS own ON own.comment_id = comment.id
        LEFT JOIN answer AS shared ON shared.group_id = comment.group_id
        WHERE thread_id = ANY(:threads) AND parent_id IS NULL
    ), changed AS (
        SELECT id, thread_id, served.is_answered FROM comment JOIN served USING (id)
        WHERE comment.is_answered <> served.is_answered
    ), free AS (
        SELECT id FROM comment WHERE id IN (SELECT id FROM changed) FOR NO KEY UPDATE SKIP LOCKED
    ), written AS (
        UPDATE comment SET is_answered = changed.is_answered
        FROM changed JOIN free USING (id) WHERE comment.id = changed.id
    )
    SELECT DISTINCT thread_id FROM changed WHERE id NOT IN (SELECT id FROM free)
    """
)

GROUPS = text(
    """
    WITH counted AS (
        SELECT ours.id, count(DISTINCT coalesce(author_id, -comment.id)) AS people,
               count(DISTINCT coalesce(author_id, -comment.id)) FILTER (WHERE is_changed) AS changed
        FROM comment_group AS ours LEFT JOIN comment ON group_id = ours.id AND comment.state = 'shown'
        WHERE ours.thread_id = ANY(:threads) GROUP BY ours.id
    ), changed AS (
        SELECT id, thread_id, counted.people, counted.changed FROM comment_group JOIN counted USING (id)
        WHERE comment_group.people <> counted.people OR comment_group.changed <> counted.changed
    ), free AS (
        SELECT id FROM comment_group WHERE id IN (SELECT id FROM changed) FOR NO KEY UPDATE SKIP LOCKED
    ), written AS (
        UPDATE comment_group SET people = changed.people, changed = changed.changed
        FROM changed JOIN free USING (id) WHERE comment_group.id = changed.id
    )
    SELECT DISTINCT thread_id FROM changed WHERE id NOT IN (SELECT id FROM free)
    """
)


def changed(thread_id: int) -> None:
    """Says that the counts of this thread are to be made anew. Adds a row, waits for nobody."""
    db.session.execute(insert(ThreadChange).values(thread_id=thread_id))


def run(now: datetime, *, batch: int = BATCH) -> int:
    """Counts the threads that changed, those of the oldest `batch` changes; how many threads.

    0 also when another counter is at work: the lock is tried, not waited for, and freed with the transaction.

    A comment's `score` is the lower bound of Wilson's interval (E. B. Wilson, Probable inference, the law of
    succession, and statistical inference, Journal of the American Statistical Association 22, 1927) for the share k/n
    of people who agree: k agreed, of the n participants of the thread (who commented, replied or agreed) that were
    there since the comment was posted, its author left out. So one agreement of one does not go before ninety of a
    hundred, and an old comment is not ahead merely for having been there longer.
    """
    if not db.session.scalar(select(LOCK)):
        return 0
    threads = sorted(set(db.session.scalars(TAKE, {"batch": batch, "now": now})))
    if threads:
        _count(threads, now=now)
    return len(threads)


def _count(threads: Sequence[int], *, now: datetime) -> None:
    limits = consultation_rules_in_force(clock.today(now)).limits
    values = {
        "threads": list(threads),
        "now": now,
        "numerator": limits.formal_share_numerator,
        "denominator": limits.formal_share_denominator,
        "z": Z,
    }
    for statement in (FIGURES, FORGET_EMPTY_ANCHORS, ANCHORS):
        db.session.execute(statement, values)
    left: set[int] = set()
    for statement in (SCORES, ANSWERED, GROUPS):
        left.update(db.session.scalars(statement, values))
    for thread_id in left:
        changed(thread_id)
