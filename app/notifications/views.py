"""Following a petition, a draft act or a public council, being told of new drafts, and stopping to."""

import hashlib
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.consultations.actions import Action as DraftAction
from app.consultations.forms.reading import wish_of
from app.consultations.models import DraftAct
from app.councils.models import Council
from app.errors import NotFound
from app.i18n import current_language
from app.notifications import labels, queries
from app.notifications.forms import FollowCouncilForm, FollowDraftForm, FollowForm, SearchForm
from app.notifications.models import SavedSearch, Subscribed
from app.notifications.services import following
from app.notifications.wishes import in_address, in_words
from app.petitions.actions import Action
from app.petitions.models import Petition
from app.web.blueprint import pages
from app.web.forms import csrf
from app.web.guards import current_actor, on, public, signed_in
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
    form = FollowForm(**own_details())
    if request.method == "GET":
        template = "asked" if "asked" in request.args else "follow"
        return render_template(f"notifications/{template}.html", petition=petition, form=form)
    if not form.validate():
        return render_template("notifications/follow.html", petition=petition, form=form), 422
    following.follow(petition, details=form.details(), actor=current_actor(), now=clock.now())
    # The same page whoever asked and whatever is known of the address.
    return redirect(url_for("notifications.follow", number=petition.number, asked=1), 303)


@bp.route("/drafts/<int:number>/follow", methods=["GET", "POST"])
@on(DraftAct, may=DraftAction.FOLLOW)
@limiter.limit(FOLLOW_BY_ADDRESS, methods=["POST"])
@limiter.limit(FOLLOW_BY_MAILBOX, methods=["POST"], key_func=typed_mailbox)
def follow_draft(draft: DraftAct) -> ResponseReturnValue:
    form = FollowDraftForm(**own_details())
    if request.method == "GET":
        template = "asked" if "asked" in request.args else "follow_draft"
        return render_template(f"notifications/{template}.html", draft=draft, form=form)
    if not form.validate():
        return render_template("notifications/follow_draft.html", draft=draft, form=form), 422
    following.follow(draft, details=form.details(), actor=current_actor(), now=clock.now())
    return redirect(url_for("notifications.follow_draft", number=draft.number, asked=1), 303)


@bp.route("/councils/<slug>/follow", methods=["GET", "POST"])
@on(Council)
@limiter.limit(FOLLOW_BY_ADDRESS, methods=["POST"])
@limiter.limit(FOLLOW_BY_MAILBOX, methods=["POST"], key_func=typed_mailbox)
def follow_council(council: Council) -> ResponseReturnValue:
    form = FollowCouncilForm(**own_details())
    if request.method == "GET":
        template = "asked" if "asked" in request.args else "follow_council"
        return render_template(f"notifications/{template}.html", council=council, form=form)
    if not form.validate():
        return render_template("notifications/follow_council.html", council=council, form=form), 422
    following.follow(council, details=form.details(), actor=current_actor(), now=clock.now())
    return redirect(url_for("notifications.follow_council", slug=council.slug, asked=1), 303)


@bp.route("/drafts/searches/new", methods=["GET", "POST"])
@public
@limiter.limit(FOLLOW_BY_ADDRESS, methods=["POST"])
@limiter.limit(FOLLOW_BY_MAILBOX, methods=["POST"], key_func=typed_mailbox)
def search_new() -> ResponseReturnValue:
    """Being told of new drafts like those on the list; the address carries what the list was narrowed to."""
    form = SearchForm(wish_of(request.args), **own_details())
    if request.method == "GET":
        template = "asked" if "asked" in request.args else "search"
        return render_template(f"notifications/{template}.html", form=form)
    if not form.validate():
        return render_template("notifications/search.html", form=form), 422
    following.save_search(form.details(), actor=current_actor(), now=clock.now())
    return redirect(url_for("notifications.search_new", asked=1), 303)


@bp.get("/drafts/searches")
@signed_in()
def searches() -> ResponseReturnValue:
    found = queries.searches_of(current_actor().account_id)
    return render_template(
        "notifications/searches.html",
        searches=found,
        in_words=in_words,
        in_address=in_address,
        frequencies=labels.FREQUENCIES,
    )


@bp.route("/follow/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """GET shows a button and changes nothing: programs that scan mail follow links, they do not press buttons."""
    found = by_token(token)
    if request.method == "POST":
        following.confirm(found, now=clock.now())
        return redirect(url_for("notifications.confirm", token=token), 303)
    return render_template("notifications/confirm.html", **subscription(found))


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@public
@csrf.exempt  # type: ignore[untyped-decorator]
def unsubscribe(token: str) -> ResponseReturnValue:
    """POST ends the one subscription that `token` opens, from our page and from mail programs (RFC 8058): they have no
    cookie and follow no redirect."""
    found = by_token(token)
    if request.method == "POST":
        following.end(found, now=clock.now())
    return render_template("notifications/unsubscribe.html", **subscription(found))


def own_details() -> dict[str, Any]:
    """What is known of whoever is signed in; a form begins with it."""
    account = getattr(current_user, "account", None)
    return {
        "email": (account.email or "") if account else "",
        "language": account.language if account else current_language(),
    }


def subscription(found: Subscribed) -> dict[str, Any]:
    """What the pages that confirm and end a subscription show."""
    search = found if isinstance(found, SavedSearch) else None
    return {
        "subscribed": found,
        "words": labels.words_of(found),
        "wish": in_words(search) if search else [],
        "list_values": in_address(search) if search else {},
    }


def by_token(token: str) -> Subscribed:
    found = queries.by_token(token)
    if found is None:
        raise NotFound(kind="Subscription")
    return found
