"""What runs for comments without a click: load, call a service."""

from datetime import UTC, datetime, timedelta

from app import clock
from app.comments import queries
from app.comments.events import CommentEdited, CommentHidden, CommentPosted, CommentWithdrawn
from app.comments.queries import groups
from app.comments.services import counting, grouping

LATELY = timedelta(days=1)


def count() -> int:
    """Makes the counts of threads anew in which something changed since the last time."""
    return counting.run(clock.now())


def join_group(fact: CommentPosted) -> None:
    """A new letter joins its group. Doing it twice joins it once."""
    grouping.join(fact.comment_id, now=clock.now())


def join_group_again(fact: CommentEdited) -> None:
    """Other words may belong to another group. A fact that comes late undoes nothing that people did since."""
    edited_at = datetime.fromtimestamp(fact.edition / 1000, tz=UTC)
    grouping.join(fact.comment_id, edited_at=edited_at, now=clock.now())


def renew_sample(fact: CommentHidden | CommentWithdrawn) -> None:
    """Words that nobody reads any more are no group's sample."""
    comment = queries.by_id(fact.comment_id)
    if comment is not None:
        grouping.renew_sample(comment)


def group_again() -> None:
    """What joining letters one by one missed, in the threads of the last day."""
    now = clock.now()
    for thread in groups.worth_grouping_again(since=now - LATELY):
        grouping.group_thread(thread, now=now)
