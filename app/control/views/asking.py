"""Questions: asking, wanting one asked, answering, hiding."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.control import labels, policies
from app.control.forms.asking import SupportForm, answer_form, ask_form, hide_form
from app.control.forms.explaining import explain
from app.control.lifecycle import MEETINGS, Action
from app.control.models import ControlAct, Question
from app.control.queries import page as reading
from app.control.services import questions
from app.control.views import bp
from app.errors import DomainError, NotFound
from app.i18n import _, current_language
from app.law import consultation_rules_in_force
from app.web.guards import current_actor, on, to_sign_in


@bp.route("/control/<int:number>/questions", methods=["GET", "POST"])
@on(ControlAct)
def ask(act: ControlAct) -> ResponseReturnValue:
    """All questions, and for citizens the form for one more."""
    if act.form not in MEETINGS or act.announced_at is None:
        raise NotFound(kind="ControlAct")
    actor = current_actor()
    if request.method == "POST" and actor.is_anonymous:
        return to_sign_in()
    may_ask = policies.may(Action.ASK, actor, act)
    form = ask_form(act) if may_ask else None
    if request.method == "POST":
        policies.check(Action.ASK, actor, act)
    if form is not None and form.validate_on_submit():
        try:
            asked = questions.ask(
                act, text=form.text.data, language=current_language(), actor=actor, now=clock.now()
            )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(
                _("Your question stands here with your name. Others can say that they want it asked."),
                "success",
            )
            return redirect(url_for("control.ask", number=act.number, _anchor=f"question-{asked.id}"), 303)
    found = reading.questions(act, position=request.args.get("after"))
    return (
        render_template(
            "control/questions.html",
            act=act,
            form=form,
            rows=found.rows,
            supported=reading.supported_by(actor, found.rows),
            may_support=policies.may(Action.SUPPORT_QUESTION, actor, act),
            may_hide=policies.may(Action.HIDE_QUESTION, actor, act),
            may_answer=policies.may(Action.ANSWER_QUESTION, actor, act),
            labels=labels,
            actor=actor,
            next_page=_address(act, found.next),
            previous_page=_address(act, found.previous),
        ),
        422 if form is not None and form.errors else 200,
    )


def _address(act: ControlAct, position: str | None) -> str | None:
    return url_for("control.ask", number=act.number, after=position) if position else None


def hiding_reason(reason: str) -> str:
    """The class of reason in words, for the stub that stands in the question's place."""
    known = {one.id: one for one in consultation_rules_in_force(clock.today()).hiding_reasons}
    return str(known[reason].text) if reason in known else ""


bp.add_app_template_global(hiding_reason, "question_hiding_reason")


@bp.post("/control/questions/<int:question_id>/support")
@on(Question, may=Action.SUPPORT_QUESTION)
def support(question: Question) -> ResponseReturnValue:
    form = SupportForm()
    if form.validate_on_submit():
        wants = form.details()
        questions.support(question, wants=wants, actor=current_actor(), now=clock.now())
        flash(
            _("You want this question asked. The number grows in a moment.")
            if wants
            else _("You took it back. The number follows in a moment."),
            "success",
        )
    return _back(question)


@bp.route("/desk/control/questions/<int:question_id>/answer", methods=["GET", "POST"])
@on(Question, may=Action.ANSWER_QUESTION)
def answer_question(question: Question) -> ResponseReturnValue:
    form = answer_form(question)
    if form.validate_on_submit():
        try:
            questions.answer(question, text=form.answer.data, actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The answer stands under the question."), "success")
            return _back(question)
    return (
        render_template("control/desk/answer.html", act=question.act, question=question, form=form),
        422 if form.errors else 200,
    )


@bp.route("/desk/control/questions/<int:question_id>/hide", methods=["GET", "POST"])
@on(Question, may=Action.HIDE_QUESTION)
def hide_question(question: Question) -> ResponseReturnValue:
    form = hide_form()
    if form.validate_on_submit():
        try:
            questions.hide(question, reason=form.reason.data, actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The question is hidden."), "success")
            return _back(question)
    return (
        render_template("control/desk/hide.html", act=question.act, question=question, form=form),
        422 if form.errors else 200,
    )


@bp.get("/desk/control/<int:number>/questions", endpoint="questions")
@on(ControlAct, may=Action.ANSWER_QUESTION)
def questions_desk(act: ControlAct) -> ResponseReturnValue:
    """For whoever answers: the questions that most want asked, with a way to answer each."""
    found = reading.questions(act, position=request.args.get("after"), size=100)
    return render_template("control/desk/questions.html", act=act, rows=found.rows, labels=labels)


def _back(question: Question) -> ResponseReturnValue:
    address = url_for("control.ask", number=question.act.number, _anchor=f"question-{question.id}")
    return redirect(address, 303)
