"""What letters say of a petition."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.i18n import _
from app.law import rules_version
from app.notifications.letters import Letter, Particular, Unwanted
from app.petitions import labels, queries
from app.petitions.lifecycle import State
from app.petitions.models import Petition


def of_petition(letter: Letter) -> dict[str, Any]:
    petition = queries.by_id(letter.values["petition_id"])
    if petition is None:
        raise Unwanted
    found = about(petition) | {
        "petition": petition,
        "addressee": petition.addressee.name if petition.addressee else "",
        "support_ends_on": _last_day_before(petition.support_closes_at),
        "signing_ends_on": _last_day_before(petition.closes_at),
    }
    if more := MORE.get(letter.template):
        found |= more(petition, letter.values)
    return found


def about(petition: Petition) -> dict[str, Any]:
    """Which petition it is. What is no longer in free access is not spread by mail."""
    title = "" if petition.state is State.REMOVED else petition.title
    particulars = [Particular(_("Petition"), title, petition.title_language)] if title else []
    particulars.append(Particular(_("Number"), str(petition.number)))
    if petition.addressee:
        particulars.append(Particular(_("Addressee"), petition.addressee.name))
    return {
        "number": petition.number,
        "title": title,
        "title_language": petition.title_language,
        "about": _("Petition No. %(number)s", number=petition.number),
        "particulars": particulars,
    }


def _last_day_before(moment: datetime | None) -> date | None:
    """The last whole day of a term that ends at `moment`, the first instant after it."""
    return clock.today(moment - timedelta(microseconds=1)) if moment else None


def _ground(petition: Petition, _values: Mapping[str, Any]) -> dict[str, Any]:
    grounds = rules_version(petition.rules_version or "").rejection_grounds
    return {"ground": next((str(g.text) for g in grounds if g.id == petition.rejection_ground), "")}


def _step(_petition: Petition, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"step": queries.step(values["step_id"])}


def _outcome(petition: Petition, _values: Mapping[str, Any]) -> dict[str, Any]:
    decision = queries.decision_of(petition)
    return {"outcome": str(labels.OUTCOMES[decision.outcome]) if decision and decision.outcome else ""}


MORE: dict[str, Callable[[Petition, Mapping[str, Any]], dict[str, Any]]] = {
    "petition_rejected": _ground,
    "discussion_announced": _step,
    "decision_published": _outcome,
}
