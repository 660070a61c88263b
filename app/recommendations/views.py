"""The answer desk of recommendations: what is owed, one answer at a time, the head's signature."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Role
from app.accounts import queries as accounts
from app.duties.queries import clock_of
from app.errors import DomainError, NotFound
from app.i18n import _, ngettext
from app.law import calendar_now
from app.recommendations import labels, policies, promised, queries
from app.recommendations.errors import EditedMeanwhile, NothingRecommended, RowsEmpty
from app.recommendations.forms import AnswerForm, answer_form, explain
from app.recommendations.lifecycle import Action, State
from app.recommendations.models import Recommendation, RecommendationList
from app.recommendations.services import answering
from app.web.blueprint import pages
from app.web.guards import Subject, current_actor, on, register, signed_in, to_sign_in

bp = pages("recommendations", __name__)
bp.record_once(lambda state: state.app.jinja_env.globals.update(recommendation_words=labels))

register(
    RecommendationList,
    Subject(load=queries.by_id, may_know=policies.may_know, check=policies.check, values=("list_id",)),
)


@bp.get("/desk/recommendations")
@signed_in(Role.OFFICER, Role.HEAD)
def desk() -> ResponseReturnValue:
    """What the officer's bodies owe, with the clocks, and what they answered last."""
    ids = current_actor().agency_ids
    today, calendar = clock.today(), calendar_now()
    owed, answered = queries.owed_by(ids), queries.answered_by(ids)
    return render_template(
        "recommendations/desk.html",
        owed=owed,
        answered=answered,
        clocks={
            listed.id: clock_of(listed.duty, today=today, calendar=calendar)
            for listed in (*owed, *answered)
            if listed.duty is not None
        },
        empty_rows=answering.empty_rows,
    )


@bp.get("/desk/recommendations/<int:list_id>")
@on(RecommendationList, may=Action.SEE_DESK, needs_sign_in=True)
def list_desk(listed: RecommendationList) -> ResponseReturnValue:
    return _list_page(listed)


@bp.route("/desk/recommendations/<int:list_id>/<int:position>", methods=["GET", "POST"])
@on(RecommendationList)
def answer(listed: RecommendationList, position: int) -> ResponseReturnValue:
    """The answer to one recommendation. Whatever stands in the way of saving it, what was typed comes back."""
    row = queries.row_of(listed, position)
    if row is None:
        raise NotFound(kind="Recommendation")
    if request.method == "POST" and current_actor().is_anonymous:
        return _not_taken(row, _("You are signed out by now."), status=403)
    if current_actor().is_anonymous:
        return to_sign_in()
    policies.check(Action.SEE_DESK, current_actor(), listed)
    if listed.state is not State.ISSUED:
        if request.method == "POST":
            return _not_taken(row, _gone(listed), status=409)
        return redirect(url_for("recommendations.list_desk", list_id=listed.id), 303)
    form = answer_form(row.answer)
    if request.method == "GET":
        return _answer_page(row, form)
    if not form.validate():
        return _answer_page(row, form, status=422)
    try:
        answering.save(row, draft=form.details(), actor=current_actor(), now=clock.now())
    except EditedMeanwhile as newer:
        form.revision.data = str(newer.data["revision"])
        return _answer_page(row, form, newer=newer.data, status=409)
    except policies.NotInThisState:
        return _not_taken(row, _gone(listed), status=409)
    except DomainError as refused:
        if not explain(form, refused):
            raise
        return _answer_page(row, form, status=422)
    flash(_("The answer is saved. Only your body can read it until the head signs."), "success")
    following = _next_empty(row) if request.form.get("act") == "next" else None
    if following is not None:
        return redirect(_address(following), 303)
    return redirect(url_for("recommendations.list_desk", list_id=listed.id), 303)


@bp.post("/desk/recommendations/<int:list_id>/signature")
@on(RecommendationList, may=Action.ASK_SIGNATURE)
def ask_signature(listed: RecommendationList) -> ResponseReturnValue:
    try:
        answering.ask_signature(listed, actor=current_actor(), now=clock.now())
    except (RowsEmpty, NothingRecommended) as refused:
        return _list_page(listed, problem=_missing(refused), status=409)
    flash(_("The head of your body is told that the answers wait for the signature."), "success")
    return redirect(url_for("recommendations.list_desk", list_id=listed.id), 303)


@bp.post("/desk/recommendations/<int:list_id>/publish")
@on(RecommendationList, may=Action.PUBLISH_ANSWERS)
def publish(listed: RecommendationList) -> ResponseReturnValue:
    """Signed by the head, with the answers that the page showed; not one if a colleague saved one of them meanwhile."""
    try:
        answering.publish(listed, revisions=_read(), actor=current_actor(), now=clock.now())
    except (RowsEmpty, NothingRecommended) as refused:
        return _list_page(listed, problem=_missing(refused), status=409)
    except EditedMeanwhile as newer:
        name = newer.data["by"] or _("A colleague")
        problem = _(
            "%(name)s saved one of these answers while you were reading. Nothing was published; read it as it stands now.",
            name=name,
        )
        return _list_page(listed, problem=problem, status=409)
    flash(_("The answers are published with your signature. Whoever follows is told."), "success")
    return redirect(url_for("recommendations.list_desk", list_id=listed.id), 303)


def _list_page(listed: RecommendationList, *, problem: str = "", status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    page = render_template(
        "recommendations/list.html",
        listed=listed,
        clock_shown=labels.clock_shown(listed),
        empty_rows=answering.empty_rows(listed),
        may_answer=policies.may(Action.ANSWER, actor, listed),
        may_publish=policies.may(Action.PUBLISH_ANSWERS, actor, listed),
        may_enter=policies.may(Action.ENTER_PROMISE, actor, listed),
        promises=promised.promises_of(listed),
        problem=problem,
    )
    return page, status


def _answer_page(
    row: Recommendation, form: AnswerForm, *, newer: Any = None, status: int = 200
) -> ResponseReturnValue:
    officer = accounts.by_id(row.answer.saved_by) if row.answer else None
    page = render_template(
        "recommendations/answer.html",
        row=row,
        listed=row.list,
        form=form,
        newer=newer,
        saved_by=officer.name if officer else "",
        clock_shown=labels.clock_shown(row.list),
    )
    return page, status


def _not_taken(row: Recommendation, why: str, *, status: int) -> ResponseReturnValue:
    """Nothing can be saved here any more: why, and what was typed, to be copied."""
    boxes = [request.form.get(name, "").strip() for name in ("change", "reasons")]
    page = render_template(
        "recommendations/not_taken.html",
        listed=row.list,
        why=why,
        typed="\n\n".join(filter(None, boxes)),
        sign_in=url_for("accounts.sign_in", next=request.full_path.rstrip("?")) if status == 403 else None,
    )
    return page, status


def _gone(listed: RecommendationList) -> str:
    if listed.state is State.ANSWERED:
        return str(_("The answers to this list were published meanwhile and cannot be changed any more."))
    return str(_("What this list was about is no more. No answer is owed."))


def _missing(refused: DomainError) -> str:
    rows = refused.data.get("rows")
    if not isinstance(rows, list):
        return str(_("This list has no recommendations: there is nothing to answer."))
    numbers = ", ".join(str(number) for number in rows)
    return str(
        ngettext(
            "Recommendation %(numbers)s has no answer yet. Nothing can be published with an empty row.",
            "Recommendations %(numbers)s have no answers yet. Nothing can be published with an empty row.",
            len(rows),
            numbers=numbers,
        )
    )


def _read() -> dict[int, int]:
    """The revisions that were read, by the row's number."""
    found: dict[int, int] = {}
    for value in request.form.getlist("read"):
        position, _separator, revision = value.partition("-")
        if position.isdecimal() and revision.isdecimal() and len(value) < 20:
            found[int(position)] = int(revision)
    return found


def _next_empty(row: Recommendation) -> Recommendation | None:
    """The next row without an answer, from the beginning again after the last one."""
    rows = row.list.rows
    following = [*rows[row.position :], *rows[: row.position]]
    return next((one for one in following if one.answer is None), None)


def _address(row: Recommendation) -> str:
    return url_for("recommendations.answer", list_id=row.list_id, position=row.position)
