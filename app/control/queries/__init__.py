"""Reads of public control: one act, one question, one document."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.control.models import ControlAct, ControlFile, Participant, Question, QuestionSupport
from app.councils.models import Council
from app.db import db
from app.files.models import Attachment


def by_number(number: int) -> ControlAct | None:
    return db.session.scalar(select(ControlAct).where(ControlAct.number == number))


def by_id(act_id: int) -> ControlAct | None:
    return db.session.get(ControlAct, act_id)


def by_duties(ids: Iterable[int]) -> Sequence[ControlAct]:
    """The acts whose final document these duties owe."""
    wanted = list(ids)
    if not wanted:
        return []
    return db.session.scalars(select(ControlAct).where(ControlAct.document_duty_id.in_(wanted))).all()


def of_council(council: Council, *, with_prepared: bool = False, limit: int = 50) -> Sequence[ControlAct]:
    """The acts that a council leads, the newest first; those in preparation for the council alone."""
    query = select(ControlAct).where(ControlAct.council_id == council.id)
    if not with_prepared:
        query = query.where(ControlAct.announced_at.is_not(None))
    return db.session.scalars(query.order_by(ControlAct.id.desc()).limit(limit)).all()


def question_by_id(question_id: int) -> Question | None:
    return db.session.get(Question, question_id)


def participant_of(act: ControlAct, participant_id: int) -> Participant | None:
    return next((one for one in act.participants if one.id == participant_id), None)


def file_of(act: ControlAct, key: str) -> ControlFile | None:
    """The document of the act with that name in addresses."""
    return db.session.scalar(
        select(ControlFile)
        .join(Attachment, ControlFile.attachment_id == Attachment.id)
        .where(ControlFile.act_id == act.id, Attachment.public_key == key)
    )


def everything_about(account: Account) -> dict[str, list[dict[str, Any]]]:
    """What the person asked and wants asked, as plain values for a file of their own."""
    asked = db.session.scalars(
        select(Question)
        .where(Question.author_id == account.id)
        .options(joinedload(Question.act))
        .order_by(Question.id)
    )
    wanted = db.session.execute(
        select(QuestionSupport.question_id, QuestionSupport.at, QuestionSupport.withdrawn_at)
        .where(QuestionSupport.account_id == account.id)
        .order_by(QuestionSupport.question_id)
    )
    return {
        "questions": [
            {
                "act": one.act.number,
                "text": one.text,
                "shown_as": one.author_name,
                "asked_at": one.asked_at.isoformat(),
                "hidden_at": one.hidden_at.isoformat() if one.hidden_at else None,
            }
            for one in asked
        ],
        "supported_questions": [
            {
                "question": question_id,
                "at": at.isoformat(),
                "withdrawn_at": withdrawn_at.isoformat() if withdrawn_at else None,
            }
            for question_id, at, withdrawn_at in wanted
        ],
    }
