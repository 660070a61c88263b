"""What runs for draft acts without a click: load, call a service."""

import structlog
from sqlalchemy.exc import DBAPIError

from app import clock
from app.comments import queries as comments
from app.comments.events import AnswerPublished, CommentPosted
from app.consultations import queries, subject
from app.consultations.events import ComparisonAsked, ReportAsked, VersionPublished
from app.consultations.services import announcing, answering, attitudes, carrying, comparing, reporting
from app.db import db

log = structlog.get_logger()


def compare(fact: ComparisonAsked) -> None:
    """A text on which the comparison fails goes back to its officers: trying again would fail again, and lock it."""
    version = queries.version_by_id(fact.version_id)
    if version is None:
        return
    try:
        with db.session.begin_nested():
            comparing.compare(version, attempt=fact.attempt)
    except DBAPIError:
        raise
    except Exception:
        log.exception("a comparison failed", version=fact.version_id)
        comparing.give_up(version, attempt=fact.attempt)


def carry(fact: VersionPublished) -> None:
    version = queries.version_by_id(fact.version_id)
    if version is not None:
        carrying.carry(version, now=clock.now())


def carry_late(fact: CommentPosted) -> None:
    """A comment on a version that was replaced while it was being written learns what became of its clause too."""
    comment = comments.by_id(fact.comment_id)
    if comment is None or comment.anchor_version is None or comment.thread.subject_kind != subject.KIND:
        return
    draft = queries.by_thread(comment.thread_id)
    for version in queries.published_versions(draft) if draft is not None else ():
        if version.number > comment.anchor_version:
            carrying.carry(version, now=clock.now())


def open_and_close() -> None:
    """Discussions whose first day came, or whose last day is over."""
    announcing.open_and_close(now=clock.now())


def count_attitudes() -> None:
    attitudes.count(now=clock.now())


def make_report(fact: ReportAsked) -> None:
    draft = queries.by_id(fact.draft_id)
    if draft is not None:
        reporting.make(draft, attempt=fact.attempt, now=clock.now())


def see_answers(fact: AnswerPublished) -> None:
    """With the last answer the body's duty to answer is done."""
    draft = queries.by_answer(fact.answer_id)
    if draft is not None:
        answering.see_all_answered(draft, now=clock.now())


def chase() -> None:
    """Says in public, once, that answers are overdue."""
    answering.announce_overdue(now=clock.now())
