"""What everybody reads: all promises by body and by state, one body's, one promise with its history."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import ANONYMOUS, Role
from app.accounts import queries as accounts
from app.agencies import queries as agencies
from app.councils import queries as councils
from app.errors import NotFound
from app.files.downloads import download
from app.i18n import _
from app.promises import labels, policies, queries, sources
from app.promises.models import Promise
from app.promises.queries import Facet, Wish
from app.promises.views import bp
from app.text.normalize import shown_line
from app.web.caching import cached_page
from app.web.guards import current_actor, on, public


@bp.get("/promises")
@public
@cached_page
def index() -> ResponseReturnValue:
    body = agencies.by_slug(shown_line(request.args.get("body", "")))
    council = councils.by_slug(shown_line(request.args.get("council", "")))
    wish = Wish(_facet(), body.id if body else None, council.id if council else None)
    by_agency = queries.figures_by_agency(today=clock.today(), council_id=wish.council_id)
    bodies = agencies.with_ids(list(by_agency))
    rows = [(bodies[agency_id], figures) for agency_id, figures in by_agency.items()]
    rows.sort(key=lambda row: (-row[1].late, -row[1].open, row[0].name))
    return render_template(
        "promises/index.html",
        wish=wish,
        body=body,
        council=council,
        bodies=rows,
        **_listed(
            wish,
            "promises.index",
            body=body.slug if body else None,
            council=council.slug if council else None,
        ),
    )


@bp.get("/promises/bodies/<slug>")
@public
@cached_page
def body(slug: str) -> ResponseReturnValue:
    found = agencies.by_slug(shown_line(slug))
    if found is None:
        raise NotFound(kind="Agency")
    wish = Wish(_facet(), found.id)
    return render_template(
        "promises/body.html", wish=wish, body=found, **_listed(wish, "promises.body", slug=found.slug)
    )


@bp.get("/promises/<int:number>")
@on(Promise)
@cached_page
def show(promise: Promise) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "promises/show.html",
        promise=promise,
        source=sources.source(promise.source_kind, promise.source_number, actor),
        subject_address=_subject_address(promise),
        who={account_id: _who(promise, account_id) for account_id in {entry.by for entry in promise.entries}},
        may={action.value: policies.may(action, actor, promise) for action in policies.RULES},
    )


@bp.get("/promises/<int:number>/file/<key>")
@on(Promise)
def file(promise: Promise, key: str) -> ResponseReturnValue:
    """The file that proves it, as a download."""
    attachment = promise.proof_file
    if attachment is None or attachment.public_key != key:
        raise NotFound(kind="Attachment")
    return download(attachment)


def _who(promise: Promise, account_id: int) -> str:
    """On whose side somebody stands who entered or closed it; officers have no name in public."""
    account = accounts.by_id(account_id)
    actor = account.actor() if account is not None else ANONYMOUS
    if promise.agency_id in actor.agency_ids:
        return promise.agency.name
    if actor.agency_ids:
        return next(iter(agencies.with_ids(list(actor.agency_ids)).values())).name
    if promise.council is not None and actor.has(Role.SECRETARY):
        return str(_("Secretary of the council: %(council)s", council=promise.council.name))
    return str(_("A moderator")) if actor.has(Role.MODERATOR) else ""


def _facet() -> Facet:
    name = request.args.get("state", "")
    return Facet(name) if name in list(Facet) else Facet.ALL


def _subject_address(promise: Promise) -> str | None:
    if promise.subject_kind is None or promise.subject_number is None:
        return None
    return labels.thing_address(promise.subject_kind, promise.subject_number)


def _listed(wish: Wish, endpoint: str, **address: Any) -> dict[str, Any]:
    """One page of the list with its figures and the ways to narrow it."""
    today = clock.today()
    state = None if wish.facet is Facet.ALL else wish.facet.value
    page = queries.page_of(wish, today=today, position=request.args.get("after"))
    figures = queries.figures(wish, today=today)
    positions = {
        name: url_for(endpoint, state=state, after=position, **address) if position else None
        for name, position in (("next_page", page.next), ("previous_page", page.previous))
    }
    return {
        "promises": page.rows,
        "figures": figures,
        "facets": [
            {
                "name": name,
                "count": figures.of(facet),
                "href": url_for(endpoint, state=None if facet is Facet.ALL else facet.value, **address),
                "is_current": facet is wish.facet,
            }
            for facet, name in labels.FACETS.items()
        ],
        **positions,
    }
