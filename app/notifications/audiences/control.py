"""Who is told of public control."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.control.models import ControlAct, Question
from app.notifications.audiences.rows import Recipients, accounts
from app.notifications.audiences.staff import at_work, of_agency
from app.notifications.audiences.subjects import act_of, one


def body(fact: Any) -> Recipients:
    """Officers and heads of the body under control."""
    return of_agency(at_work(one(select(ControlAct.agency_id).where(ControlAct.id == act_of(fact)))))


def question_authors(fact: Any) -> Recipients:
    """Whoever sent a question beforehand that was not hidden."""
    asked = select(Question.id).where(
        Question.author_id == Account.id, Question.act_id == act_of(fact), Question.hidden_at.is_(None)
    )
    return accounts(asked.exists())
