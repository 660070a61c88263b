"""What letters say of a public council, of a competition for its seats, and of a seat."""

from typing import Any

from app.councils import labels, queries
from app.councils.lifecycle import RESULT_SHOWN, CandidacyState, CompetitionState
from app.councils.models import Candidacy, Competition, Council, Member
from app.db import db
from app.i18n import _
from app.notifications.letters import Letter, Particular, Unwanted

# The state in which each letter is still news.
STATES = {
    "competition_announced": CompetitionState.ANNOUNCED,
    "composition_to_approve": CompetitionState.DECIDED,
    "competition_cancelled": CompetitionState.CANCELLED,
    "composition_approved": CompetitionState.APPROVED,
}
# What a candidate is told of the own application.
TOLD = frozenset({"competition_decided", "composition_approved"})


def of_council(letter: Letter) -> dict[str, Any]:
    council = queries.by_id(letter.values["council_id"])
    if council is None or not council.is_active:
        raise Unwanted
    return about(council)


def about(council: Council) -> dict[str, Any]:
    return {"council": council, "particulars": [named(council)]}


def named(council: Council) -> Particular:
    return Particular(_("Public council"), council.name)


def of_competition(letter: Letter) -> dict[str, Any]:
    competition = queries.competition_by_id(letter.values["competition_id"])
    if competition is None or STATES.get(letter.template, competition.state) is not competition.state:
        raise Unwanted
    if letter.template == "competition_decided" and competition.state not in RESULT_SHOWN:
        raise Unwanted
    found = about(competition.council) | {"competition": competition, "own": None}
    if letter.template in TOLD:
        found |= _own(letter.values.get("candidacy_id"), competition)
    return found


def _own(candidacy_id: int | None, competition: Competition) -> dict[str, Any]:
    own = db.session.get(Candidacy, candidacy_id) if candidacy_id is not None else None
    if own is None or own.state is CandidacyState.WITHDRAWN or own.competition_id != competition.id:
        return {}
    return {"own": own, "own_result": str(labels.CANDIDACY_STATES[own.state])}


def of_member(letter: Letter) -> dict[str, Any]:
    """Of a seat that ended early; a rapporteur's letter names a member and is about the draft."""
    if letter.template not in ("member_removed", "seat_freed"):
        return {}
    member = db.session.get(Member, letter.values["member_id"])
    if member is None or member.ended_on is None:
        raise Unwanted
    return about(member.council) | {"member": member}
