"""The list of proposals and the page of one."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import is_moderator
from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.councils import queries as councils
from app.councils.models import Council
from app.duties.models import ClockState
from app.duties.queries import clock_of
from app.i18n import current_language
from app.proposals import labels, policies, queries
from app.proposals.forms import wish_of
from app.proposals.lifecycle import Action, State
from app.proposals.models import Proposal, ProposalStep
from app.proposals.queries import listing
from app.proposals.queries.listing import COUNT_LIMIT, Facet, Order, Wish
from app.proposals.views import bp
from app.territories import queries as territories
from app.text import topics
from app.web.caching import cached_page
from app.web.guards import current_actor, on, public

WISHES = ("q", "state", "topic", "region", "council", "body", "order")


def address_of(addressee: Council | Agency) -> str:
    """The page of a council or a body."""
    if isinstance(addressee, Council):
        return url_for("councils.show", slug=addressee.slug)
    return url_for("statistics.agency", slug=addressee.slug)


# Words that the card of a proposal needs wherever it stands.
bp.add_app_template_global(labels.STATES.__getitem__, "proposal_state_label")


@bp.get("/proposals")
@public
@cached_page
def index() -> ResponseReturnValue:
    wish, today = wish_of(request.args), clock.today()
    page = listing.page_of(wish, today=today, position=request.args.get("after"))
    return render_template(
        "proposals/index.html",
        wish=wish,
        is_narrowed=wish != Wish(order=wish.order),
        rows=listing.shown(page.rows, now=clock.now()),
        facets=facets(listing.facet_counts(wish, today=today), chosen=wish.facet),
        council=councils.by_id(wish.council_id) if wish.council_id else None,
        body=agencies.by_id(wish.agency_id) if wish.agency_id else None,
        order_choices=[(order.value, labels.ORDERS[order]) for order in Order],
        topic_choices=[(topic.id, topic.name) for topic in topics.topics()],
        region_choices=list(territories.region_names().items()),
        council_choices=[(one.slug, one.name) for one in listing.councils()],
        body_choices=[(one.slug, one.name) for one in listing.bodies()],
        next_page=page_address(page.next),
        previous_page=page_address(page.previous),
    )


@bp.get("/proposals/<int:number>")
@on(Proposal)
@cached_page
def show(proposal: Proposal) -> ResponseReturnValue:
    actor, today = current_actor(), clock.today()
    steps = queries.history_of(proposal)
    clocks = [(duty, clock_of(duty, today=today)) for duty in queries.duties_of(proposal)]
    is_author = policies.is_author(actor, proposal)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        may_read=policies.may_read(actor, proposal),
        is_author=is_author,
        explanation=_explanation(steps) if is_author or is_moderator(actor, proposal) else None,
        label=labels.STATES[proposal.state],
        explained=labels.STATES_EXPLAINED[proposal.state],
        hiding_reason=labels.hiding_reason(proposal) if proposal.state is State.HIDDEN else "",
        topic=topics.topic(proposal.topic),
        region=territories.region_names().get(proposal.region_code or ""),
        addressee_address=address_of(proposal.addressee),
        clocks=[(duty, says) for duty, says in clocks if says.state is not ClockState.CANCELLED],
        events=[event_in_words(step) for step in steps],
        supports_it=queries.supports_it(actor, proposal),
        may_support=policies.may(Action.SUPPORT, actor, proposal),
        takes_support=proposal.state in (State.OPEN, State.TAKEN_UP),
        may_withdraw=policies.may(Action.WITHDRAW, actor, proposal),
        may_answer=policies.answers_for(actor, proposal),
        may_hide=policies.may(Action.HIDE, actor, proposal),
        address=str(current_app.config["PUBLIC_URL"]) + url_for("proposals.show", number=proposal.number),
        is_in_other_language=proposal.language != current_language(),
    )


def _explanation(steps: Any) -> str | None:
    """What the moderator wrote to the author."""
    return next((step.words for step in steps if step.action == Action.HIDE), None)


def event_in_words(step: ProposalStep) -> dict[str, Any]:
    """One line of the history as the timeline draws it; why it was hidden is not for everybody."""
    note = step.words if step.action == Action.FORWARD else None
    return {"at": step.at, "what": labels.event(step), "note": note}


def wishes_in_address(*, besides: str = "") -> dict[str, Any]:
    """The list's own parameters: any other name would be an order to `url_for`."""
    return {k: v for k, v in request.args.items() if k in WISHES and k != besides and v}


def page_address(position: str | None) -> str | None:
    if not position:
        return None
    return url_for("proposals.index", **{**wishes_in_address(), "after": position})


def facets(counts: Mapping[Facet, int], *, chosen: Facet) -> list[dict[str, Any]]:
    """The choice of states as the component draws it; the other wishes stay in the address."""
    kept = wishes_in_address(besides="state")
    return [
        {
            "name": name,
            "count": counts[facet],
            "most": COUNT_LIMIT,
            "href": url_for(
                "proposals.index", **{**kept, **({} if facet is Facet.ALL else {"state": facet.value})}
            ),
            "is_current": facet is chosen,
        }
        for facet, name in labels.FACETS.items()
    ]
