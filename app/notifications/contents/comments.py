"""What letters say of a comment, an answer, a group of letters, or a thread."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.comments import labels, queries
from app.comments.lifecycle import AnswerState, State
from app.comments.models import Answer, Comment, Group, Thread
from app.consultations import queries as drafts
from app.db import db
from app.notifications.contents.drafts import about as about_draft
from app.notifications.contents.petitions import about as about_petition
from app.notifications.letters import Letter, Unwanted, quoted
from app.petitions import queries as petitions

LONGEST_ANSWER = 700
MOST_LISTED = 20


def of_comment(letter: Letter) -> dict[str, Any]:
    comment = queries.by_id(letter.values["comment_id"])
    if comment is None or comment.state is State.WITHDRAWN:
        raise Unwanted
    return _about(comment.thread) | {"comment": comment} | OF_COMMENTS[letter.template](comment)


def of_answer(letter: Letter) -> dict[str, Any]:
    answer = db.session.get(Answer, letter.values["answer_id"])
    if answer is None or answer.state is not AnswerState.PUBLISHED:
        raise Unwanted
    return _about(answer.thread) | {
        "own": _own(letter.values),
        "answer": answer,
        "kind": labels.ANSWER_KINDS[answer.kind].text,
        "words": quoted(answer.text, LONGEST_ANSWER),
        "others": _others(answer.group_id, letter.values) if answer.group_id else 0,
    }


def of_group(letter: Letter) -> dict[str, Any]:
    group = db.session.get(Group, letter.values["group_id"])
    if group is None:
        raise Unwanted
    return _about(group.thread) | {
        "own": _own(letter.values, group_id=group.id),
        "group": group,
        "others": _others(group.id, letter.values),
    }


def of_thread(letter: Letter) -> dict[str, Any]:
    thread = queries.thread_by_id(letter.values["thread_id"])
    if thread is None:
        raise Unwanted
    waiting = db.session.scalar(
        select(func.count()).where(
            Answer.thread_id == thread.id,
            Answer.state == AnswerState.DRAFT,
            Answer.sent_back_reason.is_(None),
        )
    )
    if not waiting:
        raise Unwanted
    return _about(thread) | {"thread": thread, "waiting": waiting}


def _about(thread: Thread) -> dict[str, Any]:
    """What the thread is about, as its own letters say it."""
    if thread.subject_kind == "petition":
        petition = petitions.by_number(thread.subject_number)
        return about_petition(petition) if petition is not None else {}
    draft = drafts.by_number(thread.subject_number)
    return about_draft(draft) if draft is not None else {}


def _own(values: Mapping[str, Any], *, group_id: int | None = None) -> Sequence[Comment]:
    """The reader's comments that the letter is about; Unwanted if none of them is left (there)."""
    found = [
        comment
        for comment in queries.by_ids(values.get("comment_ids", ()))
        if comment.state is State.SHOWN and (group_id is None or comment.group_id == group_id)
    ]
    if not found:
        raise Unwanted
    return found[:MOST_LISTED]


def _others(group_id: int, values: Mapping[str, Any]) -> int:
    """How many letters of the group are other people's."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Comment.group_id == group_id,
                Comment.state == State.SHOWN,
                Comment.id.not_in(list(values.get("comment_ids", ()))),
            )
        )
        or 0
    )


def _reply(comment: Comment) -> dict[str, Any]:
    parent = queries.by_id(comment.parent_id or 0)
    if comment.state is not State.SHOWN or parent is None or parent.state is not State.SHOWN:
        raise Unwanted
    return {"parent": parent, "words": quoted(parent.text)}


def _hidden(comment: Comment) -> dict[str, Any]:
    if comment.state is not State.HIDDEN or comment.hiding is None:
        raise Unwanted
    return _hiding(comment)


def _waiting_appeal(comment: Comment) -> dict[str, Any]:
    hiding = comment.hiding
    if hiding is None or hiding.appeal_due_on is None or hiding.appeal_decided_at is not None:
        raise Unwanted
    return _hiding(comment)


def _hiding(comment: Comment) -> dict[str, Any]:
    if comment.hiding is None:
        raise Unwanted
    return {
        "hiding": comment.hiding,
        "ground": labels.hiding_reason(comment.hiding),
        "words": quoted(comment.text),
    }


OF_COMMENTS: dict[str, Callable[[Comment], dict[str, Any]]] = {
    "comment_replied": _reply,
    "comment_hidden": _hidden,
    "appeal_made": _waiting_appeal,
    "appeal_decided": _hiding,
}
