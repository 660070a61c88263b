"""Lists, the archive of other platforms, and the petition's own page."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Actor
from app.accounts.keys import signer_key
from app.agencies import queries as agencies
from app.comments.queries import showing
from app.errors import InvalidInput, NotFound
from app.i18n import current_language
from app.law import rules_version
from app.law.labels import period
from app.petitions import labels, policies, promised, queries
from app.petitions.actions import Action
from app.petitions.forms.reading import RatingForm, wish_of, words_of
from app.petitions.lifecycle import PRIVATE_STATES, State
from app.petitions.models import Petition, Rating, Step
from app.petitions.panels import petition_panels
from app.petitions.queries import listing
from app.petitions.queries.listing import COUNT_LIMIT, Facet, Order, Wish
from app.petitions.queries.page import Event, PetitionPage, everything_on
from app.petitions.services import reviewing
from app.petitions.services.signing import has_signed
from app.petitions.views import bp
from app.promises import queries as promises
from app.territories import queries as territories
from app.text import topics
from app.web.caching import cached_page
from app.web.guards import current_actor, on, public

WISHES = ("q", "state", "topic", "region", "order", "to")

# Words that the card of a petition needs wherever it stands.
bp.add_app_template_global(labels.STATES.__getitem__, "state_label")
bp.add_app_template_global(labels.OUTCOMES.__getitem__, "outcome_label")


@bp.get("/petitions")
@public
@cached_page
def index() -> ResponseReturnValue:
    wish = wish_of(request.args)
    page = listing.page_of(wish, position=request.args.get("after"))
    return render_template(
        "petitions/index.html",
        wish=wish,
        is_narrowed=wish != Wish(order=wish.order),
        agency=agencies.by_id(wish.agency_id) if wish.agency_id else None,
        rows=listing.shown(page.rows, now=clock.now()),
        facets=facets(listing.facet_counts(wish), chosen=wish.facet),
        order_choices=[(order.value, labels.ORDERS[order]) for order in Order],
        topic_choices=[(topic.id, topic.name) for topic in topics.topics()],
        region_choices=list(territories.region_names().items()),
        archived=listing.archived_count(wish.words),
        next_page=_page_address(page.next),
        previous_page=_page_address(page.previous),
        most=COUNT_LIMIT,
    )


@bp.get("/petitions/archive")
@public
@cached_page
def archive() -> ResponseReturnValue:
    words = words_of(request.args)
    page = listing.archived(words, position=request.args.get("after"))
    return render_template(
        "petitions/archive.html",
        words=words,
        rows=page.rows,
        count=listing.archived_count(words),
        most=COUNT_LIMIT,
        reported_count=labels.reported_count,
        as_of=labels.reported_on,
        next_page=_page_address(page.next),
        previous_page=_page_address(page.previous),
    )


@bp.get("/petitions/archive/<int:archived_id>")
@public
@cached_page
def archived(archived_id: int) -> ResponseReturnValue:
    petition = listing.archived_by_id(archived_id)
    if petition is None:
        raise NotFound(kind="ArchivedPetition")
    return render_template(
        "petitions/archived.html",
        petition=petition,
        reported_count=labels.reported_count,
        as_of=labels.reported_on,
    )


@bp.get("/petitions/<int:number>")
@on(Petition)
@cached_page
def show(petition: Petition) -> ResponseReturnValue:
    actor = current_actor()
    if petition.state in PRIVATE_STATES:
        return redirect(private_page(petition, actor), 303)
    if petition.state is State.REMOVED:
        return render_template("petitions/removed.html", petition=petition), 410
    page = everything_on(petition, now=clock.now())
    return render_template(
        "petitions/show.html",
        petition=petition,
        page=page,
        labels=labels,
        events=[event_in_words(event, petition) for event in page.events],
        regions=regions_in_words(page),
        steps=steps_in_words(petition, page.steps),
        falls=falls_in_words(page),
        rules=rules_version(petition.rules_version or ""),
        period=period,
        topic=topics.topic(petition.topic),
        address=whole_address(petition),
        own_ratings=own_ratings(petition, page, actor),
        talk=showing.beginning(petition.thread, actor=actor, language=current_language())
        if petition.thread
        else None,
        panels=petition_panels.drawn(petition),
        promises=promises.of_subject(promised.SUBJECT, petition.number) if page.decision else [],
        may_enter_promise=page.decision is not None and promised.may_enter(actor, petition),
    )


@bp.post("/petitions/<int:number>/ratings")
@on(Petition, may=Action.RATE)
def rate(petition: Petition) -> ResponseReturnValue:
    form = RatingForm()
    if not form.validate():
        raise InvalidInput(field="rating")
    answer_id, rating = form.details()
    reviewing.rate(petition, answer_id=answer_id, rating=rating, actor=current_actor(), now=clock.now())
    return redirect(url_for("petitions.show", number=petition.number, _anchor="decision"), 303)


def private_page(petition: Petition, actor: Actor) -> str:
    """Where somebody who may know of an unpublished petition goes on with it."""
    if not policies.is_author(actor, petition):
        return url_for("moderation.check", number=petition.number)
    if petition.state is State.DRAFT:
        return url_for("petitions.draft_check", number=petition.number)
    return url_for("petitions.progress", number=petition.number)


def own_ratings(petition: Petition, page: PetitionPage, actor: Actor) -> Mapping[int, Rating] | None:
    """What this signer has said of the answers so far; None for everybody who may not rate."""
    if page.decision is None or actor.person_tag is None or not has_signed(petition, actor.person_tag):
        return None
    return queries.own_ratings(page.decision, signer_key(actor.person_tag, petition_number=petition.number))


def whole_address(petition: Petition) -> str:
    """The address to copy and to photograph, as the outside knows this site."""
    return str(current_app.config["PUBLIC_URL"]) + url_for("petitions.show", number=petition.number)


def wishes_in_address(*, besides: str = "") -> dict[str, Any]:
    """The lists' own parameters: any other name (`lang`, `endpoint`, `_scheme`) would be an order to `url_for`."""
    return {k: v for k, v in request.args.items() if k in WISHES and k != besides and v}


def facets(counts: Mapping[Facet, int | None], *, chosen: Facet) -> list[dict[str, Any]]:
    """The choice of states as the component draws it; the other wishes stay in the address."""
    kept = wishes_in_address(besides="state")
    return [
        {
            "name": name,
            "count": counts[facet],
            "most": COUNT_LIMIT,
            "href": url_for(
                "petitions.index", **{**kept, **({} if facet is Facet.ALL else {"state": facet.value})}
            ),
            "is_current": facet is chosen,
        }
        for facet, name in labels.FACETS.items()
    ]


def _page_address(position: str | None) -> str | None:
    if position is None or request.endpoint is None:
        return None
    kept = wishes_in_address()
    return url_for(request.endpoint, **{**kept, "after": position})


def event_in_words(event: Event, petition: Petition) -> dict[str, Any]:
    """One line of the history as the timeline draws it."""
    what, who, note = labels.event(event, petition)
    return {"at": event.on, "what": what, "who": who, "note": note, "is_expected": event.is_expected}


def regions_in_words(page: PetitionPage) -> list[dict[str, Any]]:
    """All regions with their figures: 0 where nobody signed, none where too few did."""
    cells = {cell.code: cell.signatures for cell in page.counted.regions.cells}
    return [
        {"code": code, "name": name, "value": cells.get(code, 0)}
        for code, name in territories.region_names().items()
    ]


def falls_in_words(page: PetitionPage) -> list[dict[str, Any]]:
    return [
        {"on": clock.today(fall.at), "count": fall.count, "reason": labels.invalidation_reason(fall.reason)}
        for fall in reversed(page.falls)
    ]


def steps_in_words(petition: Petition, taken: Sequence[Step]) -> list[dict[str, Any]]:
    """Each duty of the review with its newest entry, in the order of the law."""
    if petition.addressee is None or petition.state not in (State.UNDER_REVIEW, State.DECIDED):
        return []
    newest = {step.step: step for step in taken}
    rules = rules_version(petition.rules_version or "")
    return [
        {
            "text": step.text,
            "source": step.source,
            "entry": newest.get(step.id),
            "label": labels.STEP_STATES[newest[step.id].state] if step.id in newest else None,
        }
        for step in rules.review_steps(petition.addressee.addressee_kind or "")
    ]
