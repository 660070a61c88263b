"""Who is told of a draft act."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.comments.lifecycle import State
from app.comments.models import Comment
from app.consultations.events import DraftFact, PlaceSettled, VersionFact
from app.consultations.models import CarriedComment, DraftAct, Fate
from app.notifications.audiences.rows import Recipients, accounts, authors_of, follows
from app.notifications.audiences.staff import of_agency
from app.notifications.audiences.subjects import draft_of, one
from app.notifications.models import Follow

# What an author should look at again; of a doubtful place a person decides first.
CHANGED = (Fate.EDITED, Fate.MOVED, Fate.REMOVED)


def body(fact: Any) -> Recipients:
    """Officers and heads of the body that develops the draft."""
    return of_agency(one(select(DraftAct.agency_id).where(DraftAct.id == draft_of(fact))))


def followers(fact: Any) -> Recipients:
    return follows(Follow.draft_id == draft_of(fact))


def commenters(fact: DraftFact) -> Recipients:
    """Everybody who commented or replied, and did not take all of it back."""
    thread = select(DraftAct.thread_id).where(DraftAct.id == fact.draft_id).scalar_subquery()
    spoke = select(Comment.id).where(
        Comment.author_id == Account.id, Comment.thread_id == thread, Comment.state != State.WITHDRAWN
    )
    return accounts(spoke.exists())


def authors_of_changed_clauses(fact: VersionFact) -> Recipients:
    """Whose clause was edited, moved or removed in this version; each is told of their own comments."""
    carried = select(CarriedComment.comment_id).where(
        CarriedComment.version_id == fact.version_id, CarriedComment.fate.in_(CHANGED)
    )
    return authors_of(Comment.id.in_(carried), Comment.state == State.SHOWN)


def author_of_settled_place(fact: PlaceSettled) -> Recipients:
    carried = select(CarriedComment.comment_id).where(
        CarriedComment.id == fact.carried_id, CarriedComment.fate.in_(CHANGED)
    )
    return authors_of(Comment.id.in_(carried), Comment.state == State.SHOWN)
