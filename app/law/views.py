"""The rules that this site obeys, with their sources."""

from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.law import labels, queries
from app.law.labels import ADDRESSEE_KINDS
from app.law.registry import (
    consultation_rules_in_force,
    consultation_versions,
    council_rules_in_force,
    council_versions,
    current_calendar,
    rules_in_force,
    versions,
)
from app.law.wordings import Wording
from app.web.blueprint import pages
from app.web.caching import cached_page
from app.web.guards import public

W = TypeVar("W", bound=Wording)

bp = pages("law", __name__)


@bp.get("/rules")
@public
@cached_page
def rules() -> ResponseReturnValue:
    today = clock.today()
    calendar = current_calendar()
    years = [year for year in (today.year, today.year + 1) if year <= calendar.last_day.year]
    return render_template(
        "law/rules.html",
        rules=chosen_wording(versions(), rules_in_force(today)),
        in_force=rules_in_force(today),
        wordings=list(reversed(versions())),
        labels=labels,
        addressee_kinds=ADDRESSEE_KINDS,
        years=[(year, calendar.special_days(year)) for year in years],
        calendar=calendar,
        transfers=queries.transfer_history(),
    )


@bp.get("/rules/consultations")
@public
@cached_page
def consultation_rules() -> ResponseReturnValue:
    in_force = consultation_rules_in_force(clock.today())
    return render_template(
        "law/consultation_rules.html",
        rules=chosen_wording(consultation_versions(), in_force),
        in_force=in_force,
        wordings=list(reversed(consultation_versions())),
        labels=labels,
    )


@bp.get("/rules/councils")
@public
@cached_page
def council_rules() -> ResponseReturnValue:
    in_force = council_rules_in_force(clock.today())
    return render_template(
        "law/council_rules.html",
        rules=chosen_wording(council_versions(), in_force),
        in_force=in_force,
        wordings=list(reversed(council_versions())),
        labels=labels,
    )


def chosen_wording(wordings: tuple[W, ...], in_force: W) -> W:
    """The wording that the address names, else the one in force today."""
    wanted = request.args.get("law")
    return next((known for known in wordings if known.id == wanted), in_force)
