"""Following a petition, and stopping to."""

import hashlib

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.errors import NotFound
from app.i18n import current_language
from app.notifications import queries
from app.notifications.forms import FollowForm
from app.notifications.models import Follow
from app.notifications.services import following
from app.petitions.actions import Action
from app.petitions.models import Petition
from app.web.blueprint import pages
from app.web.forms import csrf
from app.web.guards import current_actor, on, public
from app.web.ratelimit import FOLLOW_BY_ADDRESS, FOLLOW_BY_MAILBOX, limiter

bp = pages("notifications", __name__)


def typed_mailbox() -> str:
    """What letters to one mailbox are counted by; hashed, because the counter lies outside the database."""
    return hashlib.sha256(request.form.get("email", "").strip().lower().encode()).hexdigest()


@bp.route("/petitions/<int:number>/follow", methods=["GET", "POST"])
@on(Petition, may=Action.FOLLOW)
@limiter.limit(FOLLOW_BY_ADDRESS, methods=["POST"])
@limiter.limit(FOLLOW_BY_MAILBOX, methods=["POST"], key_func=typed_mailbox)
def follow(petition: Petition) -> ResponseReturnValue:
    account = getattr(current_user, "account", None)
    form = FollowForm(
        email=(account.email or "") if account else "",
        language=account.language if account else current_language(),
    )
    if request.method == "GET":
        template = "asked" if "asked" in request.args else "follow"
        return render_template(f"notifications/{template}.html", petition=petition, form=form)
    if not form.validate():
        return render_template("notifications/follow.html", petition=petition, form=form), 422
    following.follow(petition, details=form.details(), actor=current_actor(), now=clock.now())
    # The same page whoever asked and whatever is known of the address.
    return redirect(url_for("notifications.follow", number=petition.number, asked=1), 303)


@bp.route("/follow/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """GET shows a button and changes nothing: programs that scan mail follow links, they do not press buttons."""
    found = by_token(token)
    if request.method == "POST":
        following.confirm(found, now=clock.now())
        return redirect(url_for("notifications.confirm", token=token), 303)
    return render_template("notifications/confirm.html", follow=found, petition=found.petition)


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@public
@csrf.exempt  # type: ignore[untyped-decorator]
def unsubscribe(token: str) -> ResponseReturnValue:
    """POST ends the one subscription that `token` opens, from our page and from mail programs (RFC 8058): they have no
    cookie and follow no redirect."""
    found = by_token(token)
    if request.method == "POST":
        following.end(found, now=clock.now())
    return render_template("notifications/unsubscribe.html", follow=found, petition=found.petition)


def by_token(token: str) -> Follow:
    found = queries.follow_by_token(token)
    if found is None:
        raise NotFound(kind="Follow")
    return found
