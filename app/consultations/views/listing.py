"""The list of draft acts, and the list of those that are not discussed."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.agencies import queries as agencies
from app.consultations import labels
from app.consultations.forms.reading import DAYS, wish_of
from app.consultations.models import DraftAct
from app.consultations.queries import listing
from app.consultations.queries.listing import COUNT_LIMIT, Facet, Order, Wish
from app.consultations.views import bp
from app.i18n import language_shown, ngettext
from app.law import ConsultationRules, consultation_rules_in_force, consultation_rules_version
from app.territories import queries as territories
from app.text import topics
from app.web.caching import cached_page
from app.web.guards import public

WISHES = ("q", "state", "stage", "topic", "body", "region", "days", "order")

# Words that the card of a draft needs wherever it stands.
bp.add_app_template_global(labels.STATES.__getitem__, "draft_state_label")
bp.add_app_template_global(language_shown, "language_shown")


@bp.get("/drafts")
@public
@cached_page
def index() -> ResponseReturnValue:
    wish, today = wish_of(request.args), clock.today()
    page = listing.page_of(wish, today=today, position=request.args.get("after"))
    bodies = listing.bodies()
    return render_template(
        "consultations/index.html",
        wish=wish,
        is_narrowed=wish != Wish(order=wish.order),
        body=agencies.by_id(wish.agency_id) if wish.agency_id else None,
        rows=listing.shown(page.rows, now=clock.now()),
        facets=facets(listing.facet_counts(wish, today=today), chosen=wish.facet),
        order_choices=[(order.value, labels.ORDERS[order]) for order in Order],
        stage_choices=[(stage.id.value, stage.name) for stage in consultation_rules_in_force(today).stages],
        topic_choices=[(topic.id, topic.name) for topic in topics.topics()],
        body_choices=[(body.slug, body.name) for body in bodies],
        region_choices=list(territories.region_names().items()),
        day_choices=[
            (str(days), ngettext("Within %(num)s day", "Within %(num)s days", days)) for days in DAYS
        ],
        next_page=page_address("consultations.index", page.next),
        previous_page=page_address("consultations.index", page.previous),
        kept=wishes_in_address(),
    )


@bp.get("/drafts/exemptions")
@public
@cached_page
def exemptions() -> ResponseReturnValue:
    page = listing.exempt(position=request.args.get("after"))
    return render_template(
        "consultations/exemptions.html",
        rows=page.rows,
        exemption_of=exemption_of,
        rules_of=rules_of,
        next_page=page_address("consultations.exemptions", page.next),
        previous_page=page_address("consultations.exemptions", page.previous),
    )


def rules_of(draft: DraftAct) -> ConsultationRules:
    """The wording that the draft was published under."""
    if draft.rules_version:
        return consultation_rules_version(draft.rules_version)
    return consultation_rules_in_force(clock.today(draft.announced_at or clock.now()))


def exemption_of(draft: DraftAct) -> Any:
    """The ground in the rules on which the draft is not discussed."""
    return rules_of(draft).exemption(draft.exemption_ground or "")


def wishes_in_address(*, besides: str = "") -> dict[str, Any]:
    """The lists' own parameters: any other name would be an order to `url_for`."""
    return {k: v for k, v in request.args.items() if k in WISHES and k != besides and v}


def page_address(endpoint: str, position: str | None) -> str | None:
    """The address of the page of a list at `position`, with the same wishes."""
    return url_for(endpoint, **{**wishes_in_address(), "after": position}) if position else None


def facets(counts: Mapping[Facet, int | None], *, chosen: Facet) -> list[dict[str, Any]]:
    """The choice of states as the component draws it; the other wishes stay in the address."""
    kept = wishes_in_address(besides="state")
    return [
        {
            "name": name,
            "count": counts[facet],
            "most": COUNT_LIMIT,
            "href": url_for(
                "consultations.index", **{**kept, **({} if facet is Facet.ALL else {"state": facet.value})}
            ),
            "is_current": facet is chosen,
        }
        for facet, name in labels.FACETS.items()
    ]
