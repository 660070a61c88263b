"""Every read on petitions: one petition and what belongs to it here; lists, counts and desks beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.comments.models import Thread
from app.db import db
from app.files.models import Attachment
from app.petitions.models import (
    AnswerRating,
    Decision,
    DemandAnswer,
    Document,
    Outcome,
    Petition,
    Rating,
    Step,
    Tally,
    TransitionRow,
)


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """What signers said of one answer; `n` of them."""

    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def n(self) -> int:
        return self.yes + self.partly + self.no


def by_number(number: int) -> Petition | None:
    """The petition with its addressee, demands and duties: what its page needs, in one query."""
    found = db.session.scalars(
        select(Petition)
        .where(Petition.number == number)
        .options(
            joinedload(Petition.check_duty),
            joinedload(Petition.register_duty),
            joinedload(Petition.review_duty),
            joinedload(Petition.letter_duty),
            joinedload(Petition.demands),
            joinedload(Petition.thread).joinedload(Thread.counted),
        )
    )
    return found.unique().one_or_none()


def by_id(petition_id: int) -> Petition | None:
    return db.session.get(Petition, petition_id)


def by_support_token(token: str) -> Petition | None:
    return db.session.scalar(select(Petition).where(Petition.support_token == token))


def by_register_duty(duty_ids: Sequence[int]) -> dict[int, Petition]:
    rows = db.session.scalars(select(Petition).where(Petition.register_duty_id.in_(duty_ids)))
    return {row.register_duty_id: row for row in rows if row.register_duty_id is not None}


def by_numbers(numbers: Iterable[int]) -> dict[int, Petition]:
    rows = db.session.scalars(select(Petition).where(Petition.number.in_(list(numbers))))
    return {row.number: row for row in rows}


def tally_of(petition: Petition) -> Tally | None:
    return db.session.get(Tally, petition.id)


def signatures_of(petitions: Iterable[Petition]) -> Mapping[int, int]:
    """Counts by petition id, for a list, in one query."""
    ids = [petition.id for petition in petitions]
    if not ids:
        return {}
    rows = db.session.execute(select(Tally.petition_id, Tally.signatures).where(Tally.petition_id.in_(ids)))
    return dict(rows.all())


def timeline_of(petition: Petition) -> Sequence[TransitionRow]:
    return db.session.scalars(
        select(TransitionRow).where(TransitionRow.petition_id == petition.id).order_by(TransitionRow.id)
    ).all()


def documents_of(petition: Petition) -> Sequence[Document]:
    return db.session.scalars(
        select(Document).where(Document.petition_id == petition.id).order_by(Document.id)
    ).all()


def document_of(petition: Petition, key: str) -> Document | None:
    """The document of this petition that addresses call `key`."""
    return db.session.scalar(
        select(Document)
        .join(Attachment, Attachment.id == Document.attachment_id)
        .where(Document.petition_id == petition.id, Attachment.public_key == key)
    )


def outcomes_of(petitions: Iterable[Petition]) -> Mapping[int, Outcome]:
    """What was decided, by petition id, for a list, in one query; undecided ones are missing."""
    ids = [petition.id for petition in petitions]
    if not ids:
        return {}
    rows = db.session.execute(
        select(Decision.petition_id, Decision.outcome).where(
            Decision.petition_id.in_(ids), Decision.published_at.is_not(None)
        )
    )
    return {petition_id: outcome for petition_id, outcome in rows if outcome is not None}


def steps_of(petition: Petition) -> Sequence[Step]:
    return db.session.scalars(select(Step).where(Step.petition_id == petition.id).order_by(Step.id)).all()


def step(step_id: int) -> Step | None:
    return db.session.get(Step, step_id)


def decision_of(petition: Petition) -> Decision | None:
    """The decision, draft or published: who may see which is the view's question to `published_at`."""
    return db.session.scalar(
        select(Decision).where(Decision.petition_id == petition.id).options(selectinload(Decision.answers))
    )


def published_decision_of(petition: Petition) -> Decision | None:
    """The decision that everybody may read, with its answers, in one query."""
    found = db.session.scalars(
        select(Decision)
        .where(Decision.petition_id == petition.id, Decision.published_at.is_not(None))
        .options(joinedload(Decision.answers).lazyload(DemandAnswer.demand))
    )
    return found.unique().one_or_none()


def ratings_of(decision: Decision) -> Mapping[int, RatingFigures]:
    """Figures by answer id, in one query."""
    rows = db.session.execute(
        select(AnswerRating.answer_id, AnswerRating.rating, func.count())
        .join(DemandAnswer, DemandAnswer.id == AnswerRating.answer_id)
        .where(DemandAnswer.decision_id == decision.id)
        .group_by(AnswerRating.answer_id, AnswerRating.rating)
    )
    counted: dict[int, dict[Rating, int]] = {}
    for answer_id, rating, count in rows:
        counted.setdefault(answer_id, {})[rating] = count
    return {
        answer_id: RatingFigures(
            yes=of.get(Rating.YES, 0), partly=of.get(Rating.PARTLY, 0), no=of.get(Rating.NO, 0)
        )
        for answer_id, of in counted.items()
    }


def own_ratings(decision: Decision, rater_key: bytes) -> Mapping[int, Rating]:
    rows = db.session.execute(
        select(AnswerRating.answer_id, AnswerRating.rating)
        .join(DemandAnswer, DemandAnswer.id == AnswerRating.answer_id)
        .where(DemandAnswer.decision_id == decision.id, AnswerRating.rater_key == rater_key)
    )
    return dict(rows.all())
