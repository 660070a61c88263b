"""Questions that are sent beforehand: asking, wanting it asked, hiding, answering."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.access import Actor
from app.accounts.models import Account
from app.audit import record
from app.control import policies
from app.control.errors import AlreadyAsked, AlreadyHidden, OwnQuestion, TextMissing, TooLong
from app.control.lifecycle import Action
from app.control.models import ControlAct, Question, QuestionSupport
from app.control.services.preparing import rules_of
from app.db import db
from app.text.normalize import shown

SHORTEST_QUESTION = 10


def ask(act: ControlAct, *, text: str, language: str, actor: Actor, now: datetime) -> Question:
    """A question with the name of whoever asks, as the public sees it. AlreadyAsked if they asked the very same
    before."""
    policies.check(Action.ASK, actor, act)
    # Two windows of one person wait for each other here, so that the second one meets the first one's question.
    author = db.session.scalars(
        select(Account).where(Account.id == actor.account_id).with_for_update(key_share=True, of=Account)
    ).one()
    text = _checked(
        text, field="text", shortest=SHORTEST_QUESTION, limit=rules_of(act).limits.question_characters
    )
    same = db.session.scalar(
        select(Question.id).where(
            Question.act_id == act.id,
            Question.author_id == author.id,
            func.lower(Question.text) == text.lower(),
        )
    )
    if same is not None:
        raise AlreadyAsked(field="text", question_id=same)
    question = Question(
        act=act,
        author_id=author.id,
        author_name=author.public_name,
        language=language,
        text=text,
        asked_at=now,
        supports=0,
    )
    db.session.add(question)
    db.session.flush()
    return question


def support(question: Question, *, wants: bool, actor: Actor, now: datetime) -> None:
    """Whether the actor wants it asked. Only their own row is written: the counting adds up."""
    policies.check(Action.SUPPORT_QUESTION, actor, question.act)
    if question.hidden_at is not None:
        raise AlreadyHidden(question_id=question.id)
    if question.author_id == actor.account_id:
        raise OwnQuestion(question_id=question.id)
    statement = insert(QuestionSupport).values(
        question_id=question.id,
        account_id=actor.account_id,
        at=now,
        withdrawn_at=None if wants else now,
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[QuestionSupport.question_id, QuestionSupport.account_id],
            set_={"at": statement.excluded.at, "withdrawn_at": statement.excluded.withdrawn_at},
        )
    )


def hide(question: Question, *, reason: str, actor: Actor, now: datetime) -> Question:
    """Takes the text from the page, for a reason of the rules that stands in its place."""
    policies.check(Action.HIDE_QUESTION, actor, question.act)
    if question.hidden_at is not None:
        raise AlreadyHidden(question_id=question.id)
    question.hidden_at, question.hidden_reason = now, reason
    record(actor, "hide_question", subject=f"control:{question.act.number}", now=now, question=question.id)
    db.session.flush()
    return question


def answer(question: Question, *, text: str, actor: Actor, now: datetime) -> Question:
    """What was answered: by the body in writing, or noted by those who lead the act."""
    policies.check(Action.ANSWER_QUESTION, actor, question.act)
    limit = rules_of(question.act).limits.answer_characters
    question.answer = _checked(text, field="answer", shortest=1, limit=limit)
    question.answered_at = now
    record(actor, "answer_question", subject=f"control:{question.act.number}", now=now, question=question.id)
    db.session.flush()
    return question


def _checked(text: str, *, field: str, shortest: int, limit: int) -> str:
    text = shown(text).strip()
    if len(text) < shortest:
        raise TextMissing(field=field, shortest=shortest)
    if len(text) > limit:
        raise TooLong(field=field, limit=limit)
    return text
