"""Everything done to a comment, by audience: readers and authors, moderators, the body that answers."""

from app.comments import policies, queries
from app.comments.models import Comment, Thread
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("comments", __name__)

register(
    Thread,
    Subject(
        load=queries.thread_by_id,
        may_know=policies.may_know_thread,
        check=policies.check_thread,
        values=("thread_id",),
    ),
)
register(
    Comment,
    Subject(load=queries.by_id, may_know=policies.may_know, check=policies.check, values=("comment_id",)),
)

from app.comments.views import (  # noqa: E402  they add their routes
    answering,  # noqa: F401
    drafting,  # noqa: F401
    grouping,  # noqa: F401
    moderating,  # noqa: F401
    reading,  # noqa: F401
    sheets,  # noqa: F401
    writing,  # noqa: F401
)
