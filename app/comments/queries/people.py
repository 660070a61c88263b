"""What one person sees of their own: what they said, and what came of it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import Actor
from app.accounts.models import Account
from app.comments.lifecycle import State
from app.comments.models import Agreement, Answer, Comment
from app.comments.queries.reading import answers_of
from app.db import db
from app.web.pagination import Page, keyset

PAGE_SIZE = 20


def written_by(
    actor: Actor, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page[tuple[Comment, Answer | None]]:
    """Comments and replies of this person with their answers, the newest first; hidden ones too, withdrawn ones not."""
    query = (
        select(Comment)
        .where(Comment.author_id == actor.account_id, Comment.state != State.WITHDRAWN)
        .options(joinedload(Comment.hiding))
    )
    found = keyset(query, order=[Comment.id], position=after, size=size)
    answers = answers_of(found.rows)
    return replace(found, rows=[(comment, answers.get(comment.id)) for comment in found.rows])


def everything_about(account: Account) -> dict[str, list[dict[str, Any]]]:
    """What is kept of a person's comments, as plain values for a file of their own; what was taken back too."""
    comments = db.session.scalars(
        select(Comment).where(Comment.author_id == account.id).order_by(Comment.id)
    ).all()
    agreements = db.session.scalars(
        select(Agreement).where(Agreement.account_id == account.id).order_by(Agreement.id)
    ).all()
    return {
        "comments": [
            {
                "id": comment.id,
                "on": f"{comment.thread.subject_kind} {comment.thread.subject_number}",
                "state": comment.state.value,
                "reply_to": comment.parent_id,
                "author_kind": comment.author_kind.value,
                "shown_as": comment.shown_as,
                "clause": comment.anchor_path,
                "quotation": comment.quote_exact,
                "text": comment.text,
                "proposed": comment.proposed,
                "created_at": comment.created_at.isoformat(),
            }
            for comment in comments
        ],
        "agreements": [
            {"comment": agreement.comment_id, "at": agreement.at.isoformat()} for agreement in agreements
        ],
    }
