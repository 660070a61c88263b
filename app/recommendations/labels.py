"""Recommendations and their answers in words, and where the thing that they come from is read."""

from typing import Any

from flask import url_for

from app import clock
from app.duties.queries import Clock, clock_of
from app.i18n import _l, in_reader_language, language_shown
from app.law import Deadline, council_rules_version
from app.law.labels import period
from app.promises.labels import thing_address, thing_name
from app.recommendations.lifecycle import AnswerKind, State
from app.recommendations.models import Recommendation, RecommendationList
from app.recommendations.services.listing import ower_today
from app.web.labels import Label

__all__ = [
    "ANSWER_KINDS",
    "STATES",
    "answers_now",
    "clause_address",
    "clause_label",
    "clock_shown",
    "deadline_of",
    "language_of",
    "period",
    "source_address",
    "source_name",
    "thing_address",
    "thing_name",
]

STATES: dict[State, Label] = {
    State.PREPARING: Label(_l("In preparation"), "quiet"),
    State.ISSUED: Label(_l("Answer owed"), "open"),
    State.ANSWERED: Label(_l("Answered"), "good"),
    State.WITHDRAWN: Label(_l("No answer owed any more"), "quiet"),
}

ANSWER_KINDS: dict[AnswerKind, Label] = {
    AnswerKind.ACCEPTED: Label(_l("Recommendation accepted"), "good"),
    AnswerKind.PARTLY: Label(_l("Recommendation accepted in part"), "soon"),
    AnswerKind.REFUSED: Label(_l("Recommendation not accepted"), "late"),
}


def source_name(listed: RecommendationList) -> str:
    return thing_name(listed.source_kind, listed.source_number)


def source_address(listed: RecommendationList) -> str | None:
    return thing_address(listed.source_kind, listed.source_number)


def clause_address(row: Recommendation) -> str | None:
    """The clause in the draft, as it is read today."""
    listed = row.list
    if row.clause_path is None or listed.subject_kind != "draft" or listed.subject_number is None:
        return None
    return url_for("consultations.clause", number=listed.subject_number, anchor=row.clause_path)


def clause_label(row: Recommendation) -> str:
    return in_reader_language(**row.clause_label) if row.clause_label else (row.clause_path or "")


def language_of(row: Recommendation) -> str:
    """The language in which its text is shown."""
    return language_shown(row.texts)


def clock_shown(listed: RecommendationList) -> Clock | None:
    """The clock of the answer; None where none runs."""
    return clock_of(listed.duty, today=clock.today()) if listed.duty is not None else None


def answers_now(listed: RecommendationList) -> Any:
    """The successor that owes the answer in the place of the body that was addressed; None if that body itself does."""
    if listed.agency is None:
        return None
    ower = listed.duty.agency if listed.duty is not None else ower_today(listed.agency)
    return ower if ower is not None and ower.id != listed.agency.id else None


def deadline_of(listed: RecommendationList) -> Deadline | None:
    """The rule by which the answer is due."""
    if listed.duty is None:
        return None
    return council_rules_version(listed.duty.rules_version).deadlines.get(listed.duty.deadline)
