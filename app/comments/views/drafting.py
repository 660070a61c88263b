"""One answer at a time: what was said on the one side, the answer on the other, and on to the next."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts import queries as accounts
from app.comments import policies
from app.comments.actions import ThreadAction
from app.comments.errors import AlreadyAnswered, EditedMeanwhile, NoAnswerOwed
from app.comments.forms.answering import AnswerForm, answer_form, clauses_changed, explain_answer
from app.comments.lifecycle import AnswerState, State
from app.comments.models import Comment, Group, GroupState, Thread
from app.comments.queries import desk as waiting
from app.comments.queries import groups, reading, showing
from app.comments.queries.desk import Item, Order
from app.comments.services import answering, grouping
from app.comments.subjects import subject_of
from app.comments.views import bp
from app.comments.views.answering import (
    ORDERS,
    View,
    address_of,
    comment_in,
    in_context,
    insert_template,
    owes_answers,
    view_asked,
)
from app.db import db
from app.errors import DomainError, NotFound
from app.i18n import _, current_language
from app.web.guards import current_actor, on, to_sign_in

# Beside the form; the group's own page has them all.
ADDITIONS_SHOWN = 8


@bp.route("/desk/threads/<int:thread_id>/answers/comment/<int:comment_id>", methods=["GET", "POST"])
@on(Thread)
def answer(thread: Thread, comment_id: int) -> ResponseReturnValue:
    """The answer to one comment; a letter of a group is answered with its group."""
    if refusal := _refusal(thread):
        return refusal
    comment = comment_in(thread, comment_id)
    if comment.group_id is None:
        return _work(thread, comment, None)
    if request.method == "GET":
        return redirect(_address(thread, comment, view_asked()), 303)
    group = groups.by_id(comment.group_id)
    assert group is not None  # noqa: S101  the comment is in it
    return _work(thread, group.sample, group, has_joined=True)


@bp.route("/desk/threads/<int:thread_id>/answers/group/<int:group_id>", methods=["GET", "POST"])
@on(Thread)
def answer_group(thread: Thread, group_id: int) -> ResponseReturnValue:
    """One answer for every letter of the group."""
    if refusal := _refusal(thread):
        return refusal
    group = groups.by_id(group_id)
    if group is None or group.thread_id != thread.id:
        if request.method == "GET":
            raise NotFound(kind="Group")
        return _not_taken(thread, _("A colleague joined this group with another one meanwhile."), status=409)
    return _work(thread, group.sample, group)


def _work(
    thread: Thread, comment: Comment, group: Group | None, *, has_joined: bool = False
) -> ResponseReturnValue:
    """`has_joined`: the comment went into the group while its own answer was being written."""
    item = waiting.item_of(thread, comment, language=current_language())
    if item.answer is not None and item.answer.state is AnswerState.PUBLISHED:
        if request.method == "POST":
            return _not_taken(thread, _("This comment was answered in the open meanwhile."), status=409)
        return _page(thread, item, None)
    if comment.state is not State.SHOWN:
        if request.method == "POST":
            return _not_taken(
                thread, _("This comment is not shown any more: no answer is owed to it."), status=409
            )
        return _page(thread, item, None)
    form = _form(thread, item)
    if request.method == "GET":
        return _page(thread, item, form)
    if insert_template(form, thread):
        return _page(thread, item, form, status=422 if form.errors else 200)
    if has_joined:
        form.revision.data = str(item.answer.revision if item.answer else 0)
        form.validate()
        return _page(thread, item, form, has_joined=True, status=409)
    if not form.validate():
        return _page(thread, item, form, status=422)
    try:
        # Refused, the group is not confirmed either.
        with db.session.begin_nested():
            _save(thread, item, form)
    except EditedMeanwhile as newer:
        form.revision.data = str(newer.data["revision"])
        return _page(thread, item, form, newer=newer.data, status=409)
    except (AlreadyAnswered, NoAnswerOwed):
        return _not_taken(thread, _("This comment was answered or hidden meanwhile."), status=409)
    except DomainError as refused:
        if not explain_answer(form, refused):
            raise
        return _page(thread, item, form, status=422)
    flash(_("The answer is saved as a draft."), "success")
    if request.form.get("act") == "next":
        return redirect(_next(thread, item.comment, view_asked()) or address_of(thread, view_asked()), 303)
    return redirect(_address(thread, item.comment, view_asked()), 303)


def _save(thread: Thread, item: Item, form: AnswerForm) -> None:
    actor, now = current_actor(), clock.now()
    if item.group is not None and "confirmed" in form and form["confirmed"].data:
        grouping.confirm(item.group, actor=actor, now=now)
    answering.save(
        thread,
        comment=None if item.group else item.comment,
        group=item.group,
        draft=form.details(),
        actor=actor,
        now=now,
    )


def _form(thread: Thread, item: Item) -> AnswerForm:
    comment, group = item.comment, item.group
    return answer_form(
        answer=item.answer,
        language=comment.language,
        templates=waiting.templates_of([thread.agency_id] if thread.agency_id else []),
        clauses=clauses_changed(thread, anchor_key=comment.anchor_key, read_version=comment.anchor_version),
        asks_to_confirm=group is not None and group.state is GroupState.PROPOSED and item.people > 1,
    )


def _page(
    thread: Thread,
    item: Item,
    form: AnswerForm | None,
    *,
    newer: object = None,
    has_joined: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    actor, language, view = current_actor(), current_language(), view_asked()
    subject = subject_of(thread)
    comment, saved = item.comment, item.answer
    letters = reading.of_group(item.group, size=ADDITIONS_SHOWN * 4).rows if item.group else []
    additions = groups.additions(item.group, letters) if item.group else {}
    officer = accounts.by_id(saved.drafted_by) if saved else None
    html = render_template(
        "comments/desk/answer.html",
        thread=thread,
        item=item,
        # Its letters have a part of their own on this page.
        shown=replace(showing.alone(comment, actor=actor, language=language), group=None),
        place_now=subject.place(thread, comment.anchor_key, comment.anchor_language or language, None)
        if comment.anchor_key
        else None,
        additions=[
            (letter, in_context(showing.pairs(additions[letter.id])))
            for letter in letters
            if letter.id in additions
        ][:ADDITIONS_SHOWN],
        form=form,
        saved=saved,
        saved_by=officer.name if officer else "",
        newer=newer,
        has_joined=has_joined,
        view=view,
        left=waiting.tabs(thread).to_write,
        next_address=_next(thread, comment, view),
        title=subject.title(thread),
        may_approve=policies.may_thread(ThreadAction.APPROVE_ANSWERS, actor, thread),
    )
    return html, status


def _refusal(thread: Thread) -> ResponseReturnValue | None:
    """Like the guard, but whoever's session ended while writing gets the words back."""
    owes_answers(thread)
    if current_actor().is_anonymous:
        if request.method == "GET":
            return to_sign_in()
        return _not_taken(thread, _("You are signed out by now."), status=403)
    policies.check_thread(ThreadAction.DRAFT_ANSWER, current_actor(), thread)
    return None


def _not_taken(thread: Thread, why: str, *, status: int) -> ResponseReturnValue:
    """Nothing can be saved here any more: why, and what was typed, to be copied."""
    page = render_template(
        "comments/desk/not_taken.html",
        thread=thread,
        why=why,
        typed=request.form.get("text", "").strip(),
        view=view_asked(),
        sign_in=url_for("accounts.sign_in", next=request.full_path.rstrip("?")) if status == 403 else None,
    )
    return page, status


def _next(thread: Thread, comment: Comment, view: View) -> str | None:
    """The answer to be written after this one, in the order of the list that one came from."""
    order = ORDERS.get(view, Order.DUE)
    found = waiting.next_to_write(thread, comment, order=order, language=current_language())
    return _address(thread, found, view) if found is not None else None


def _address(thread: Thread, comment: Comment, view: View) -> str:
    if comment.group_id is not None:
        return url_for(
            "comments.answer_group", thread_id=thread.id, group_id=comment.group_id, view=view.value
        )
    return url_for("comments.answer", thread_id=thread.id, comment_id=comment.id, view=view.value)
