"""Opening and closing the thread of a thing that is commented on; the thing's own services call this."""

from datetime import datetime

from app.agencies.models import Agency
from app.comments import queries
from app.comments.models import Thread
from app.comments.services.counting import changed
from app.db import db
from app.duties.models import Duty


def open_thread(
    *, subject_kind: str, subject_number: int, agency: Agency | None, duty: Duty | None = None, now: datetime
) -> Thread:
    """The thread of this subject, opened now if there is none; asking again yields the same one."""
    thread = queries.thread_of(subject_kind, subject_number)
    if thread is None:
        thread = Thread(
            subject_kind=subject_kind,
            subject_number=subject_number,
            agency=agency,
            duty=duty,
            opened_at=now,
        )
        db.session.add(thread)
        # The subject points to the thread by its id.
        db.session.flush()
    return thread


def close(thread: Thread, *, now: datetime) -> None:
    """No comments from now on; comments that are being posted at this moment are waited for. Twice closes once."""
    _lock(thread)
    if thread.closed_at is None:
        thread.closed_at = now


def reopen(thread: Thread) -> None:
    """Comments are taken again, as after a prolongation."""
    _lock(thread)
    thread.closed_at = None


def owe(thread: Thread, duty: Duty) -> None:
    """From now on an answer to each comment is owed by the duty's last day; what is on time is counted by it."""
    thread.agency, thread.duty = duty.agency, duty
    # The counting reads rows, not objects.
    db.session.flush()
    changed(thread.id)


def _lock(thread: Thread) -> None:
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(thread, attribute_names=["closed_at"], with_for_update={"of": Thread})
