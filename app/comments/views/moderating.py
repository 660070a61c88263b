"""Moderation after publication: what was said lately, hiding, and appeals, which whoever hid it never decides."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Role
from app.comments import policies
from app.comments.actions import CommentAction
from app.comments.errors import AlreadyDecided, AlreadyHidden
from app.comments.forms.moderating import AppealDecisionForm, hide_form, notes_on_reasons
from app.comments.forms.writing import explain
from app.comments.models import Comment
from app.comments.policies import NotInThisState
from app.comments.queries import moderation, showing
from app.comments.services import hiding
from app.comments.views import bp
from app.comments.views.reading import page_of
from app.errors import DomainError
from app.i18n import _, current_language
from app.web.forms import Form
from app.web.guards import current_actor, on, signed_in


@bp.get("/desk/comments")
@signed_in(Role.MODERATOR)
def appeals() -> ResponseReturnValue:
    actor = current_actor()
    waiting = moderation.appeals()
    page = moderation.latest(after=request.args.get("after"))
    return render_template(
        "comments/desk/moderation.html",
        appeals=[(comment, policies.may(CommentAction.DECIDE_APPEAL, actor, comment)) for comment in waiting],
        latest=[(comment, policies.may(CommentAction.HIDE, actor, comment)) for comment in page.rows],
        titles=showing.titles_of(comment.thread for comment in [*waiting, *page.rows]),
        today=clock.today(),
        is_first_page=page.previous is None,
        next_page=url_for("comments.appeals", after=page.next) if page.next else None,
        previous_page=url_for("comments.appeals", after=page.previous) if page.previous else None,
    )


@bp.route("/desk/comments/<int:comment_id>/hide", methods=["GET", "POST"])
@on(Comment, needs_sign_in=True)
def hide(comment: Comment) -> ResponseReturnValue:
    form = hide_form()
    try:
        policies.check(CommentAction.HIDE, current_actor(), comment)
        if form.validate_on_submit():
            reason, explanation = form.details()
            hiding.hide(
                comment, reason=reason, explanation=explanation, actor=current_actor(), now=clock.now()
            )
            flash(_("The comment is hidden. Its author is told and may appeal."), "success")
            return redirect(url_for("comments.appeals"), 303)
    except (AlreadyHidden, NotInThisState):
        return _too_late(comment, typed=form.explanation.data)
    except DomainError as refused:
        if not explain(form, refused):
            raise
    return _page("comments/desk/hide.html", comment, form, notes=notes_on_reasons())


@bp.route("/desk/comments/<int:comment_id>/appeal", methods=["GET", "POST"])
@on(Comment, needs_sign_in=True)
def decide_appeal(comment: Comment) -> ResponseReturnValue:
    form = AppealDecisionForm()
    try:
        policies.check(CommentAction.DECIDE_APPEAL, current_actor(), comment)
        if form.validate_on_submit():
            uphold, reason = form.details()
            hiding.decide_appeal(
                comment, uphold=uphold, reason=reason, actor=current_actor(), now=clock.now()
            )
            said = (
                _("The comment stays hidden. Its author is told why.")
                if uphold
                else _("The comment is shown again. Its author is told.")
            )
            flash(said, "success")
            return redirect(url_for("comments.appeals"), 303)
    except (AlreadyDecided, NotInThisState):
        return _too_late(comment, typed=form.reason.data)
    except DomainError as refused:
        if not explain(form, refused):
            raise
    return _page("comments/desk/appeal.html", comment, form)


def _page(template: str, comment: Comment, form: Form, **values: object) -> ResponseReturnValue:
    shown = showing.alone(comment, actor=current_actor(), language=current_language())
    page = render_template(
        template,
        comment=comment,
        shown=shown,
        form=form,
        title=showing.titles_of([comment.thread])[comment.thread_id],
        address=page_of(comment),
        today=clock.today(),
        **values,
    )
    return page, 422 if form.errors else 200


def _too_late(comment: Comment, *, typed: str | None) -> ResponseReturnValue:
    """Somebody was faster: what they did, and what was typed here, to be copied."""
    page = render_template(
        "comments/desk/already_decided.html",
        comment=comment,
        is_own=comment.hiding is not None and comment.hiding.hidden_by == current_actor().account_id,
        typed=typed or "",
        address=page_of(comment),
    )
    return page, 409
