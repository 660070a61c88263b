"""The other ends of a petition: taken back, not supported, closed, removed."""

from datetime import datetime

from sqlalchemy import select

from app import clock
from app.access import CLOCK, Actor
from app.db import db
from app.duties import queries as duty_queries
from app.duties import services as duties
from app.duties.models import DutyKind
from app.law import rules_version
from app.outbox import publish
from app.petitions.actions import Action
from app.petitions.events import (
    LetterAnswered,
    PetitionClosed,
    PetitionRemoved,
    PetitionReturned,
    PetitionWithdrawn,
    ReviewOverdue,
)
from app.petitions.lifecycle import State
from app.petitions.models import Petition, Signature
from app.petitions.services.checking import fail_first_support
from app.petitions.services.reasons import require_reason
from app.petitions.services.transitions import lock, move

BATCH = 200


def withdraw(petition: Petition, *, actor: Actor, now: datetime) -> Petition:
    """The author takes the petition back, which is possible until it is published (APPC art. 64(9), as inferred)."""
    move(petition, Action.WITHDRAW, actor=actor, now=now, fact=PetitionWithdrawn)
    if petition.check_duty:
        duties.cancel(petition.check_duty, now=now)
    return petition


def close(petition: Petition, *, note: str, actor: Actor, now: datetime) -> Petition:
    """A moderator ends a published petition at its author's wish, with a note that everybody reads."""
    require_reason(note, field="note")
    return move(
        petition,
        Action.CLOSE,
        actor=actor,
        now=now,
        fact=PetitionClosed,
        note=note,
        columns={"closing_note": note},
    )


def remove(petition: Petition, *, note: str, actor: Actor, now: datetime) -> Petition:
    """Takes a petition out of free access by a court's decision; a stub with the note stays."""
    require_reason(note, field="note")
    for duty in (petition.register_duty, petition.review_duty, petition.letter_duty):
        if duty:
            duties.cancel(duty, now=now)
    return move(
        petition,
        Action.REMOVE,
        actor=actor,
        now=now,
        fact=PetitionRemoved,
        note=note,
        columns={"closing_note": note},
    )


def return_unsupported(petition: Petition, *, now: datetime) -> Petition:
    """Six months are over below the threshold: back to the author, and to the addressee as an ordinary letter, whose
    answer is owed within the general term (APPC art. 90-3(5), 76(1))."""
    lock(petition)
    assert petition.addressee is not None  # noqa: S101  a CHECK says so
    if petition.state is not State.PUBLISHED:
        return petition
    rules = rules_version(petition.rules_version or "")
    duty = duties.start(
        DutyKind.LETTER_ANSWER,
        agency=petition.addressee,
        subject_kind="petition",
        subject_number=petition.number,
        deadline=rules.deadline("letter_answer"),
        rules_version=rules.id,
        started_on=clock.today(now),
    )
    return move(
        petition,
        Action.RETURN,
        actor=CLOCK,
        now=now,
        fact=PetitionReturned,
        columns={"letter_duty_id": duty.id},
    )


def answer_letter(petition: Petition, *, text: str, actor: Actor, now: datetime) -> Petition:
    """The addressee answers the letter that an unsupported petition became; the answer is shown to everybody."""
    require_reason(text, field="text")
    if petition.letter_duty:
        duties.fulfil(petition.letter_duty, now=now)
    return move(
        petition,
        Action.ANSWER_LETTER,
        actor=actor,
        now=now,
        fact=LetterAnswered,
        columns={"letter_answer": text, "letter_answered_at": now},
    )


def end_terms(*, now: datetime) -> int:
    """Ends what has run out: terms of first support, and of collecting signatures. How many petitions it moved.

    Signatures up to the last instant are counted first: a petition with uncounted ones waits for the sequencer.
    """
    waiting = (
        select(Signature.id)
        .where(
            Signature.petition_id == Petition.id, Signature.log_index.is_(None), Signature.departure.is_(None)
        )
        .exists()
    )
    lapsed = db.session.scalars(
        select(Petition)
        .where(
            Petition.state == State.SUBMITTED,
            Petition.first_support_at.is_(None),
            Petition.support_closes_at <= now,
            ~waiting,
        )
        .limit(BATCH)
    ).all()
    for petition in lapsed:
        fail_first_support(petition, now=now)
    ended = db.session.scalars(
        select(Petition)
        .where(Petition.state == State.PUBLISHED, Petition.closes_at <= now, ~waiting)
        .limit(BATCH)
    ).all()
    for petition in ended:
        return_unsupported(petition, now=now)
    return len(lapsed) + len(ended)


def announce_overdue_reviews(*, now: datetime) -> int:
    """Says once of each review that its last day is over and no decision came."""
    late = [
        duty
        for duty in duty_queries.late(kind=DutyKind.REVIEW, before=clock.today(now))
        if duty.reminded_at is None
    ]
    for duty in late:
        duty.reminded_at = now
    reviewed = select(Petition.id).where(Petition.review_duty_id.in_([duty.id for duty in late]))
    for petition_id in db.session.scalars(reviewed).all():
        publish(ReviewOverdue(petition_id=petition_id))
    return len(late)
