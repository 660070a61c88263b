"""What every audience yields: a row per letter, with the recipient's own details."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, literal, null, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from app.accounts.models import Account
from app.comments.models import Comment
from app.notifications.models import Follow

# Columns: email, language, follow_id, details (an object that the letter's values are extended by, or null).
Recipients = Select[str, str, Any, Any]

NO_FOLLOW = cast(null(), BigInteger)
NO_DETAILS = cast(null(), JSONB)
REACHABLE = (Account.email.is_not(None), Account.email != "", Account.disabled_at.is_(None))


def accounts(*conditions: ColumnElement[bool]) -> Recipients:
    return select(Account.email, Account.language, NO_FOLLOW, NO_DETAILS.label("details")).where(
        *conditions, *REACHABLE
    )


def follows(condition: ColumnElement[bool]) -> Recipients:
    return select(Follow.email, Follow.language, Follow.id, NO_DETAILS.label("details")).where(
        condition, Follow.confirmed_at.is_not(None), Follow.ended_at.is_(None)
    )


def authors_of(*comments: ColumnElement[bool]) -> Recipients:
    """The authors of these comments, each told which are their own (`comment_ids`); archived letters have none.

    Two people with one mailbox get one letter about the comments of both.
    """
    own = func.jsonb_agg(aggregate_order_by(Comment.id, Comment.id))
    return (
        select(
            func.min(Account.email),
            func.min(Account.language),
            NO_FOLLOW,
            func.jsonb_build_object(literal("comment_ids"), own).label("details"),
        )
        .join(Comment, Comment.author_id == Account.id)
        .where(*comments, *REACHABLE)
        .group_by(func.lower(Account.email))
    )
