"""Who is told of a comment, a group of letters, or an answer."""

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.access import Role
from app.accounts.models import Account, RoleAssignment
from app.comments.events import AnswerPublished, AnswersApprovalAsked, CommentFact, GroupConfirmed
from app.comments.lifecycle import State
from app.comments.models import Answer, Comment, Hiding, Thread
from app.notifications.audiences.rows import Recipients, accounts, authors_of
from app.notifications.audiences.staff import holds, of_agency


def author(fact: CommentFact) -> Recipients:
    found = select(Comment.author_id).where(Comment.id == fact.comment_id).scalar_subquery()
    return accounts(Account.id == found)


def author_of_parent(fact: CommentFact) -> Recipients:
    """Who is replied to; nobody is told of an own reply, or of one to what they took back."""
    parent, reply = aliased(Comment), aliased(Comment)
    found = (
        select(parent.author_id)
        .join(reply, reply.parent_id == parent.id)
        .where(
            reply.id == fact.comment_id,
            parent.author_id.is_distinct_from(reply.author_id),
            parent.state == State.SHOWN,
        )
    )
    return accounts(Account.id == found.scalar_subquery())


def answered(fact: AnswerPublished) -> Recipients:
    """The author of the comment, or of every letter of the group."""
    answer = select(Answer).where(Answer.id == fact.answer_id).subquery()
    of_one, of_group = select(answer.c.comment_id), select(answer.c.group_id)
    return authors_of(
        or_(Comment.id == of_one.scalar_subquery(), Comment.group_id == of_group.scalar_subquery()),
        Comment.state == State.SHOWN,
    )


def authors_of_group(fact: GroupConfirmed) -> Recipients:
    return authors_of(Comment.group_id == fact.group_id, Comment.state == State.SHOWN)


def moderators_but_who_hid(fact: CommentFact) -> Recipients:
    """Who may decide an appeal: not the one who hid the comment, and not its author."""
    hider = select(Hiding.hidden_by).where(Hiding.comment_id == fact.comment_id).scalar_subquery()
    writer = select(Comment.author_id).where(Comment.id == fact.comment_id).scalar_subquery()
    return accounts(
        holds(RoleAssignment.role == Role.MODERATOR),
        Account.id != hider,
        Account.id.is_distinct_from(writer),
    )


def approvers(fact: AnswersApprovalAsked) -> Recipients:
    """The heads of the body that answers."""
    agency = select(Thread.agency_id).where(Thread.id == fact.thread_id).scalar_subquery()
    return of_agency(agency, Role.HEAD)
