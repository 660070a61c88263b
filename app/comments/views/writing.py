"""What people do with comments: say something, reply, mend it, take it back, agree, part from a group, appeal."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.comments import policies
from app.comments.actions import CommentAction, ThreadAction
from app.comments.errors import AppealTooLate, PlaceGone, SelectionGone
from app.comments.forms.writing import (
    Chosen,
    EditForm,
    ReplyForm,
    WordsForm,
    appeal_form,
    edit_form,
    explain,
    limits_now,
    reply_form,
    words_form,
)
from app.comments.models import Comment, Thread
from app.comments.policies import NotInThisState
from app.comments.queries import showing
from app.comments.services import grouping, hiding, posting
from app.comments.subjects import Place, subject_of
from app.comments.views import bp
from app.comments.views.reading import page_of
from app.db import db
from app.errors import DomainError, Forbidden
from app.i18n import LANGUAGES, _, current_language
from app.web.guards import current_actor, on, own_path


@bp.get("/threads/<int:thread_id>/comment")
@on(Thread, needs_sign_in=True)
def compose(thread: Thread) -> ResponseReturnValue:
    """Whoever is not signed in comes back here, with the clause and the words still chosen."""
    chosen = Chosen.of(request.args)
    place = _place(thread, chosen)
    is_place_gone = bool(chosen.path) and place is None
    words = chosen.quoted_in(place) if place else ""
    chosen = Chosen(
        path=place.path if place else "",
        version=place.version if place else None,
        language=place.language if place else "",
        quote=words or "",
        start=chosen.start if words else 0,
    )
    try:
        policies.check_thread(ThreadAction.COMMENT, current_actor(), thread)
    except NotInThisState:
        return _too_late(thread, {})
    form = words_form(chosen, place, sent=False)
    return _compose(thread, form, place, is_place_gone=is_place_gone, is_selection_gone=words is None)


@bp.post("/threads/<int:thread_id>/comments")
@on(Thread)
def post(thread: Thread) -> ResponseReturnValue:
    """Keeps the comment on the version that was read. Whatever stands in the way, what was typed comes back."""
    chosen = Chosen.of(request.form)
    if current_actor().is_anonymous:
        return _signed_out(_address_of(thread, chosen))
    place = _place(thread, chosen)
    form = words_form(chosen, place, sent=True)
    try:
        policies.check_thread(ThreadAction.COMMENT, current_actor(), thread)
        if chosen.path and place is None:
            raise PlaceGone(path=chosen.path)
        if not form.validate():
            return _compose(thread, form, place)
        with db.session.begin_nested():
            comment = posting.post(
                thread,
                words=form.details(),
                anchor=chosen.anchor(),
                upload=form.file(),
                actor=current_actor(),
                now=clock.now(),
            )
    except NotInThisState:
        return _too_late(thread, _typed("text", "proposed"))
    except PlaceGone:
        form.leave_place()
        return _compose(thread, form, None, is_place_gone=True)
    except SelectionGone:
        assert place is not None  # noqa: S101  its words were looked for in it
        form.leave_selection(place)
        return _compose(thread, form, place, is_selection_gone=True)
    except Forbidden:
        raise
    except DomainError as refused:
        if not explain(form, refused):
            raise
        return _compose(thread, form, place)
    flash(_("Your comment is published."), "success")
    return redirect(page_of(comment), 303)


@bp.route("/comments/<int:comment_id>/reply", methods=["GET", "POST"])
@on(Comment, needs_sign_in=True)
def reply(comment: Comment) -> ResponseReturnValue:
    if refusal := _past(CommentAction.REPLY, comment):
        return refusal
    form = reply_form(comment)
    if form.validate_on_submit():
        text, language = form.details()
        try:
            written = posting.reply(
                comment, text=text, language=language, actor=current_actor(), now=clock.now()
            )
        except NotInThisState:
            return _past_it(comment)
        flash(_("Your reply is published."), "success")
        return redirect(page_of(written), 303)
    return _on_comment("comments/reply.html", comment, form)


@bp.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@on(Comment, needs_sign_in=True)
def edit(comment: Comment) -> ResponseReturnValue:
    if refusal := _past(CommentAction.EDIT, comment):
        return refusal
    actor = current_actor()
    wording = showing.alone(comment, actor=actor, language=current_language()).wording_before
    form = edit_form(comment, wording or _wording_at(comment))
    if form.validate_on_submit():
        text, proposed = form.details()
        try:
            posting.edit(comment, text=text, proposed=proposed, actor=actor, now=clock.now())
        except NotInThisState:
            return _past_it(comment)
        flash(_("Your words are changed."), "success")
        return redirect(page_of(comment), 303)
    quiet_until = posting.quiet_until(comment)
    return _on_comment(
        "comments/edit.html",
        comment,
        form,
        quiet_until=quiet_until if clock.now() < quiet_until else None,
        minutes=limits_now().edit_window_minutes,
    )


@bp.route("/comments/<int:comment_id>/withdraw", methods=["GET", "POST"])
@on(Comment, needs_sign_in=True)
def withdraw(comment: Comment) -> ResponseReturnValue:
    if refusal := _past(CommentAction.WITHDRAW, comment):
        return refusal
    if request.method == "POST":
        thread = comment.thread
        posting.withdraw(comment, actor=current_actor(), now=clock.now())
        flash(_("Your comment is taken back."), "success")
        return redirect(subject_of(thread).address(thread, None), 303)
    return _on_comment("comments/withdraw.html", comment)


@bp.post("/comments/<int:comment_id>/agreement")
@on(Comment, may=CommentAction.AGREE)
def agree(comment: Comment) -> ResponseReturnValue:
    """Pressed again, it is taken back. The value says what was meant, so that two presses do not undo each other."""
    actor = current_actor()
    is_wanted = request.form.get("value") != "no"
    if is_wanted:
        posting.agree(comment, actor=actor, now=clock.now())
    else:
        posting.take_agreement_back(comment, actor=actor)
    if request.headers.get("HX-Request"):
        shown = showing.agreement(comment, actor=actor)
        return render_template("comments/agreement.html", shown=shown, back=request.form.get("back", ""))
    back = own_path(request.form.get("back"))
    return redirect(f"{back}#comment-{comment.id}" if back else page_of(comment), 303)


@bp.route("/comments/<int:comment_id>/different", methods=["GET", "POST"])
@on(Comment, needs_sign_in=True)
def different(comment: Comment) -> ResponseReturnValue:
    """The author's letter leaves its group and gets an answer of its own."""
    if refusal := _past(CommentAction.SAY_DIFFERENT, comment):
        return refusal
    if request.method == "POST":
        grouping.say_different(comment, actor=current_actor(), now=clock.now())
        flash(_("Your comment stands by itself now and is answered by itself."), "success")
        return redirect(page_of(comment), 303)
    return _on_comment("comments/different.html", comment)


@bp.route("/comments/<int:comment_id>/appeal", methods=["GET", "POST"])
@on(Comment, needs_sign_in=True)
def appeal(comment: Comment) -> ResponseReturnValue:
    if refusal := _past(CommentAction.APPEAL, comment):
        return refusal
    form = appeal_form()
    if not hiding.may_still_appeal(comment, now=clock.now()):
        return _past_it(comment)
    if form.validate_on_submit():
        try:
            hiding.appeal(comment, text=form.details(), actor=current_actor(), now=clock.now())
        except (NotInThisState, AppealTooLate):
            return _past_it(comment)
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("Your appeal is with another moderator."), "success")
            return redirect(page_of(comment), 303)
    return _on_comment("comments/appeal.html", comment, form)


# Pages


def _compose(
    thread: Thread,
    form: WordsForm,
    place: Place | None,
    *,
    is_place_gone: bool = False,
    is_selection_gone: bool = False,
) -> ResponseReturnValue:
    subject = subject_of(thread)
    if request.method == "POST" and is_place_gone:
        form.form_errors.append(
            _("The clause that you chose is not in this text. Your words are kept below.")
        )
    if request.method == "POST" and is_selection_gone:
        form.form_errors.append(
            _("The words that you selected are not in this clause. Your comment is kept below.")
        )
    page = render_template(
        "comments/compose.html",
        thread=thread,
        form=form,
        place=place,
        is_place_gone=is_place_gone,
        is_selection_gone=is_selection_gone,
        typed=_typed("proposed") if place is None else {},
        limits=limits_now(),
        title=subject.title(thread),
        address=subject.address(thread, place.path if place else None),
    )
    return page, 422 if form.errors else 200


def _on_comment(
    template: str, comment: Comment, form: ReplyForm | EditForm | None = None, **values: object
) -> ResponseReturnValue:
    shown = showing.alone(comment, actor=current_actor(), language=current_language())
    page = render_template(
        template, comment=comment, shown=shown, form=form, address=page_of(comment), **values
    )
    return page, 422 if form is not None and form.errors else 200


def _past(action: CommentAction, comment: Comment) -> ResponseReturnValue | None:
    """The page that says why it cannot be done any more, if so; Forbidden if it was never this person's."""
    try:
        policies.check(action, current_actor(), comment)
    except NotInThisState:
        return _past_it(comment)
    return None


def _past_it(comment: Comment) -> ResponseReturnValue:
    page = render_template(
        "comments/too_late.html",
        comment=comment,
        thread=comment.thread,
        typed=_typed("text", "proposed"),
        address=page_of(comment),
        sign_in=None,
    )
    return page, 409


def _too_late(thread: Thread, typed: dict[str, str]) -> ResponseReturnValue:
    page = render_template(
        "comments/too_late.html",
        comment=None,
        thread=thread,
        typed=typed,
        address=subject_of(thread).address(thread, None),
        sign_in=None,
    )
    return page, 409


def _signed_out(back: str) -> ResponseReturnValue:
    """The session ended while somebody wrote."""
    page = render_template(
        "comments/too_late.html",
        comment=None,
        thread=None,
        typed=_typed("text", "proposed"),
        address=back,
        sign_in=url_for("accounts.sign_in", next=back),
    )
    return page, 403


def _typed(*names: str) -> dict[str, str]:
    """What was typed, to be copied: every box that was not left empty, with or without its form's prefix."""
    sent = {key.rsplit("-", 1)[-1]: text.strip() for key, text in request.form.items()}
    return {name: sent[name] for name in names if sent.get(name)}


# Where it is to stand


def _place(thread: Thread, chosen: Chosen) -> Place | None:
    if not chosen.path:
        return None
    find = subject_of(thread).place
    for language in dict.fromkeys((chosen.language or current_language(), *LANGUAGES)):
        if (place := find(thread, chosen.path, language, chosen.version)) is not None:
            return place
    return None


def _address_of(thread: Thread, chosen: Chosen) -> str:
    return url_for(
        "comments.compose",
        thread_id=thread.id,
        clause=chosen.path or None,
        version=chosen.version,
        read_in=chosen.language or None,
    )


def _wording_at(comment: Comment) -> str:
    """What another wording would replace, where none was proposed so far."""
    anchor = comment.anchor
    if anchor is None or anchor.exact:
        return anchor.exact if anchor else ""
    place = subject_of(comment.thread).place(comment.thread, anchor.path, anchor.language, anchor.version)
    return place.text if place else ""
