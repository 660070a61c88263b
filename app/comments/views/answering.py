"""The desk of the body that answers: what waits, one answer at a time or one for many, approval and publication."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.comments import policies, queries
from app.comments.actions import ThreadAction
from app.comments.errors import (
    AlreadyAnswered,
    EditedMeanwhile,
    GroupNotConfirmed,
    NoAnswerOwed,
    NotApproved,
)
from app.comments.forms.answering import AnswerForm, SendBackForm, answer_form, explain_answer
from app.comments.forms.writing import explain, whole
from app.comments.lifecycle import AnswerState
from app.comments.models import Answer, Comment, Thread
from app.comments.queries import desk as waiting
from app.comments.queries import figures, reading, showing
from app.comments.queries.desk import Item, Order
from app.comments.services import answering
from app.comments.subjects import subject_of
from app.comments.views import bp
from app.duties.queries import clock_of
from app.errors import DomainError, NotFound
from app.i18n import _, current_language, ngettext
from app.web.guards import current_actor, on
from app.web.pagination import Page


class View(StrEnum):
    """The tabs of the desk."""

    DUE = "due"
    CLAUSE = "clause"
    GROUPS = "groups"
    RETURNED = "returned"
    APPROVAL = "approval"
    PUBLISH = "publish"
    PUBLISHED = "published"


ORDERS: Mapping[View, Order] = {
    View.DUE: Order.DUE,
    View.CLAUSE: Order.CLAUSE,
    View.GROUPS: Order.GROUPS,
}
STATES: Mapping[View, AnswerState] = {
    View.APPROVAL: AnswerState.DRAFT,
    View.PUBLISH: AnswerState.APPROVED,
    View.PUBLISHED: AnswerState.PUBLISHED,
}
MOST_TOGETHER = 200
# Characters around a change.
CONTEXT = 60


@bp.get("/desk/threads/<int:thread_id>")
@on(Thread, may=ThreadAction.SEE_DESK, needs_sign_in=True)
def desk(thread: Thread) -> ResponseReturnValue:
    if not thread.needs_answers:
        return _to_be_read(thread)
    return desk_page(thread, view_asked())


@bp.route("/desk/threads/<int:thread_id>/answers/many", methods=["GET", "POST"])
@on(Thread, may=ThreadAction.DRAFT_ANSWER, needs_sign_in=True)
def answer_many(thread: Thread) -> ResponseReturnValue:
    """One text for the comments that were ticked: a draft for each of them."""
    owes_answers(thread)
    view = view_asked()
    ids = _numbers(request.values.getlist("comment"))
    items = waiting.to_answer(thread, ids, language=current_language())
    if not items:
        return desk_page(
            thread, view, problem=_("Tick the comments that get the same answer first."), status=422
        )
    form = answer_form(
        answer=None, language=items[0].comment.language, templates=waiting.templates_of(_agency(thread))
    )
    taken: list[int] = []
    if request.method == "POST" and not insert_template(form, thread) and form.validate():
        try:
            saved = answering.answer_many(
                thread,
                [item.comment.id for item in items],
                draft=form.details(),
                actor=current_actor(),
                now=clock.now(),
            )
        except (AlreadyAnswered, NoAnswerOwed) as refused:
            taken = _numbers(refused.data.get("comments") or [refused.data.get("comment_id")])
            form.form_errors.append(
                _("Some of these comments have an answer or a draft by now. Take them out and save again.")
            )
        except DomainError as refused:
            if not explain_answer(form, refused):
                raise
        else:
            flash(
                ngettext(
                    "%(num)s answer is saved as a draft.", "%(num)s answers are saved as drafts.", len(saved)
                ),
                "success",
            )
            return redirect(address_of(thread, view), 303)
    page = render_template(
        "comments/desk/many.html",
        thread=thread,
        view=view,
        title=subject_of(thread).title(thread),
        items=items,
        taken=taken,
        form=form,
    )
    return page, 409 if taken else 422 if form.errors else 200


@bp.post("/desk/threads/<int:thread_id>/answers/approval-wish")
@on(Thread, may=ThreadAction.DRAFT_ANSWER)
def ask_approval(thread: Thread) -> ResponseReturnValue:
    owes_answers(thread)
    answering.ask_approval(thread, actor=current_actor(), now=clock.now())
    flash(_("The head of your body is told that answers wait."), "success")
    return redirect(address_of(thread, View.APPROVAL), 303)


@bp.post("/desk/threads/<int:thread_id>/answers/approve")
@on(Thread, may=ThreadAction.APPROVE_ANSWERS)
def approve(thread: Thread) -> ResponseReturnValue:
    """Those that are ticked, or all that the page showed; not one if a colleague saved one of them meanwhile."""
    chosen = _chosen()
    answers = waiting.answers_by_ids(thread, chosen)
    if not answers:
        return desk_page(
            thread, View.APPROVAL, problem=_("Tick the answers that you approve first."), status=422
        )
    try:
        answering.approve(answers, revisions=chosen, actor=current_actor(), now=clock.now())
    except EditedMeanwhile as refused:
        return desk_page(thread, View.APPROVAL, problem=_saved_meanwhile(refused), status=409)
    except GroupNotConfirmed as refused:
        groups = _numbers(refused.data["groups"])
        return desk_page(thread, View.APPROVAL, unconfirmed=groups, status=409)
    flash(
        ngettext(
            "%(num)s answer is approved. It is published under “To publish”.",
            "%(num)s answers are approved. They are published under “To publish”.",
            len(answers),
        ),
        "success",
    )
    return redirect(address_of(thread, View.APPROVAL), 303)


@bp.route("/desk/threads/<int:thread_id>/answers/<int:answer_id>/return", methods=["GET", "POST"])
@on(Thread, may=ThreadAction.APPROVE_ANSWERS, needs_sign_in=True)
def send_back(thread: Thread, answer_id: int) -> ResponseReturnValue:
    """The head says what is to be changed; the officers find it under "Sent back"."""
    answers = waiting.answers_by_ids(thread, [answer_id])
    if not answers:
        raise NotFound(kind="Answer")
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            answering.send_back(answers, reason=form.reason.data, actor=current_actor(), now=clock.now())
        except AlreadyAnswered:
            return desk_page(
                thread,
                View.PUBLISHED,
                problem=_("This answer is published and cannot be changed."),
                status=409,
            )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The answer is sent back. The officers see what you want changed."), "success")
            return redirect(address_of(thread, view_asked(View.APPROVAL)), 303)
    item = waiting.as_items(thread, answers, language=current_language())[0]
    page = render_template(
        "comments/desk/send_back.html",
        thread=thread,
        item=item,
        view=view_asked(View.APPROVAL),
        title=subject_of(thread).title(thread),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.post("/desk/threads/<int:thread_id>/answers/publish")
@on(Thread, may=ThreadAction.APPROVE_ANSWERS)
def publish(thread: Thread) -> ResponseReturnValue:
    """Approved answers go into the open, for ever."""
    chosen = _chosen()
    answers = waiting.answers_by_ids(thread, chosen)
    if not answers:
        return desk_page(
            thread, View.PUBLISH, problem=_("Tick the answers that you publish first."), status=422
        )
    try:
        answering.publish(answers, revisions=chosen, actor=current_actor(), now=clock.now())
    except EditedMeanwhile as refused:
        return desk_page(thread, View.PUBLISH, problem=_saved_meanwhile(refused), status=409)
    except NotApproved:
        problem = _("An answer was changed meanwhile and must be approved anew. Nothing was published.")
        return desk_page(thread, View.PUBLISH, problem=problem, status=409)
    except GroupNotConfirmed as refused:
        groups = _numbers(refused.data["groups"])
        return desk_page(thread, View.PUBLISH, unconfirmed=groups, status=409)
    flash(
        ngettext(
            "%(num)s answer is published. Its author is told.",
            "%(num)s answers are published. Their authors are told.",
            len(answers),
        ),
        "success",
    )
    return redirect(address_of(thread, View.PUBLISH), 303)


# What the modules of the desk share


def view_asked(otherwise: View = View.DUE) -> View:
    """The tab that the address names."""
    name = request.args.get("view", "")
    return View(name) if name in list(View) else otherwise


def address_of(thread: Thread, view: View = View.DUE) -> str:
    return url_for("comments.desk", thread_id=thread.id, view=view.value)


def owes_answers(thread: Thread) -> None:
    """NotFound where no answer is owed: there the desk is for reading alone."""
    if not thread.needs_answers:
        raise NotFound(kind="Answer")


def insert_template(form: AnswerForm, thread: Thread) -> bool:
    """Whether a template was asked for; its words then stand in the form."""
    if request.form.get("act") != "insert":
        return False
    wanted = whole(request.form.get("template"))
    for template in waiting.templates_of(_agency(thread)):
        if template.id == wanted:
            form.insert(template)
    return True


def desk_page(
    thread: Thread,
    view: View,
    *,
    problem: str = "",
    unconfirmed: Iterable[int] = (),
    status: int = 200,
) -> ResponseReturnValue:
    """The list of a tab; `problem` says why what was pressed did nothing, `unconfirmed` are groups in its way."""
    owes_answers(thread)
    actor, language = current_actor(), current_language()
    page = _rows(thread, view, language)
    duty = thread.duty
    html = render_template(
        "comments/desk/list.html",
        thread=thread,
        view=view,
        page=page,
        tabs=waiting.tabs(thread),
        figures=figures.of(thread),
        clock_shown=clock_of(duty, today=clock.today()) if duty else None,
        title=subject_of(thread).title(thread),
        address=subject_of(thread).address(thread, None),
        may_approve=policies.may_thread(ThreadAction.APPROVE_ANSWERS, actor, thread),
        problem=problem,
        unconfirmed=list(unconfirmed),
        next_page=_page_address(thread, view, page.next),
        previous_page=_page_address(thread, view, page.previous),
    )
    return html, status


def _rows(thread: Thread, view: View, language: str) -> Page[Item]:
    after = request.args.get("after")
    if view in ORDERS:
        return waiting.unanswered(
            thread,
            order=ORDERS[view],
            language=language,
            has_no_draft=view is not View.GROUPS,
            after=after,
        )
    found: Page[Answer] = (
        waiting.sent_back(thread, after=after)
        if view is View.RETURNED
        else waiting.answers_in(thread, STATES[view], after=after)
    )
    return Page(waiting.as_items(thread, found.rows, language=language), found.next, found.previous)


def _to_be_read(thread: Thread) -> ResponseReturnValue:
    """Where no answer is owed, the comments are read and taken along for the review."""
    page = reading.page(thread, order=reading.Order.NEWEST, after=request.args.get("after"))
    actor = current_actor()
    positions = {
        name: url_for("comments.desk", thread_id=thread.id, after=position) if position else None
        for name, position in (("next_page", page.next), ("previous_page", page.previous))
    }
    return render_template(
        "comments/desk/analysis.html",
        thread=thread,
        shown=showing.shown(page.rows, actor=actor, language=current_language()),
        figures=figures.of(thread),
        title=subject_of(thread).title(thread),
        address=subject_of(thread).address(thread, None),
        **positions,
    )


def _page_address(thread: Thread, view: View, position: str | None) -> str | None:
    if position is None:
        return None
    return url_for("comments.desk", thread_id=thread.id, view=view.value, after=position)


def _agency(thread: Thread) -> list[int]:
    return [thread.agency_id] if thread.agency_id is not None else []


def _chosen() -> dict[int, int]:
    """The revisions that were read, by the answer's id: of those ticked, or of all that the page showed."""
    name = "shown" if request.form.get("act") == "all" else "answer"
    found: dict[int, int] = {}
    for value in request.form.getlist(name)[:MOST_TOGETHER]:
        answer_id, _separator, revision = value.partition("-")
        if whole(answer_id):
            found[whole(answer_id)] = whole(revision)
    return found


def _numbers(values: object) -> list[int]:
    """The ids among what a form or an error carries."""
    assert isinstance(values, list)  # noqa: S101
    return [number for value in values[:MOST_TOGETHER] if (number := whole(value))]


def _saved_meanwhile(refused: EditedMeanwhile) -> str:
    return str(
        _(
            "%(name)s saved one of these answers while you were reading. Nothing was changed; read it as it stands now.",
            name=refused.data.get("by") or _("A colleague"),
        )
    )


def comment_in(thread: Thread, comment_id: int) -> Comment:
    """NotFound if it is no comment of this thread, or a reply."""
    comment = queries.by_id(comment_id)
    if comment is None or comment.thread_id != thread.id or comment.parent_id is not None:
        raise NotFound(kind="Comment")
    return comment


def in_context(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A redline with only a few words around each change: who looks at forty letters looks for what is different."""
    cut = []
    for at, (op, text) in enumerate(pieces):
        if op == "same" and len(text) > 2 * CONTEXT + 20:
            before = text[:CONTEXT].rpartition(" ")[0] if at > 0 else ""
            after = text[-CONTEXT:].partition(" ")[2] if at < len(pieces) - 1 else ""
            text = f"{before} … {after}"
        cut.append((op, text))
    return cut
