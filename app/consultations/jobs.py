"""What runs for draft acts without a click: load, call a service."""

from app import clock
from app.comments.events import AnswerPublished
from app.consultations import queries
from app.consultations.events import ComparisonAsked, ReportAsked, VersionPublished
from app.consultations.services import announcing, answering, attitudes, carrying, comparing, reporting


def compare(fact: ComparisonAsked) -> None:
    version = queries.version_by_id(fact.version_id)
    if version is not None:
        comparing.compare(version, attempt=fact.attempt)


def carry(fact: VersionPublished) -> None:
    version = queries.version_by_id(fact.version_id)
    if version is not None:
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
