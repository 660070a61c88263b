"""The rules that this site obeys, with their sources."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.law import labels, queries
from app.law.labels import ADDRESSEE_KINDS
from app.law.registry import current_calendar, rules_in_force, versions
from app.law.rules import PetitionRules
from app.web.blueprint import pages
from app.web.caching import cached_page
from app.web.guards import public

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
        rules=chosen_wording(),
        in_force=rules_in_force(today),
        wordings=list(reversed(versions())),
        labels=labels,
        addressee_kinds=ADDRESSEE_KINDS,
        years=[(year, calendar.special_days(year)) for year in years],
        calendar=calendar,
        transfers=queries.transfer_history(),
    )


def chosen_wording() -> PetitionRules:
    """The wording that the address names, else the one in force today."""
    wanted = request.args.get("law")
    found = next((known for known in versions() if known.id == wanted), None)
    return found or rules_in_force(clock.today())
