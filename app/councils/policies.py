"""Who may do which verb to a council and to a competition: tables, deny by default.

A seat is a matter of dates and not of a role: who sits, presides or keeps the papers is asked of the council on the
day of the act.
"""

from datetime import date

from app import clock
from app.access import Actor, Rules, any_of, is_administrator, is_citizen, is_clock
from app.councils import lifecycle
from app.councils.actions import Action, CompetitionAction
from app.councils.lifecycle import PUBLIC_STATES, CompetitionState
from app.councils.models import Competition, Council, Member, OfficeKind
from app.errors import Conflict, Forbidden


class NotInThisState(Conflict):
    """The competition is not (or no longer) in a state in which `action` exists."""


def seat_of(actor: Actor, council: Council, *, day: date | None = None) -> Member | None:
    """The actor's seat in the council on that day (today); None for everybody else."""
    if actor.account_id is None:
        return None
    day = day or clock.today()
    return next((m for m in council.members if m.account_id == actor.account_id and m.sits_on(day)), None)


def sits(actor: Actor, council: Council) -> bool:
    return seat_of(actor, council) is not None


def holds(actor: Actor, council: Council, *kinds: OfficeKind) -> bool:
    today = clock.today()
    return actor.account_id is not None and any(
        office.kind in kinds and office.member.account_id == actor.account_id and office.is_held_on(today)
        for office in council.offices
    )


def is_chair(actor: Actor, council: Council) -> bool:
    return holds(actor, council, OfficeKind.CHAIR)


def is_secretary(actor: Actor, council: Council) -> bool:
    today = clock.today()
    return actor.account_id is not None and any(
        s.account_id == actor.account_id
        and s.from_on <= today
        and (s.until_on is None or today <= s.until_on)
        for s in council.secretaries
    )


def is_officer_of_body(actor: Actor, council: Council) -> bool:
    return council.agency_id in actor.agency_ids or council.approver_id in actor.agency_ids


def is_head_of_approver(actor: Actor, council: Council) -> bool:
    return (council.approver_id or council.agency_id) in actor.head_of


RULES: Rules = {
    # Operators act as the clock, from the command line.
    Action.MANAGE: any_of(is_secretary, is_administrator, is_clock),
    Action.SEE_SEATS: any_of(is_secretary, is_head_of_approver, is_administrator),
    Action.SEAT: any_of(is_head_of_approver, is_administrator, is_clock),
    Action.REMOVE: any_of(is_head_of_approver, is_administrator, is_clock),
    Action.ANNOUNCE_COMPETITION: any_of(is_secretary, is_officer_of_body),
    Action.SEE_ROOM: any_of(sits, is_secretary, is_administrator),
}


def may_know(_: Actor, council: Council) -> bool:
    return council.is_active


def may(action: Action, actor: Actor, council: Council) -> bool:
    return RULES[action](actor, council)


def check(action: Action, actor: Actor, council: Council) -> None:
    if not RULES[action](actor, council):
        raise Forbidden(action=action)


def _runs(actor: Actor, competition: Competition) -> bool:
    return is_secretary(actor, competition.council) or is_officer_of_body(actor, competition.council)


def _approves(actor: Actor, competition: Competition) -> bool:
    return is_head_of_approver(actor, competition.council)


def _is_of_working_group(actor: Actor, competition: Competition) -> bool:
    return actor.account_id is not None and any(
        person.account_id == actor.account_id for person in competition.working_group
    )


COMPETITION_RULES: Rules = {
    CompetitionAction.EDIT: _runs,
    CompetitionAction.ANNOUNCE: _runs,
    CompetitionAction.APPLY: is_citizen,
    CompetitionAction.WITHDRAW_APPLICATION: is_citizen,
    CompetitionAction.CLOSE: is_clock,
    CompetitionAction.DECIDE: _runs,
    CompetitionAction.APPROVE: _approves,
    CompetitionAction.CANCEL: _runs,
    CompetitionAction.SEE_FILE: any_of(_runs, _is_of_working_group, is_administrator),
    # The administrator keeps the house in order; certificates about people's health and past are not theirs to read.
    CompetitionAction.SEE_DOCUMENTS: any_of(_runs, _is_of_working_group),
    CompetitionAction.FILL_SEAT: any_of(_approves, is_administrator),
}


def may_know_competition(actor: Actor, competition: Competition) -> bool:
    if competition.state in PUBLIC_STATES and competition.announced_at is not None:
        return True
    return competition.state is CompetitionState.PREPARING and _runs(actor, competition)


def may_in_competition(action: CompetitionAction, actor: Actor, competition: Competition) -> bool:
    return lifecycle.allows(action, competition.state) and COMPETITION_RULES[action](actor, competition)


def check_competition(action: CompetitionAction, actor: Actor, competition: Competition) -> None:
    if not COMPETITION_RULES[action](actor, competition):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, competition.state):
        raise NotInThisState(action=action, state=competition.state)
