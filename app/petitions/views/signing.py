"""Two pages: agree and sign; signed. And the private page of the first supporters, and taking a signature back."""

from datetime import timedelta

from flask import Response, current_app, flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Role
from app.accounts import queries as accounts
from app.accounts import session as browser
from app.accounts.models import Account
from app.db import commit_each_statement
from app.errors import DomainError, Forbidden, NotFound
from app.i18n import _
from app.petitions import lifecycle, policies, queries
from app.petitions.actions import Action
from app.petitions.errors import (
    AlreadySigned,
    NotSigned,
    SessionEnded,
    SigningClosed,
    TooYoung,
    WithdrawalClosed,
)
from app.petitions.forms.signing import SignatureForm, consent_now
from app.petitions.models import Petition
from app.petitions.policies import NotInThisState
from app.petitions.services import signing
from app.petitions.services.signing import Claim
from app.petitions.views import bp
from app.web.guards import claimed, current_actor, on, public, to_sign_in

# Each has a page of its own words.
REFUSALS = (AlreadySigned, SigningClosed, TooYoung, NotInThisState)


@bp.get("/support/<token>")
@public
def support(token: str) -> ResponseReturnValue:
    """The petition as its first supporters see it, until everybody may."""
    petition = queries.by_support_token(token)
    if petition is None:
        raise NotFound(kind="Petition")
    if petition.state in lifecycle.PUBLIC_STATES | lifecycle.STUB_STATES:
        return redirect(url_for("petitions.show", number=petition.number), 303)
    now = clock.now()
    closes_at = petition.support_closes_at if policies.opens(token, petition) else None
    if closes_at is None or now >= closes_at:
        return _private(render_template("petitions/support_over.html"), 410)
    closes_on = clock.today(closes_at - timedelta(seconds=1))
    return _private(
        render_template(
            "petitions/support.html",
            petition=petition,
            count=_count_of(petition),
            closes_on=closes_on,
            days_left=(closes_on - clock.today(now)).days,
            token=token,
        )
    )


@bp.get("/petitions/<int:number>/sign")
@on(Petition, by_link=True)
def agree(petition: Petition) -> ResponseReturnValue:
    """Page one: what is signed, by whom it is read, and what is agreed to."""
    if current_actor().is_anonymous:
        return to_sign_in()
    account = _citizen(Action.SIGN, petition)
    form = SignatureForm(token=_token_of(petition), region=account.region_code)
    try:
        signing.check(petition, account=account, support_token=form.support_token, now=clock.now())
    except REFUSALS as refusal:
        return _refused(petition, refusal)
    return _agree_page(petition, form)


@bp.post("/petitions/<int:number>/signatures")
@claimed(Role.CITIZEN)
def sign(number: int) -> ResponseReturnValue:
    """The one act that must be fast: a signed cookie, a form checked without a query, one statement."""
    now = clock.now()
    # The token was checked before the view, as every POST's is; only a page with errors needs the next one.
    form = SignatureForm(meta={"csrf": False})
    if browser.is_idle(now):
        return _sign_in_again(number, form)
    if not form.validate():
        form = SignatureForm()
        form.validate()
        return _agree_page(_known(number, form), form, 422)
    claim = Claim(token=session["_user_id"], person_tag=bytes.fromhex(session["tag"]))
    commit_each_statement()
    try:
        signing.sign(number, details=form.details(), claim=claim, support_token=form.support_token, now=now)
    except SessionEnded:
        return _sign_in_again(number, form)
    except REFUSALS as refusal:
        return _refused(_known(number, form), refusal)
    return redirect(url_for("petitions.signed", number=number, token=form.support_token), 303)


@bp.get("/petitions/<int:number>/signed")
@on(Petition, by_link=True)
def signed(petition: Petition) -> ResponseReturnValue:
    """Page two: it is taken. Whoever did not sign has nothing to see here."""
    actor = current_actor()
    if actor.is_anonymous:
        return to_sign_in()
    if not signing.has_signed(petition, actor.person_tag):
        return redirect(_page_of(petition), 303)
    return _private(
        render_template(
            "petitions/signed.html",
            petition=petition,
            count=_count_of(petition),
            page=_page_of(petition),
            address=current_app.config["PUBLIC_URL"] + _page_of(petition),
            token=_token_of(petition),
            may_follow=policies.may(Action.FOLLOW, actor, petition),
            may_withdraw=policies.may(Action.WITHDRAW_SIGNATURE, actor, petition),
        )
    )


@bp.get("/petitions/<int:number>/withdraw-signature")
@on(Petition, by_link=True)
def withdraw_signature(petition: Petition) -> ResponseReturnValue:
    actor = current_actor()
    if actor.is_anonymous:
        return to_sign_in()
    account = _citizen(Action.WITHDRAW_SIGNATURE, petition)
    refusal: DomainError | None = None
    if not signing.has_signed(petition, account.person_tag):
        refusal = NotSigned(number=petition.number)
    elif not policies.may(Action.WITHDRAW_SIGNATURE, actor, petition):
        refusal = WithdrawalClosed(state=petition.state)
    return _withdraw_page(petition, refusal)


@bp.post("/petitions/<int:number>/withdraw-signature")
@on(Petition, by_link=True)
def take_signature_back(petition: Petition) -> ResponseReturnValue:
    """Quiet: one sentence on the next page, and nothing anywhere else."""
    if current_actor().is_anonymous:
        return to_sign_in()
    _citizen(Action.WITHDRAW_SIGNATURE, petition)
    try:
        signing.withdraw_signature(petition, actor=current_actor(), now=clock.now())
    except (NotSigned, WithdrawalClosed) as refusal:
        return _withdraw_page(petition, refusal)
    flash(_("Your signature is withdrawn."), "success")
    return redirect(url_for("petitions.me"), 303)


def _citizen(action: Action, petition: Petition) -> Account:
    """The account behind the request, if the table lets it try `action`; whether now, the caller asks."""
    actor = current_actor()
    account = accounts.by_id(actor.account_id)
    if account is None or not policies.RULES[action](actor, petition):
        raise Forbidden(action=action)
    return account


def _known(number: int, form: SignatureForm) -> Petition:
    """The petition after a refusal, if its existence is no secret to this person; else it is as if there were none."""
    petition = queries.by_number(number)
    actor = current_actor()
    if petition is not None and (
        policies.may_know(actor, petition) or policies.opens(form.support_token or "", petition)
    ):
        return petition
    raise NotFound(kind="Petition")


def _token_of(petition: Petition) -> str | None:
    """The private link's secret while the petition is private: whoever got here holds it, or signed with it."""
    return petition.support_token if petition.state in lifecycle.PRIVATE_STATES else None


def _page_of(petition: Petition) -> str:
    """Where the petition is read: its public page, or the page of the private link before there is one."""
    if token := _token_of(petition):
        return url_for("petitions.support", token=token)
    return url_for("petitions.show", number=petition.number)


def _count_of(petition: Petition) -> int:
    tally = queries.tally_of(petition)
    return tally.signatures if tally else 0


def _agree_page(petition: Petition, form: SignatureForm, status: int = 200) -> Response:
    form.offer()
    page = render_template(
        "petitions/sign.html", petition=petition, form=form, consent=consent_now(), page=_page_of(petition)
    )
    return _private(page, status)


def _refused(petition: Petition, refusal: DomainError) -> Response:
    """Why it cannot be signed, in words: nothing was lost, and what can be done instead."""
    page = render_template(
        "petitions/cannot_sign.html",
        petition=petition,
        reason=type(refusal).__name__,
        details=refusal.data,
        page=_page_of(petition),
        token=_token_of(petition),
        may_withdraw=policies.may(Action.WITHDRAW_SIGNATURE, current_actor(), petition),
    )
    return _private(page, refusal.status)


def _withdraw_page(petition: Petition, refusal: DomainError | None) -> Response:
    page = render_template(
        "petitions/withdraw_signature.html",
        petition=petition,
        reason=type(refusal).__name__ if refusal else None,
        page=_page_of(petition),
        token=_token_of(petition),
    )
    return _private(page, refusal.status if refusal else 200)


def _sign_in_again(number: int, form: SignatureForm) -> ResponseReturnValue:
    """The session ended meanwhile: to the sign-in page, and from there back to the same petition."""
    browser.end()
    back = url_for("petitions.agree", number=number, token=form.support_token)
    return redirect(url_for("accounts.sign_in", next=back), 303)


def _private(page: str, status: int = 200) -> Response:
    """A page that no cache and no search engine keeps, and whose address no other site is told."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
