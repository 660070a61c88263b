"""How bodies answer, and the register of rejections."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.agencies import labels as agency_labels
from app.agencies import queries as agencies
from app.duties.labels import CLOCK_STATES
from app.errors import NotFound
from app.i18n import _, _l
from app.law import rules_version
from app.law.labels import GROUND_KINDS, how_computed
from app.law.thresholds import AddresseeKind
from app.petitions.models import Petition
from app.petitions.queries import listing
from app.statistics import queries
from app.statistics.queries import TableOrder, TableWish
from app.territories import queries as territories
from app.text.normalize import shown_line
from app.web.blueprint import pages
from app.web.caching import cached_page
from app.web.guards import public

bp = pages("statistics", __name__)

ORDERS = {
    TableOrder.OVERDUE: _l("Most overdue first"),
    TableOrder.UNANSWERED: _l("Most unanswered first"),
    TableOrder.LATE: _l("Most answered late first"),
    TableOrder.ON_TIME: _l("Most answered on time first"),
    TableOrder.NAME: _l("By name"),
}


@bp.get("/agencies", endpoint="agencies")
@public
@cached_page
def agencies_table() -> ResponseReturnValue:
    wish = _wish()
    return render_template(
        "statistics/agencies.html",
        wish=wish,
        table=queries.table(wish, today=clock.today()),
        levels=[(kind.value, name) for kind, name in agency_labels.ADDRESSEE.items()],
        region_choices=list(territories.region_names().items()),
        orders=[(order.value, name) for order, name in ORDERS.items()],
        is_narrowed=bool(wish.level or wish.region),
    )


@bp.get("/agencies/<slug>")
@public
@cached_page
def agency(slug: str) -> ResponseReturnValue:
    body = agencies.by_slug(shown_line(slug))
    if body is None:
        raise NotFound(kind="Agency")
    now = clock.now()
    return render_template(
        "statistics/agency.html",
        agency=body,
        kind=agency_labels.KIND[body.kind],
        figures=queries.figures_of(body, today=clock.today(now)),
        meter=queries.meter_of(body),
        owed=queries.owed_by(body, now=now),
        answered=queries.answered_by(body, now=now),
        threshold=queries.threshold_of(body, today=clock.today(now)),
        how_computed=how_computed,
        clock_states=CLOCK_STATES,
    )


@bp.get("/rejections")
@public
@cached_page
def rejections() -> ResponseReturnValue:
    page = listing.rejected(position=request.args.get("after"))
    return render_template(
        "statistics/rejections.html",
        stubs=[stub(petition) for petition in page.rows],
        next_page=url_for("statistics.rejections", after=page.next) if page.next else None,
        previous_page=url_for("statistics.rejections", after=page.previous) if page.previous else None,
    )


def stub(petition: Petition) -> dict[str, Any]:
    """What the public may know of a rejected petition: neither its text nor its author."""
    rules = rules_version(petition.rules_version or "")
    ground = rules.ground(petition.rejection_ground or "")
    item = _("Item %(number)s of the list", number=ground.number) if ground.number else ""
    return {
        "number": petition.number,
        "on": petition.rejected_at,
        "addressee": petition.addressee,
        "kind": GROUND_KINDS[ground.kind],
        "item": item,
        "text": ground.text,
        "source": ground.source,
        "law": rules.id,
    }


def _wish() -> TableWish:
    level, order = request.args.get("level"), request.args.get("order")
    region = request.args.get("region", "")
    return TableWish(
        level=AddresseeKind(level) if level in {kind.value for kind in AddresseeKind} else None,
        region=region if region in territories.region_codes() else "",
        order=TableOrder(order) if order in {known.value for known in TableOrder} else TableOrder.OVERDUE,
    )


from app.statistics import council_views  # noqa: E402, F401  they add their routes
