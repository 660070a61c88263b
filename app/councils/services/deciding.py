"""What the working group decided, the approval that seats the chosen, and the reserve list (LPC art. 8, 9)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.access import Actor
from app.accounts import queries as accounts
from app.councils import policies
from app.councils.actions import CompetitionAction
from app.councils.errors import (
    CannotBeSeated,
    DecisionRefused,
    Problem,
    ReserveEmpty,
    SeatNotFree,
    SeatRefused,
    TooFewOfCivilSociety,
)
from app.councils.events import CompetitionDecided, CompositionApproved
from app.councils.lifecycle import CandidacyState
from app.councils.models import Candidacy, Competition, Member, Origin
from app.councils.queries import forming as queries
from app.councils.services import eligibility, seating
from app.councils.services.eligibility import Seat
from app.councils.services.forming import rules_of
from app.councils.services.transitions import lock, move, note
from app.db import db
from app.text.normalize import shown, words

# What is wrong: with which candidacy (None: with the whole), and what a sentence about it needs.
Found = tuple[Problem, int | None, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the working group says of one candidate, and how it voted."""

    outcome: CandidacyState | None
    reason: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    reserve_place: int | None = None


def decide(
    competition: Competition, decisions: Mapping[int, Decision], *, actor: Actor, now: datetime
) -> Competition:
    """Records the decision on every candidate at once and makes it public; DecisionRefused names all that is wrong.

    The votes are those of the working group. An organisation may put up several candidates and gets one seat.
    """
    lock(competition)
    policies.check_competition(CompetitionAction.DECIDE, actor, competition)
    candidates = queries.candidates(competition)
    if problems := problems_of(competition, candidates, decisions, today=clock.today(now)):
        raise DecisionRefused(problems=problems)
    for candidate in candidates:
        said = decisions[candidate.id]
        assert said.outcome is not None  # noqa: S101  an undecided one is a problem
        candidate.state = said.outcome
        candidate.reserve_place = said.reserve_place if said.outcome is CandidacyState.RESERVE else None
        candidate.decision_reason = shown(said.reason) or None
        candidate.votes = {"for": said.votes_for, "against": said.votes_against}
        candidate.decided_at = now
    return move(
        competition,
        CompetitionAction.DECIDE,
        actor=actor,
        now=now,
        columns={"decided_at": now},
        fact=CompetitionDecided,
        outcomes=dict(Counter(decision.outcome for decision in decisions.values() if decision.outcome)),
    )


def problems_of(
    competition: Competition,
    candidates: Sequence[Candidacy],
    decisions: Mapping[int, Decision],
    *,
    today: date,
) -> list[Found]:
    """Everything that stands in the way, candidate by candidate, then what is wrong with the whole."""
    said = {one.id: decisions.get(one.id, Decision(None)) for one in candidates}
    voters = len(competition.working_group)
    found: list[Found] = []
    for candidate in candidates:
        found += [(what, candidate.id, {"most": voters}) for what in _of_one(said[candidate.id], voters)]
    chosen = [one for one in candidates if said[one.id].outcome is CandidacyState.CHOSEN]
    if len(chosen) > competition.seats:
        found.append((Problem.TOO_MANY_CHOSEN, None, {"chosen": len(chosen), "most": competition.seats}))
    places = [said[one.id].reserve_place for one in candidates if _is_reserve(said[one.id])]
    if None not in places and sorted(p for p in places if p) != list(range(1, len(places) + 1)):
        found.append((Problem.RESERVE_PLACES, None, {"places": len(places)}))
    return found + _of_seats(competition, chosen, today)


def _of_one(said: Decision, voters: int) -> list[Problem]:
    votes = (said.votes_for, said.votes_against)
    unmet = {
        Problem.UNDECIDED: said.outcome
        not in (CandidacyState.CHOSEN, CandidacyState.RESERVE, CandidacyState.DECLINED),
        Problem.RESERVE_PLACES: _is_reserve(said) and said.reserve_place is None,
        Problem.REASON_MISSING: said.outcome is CandidacyState.DECLINED and not shown(said.reason),
        Problem.VOTES_MISSING: any(count is None or count < 0 for count in votes),
        Problem.TOO_MANY_VOTES: sum(count or 0 for count in votes) > voters,
    }
    return [what for what, is_wrong in unmet.items() if is_wrong]


def _is_reserve(said: Decision) -> bool:
    return said.outcome is CandidacyState.RESERVE


def _of_seats(competition: Competition, chosen: Sequence[Candidacy], today: date) -> list[Found]:
    """What the rules of composition say of those chosen: each by itself, and of two of one organisation."""
    found: list[Found] = []
    heard: set[tuple[str, ...]] = set()
    for candidate in chosen:
        organisation = tuple(words(candidate.ngo or ""))
        if organisation and organisation in heard:
            found.append((Problem.NGO_TWICE, candidate.id, {"ngo": candidate.ngo}))
        heard.add(organisation)
        try:
            eligibility.check(
                competition.council, _seat_for(competition, candidate, today), rules_of(competition)
            )
        except SeatRefused as refused:
            found.append((Problem.CANNOT_SIT, candidate.id, {"why": refused}))
    return found


def _seat_for(competition: Competition, candidate: Candidacy, today: date) -> Seat:
    account = accounts.by_id(candidate.account_id)
    return Seat(
        candidate.name, Origin.CIVIL_SOCIETY, candidate.ngo, account, max(competition.term_from, today)
    )


def approve(competition: Competition, *, actor: Actor, now: datetime) -> Competition:
    """Seats the chosen for a whole term and publishes the composition; the head of whoever approves it alone.

    The term begins on its day, or today if that is over. CannotBeSeated names who may not sit any more,
    TooFewOfCivilSociety says that its share would be missed with those of the body who stay: nobody is seated then.
    """
    lock(competition)
    policies.check_competition(CompetitionAction.APPROVE, actor, competition)
    rules, today = rules_of(competition), clock.today(now)
    chosen = [one for one in queries.candidates(competition) if one.state is CandidacyState.CHOSEN]
    after = queries.after(competition, rules, chosen=len(chosen), today=today)
    if not after.has_share:
        raise TooFewOfCivilSociety(field="origin", least=after.least_civil_society, members=after.members)
    ends_on = eligibility.anniversary(after.starts_on, rules.term_years) - timedelta(days=1)
    for candidate in chosen:
        _give_seat(competition, candidate, after.starts_on, ends_on, actor=actor, now=now)
    return move(
        competition,
        CompetitionAction.APPROVE,
        actor=actor,
        now=now,
        columns={"approved_at": now, "approved_by": actor.account_id},
        fact=CompositionApproved,
    )


def fill_from_reserve(competition: Competition, *, freed: Member, actor: Actor, now: datetime) -> Member:
    """The next of the reserve list who may sit gets the seat that fell free, for the rest of its term.

    Whoever cannot sit now (another seat, the same organisation) is passed over and keeps the place. SeatNotFree and
    ReserveEmpty change nothing.
    """
    lock(competition)
    policies.check_competition(CompetitionAction.FILL_SEAT, actor, competition)
    today = clock.today(now)
    if freed.id not in {member.id for member in queries.free_seats(competition, today=today)}:
        raise SeatNotFree(member_id=freed.id)
    assert freed.ended_on is not None  # noqa: S101  it is among the free ones
    starts_on = max(today, freed.ended_on + timedelta(days=1))
    for candidate in queries.reserve(competition):
        if candidate.member_id is not None:
            continue
        try:
            with db.session.begin_nested():
                member = _give_seat(competition, candidate, starts_on, freed.ends_on, actor=actor, now=now)
        except CannotBeSeated:
            continue
        note(competition, CompetitionAction.FILL_SEAT, actor=actor, now=now, freed=freed.id, member=member.id)
        return member
    raise ReserveEmpty(competition_id=competition.id)


def _give_seat(
    competition: Competition,
    candidate: Candidacy,
    starts_on: date,
    ends_on: date,
    *,
    actor: Actor,
    now: datetime,
) -> Member:
    try:
        member = seating.seat(
            competition.council,
            name=candidate.name,
            origin=Origin.CIVIL_SOCIETY,
            ngo=candidate.ngo,
            account_id=candidate.account_id,
            starts_on=starts_on,
            ends_on=ends_on,
            actor=actor,
            now=now,
        )
    except SeatRefused as refused:
        raise CannotBeSeated(name=candidate.name, candidacy_id=candidate.id, why=refused) from refused
    candidate.member_id = member.id
    db.session.flush()
    return member
