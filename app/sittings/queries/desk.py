"""What the secretary and whoever presides work with: what waits for a council, who is in the room, how a vote stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.clock import today as today_of
from app.consultations.models import DraftAct
from app.councils.models import Council, Member
from app.councils.queries import composition
from app.db import db
from app.duties.models import Duty
from app.duties.queries import LAST_DAY, Clock, clock_of
from app.gatherings.models import Gathering, GatheringKind
from app.law import calendar_now, council_rules_version
from app.sittings import queries, tallying
from app.sittings.lifecycle import (
    IN_THE_ROOM,
    Choice,
    ExaminationState,
    ItemState,
    RulingState,
    State,
    VotingState,
)
from app.sittings.models import (
    AgendaItem,
    Attendance,
    Conflict,
    Examination,
    Minutes,
    Ruling,
    Sitting,
    Vote,
    Voting,
)
from app.text.alphabet import in_order

# What a room shows of each kind at most.
MOST = 100
CURRENT = (State.PREPARING, State.CALLED, State.IN_SESSION)
OVER = (State.CLOSED, State.RECORDED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft before the council with the clock of its term, and the coming sitting on whose agenda it stands."""

    examination: Examination
    clock: Clock
    item: AgendaItem | None

    @property
    def comes_too_late(self) -> bool:
        """The sitting that is to deal with it comes after the last day."""
        return self.item is not None and today_of(self.item.sitting.gathering.starts_at) > self.clock.last_day


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of the day, and where they stand: None if nobody has noted anything yet."""

    member: Member
    entry: Attendance | None
    is_presiding: bool

    @property
    def is_there(self) -> bool:
        return self.entry is not None and self.entry.kind in IN_THE_ROOM


@dataclass(frozen=True, slots=True)
class Room:
    """Who is there, against what the law needs: two thirds of all members."""

    seats: Sequence[Seat]
    total: int
    needed: int

    @property
    def there(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.is_there]

    @property
    def present(self) -> int:
        return len(self.there)

    @property
    def is_quorate(self) -> bool:
        return self.total > 0 and self.present >= self.needed


@dataclass(frozen=True, slots=True)
class Line:
    """One member in a roll call, with the voice as it stands."""

    member: Member
    vote: Vote | None
    is_remote: bool

    @property
    def by_themselves(self) -> bool:
        return self.vote is not None and self.vote.recorded_by == self.member.account_id


@dataclass(frozen=True, slots=True)
class Roll:
    """Those who can vote on the open question, in the order of the alphabet."""

    lines: Sequence[Line]

    @property
    def waiting(self) -> list[Line]:
        return [line for line in self.lines if line.vote is None]

    @property
    def done(self) -> list[Line]:
        return [line for line in self.lines if line.vote is not None]

    def number_of(self, member: Member) -> int:
        """Which one this member is, counted from 1."""
        return next(place for place, line in enumerate(self.lines, 1) if line.member is member)

    def line_of(self, member_id: int | None) -> Line | None:
        return next((line for line in self.lines if line.member.id == member_id), None)

    def next_after(self, member_id: int | None) -> Line | None:
        """Whoever has not voted and comes after that member; from the top again behind the last one."""
        place = next((i for i, line in enumerate(self.lines, 1) if line.member.id == member_id), 0)
        return next((line for line in [*self.lines[place:], *self.lines[:place]] if line.vote is None), None)

    def count(self, choice: Choice | str) -> int:
        return sum(line.vote is not None and line.vote.choice == choice for line in self.lines)


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A ruling that is owed to an adopted vote: not begun, or not signed."""

    item: AgendaItem
    ruling: Ruling | None


def examinations_waiting(council: Council, *, today: date) -> list[Waiting]:
    """Drafts before the council, whose term ends first at the top."""
    found = db.session.scalars(
        select(Examination)
        .join(Duty, Duty.id == Examination.duty_id)
        .where(Examination.council_id == council.id, Examination.state == ExaminationState.WAITING)
        .options(joinedload(Examination.rapporteur))
        .order_by(LAST_DAY, Examination.id)
        .limit(MOST)
    ).all()
    items, calendar = _items_of_drafts(council), calendar_now()
    return [
        Waiting(one, clock_of(one.duty, today=today, calendar=calendar), items.get(one.draft_id))
        for one in found
    ]


def _items_of_drafts(council: Council) -> Mapping[int, AgendaItem]:
    """By the draft's id, the item on the agenda of a sitting that is still to come or runs."""
    rows = db.session.scalars(
        select(AgendaItem)
        .join(Sitting, Sitting.id == AgendaItem.sitting_id)
        .where(
            Sitting.council_id == council.id,
            Sitting.state.in_(CURRENT),
            AgendaItem.draft_id.is_not(None),
            AgendaItem.state.in_((ItemState.WAITING, ItemState.DECIDED)),
        )
        .options(joinedload(AgendaItem.sitting))
    )
    return {item.draft_id: item for item in rows if item.draft_id is not None}


def current_sittings(council: Council) -> Sequence[Sitting]:
    """In preparation, called or running, the nearest first."""
    return db.session.scalars(
        select(Sitting)
        .join(Gathering, Gathering.id == Sitting.gathering_id)
        .where(Sitting.council_id == council.id, Sitting.state.in_(CURRENT))
        .order_by(Gathering.starts_at, Sitting.id)
    ).all()


def past_sittings(council: Council, *, limit: int = 10) -> Sequence[Sitting]:
    return db.session.scalars(
        select(Sitting)
        .where(Sitting.council_id == council.id, Sitting.state.in_(OVER))
        .order_by(Sitting.id.desc())
        .limit(limit)
    ).all()


def control_in_work(council: Council) -> Sequence[Gathering]:
    """Acts of public control that are prepared or announced, by their gatherings: what is behind them lies higher."""
    return db.session.scalars(
        select(Gathering)
        .where(
            Gathering.council_id == council.id,
            Gathering.kind != GatheringKind.SITTING,
            Gathering.cancelled_at.is_(None),
            Gathering.held_at.is_(None),
        )
        .order_by(Gathering.starts_at, Gathering.id)
        .limit(MOST)
    ).all()


def minutes_due(council: Council, *, today: date) -> list[tuple[Minutes, Clock]]:
    """Minutes that are not published, with the clock of their publication."""
    found = db.session.scalars(
        select(Minutes)
        .join(Sitting, Sitting.id == Minutes.sitting_id)
        .where(Sitting.council_id == council.id, Minutes.published_at.is_(None))
        .options(joinedload(Minutes.sitting))
        .order_by(Minutes.id)
    )
    return [(one, clock_of(one.duty, today=today)) for one in found]


def rulings_to_write(council: Council) -> list[ToWrite]:
    """Adopted by a vote and not signed yet, the oldest first."""
    adopted = exists().where(
        Voting.item_id == AgendaItem.id,
        Voting.state == VotingState.CLOSED,
        Voting.is_adopted.is_(True),
        Voting.outcome.is_not(None),
    )
    rows = db.session.execute(
        select(AgendaItem, Ruling)
        .join(Sitting, Sitting.id == AgendaItem.sitting_id)
        .outerjoin(Ruling, Ruling.item_id == AgendaItem.id)
        .where(
            Sitting.council_id == council.id,
            AgendaItem.state == ItemState.DECIDED,
            adopted,
            (Ruling.id.is_(None)) | (Ruling.state == RulingState.PREPARING),
        )
        .options(joinedload(AgendaItem.sitting))
        .order_by(AgendaItem.id)
        .limit(MOST)
    )
    return [ToWrite(item, ruling) for item, ruling in rows.all()]


def rulings_of(sitting: Sitting) -> dict[int, Ruling]:
    """By the item's id."""
    rows = db.session.scalars(
        select(Ruling)
        .join(AgendaItem, AgendaItem.id == Ruling.item_id)
        .where(AgendaItem.sitting_id == sitting.id)
    )
    return {ruling.item_id: ruling for ruling in rows}


def room(sitting: Sitting, *, day: date) -> Room:
    """The members of the day, and who of them is there. Open, a sitting counts by the members it was opened with."""
    members = sorted(composition.members_on(sitting.council, day), key=lambda one: in_order(one.name))
    entries = queries.attendance_now(sitting)
    total = sitting.members_total or len(members)
    needed = sitting.quorum or council_rules_version(sitting.rules_version).quorum(total)
    return Room(
        seats=[Seat(one, entries.get(one.id), one.id == sitting.presiding_id) for one in members],
        total=total,
        needed=needed,
    )


def counted_on(item: AgendaItem, room: Room) -> int:
    """How many of those there the quorum counts on this item: its conflicts may take some away."""
    there = {seat.member.id for seat in room.there}
    aside = queries.in_conflict(item) & there
    return tallying.present_for_quorum(
        len(there), len(aside), council_rules_version(item.sitting.rules_version)
    )


def roll(voting: Voting) -> Roll:
    """Everybody in the room without a conflict, and those who voted and have left since."""
    aside = queries.in_conflict(voting.item)
    entries = queries.attendance_now(voting.item.sitting)
    votes = {
        vote.member_id: vote
        for vote in db.session.scalars(
            select(Vote).where(Vote.voting_id == voting.id, Vote.voided_at.is_(None))
        )
    }
    there = {member_id: entry.member for member_id, entry in entries.items() if entry.kind in IN_THE_ROOM}
    members = {**there, **{member_id: vote.member for member_id, vote in votes.items()}}
    remote = {member_id for member_id, entry in entries.items() if entry.kind.value == "remote"}
    able = sorted(
        (member for member_id, member in members.items() if member_id not in aside),
        key=lambda member: (in_order(member.name), member.id),
    )
    return Roll([Line(member, votes.get(member.id), member.id in remote) for member in able])


def conflicts_of(sitting: Sitting) -> dict[int, list[Conflict]]:
    """By the item's id, who stood aside."""
    found: dict[int, list[Conflict]] = {}
    for conflict in db.session.scalars(
        select(Conflict)
        .join(AgendaItem, AgendaItem.id == Conflict.item_id)
        .where(AgendaItem.sitting_id == sitting.id)
        .order_by(Conflict.id)
    ):
        found.setdefault(conflict.item_id, []).append(conflict)
    return found


def name_of(account_id: int) -> str:
    """Who saved something, for a colleague who saved something else."""
    account = db.session.get(Account, account_id)
    return account.name if account is not None else ""


def not_notified(draft: DraftAct) -> Sequence[Council]:
    """The councils that could still be asked to read the draft, those of the republic first."""
    known = select(Examination.council_id).where(Examination.draft_id == draft.id)
    return db.session.scalars(
        select(Council)
        .where(Council.is_active, Council.id.not_in(known))
        .order_by(Council.territory_id.is_not(None), Council.level, Council.name_kk, Council.id)
    ).all()


def proposals_on_agendas(council: Council) -> frozenset[int]:
    """The ids of the proposals that stand on an agenda of a sitting that is not over."""
    found = db.session.scalars(
        select(AgendaItem.proposal_id)
        .join(Sitting, Sitting.id == AgendaItem.sitting_id)
        .where(
            Sitting.council_id == council.id,
            Sitting.state.in_((State.PREPARING, State.CALLED, State.IN_SESSION)),
            AgendaItem.state == ItemState.WAITING,
        )
    )
    return frozenset(proposal_id for proposal_id in found if proposal_id is not None)
