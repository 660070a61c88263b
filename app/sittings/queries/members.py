"""What a member of a council works with: what waits for them, and the booth in which they vote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.access import Actor
from app.councils import policies as councils
from app.councils.models import Council, Member
from app.councils.queries.composition import sits_on
from app.councils.queries.concerned import councils_of_account
from app.db import db
from app.duties.queries import Clock, clock_of
from app.gatherings.models import Gathering
from app.law import calendar_now
from app.sittings import queries
from app.sittings.lifecycle import (
    IN_THE_ROOM,
    AttendanceKind,
    Choice,
    ExaminationState,
    State,
    VotingState,
)
from app.sittings.models import AgendaItem, Attendance, Dissent, Examination, Sitting, Vote, Voting

MOST = 100


class Obstacle(StrEnum):
    """Why there is nothing to press."""

    NOT_A_MEMBER = "not_a_member"
    TERM_OVER = "term_over"
    NO_VOTE = "no_vote"
    CLOSED = "closed"
    IN_CONFLICT = "in_conflict"
    NOT_PRESENT = "not_present"


@dataclass(frozen=True, slots=True)
class Booth:
    """What one member sees of one item. `voting` is the open vote, else the last one; `vote` their voice in it, if it
    counts. `ended_on` is the last day of a seat that is over."""

    item: AgendaItem
    member: Member | None
    voting: Voting | None
    vote: Vote | None
    obstacle: Obstacle | None
    ended_on: date | None = None
    may_dissent: bool = False
    dissent: Dissent | None = None

    @property
    def may_vote(self) -> bool:
        return self.obstacle is None

    @property
    def choice(self) -> Choice | None:
        return self.vote.choice if self.vote is not None else None


def booth_of(item: AgendaItem, actor: Actor, *, now: datetime) -> Booth:
    """Where the member stands with the vote on this item, at `now`."""
    sitting, today = item.sitting, clock.today(now)
    votings = queries.votings_of(item)
    voting = next((one for one in votings if one.state is VotingState.OPEN), votings[-1] if votings else None)
    member = councils.seat_of(actor, sitting.council, day=today)
    if member is None:
        ended_on = _seat_ended(sitting.council, actor, today)
        obstacle = Obstacle.TERM_OVER if ended_on else Obstacle.NOT_A_MEMBER
        return Booth(item, None, voting, None, obstacle, ended_on)
    vote = queries.vote_of(voting, member.id) if voting is not None else None
    vote = vote if vote is not None and vote.voided_at is None else None
    return Booth(
        item,
        member,
        voting,
        vote,
        _obstacle(item, voting, member),
        may_dissent=voting is not None and vote is not None and is_outvoted(voting, member),
        dissent=next((one for one in voting.dissents if one.member_id == member.id), None)
        if voting
        else None,
    )


def _seat_ended(council: Council, actor: Actor, today: date) -> date | None:
    over = [m.last_day for m in council.members if m.account_id == actor.account_id and m.last_day < today]
    return max(over) if over and actor.account_id is not None else None


def _obstacle(item: AgendaItem, voting: Voting | None, member: Member) -> Obstacle | None:
    is_open = voting is not None and voting.state is VotingState.OPEN
    if is_open and member.id in queries.in_conflict(item):
        return Obstacle.IN_CONFLICT
    if is_open:
        return None if member.id in queries.in_the_room(item.sitting) else Obstacle.NOT_PRESENT
    return Obstacle.NO_VOTE if voting is None else Obstacle.CLOSED


def is_outvoted(voting: Voting, member: Member) -> bool:
    """Whether the result is not what the member voted for: a dissenting opinion is theirs to give."""
    if voting.state is not VotingState.CLOSED:
        return False
    choices = {vote.member_id: vote.choice for vote in voting.votes if vote.voided_at is None}
    choices |= {entry.member_id: entry.choice for entry in voting.corrections}
    with_the_result = Choice.FOR if voting.is_adopted else Choice.AGAINST
    return choices.get(member.id, with_the_result) is not with_the_result


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A vote that waits for the member; `choice` is their voice so far."""

    voting: Voting
    sitting: Sitting
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class OwnSitting:
    """A sitting to come; `presence` is where the member stands. Members check in on its day."""

    sitting: Sitting
    seat: Member | None
    presence: AttendanceKind | None
    is_today: bool

    @property
    def is_there(self) -> bool:
        return self.presence in IN_THE_ROOM


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft before one of the member's councils, with the clock of its term."""

    examination: Examination
    clock: Clock
    is_rapporteur: bool


@dataclass(frozen=True, slots=True)
class MyCouncils:
    councils: Sequence[Council]
    seats: Mapping[int, Member]
    votes: Sequence[OpenVote]
    sittings: Sequence[OwnSitting]
    drafts: Sequence[OwnDraft]


def everything_of(actor: Actor, *, now: datetime) -> MyCouncils:
    """Everything that waits for this member or secretary."""
    today = clock.today(now)
    found = councils_of_account(actor.account_id, today) if actor.account_id is not None else []
    seats = _seats(actor, today)
    ids = [council.id for council in found]
    return MyCouncils(
        councils=found,
        seats=seats,
        votes=_open_votes(seats),
        sittings=_sittings(ids, seats, today),
        drafts=_drafts(ids, {member.id for member in seats.values()}, today),
    )


def _seats(actor: Actor, today: date) -> dict[int, Member]:
    """The actor's seats of today, by council."""
    if actor.account_id is None:
        return {}
    found = select(Member).where(Member.account_id == actor.account_id, sits_on(today))
    return {member.council_id: member for member in db.session.scalars(found)}


def _open_votes(seats: Mapping[int, Member]) -> list[OpenVote]:
    rows = db.session.execute(
        select(Voting, Sitting)
        .join(AgendaItem, AgendaItem.id == Voting.item_id)
        .join(Sitting, Sitting.id == AgendaItem.sitting_id)
        .options(joinedload(Voting.item))
        .where(
            Voting.state == VotingState.OPEN,
            Sitting.state == State.IN_SESSION,
            Sitting.council_id.in_(list(seats)),
        )
        .order_by(Voting.id)
    ).all()
    return [
        OpenVote(voting, sitting, vote.choice if (vote := queries.vote_of(voting, seat.id)) else None)
        for voting, sitting in rows
        if (seat := seats[sitting.council_id]).id not in queries.in_conflict(voting.item)
    ]


def _sittings(council_ids: Sequence[int], seats: Mapping[int, Member], today: date) -> list[OwnSitting]:
    found = db.session.scalars(
        select(Sitting)
        .join(Sitting.gathering)
        .options(contains_eager(Sitting.gathering))
        .where(Sitting.council_id.in_(list(council_ids)), Sitting.state.in_((State.CALLED, State.IN_SESSION)))
        # What is in session now stands on top.
        .order_by(Sitting.state != State.IN_SESSION, Gathering.starts_at, Sitting.id)
        .limit(MOST)
    ).all()
    presence = _presence([one.id for one in found], [seat.id for seat in seats.values()])
    return [
        OwnSitting(
            one,
            seats.get(one.council_id),
            presence.get(one.id),
            one.state is State.IN_SESSION or clock.today(one.gathering.starts_at) <= today,
        )
        for one in found
    ]


def _presence(sitting_ids: Sequence[int], member_ids: Sequence[int]) -> dict[int, AttendanceKind]:
    """By sitting, the newest entry about the member's own seat in that council."""
    entries = db.session.execute(
        select(Attendance.sitting_id, Attendance.kind)
        .where(Attendance.sitting_id.in_(sitting_ids), Attendance.member_id.in_(member_ids))
        .order_by(Attendance.id)
    )
    return {row[0]: row[1] for row in entries}


def _drafts(council_ids: Sequence[int], member_ids: set[int], today: date) -> list[OwnDraft]:
    """What ends first on top."""
    calendar = calendar_now()
    found = db.session.scalars(
        select(Examination)
        .where(Examination.council_id.in_(list(council_ids)), Examination.state == ExaminationState.WAITING)
        .order_by(Examination.id)
        .limit(MOST)
    ).all()
    rows = [
        OwnDraft(one, clock_of(one.duty, today=today, calendar=calendar), one.rapporteur_id in member_ids)
        for one in found
    ]
    return sorted(rows, key=lambda one: one.clock.last_day)
