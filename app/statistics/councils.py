"""How councils work: figures of all of them, and of one council with its members. Every figure is a grouped count
over the records themselves; nothing is stored beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.councils.models import Council, CouncilLevel, Member
from app.db import db
from app.duties.models import Duty
from app.duties.queries import IS_OPEN, LAST_DAY
from app.recommendations.lifecycle import AnswerKind
from app.recommendations.lifecycle import State as ListState
from app.recommendations.models import Recommendation, RecommendationAnswer, RecommendationList
from app.sittings.lifecycle import (
    IN_THE_ROOM,
    AttendanceKind,
    Choice,
    ExaminationState,
    RulingState,
    VotingState,
)
from app.sittings.models import (
    Attendance,
    Conflict,
    Dissent,
    Examination,
    Opinion,
    Ruling,
    Sitting,
    Vote,
    Voting,
)


@dataclass(frozen=True, slots=True)
class CouncilFigures:
    """What one council, or all of them, did. `tacit` are drafts on which it kept silent until the term was over,
    `recommendations` those that were issued, and what the bodies answered to them."""

    sittings: int = 0
    drafts: int = 0
    waiting: int = 0
    ruled: int = 0
    tacit: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    recommendations: int = 0
    accepted: int = 0
    partly: int = 0
    refused: int = 0
    answers_late: int = 0

    @property
    def ended(self) -> int:
        """Drafts whose term is over, one way or the other."""
        return self.ruled + self.tacit

    @property
    def tacit_percent(self) -> int | None:
        """The share of silence, in whole percent; None before the first term has ended."""
        return round(100 * self.tacit / self.ended) if self.ended else None

    @property
    def unanswered(self) -> int:
        return self.recommendations - self.accepted - self.partly - self.refused


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """One member in one seat: sittings held while the seat was theirs, and what they did in them."""

    sittings: int = 0
    attended: int = 0
    remotely: int = 0
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    dissents: int = 0
    conflicts: int = 0
    opinions: int = 0

    @property
    def votes(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Structure:
    """How many places the register has: of the republican level with the quasi-state sector, and local ones."""

    republican: int
    regional: int
    below: int  # cities and districts
    with_members: int

    @property
    def local(self) -> int:
        return self.regional + self.below

    @property
    def total(self) -> int:
        return self.republican + self.local


def structure(*, today: date) -> Structure:
    counted = select(Council.level, func.count()).where(Council.is_active).group_by(Council.level)
    by_level = dict(db.session.execute(counted).all())
    peopled = db.session.scalar(
        select(func.count(distinct(Member.council_id))).where(
            Member.starts_on <= today, func.coalesce(Member.ended_on, Member.ends_on) >= today
        )
    )
    return Structure(
        republican=by_level.get(CouncilLevel.REPUBLICAN, 0) + by_level.get(CouncilLevel.QUASI_STATE, 0),
        regional=by_level.get(CouncilLevel.REGIONAL, 0),
        below=by_level.get(CouncilLevel.CITY, 0) + by_level.get(CouncilLevel.DISTRICT, 0),
        with_members=peopled or 0,
    )


def figures(*, today: date, council_ids: Iterable[int] | None = None) -> dict[int, CouncilFigures]:
    """By council, those alone that did anything; of all without `council_ids`. Six queries, whatever their number."""
    wanted = None if council_ids is None else list(council_ids)
    found: dict[int, dict[str, int]] = {}
    outcomes: dict[int, dict[str, int]] = {}
    for query in (_sittings(), _examinations(), _rows(), _late(today)):
        for row in db.session.execute(_narrowed(query, wanted)).mappings():
            values = dict(row)
            found.setdefault(values.pop("council_id"), {}).update(values)
    for council_id, outcome, count in db.session.execute(_narrowed(_outcomes(), wanted)):
        outcomes.setdefault(council_id, {})[outcome] = count
    return {
        council_id: CouncilFigures(**found.get(council_id, {}), outcomes=outcomes.get(council_id, {}))
        for council_id in found.keys() | outcomes.keys()
    }


def sum_of(all_figures: Iterable[CouncilFigures]) -> CouncilFigures:
    """All of them as if they were one council's."""
    rows = list(all_figures)
    summed = {
        name: sum(getattr(row, name) for row in rows)
        for name in CouncilFigures.__slots__
        if name != "outcomes"
    }
    outcomes: dict[str, int] = {}
    for row in rows:
        for outcome, count in row.outcomes.items():
            outcomes[outcome] = outcomes.get(outcome, 0) + count
    return CouncilFigures(**summed, outcomes=outcomes)


def _narrowed(query: Select[*tuple[Any, ...]], wanted: list[int] | None) -> Select[*tuple[Any, ...]]:
    return query if wanted is None else query.where(query.selected_columns.council_id.in_(wanted))


def _sittings() -> Select[*tuple[Any, ...]]:
    return (
        select(Sitting.council_id, func.count().label("sittings"))
        .where(Sitting.opened_at.is_not(None))
        .group_by(Sitting.council_id)
    )


def _examinations() -> Select[*tuple[Any, ...]]:
    def of(state: ExaminationState) -> ColumnElement[int]:
        return func.count(case((Examination.state == state, 1))).label(state.value)

    return select(
        Examination.council_id,
        func.count().label("drafts"),
        of(ExaminationState.WAITING),
        of(ExaminationState.RULED),
        of(ExaminationState.TACIT),
    ).group_by(Examination.council_id)


def _outcomes() -> Select[*tuple[Any, ...]]:
    return (
        select(Ruling.council_id, Ruling.outcome, func.count())
        .where(Ruling.state == RulingState.PUBLISHED)
        .group_by(Ruling.council_id, Ruling.outcome)
    )


def _rows() -> Select[*tuple[Any, ...]]:
    """Recommendations that were issued, with what was answered in public."""
    is_answered = RecommendationList.state == ListState.ANSWERED

    def answered(kind: AnswerKind) -> ColumnElement[int]:
        return func.count(case((is_answered & (RecommendationAnswer.kind == kind), 1))).label(kind.value)

    return (
        select(
            RecommendationList.council_id,
            func.count(Recommendation.id).label("recommendations"),
            answered(AnswerKind.ACCEPTED),
            answered(AnswerKind.PARTLY),
            answered(AnswerKind.REFUSED),
        )
        .join(Recommendation, Recommendation.list_id == RecommendationList.id)
        .outerjoin(RecommendationAnswer, RecommendationAnswer.recommendation_id == Recommendation.id)
        .where(
            RecommendationList.council_id.is_not(None),
            RecommendationList.state.in_((ListState.ISSUED, ListState.ANSWERED)),
        )
        .group_by(RecommendationList.council_id)
    )


def _late(today: date) -> Select[*tuple[Any, ...]]:
    """Answers to its recommendations that came late, or are owed still and late already."""
    late = Duty.fulfilled_on > LAST_DAY
    overdue = IS_OPEN & (today > LAST_DAY)
    return (
        select(RecommendationList.council_id, func.count().label("answers_late"))
        .join(Duty, Duty.id == RecommendationList.duty_id)
        .where(RecommendationList.council_id.is_not(None), late | overdue)
        .group_by(RecommendationList.council_id)
    )


def members_figures(council: Council, members: Sequence[Member]) -> dict[int, MemberFigures]:
    """By member. A sitting counts for whoever had a seat on its day; being there at any time of it is attending."""
    ids = [member.id for member in members]
    if not ids:
        return {}
    days = [
        (sitting_id, clock.today(opened_at))
        for sitting_id, opened_at in db.session.execute(
            select(Sitting.id, Sitting.opened_at).where(
                Sitting.council_id == council.id, Sitting.opened_at.is_not(None)
            )
        )
    ]
    came = _attended([sitting_id for sitting_id, _ in days])
    voices = _voices(ids)
    aside = _counted(Conflict.member_id, ids)
    outvoted = _counted(Dissent.member_id, ids)
    wrote = _counted(Opinion.member_id, ids)
    found = {}
    for member in members:
        own = [sitting_id for sitting_id, day in days if member.sits_on(day)]
        there = [came[sitting_id][member.id] for sitting_id in own if member.id in came.get(sitting_id, {})]
        cast = voices.get(member.id, {})
        found[member.id] = MemberFigures(
            sittings=len(own),
            attended=len(there),
            remotely=sum(there),
            in_favour=cast.get(Choice.FOR, 0),
            against=cast.get(Choice.AGAINST, 0),
            abstained=cast.get(Choice.ABSTAINED, 0),
            dissents=outvoted.get(member.id, 0),
            conflicts=aside.get(member.id, 0),
            opinions=wrote.get(member.id, 0),
        )
    return found


def _attended(sitting_ids: list[int]) -> dict[int, dict[int, bool]]:
    """By sitting and member: whoever was there, True if only remotely."""
    found: dict[int, dict[int, bool]] = {}
    for sitting_id, member_id, only_remote in db.session.execute(
        select(
            Attendance.sitting_id,
            Attendance.member_id,
            func.bool_and(Attendance.kind == AttendanceKind.REMOTE),
        )
        .where(Attendance.sitting_id.in_(sitting_ids), Attendance.kind.in_(IN_THE_ROOM))
        .group_by(Attendance.sitting_id, Attendance.member_id)
    ):
        found.setdefault(sitting_id, {})[member_id] = only_remote
    return found


def _voices(member_ids: list[int]) -> dict[int, dict[Choice, int]]:
    """Voices in votes that were closed; voided ones are none."""
    found: dict[int, dict[Choice, int]] = {}
    for member_id, choice, count in db.session.execute(
        select(Vote.member_id, Vote.choice, func.count())
        .join(Voting, Voting.id == Vote.voting_id)
        .where(Vote.member_id.in_(member_ids), Vote.voided_at.is_(None), Voting.state == VotingState.CLOSED)
        .group_by(Vote.member_id, Vote.choice)
    ):
        found.setdefault(member_id, {})[choice] = count
    return found


def _counted(column: InstrumentedAttribute[int], member_ids: list[int]) -> dict[int, int]:
    counted = select(column, func.count()).where(column.in_(member_ids)).group_by(column)
    return dict(db.session.execute(counted).all())


def table(*, today: date, level: CouncilLevel | None = None) -> list[tuple[Council, CouncilFigures]]:
    """Councils that have something to count, most drafts first."""
    found = figures(today=today)
    query = select(Council).where(Council.id.in_(found.keys()))
    if level is not None:
        query = query.where(Council.level == level)
    rows = [(council, found[council.id]) for council in db.session.scalars(query)]
    return sorted(rows, key=lambda row: (-row[1].drafts, -row[1].sittings, row[0].name))
