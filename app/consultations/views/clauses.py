"""One clause with its comments, what a version changed, and the comparative table."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.comments import labels as comment_labels
from app.comments.queries.reading import Order
from app.consultations import labels, queries
from app.consultations.forms.reading import TextWish, one_of, text_wish_of
from app.consultations.lifecycle import PRIVATE_STATES
from app.consultations.models import Clause, DraftAct, DraftVersion
from app.consultations.queries import reading
from app.consultations.views import bp
from app.consultations.views.discussion import discussion_on
from app.consultations.views.reading import version_of
from app.errors import NotFound
from app.web.caching import cached_page
from app.web.guards import on


@bp.get("/drafts/<int:number>/clauses/<path:anchor>")
@on(DraftAct)
@cached_page
def clause(draft: DraftAct, anchor: str) -> ResponseReturnValue:
    """The clause of that address in the newest version, or in the one named; an address or key that only an older
    version knew leads to where the clause stands now, or shows it as the last version had it."""
    wish = text_wish_of(request.args, draft)
    newest = version_of(draft, None)
    version = version_of(draft, wish.version) if wish.version else newest
    found = queries.clause_by_anchor(version, anchor, wish.language)
    if found is None and wish.version is None:
        place = _place_by_old_anchor(draft, newest, anchor, wish)
        if isinstance(place, str):
            return redirect(place, 302)
        version, found = place
    if found is None:
        raise NotFound(kind="Clause")
    order = one_of(Order, request.args.get("order"), Order.BEST)
    return render_template(
        "consultations/clause.html",
        draft=draft,
        version=version,
        newest=newest,
        clause=found,
        now_at=queries.clause_by_key(newest, found.key, found.language) if version is not newest else None,
        neighbours=reading.neighbours_of(version, found),
        part=reading.part_of(version, found),
        change=reading.change_of(version, found),
        wish=wish,
        labels=labels,
        discussion=discussion_on(
            draft, version, anchor_key=found.key, order=order, after=request.args.get("after")
        ),
        order=order,
        orders=comment_labels.ORDERS,
        at=lambda chosen, position=None: url_for(
            "consultations.clause",
            number=draft.number,
            anchor=found.anchor,
            version=wish.version,
            text=request.args.get("text"),
            order=None if chosen is Order.BEST else chosen.value,
            after=position,
        ),
    )


def _place_by_old_anchor(
    draft: DraftAct, newest: DraftVersion, anchor: str, wish: TextWish
) -> str | tuple[DraftVersion, Clause]:
    """Where the clause stands now, as an address; else the last version that had it, and the clause there."""
    old = reading.newest_with_anchor(draft, anchor, wish.language)
    if old is None:
        raise NotFound(kind="Clause")
    last = reading.newest_with_key(draft, old[1].key, wish.language) or old
    if last[0].id != newest.id:
        return last
    return url_for(
        "consultations.clause", number=draft.number, anchor=last[1].anchor, text=request.args.get("text")
    )


@bp.get("/drafts/<int:number>/versions/<int:version>/changes")
@on(DraftAct)
@cached_page
def changes(draft: DraftAct, version: int) -> ResponseReturnValue:
    """The redline of a version against the one before, a language at a time."""
    wish = text_wish_of(request.args, draft)
    if draft.state in PRIVATE_STATES:
        raise NotFound(kind="DraftVersion")
    known = {one.number: one for one in queries.published_versions(draft)}
    if version not in known:
        raise NotFound(kind="DraftVersion")
    page = reading.changes_page(known[version], wish.language, position=request.args.get("after"))
    return render_template(
        "consultations/changes.html",
        draft=draft,
        version=known[version],
        before=known.get(version - 1),
        versions=list(known.values()),
        counts=reading.change_counts(known[version], wish.language),
        page=page,
        is_stretch=lambda entry: isinstance(entry, reading.Stretch),
        wish=wish,
        labels=labels,
    )


@bp.get("/drafts/<int:number>/table")
@on(DraftAct)
@cached_page
def table(draft: DraftAct) -> ResponseReturnValue:
    """The comparative table of the newest version, or of the one named."""
    wish = text_wish_of(request.args, draft)
    version = version_of(draft, wish.version)
    page = reading.table_page(version, position=request.args.get("after"))
    return render_template(
        "consultations/table.html", draft=draft, version=version, page=page, wish=wish, labels=labels
    )
