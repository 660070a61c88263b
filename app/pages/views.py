"""The first page, and the pages that explain: how it works, thresholds, privacy, accessibility, open data."""

from datetime import timedelta
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.agencies import labels as agency_labels
from app.consultations import labels as draft_labels
from app.consultations import lifecycle as draft_lifecycle
from app.consultations.queries import listing as drafts
from app.duties.queries import AgencyFigures, figures_by_agency
from app.gatherings import queries as gatherings
from app.law import Threshold, rules_in_force
from app.law.labels import how_computed, period
from app.law.thresholds import AddresseeKind, PopulationNeeded
from app.petitions import labels as petition_labels
from app.petitions import lifecycle
from app.petitions.actions import Action
from app.petitions.lifecycle import PUBLIC_STATES, TRANSITIONS, State
from app.petitions.queries import listing
from app.petitions.queries.listing import Shown
from app.promises import queries as promises
from app.recommendations import queries as recommendations
from app.sittings import labels as sitting_labels
from app.sittings.queries import listing as rulings
from app.territories import queries as territories
from app.territories.models import Territory, TerritoryKind
from app.text.normalize import shown_line
from app.web.blueprint import pages
from app.web.caching import cached_page
from app.web.guards import public

bp = pages("pages", __name__)

# What the first page shows of each list.
SHOWN = 3
SOON = timedelta(days=31)


@bp.get("/")
@public
@cached_page
def home() -> ResponseReturnValue:
    now = clock.now()
    lists = {
        "most_signed": listing.most_signed_open(limit=SHOWN),
        "closing_soon": listing.closing_soon(limit=SHOWN, before=now + SOON),
        "decided": listing.lately_decided(limit=SHOWN),
    }
    rows = iter(listing.shown([row for rows in lists.values() for row in rows], now=now))
    shown: dict[str, list[Shown]] = {name: [next(rows) for _ in found] for name, found in lists.items()}
    newest = rulings.newest_rulings(rulings.Wish(), limit=SHOWN)
    open_drafts = drafts.closing(drafts.Wish(facet=drafts.Facet.OPEN), today=clock.today(now), limit=SHOWN)
    return render_template(
        "pages/home.html",
        **shown,
        drafts=drafts.shown(open_drafts, now=now),
        gatherings=gatherings.between(gatherings.Wish(), since=now, limit=SHOWN),
        rulings=newest,
        lists=recommendations.of_sources("ruling", [ruling.number for ruling in newest]),
        sitting_labels=sitting_labels,
        promises=promises.figures(promises.Wish(), today=clock.today(now)),
        answers=all_answers(),
        rules=rules_in_force(clock.today(now)),
    )


@bp.get("/how-it-works")
@public
@cached_page
def how_it_works() -> ResponseReturnValue:
    return render_template(
        "pages/how_it_works.html",
        rules=rules_in_force(clock.today()),
        period=period,
        states=states_with_ways_out(),
        draft_states=draft_states_with_ways_out(),
    )


@bp.get("/rules/thresholds")
@public
@cached_page
def thresholds() -> ResponseReturnValue:
    unit = territories.by_code(shown_line(request.args.get("unit", ""))[:40])
    return render_template(
        "pages/thresholds.html",
        country=territories.units_by_region(),
        unit=unit if unit is not None and unit.kind is not TerritoryKind.COUNTRY else None,
        rows=thresholds_in(unit) if unit is not None else [],
        how_computed=how_computed,
    )


@bp.get("/privacy")
@public
@cached_page
def privacy() -> ResponseReturnValue:
    return render_template("pages/privacy.html", rules=rules_in_force(clock.today()))


@bp.get("/accessibility")
@public
@cached_page
def accessibility() -> ResponseReturnValue:
    return render_template("pages/accessibility.html")


@bp.get("/open-data")
@public
@cached_page
def open_data() -> ResponseReturnValue:
    return render_template("pages/open_data.html", site=current_app.config["PUBLIC_URL"])


def all_answers() -> AgencyFigures:
    """What all bodies together answered on time and late, and what they still owe."""
    figures = figures_by_agency(today=clock.today()).values()
    return AgencyFigures(
        agency_id=0,
        on_time=sum(one.on_time for one in figures),
        late=sum(one.late for one in figures),
        unanswered=sum(one.unanswered for one in figures),
        overdue=sum(one.overdue for one in figures),
    )


def states_with_ways_out() -> list[dict[str, Any]]:
    """The states in the order of the law's table, each with what can happen next: read from the transitions."""
    return [
        {
            "id": state.value,
            "label": petition_labels.STATES[state],
            "explained": petition_labels.STATES_EXPLAINED[state],
            "is_public": state in PUBLIC_STATES,
            "may_be_corrected": lifecycle.allows(Action.CORRECT, state),
            "ways": [
                {
                    "what": petition_labels.EVENTS[action],
                    "who": petition_labels.DOERS[action],
                    "requires": [
                        petition_labels.REQUIREMENTS[requirement]
                        for requirement in sorted(transition.requires)
                    ],
                    "to": transition.target.value,
                    "to_label": petition_labels.STATES[transition.target],
                }
                for action, transition in TRANSITIONS.items()
                if state in transition.sources and transition.target is not None
            ],
        }
        for state in State
    ]


def draft_states_with_ways_out() -> list[dict[str, Any]]:
    """The same of draft acts."""
    return [
        {
            "id": f"draft-{state.value}",
            "label": draft_labels.STATES[state],
            "explained": draft_labels.STATES_EXPLAINED[state],
            "is_public": state in draft_lifecycle.PUBLIC_STATES,
            "may_be_corrected": False,
            "ways": [
                {
                    "what": draft_labels.EVENTS[action],
                    "who": draft_labels.DOERS[action],
                    "requires": [
                        draft_labels.REQUIREMENTS[requirement] for requirement in sorted(transition.requires)
                    ],
                    "to": f"draft-{transition.target.value}",
                    "to_label": draft_labels.STATES[transition.target],
                }
                for action, transition in draft_lifecycle.TRANSITIONS.items()
                if state in transition.sources and transition.target is not None
            ],
        }
        for state in draft_lifecycle.State
    ]


def thresholds_in(unit: Territory) -> list[dict[str, Any]]:
    """What a petition needs that concerns this place: of its own bodies, of its region's, of the central ones."""
    region = unit if unit.is_region else unit.parent
    found = [_threshold(AddresseeKind.CENTRAL_BODY, None)]
    if region is not None:
        found += [
            _threshold(AddresseeKind.REGIONAL_AKIMAT, region),
            _threshold(AddresseeKind.REGIONAL_MASLIKHAT, region),
        ]
    if not unit.is_region:
        found += [
            _threshold(AddresseeKind.DISTRICT_AKIMAT, unit),
            _threshold(AddresseeKind.DISTRICT_MASLIKHAT, unit),
        ]
    return found


def _threshold(kind: AddresseeKind, place: Territory | None) -> dict[str, Any]:
    """One row; `threshold` None where no population of the place is known."""
    threshold: Threshold | None
    try:
        threshold = rules_in_force(clock.today()).threshold(
            kind, place.population if place else None, place.population_on if place else None
        )
    except PopulationNeeded:
        threshold = None
    return {"kind": agency_labels.ADDRESSEE[kind], "place": place, "threshold": threshold}
