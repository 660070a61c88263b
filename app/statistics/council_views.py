"""How councils work, in figures."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.councils.models import Council
from app.councils.panels import council_panels
from app.councils.queries import composition
from app.law import council_rules_in_force
from app.law.council_rules import CouncilRules, OutcomeSubject
from app.promises import queries as promises
from app.promises.queries import Wish
from app.statistics import councils
from app.statistics.councils import CouncilFigures
from app.statistics.views import bp
from app.web.caching import cached_page
from app.web.guards import on, public
from app.web.panels import Panel


@bp.get("/council-figures", endpoint="councils")
@public
@cached_page
def councils_table() -> ResponseReturnValue:
    """All councils: how many there are, and what those that work here did."""
    today = clock.today()
    rows = councils.table(today=today)
    total = councils.sum_of(figures for _, figures in rows)
    return render_template(
        "statistics/councils.html",
        structure=councils.structure(today=today),
        rows=rows,
        total=total,
        outcomes=outcome_words(total, council_rules_in_force(today)),
    )


@bp.get("/councils/<slug>/figures")
@on(Council)
@cached_page
def council(council: Council) -> ResponseReturnValue:
    """One council with its members, now and before."""
    today = clock.today()
    members = sorted(council.members, key=lambda member: (not member.sits_on(today), member.name))
    figures = figures_of(council)
    return render_template(
        "statistics/council.html",
        council=council,
        figures=figures,
        outcomes=outcome_words(figures, council_rules_in_force(today)),
        members=members,
        member_figures=councils.members_figures(council, members),
        seated={member.id for member in composition.members_on(council, today)},
        promises=promises.figures(Wish(council_id=council.id), today=today).total,
    )


def figures_of(council: Council) -> CouncilFigures:
    return councils.figures(today=clock.today(), council_ids=[council.id]).get(council.id, CouncilFigures())


def outcome_words(figures: CouncilFigures, rules: CouncilRules) -> list[tuple[str, int]]:
    """The outcomes of its rulings in the reader's language, in the rules' order, with how often. What a council may
    say of a draft and of a petition alike is counted together."""
    names = {
        outcome.id: outcome.name
        for subject in reversed(list(OutcomeSubject))
        for outcome in rules.outcomes_for(subject)
    }
    return [
        (str(name), figures.outcomes[known]) for known, name in names.items() if known in figures.outcomes
    ]


def panel(council: Council) -> Panel | None:
    """On the council's page, once there is something to count."""
    figures = figures_of(council)
    if not (figures.sittings or figures.drafts):
        return None
    return Panel("statistics/council_figures.html", {"figures": figures})


council_panels.register(panel, order=10)
