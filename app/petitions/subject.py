"""What comments are told about petitions. A petition is commented on as a whole; it has no clauses to stand at."""

from flask import url_for

from app.access import Actor
from app.comments.models import Thread
from app.comments.subjects import Subject, register
from app.petitions import queries
from app.petitions.lifecycle import PUBLIC_STATES
from app.petitions.models import Petition

KIND = "petition"


def petition_of(thread: Thread) -> Petition:
    petition = queries.by_number(thread.subject_number)
    assert petition is not None  # noqa: S101  what was published is never deleted
    return petition


def title(thread: Thread) -> str:
    return petition_of(thread).title


def address(thread: Thread, path: str | None) -> str:
    return url_for("petitions.comments", number=thread.subject_number)


def may_know(actor: Actor, thread: Thread) -> bool:
    """A removed petition is known as removed, and its comments go with it."""
    return petition_of(thread).state in PUBLIC_STATES


register(KIND, Subject(title=title, address=address, may_know=may_know))
