"""Who may do which verb to a thread or a comment: tables, deny by default."""

from app.access import Actor, Rules, all_of, is_citizen, is_moderator
from app.comments import lifecycle
from app.comments.actions import CommentAction, ThreadAction
from app.comments.lifecycle import State
from app.comments.models import Comment, Thread
from app.comments.subjects import subject_of
from app.errors import Conflict, Forbidden


class NotInThisState(Conflict):
    """The thread takes no comments (any more), or the comment is not in a state in which `action` exists."""


def is_author(actor: Actor, comment: Comment) -> bool:
    return actor.account_id is not None and actor.account_id == comment.author_id


def is_not_author(actor: Actor, comment: Comment) -> bool:
    return not is_author(actor, comment)


def is_officer(actor: Actor, thread: Thread) -> bool:
    return thread.agency_id is not None and thread.agency_id in actor.agency_ids


def is_head(actor: Actor, thread: Thread) -> bool:
    return thread.agency_id is not None and thread.agency_id in actor.head_of


def did_not_hide_it(actor: Actor, comment: Comment) -> bool:
    return comment.hiding is None or comment.hiding.hidden_by != actor.account_id


def may_find_promises(actor: Actor, thread: Thread) -> bool:
    """Whether this actor enters what the body's answers promise; the text's own package has the last word."""
    return thread.needs_answers and (is_officer(actor, thread) or is_moderator(actor, thread))


THREAD_RULES: Rules = {
    ThreadAction.COMMENT: is_citizen,
    ThreadAction.SEE_DESK: is_officer,
    ThreadAction.GROUP: is_officer,
    ThreadAction.DRAFT_ANSWER: is_officer,
    ThreadAction.APPROVE_ANSWERS: is_head,
}

COMMENT_RULES: Rules = {
    CommentAction.EDIT: is_author,
    CommentAction.WITHDRAW: is_author,
    CommentAction.APPEAL: is_author,
    CommentAction.SAY_DIFFERENT: is_author,
    CommentAction.REPLY: is_citizen,
    CommentAction.AGREE: all_of(is_citizen, is_not_author),
    CommentAction.HIDE: all_of(is_moderator, is_not_author),
    CommentAction.DECIDE_APPEAL: all_of(is_moderator, is_not_author, did_not_hide_it),
}
# What ends with the thread. Everything else (hiding, appeals) goes on.
WHILE_OPEN = frozenset({CommentAction.EDIT, CommentAction.WITHDRAW, CommentAction.REPLY, CommentAction.AGREE})


def may_know_thread(actor: Actor, thread: Thread) -> bool:
    return subject_of(thread).may_know(actor, thread)


def may_know(actor: Actor, comment: Comment) -> bool:
    """A hidden or withdrawn comment is known as such to everybody who may know of its thread."""
    return may_know_thread(actor, comment.thread)


def may_read(actor: Actor, comment: Comment) -> bool:
    """Whether the words may be read: a hidden comment's only by its author, moderators and the answering body."""
    if comment.state is State.SHOWN:
        return True
    return comment.state is State.HIDDEN and (
        is_author(actor, comment) or is_moderator(actor, comment) or is_officer(actor, comment.thread)
    )


def check_thread(action: ThreadAction, actor: Actor, thread: Thread) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the thread does not take it now."""
    if not THREAD_RULES[action](actor, thread):
        raise Forbidden(action=action)
    if not _thread_allows(action, thread):
        raise NotInThisState(action=action)


def may_thread(action: ThreadAction, actor: Actor, thread: Thread) -> bool:
    return THREAD_RULES[action](actor, thread) and _thread_allows(action, thread)


def check(action: CommentAction, actor: Actor, comment: Comment) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the comment or its thread is past it."""
    if not COMMENT_RULES[action](actor, comment):
        raise Forbidden(action=action)
    if not _comment_allows(action, comment):
        raise NotInThisState(action=action, state=comment.state)


def may(action: CommentAction, actor: Actor, comment: Comment) -> bool:
    return COMMENT_RULES[action](actor, comment) and _comment_allows(action, comment)


def _thread_allows(action: ThreadAction, thread: Thread) -> bool:
    return thread.is_open if action is ThreadAction.COMMENT else True


def _comment_allows(action: CommentAction, comment: Comment) -> bool:
    if action in WHILE_OPEN and not comment.thread.is_open:
        return False
    hiding = comment.hiding
    match action:
        case CommentAction.HIDE:
            # Shown again after an appeal, it stays shown.
            possible = hiding is None
        case CommentAction.APPEAL:
            possible = hiding is not None and hiding.appealed_at is None
        case CommentAction.DECIDE_APPEAL:
            possible = hiding is not None and hiding.appealed_at is not None and hiding.is_upheld is None
        case CommentAction.SAY_DIFFERENT:
            possible = comment.group_id is not None
        case CommentAction.REPLY:
            possible = comment.parent_id is None
        case _:
            possible = True
    return possible and lifecycle.allows(action, comment.state)
