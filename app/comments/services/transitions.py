"""The only writer of a comment's state."""

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from app.comments.lifecycle import State
from app.comments.models import Comment, Hiding, Thread
from app.db import db


def lock(comment: Comment, *, shared: bool = False) -> Comment:
    """The comment and its hiding as they are now, and nobody else's until the transaction ends.

    `shared` only keeps others from changing it: many may reply at once.
    """
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(comment, with_for_update={"of": Comment, "read": shared})
    fresh = select(Hiding).where(Hiding.comment_id == comment.id).execution_options(populate_existing=True)
    set_committed_value(comment, "hiding", db.session.scalar(fresh))
    return comment


def hold_open(thread: Thread) -> None:
    """Keeps the thread from being closed until the transaction ends, and knows whether it is open still.

    Posting people do not wait for each other.
    """
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(thread, attribute_names=["closed_at"], with_for_update={"of": Thread, "read": True})


def turn(comment: Comment, state: State) -> None:
    comment.state = state
