"""Competitions for the seats of councils, as everybody sees them."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import labels, policies
from app.councils.actions import CompetitionAction
from app.councils.lifecycle import (
    CANDIDATES_SHOWN,
    PAST_STATES,
    RESULT_SHOWN,
    RUNNING_STATES,
    CandidacyState,
    CompetitionState,
)
from app.councils.models import Candidacy, Competition, Council, Origin
from app.councils.panels import council_panels
from app.councils.queries import forming as queries
from app.councils.services.forming import rules_of
from app.councils.views import bp
from app.i18n import _, language_shown
from app.law import council_rules_in_force
from app.web.caching import cached_page
from app.web.guards import current_actor, on, public
from app.web.panels import Panel

RUNNING, PAST = "running", "past"


@bp.get("/competitions")
@public
@cached_page
def competitions() -> ResponseReturnValue:
    is_past = request.args.get("state") == PAST
    page = queries.page_of(is_past=is_past, position=request.args.get("after"))
    actor = current_actor()
    return render_template(
        "councils/competitions/index.html",
        is_past=is_past,
        rows=page.rows,
        labels=labels,
        days_left=days_left,
        rules=council_rules_in_force(clock.today()),
        mine=queries.applications_of(actor.account_id) if actor.account_id is not None else [],
        facets=[
            {
                "name": name,
                "count": None,
                "href": url_for("councils.competitions", state=PAST if past else None),
                "is_current": past is is_past,
            }
            for past, name in ((False, _("Running")), (True, _("Past")))
        ],
        next_page=_page_address(page.next, is_past=is_past),
        previous_page=_page_address(page.previous, is_past=is_past),
    )


@bp.get("/competitions/<int:competition_id>")
@on(Competition)
@cached_page
def competition(competition: Competition) -> ResponseReturnValue:
    actor = current_actor()
    rules = rules_of(competition)
    candidates = queries.candidates(competition) if competition.state in CANDIDATES_SHOWN else []
    is_decided = competition.state in RESULT_SHOWN
    own = queries.candidacy_of(competition, actor.account_id) if actor.account_id is not None else None
    return render_template(
        "councils/competitions/show.html",
        competition=competition,
        council=competition.council,
        labels=labels,
        rules=rules,
        requirements=rules.requirements_at(competition.council.level),
        text_language=language_shown(competition.texts) if competition.texts else None,
        days_left=days_left(competition),
        dates=dates_of(competition),
        group=group_figures(competition),
        candidates=candidates,
        chosen=_those(candidates, CandidacyState.CHOSEN) if is_decided else [],
        reserve=sorted(_those(candidates, CandidacyState.RESERVE), key=lambda one: one.reserve_place or 0),
        declined=_those(candidates, CandidacyState.DECLINED) if is_decided else [],
        are_candidates_shown=competition.state in CANDIDATES_SHOWN,
        is_decided=is_decided,
        own=own if own is not None and own.state is not CandidacyState.WITHDRAWN else None,
        may_see_file=policies.may_in_competition(CompetitionAction.SEE_FILE, actor, competition),
    )


def days_left(competition: Competition) -> int | None:
    """Calendar days until applications end, 0 on the last one; None if they have."""
    left = (competition.applications_until - clock.today()).days
    return left if competition.state is CompetitionState.ANNOUNCED and left >= 0 else None


def dates_of(competition: Competition) -> list[dict[str, Any]]:
    """What happened on which day, and what is still to come, for the timeline."""
    is_over = competition.state in PAST_STATES
    # A competition that was cancelled before its days came says nothing of them.
    was_closed = competition.closed_at is not None or competition.state is not CompetitionState.CANCELLED
    days = [
        (competition.announced_at, _("Announced"), False),
        (
            competition.applications_until if was_closed else None,
            _("Last day for applications"),
            competition.closed_at is None,
        ),
        (competition.decided_at, _("The working group decided"), False),
        (competition.approved_at, _("The composition was approved"), False),
        (
            None if competition.state is CompetitionState.CANCELLED else competition.term_from,
            _("The new term begins"),
            not is_over,
        ),
    ]
    return [{"at": at, "what": what, "is_expected": expected} for at, what, expected in days if at]


def group_figures(competition: Competition) -> dict[str, int]:
    """How many of the working group come from the state, and how many may."""
    group = competition.working_group
    return {
        "all": len(group),
        "state": sum(person.origin is Origin.BODY for person in group),
        "most": rules_of(competition).working_group_state_most(len(group)),
    }


def _those(candidates: Sequence[Candidacy], state: CandidacyState) -> list[Candidacy]:
    return [one for one in candidates if one.state is state]


def _page_address(position: str | None, *, is_past: bool) -> str | None:
    if not position:
        return None
    return url_for("councils.competitions", after=position, state=PAST if is_past else None)


def _panel(council: Council) -> Panel | None:
    """On the council's page as long as its competition runs; above everything else, as it has a last day."""
    competition = queries.newest(council)
    if competition is None or competition.state not in RUNNING_STATES:
        return None
    return Panel(
        "councils/competitions/panel.html",
        {
            "competition": competition,
            "label": labels.COMPETITION_STATES[competition.state],
            "days_left": days_left(competition),
        },
    )


council_panels.register(_panel, order=5)
