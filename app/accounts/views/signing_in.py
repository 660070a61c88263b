"""Coming in and going out."""

import hashlib

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts import queries
from app.accounts import session as browser
from app.accounts.errors import ProviderRefused, WrongIdentity, WrongPassword
from app.accounts.forms import SignInForm, StaffSignInForm
from app.accounts.identity_providers import provider
from app.accounts.services import own, signing_in
from app.accounts.services.signing_in import Entrance
from app.accounts.views import bp
from app.i18n import _, current_language
from app.text.normalize import shown
from app.web.guards import current_actor, own_path, public, signed_in
from app.web.ratelimit import SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS, limiter


def typed_account() -> str:
    """The account that somebody tries, as the limit's key: its hash, because Redis need not know addresses.

    Cleaned as the form cleans it, so that an invisible letter does not open a fresh row of tries.
    """
    email = shown(request.form.get("email", "")).lower()
    return "account:" + hashlib.sha256(email.encode()).hexdigest()[:32]


def is_failed(response: Response) -> bool:
    """Only failures count: whoever knows the password is never locked out by having come in often."""
    return response.status_code != 303


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if not provider().is_allowed:
        if request.method == "POST":
            raise ProviderRefused(provider=provider().name)
        return render_template("accounts/sign_in.html", form=None, next=request.args.get("next"))
    if request.method == "GET" and not current_actor().is_anonymous:
        return onwards(request.args.get("next"), otherwise=url_for("petitions.me"))
    form = SignInForm(next=request.args.get("next"))
    if form.validate_on_submit() and (entrance := _identified(form)):
        return _begin(entrance, form.next.data, otherwise=url_for("petitions.me"))
    status = 422 if form.errors else 200
    return render_template("accounts/sign_in.html", form=form, next=form.next.data), status


def _identified(form: SignInForm) -> Entrance | None:
    try:
        identity = provider().identify(form.answer())
        return signing_in.enter_as_citizen(identity, language=current_language(), now=clock.now())
    except WrongIdentity as error:
        form.explain(error)
    except WrongPassword:
        form.form_errors.append(_("This account is closed, so you cannot sign in with it."))
    return None


@bp.route("/sign-in/staff", methods=["GET", "POST"])
@public
@limiter.limit(SIGN_IN_BY_ADDRESS, methods=["POST"], deduct_when=is_failed)
@limiter.limit(SIGN_IN_BY_ACCOUNT, key_func=typed_account, methods=["POST"], deduct_when=is_failed)
def staff_sign_in() -> ResponseReturnValue:
    form = StaffSignInForm(next=request.args.get("next"))
    if form.validate_on_submit():
        typed = form.credentials()
        try:
            entrance = signing_in.enter_as_staff(email=typed.email, password=typed.password, now=clock.now())
            return _begin(entrance, form.next.data, otherwise=url_for("moderation.desk"))
        except WrongPassword:
            form.refuse()
    return render_template("accounts/staff_sign_in.html", form=form), 422 if form.errors else 200


def _begin(entrance: Entrance, target: str | None, *, otherwise: str) -> ResponseReturnValue:
    now = clock.now()
    if before := session.get("_user_id"):
        signing_in.leave(before, now=now)
    browser.begin(entrance, now=now)
    return onwards(target, otherwise=otherwise)


def onwards(target: str | None, *, otherwise: str) -> ResponseReturnValue:
    """To the page that was asked for before signing in, if it is one of this site's."""
    return redirect(own_path(target) or otherwise, 303)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Ends the session for every copy of the cookie. Whoever is out already just goes home."""
    if token := session.get("_user_id"):
        signing_in.leave(token, now=clock.now())
    browser.end()
    flash(_("You are signed out."), "success")
    return redirect(url_for("pages.home"), 303)


@bp.post("/sign-out/everywhere")
@signed_in()
def sign_out_everywhere() -> ResponseReturnValue:
    """Ends the person's sessions on every device, this one too."""
    actor = current_actor()
    if account := queries.by_id(actor.account_id):
        own.leave_everywhere(account, actor=actor, now=clock.now())
    browser.end()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("pages.home"), 303)
