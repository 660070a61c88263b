"""What people of the body, secretaries and moderators do: enter a promise, put it off, close it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.errors import DomainError, NotFound
from app.i18n import _
from app.promises import policies, services, sources
from app.promises.errors import AlreadyEntered
from app.promises.forms import (
    PromiseForm,
    drop_form,
    explain,
    fulfil_form,
    promise_form,
    put_off_form,
)
from app.promises.lifecycle import Action
from app.promises.models import Promise
from app.promises.sources import SourceText
from app.promises.views import bp
from app.web.forms import Form
from app.web.guards import current_actor, on, signed_in

LARGEST_NUMBER = 2**31


@bp.route("/desk/promises/new", methods=["GET", "POST"])
@signed_in()
def new() -> ResponseReturnValue:
    """The form beside the text that it is found in; who may enter is the text's own matter."""
    kind, number, text = _source_asked()
    policies.check_enter(text)
    form = promise_form(text)
    if not form.validate_on_submit():
        return _form_page(text, form, status=422 if form.errors else 200)
    words = form.details()
    try:
        promise = services.enter(
            kind,
            number,
            what=words.what,
            quote=words.quote,
            language=words.language,
            due_on=words.due_on,
            actor=current_actor(),
            now=clock.now(),
        )
    except DomainError as refused:
        return _refused(text, form, refused)
    flash(_("The promise is entered. Whoever follows what it is about is told."), "success")
    return _to(promise)


@bp.route("/desk/promises/<int:number>/correct", methods=["GET", "POST"])
@on(Promise, may=Action.CORRECT, needs_sign_in=True)
def correct(promise: Promise) -> ResponseReturnValue:
    text = sources.source(promise.source_kind, promise.source_number, current_actor())
    if text is None:
        raise NotFound(kind="SourceText")
    form = promise_form(text, promise)
    if not form.validate_on_submit():
        return _form_page(text, form, promise=promise, status=422 if form.errors else 200)
    try:
        services.correct(promise, words=form.details(), actor=current_actor(), now=clock.now())
    except DomainError as refused:
        return _refused(text, form, refused, promise=promise)
    flash(_("The promise is corrected."), "success")
    return _to(promise)


@bp.route("/desk/promises/<int:number>/put-off", methods=["GET", "POST"])
@on(Promise, may=Action.PUT_OFF, needs_sign_in=True)
def put_off(promise: Promise) -> ResponseReturnValue:
    form = put_off_form()

    def act() -> None:
        due_on, reason = form.details()
        services.put_off(promise, due_on=due_on, reason=reason, actor=current_actor(), now=clock.now())

    return _work(promise, form, "promises/put_off.html", act, _("The new day stands beside the old one."))


@bp.route("/desk/promises/<int:number>/fulfil", methods=["GET", "POST"])
@on(Promise, may=Action.FULFIL, needs_sign_in=True)
def fulfil(promise: Promise) -> ResponseReturnValue:
    form = fulfil_form()

    def act() -> None:
        proof = form.details()
        services.fulfil(
            promise,
            words=proof.words,
            link=proof.link,
            upload=form.file(),
            done_on=proof.done_on,
            actor=current_actor(),
            now=clock.now(),
        )

    return _work(
        promise, form, "promises/fulfil.html", act, _("The promise is done, and its proof is published.")
    )


@bp.route("/desk/promises/<int:number>/drop", methods=["GET", "POST"])
@on(Promise, may=Action.DROP, needs_sign_in=True)
def drop(promise: Promise) -> ResponseReturnValue:
    form = drop_form()

    def act() -> None:
        services.drop(promise, reason=form.details(), actor=current_actor(), now=clock.now())

    return _work(
        promise, form, "promises/drop.html", act, _("The promise is dropped, and its reason is published.")
    )


def _work(
    promise: Promise, form: Form, template: str, act: Callable[[], None], done: str
) -> ResponseReturnValue:
    """Shows the form, or does what it says; what is refused stands at its field."""
    if form.validate_on_submit():
        try:
            act()
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(done, "success")
            return _to(promise)
    return render_template(template, promise=promise, form=form), 422 if form.errors else 200


def _refused(
    text: SourceText, form: PromiseForm, refused: DomainError, *, promise: Promise | None = None
) -> ResponseReturnValue:
    if isinstance(refused, AlreadyEntered):
        same = int(str(refused.data["number"]))
        return _form_page(text, form, promise=promise, same=same, status=409)
    if not explain(form, refused):
        raise refused
    return _form_page(text, form, promise=promise, status=422)


def _form_page(
    text: SourceText,
    form: PromiseForm,
    *,
    promise: Promise | None = None,
    same: int | None = None,
    status: int,
) -> ResponseReturnValue:
    page = render_template(
        "promises/form.html",
        text=text,
        form=form,
        promise=promise,
        same=same,
        source=request.args.get("source", ""),
    )
    return page, status


def _source_asked() -> tuple[str, int, SourceText]:
    """The published text that the address names, such as `recommendation:17`."""
    kind, _separator, number = request.args.get("source", "").partition(":")
    if not number.isascii() or not number.isdecimal() or len(number) > 10 or int(number) >= LARGEST_NUMBER:
        raise NotFound(kind="SourceText")
    text = sources.source(kind, int(number), current_actor())
    if text is None:
        raise NotFound(kind="SourceText")
    return kind, int(number), text


def _to(promise: Promise) -> ResponseReturnValue:
    return redirect(url_for("promises.show", number=promise.number), 303)
