"""What happened at a sitting, from its records alone: for the minutes, the pages and the open data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.audit.models import AuditRecord
from app.councils.models import Member, Office, OfficeKind
from app.councils.queries.composition import members_on, secretaries_on
from app.db import db
from app.gatherings import queries as gatherings
from app.sittings import queries
from app.sittings.lifecycle import IN_THE_ROOM, AttendanceKind, Choice, RulingState, VotingState
from app.sittings.models import AgendaItem, Attendance, Conflict, Minutes, Ruling, Sitting, Vote, Voting

# The act of the record in which the chair of the sitting passes on (services/attending.py).
HAND_OVER = "hand_over_chair"


@dataclass(frozen=True, slots=True)
class Presence:
    """One member at one sitting. `kind` is where it ended, ABSENT if nobody noted anything; `later` are the entries
    after the opening: who came late, left, came back. Why somebody was excused is nobody's business."""

    member: Member
    kind: AttendanceKind
    entries: tuple[Attendance, ...]
    later: tuple[Attendance, ...]

    @property
    def was_there(self) -> bool:
        return any(entry.kind in IN_THE_ROOM for entry in self.entries)

    @property
    def was_remote(self) -> bool:
        return any(entry.kind is AttendanceKind.REMOTE for entry in self.entries)

    def at(self, moment: datetime) -> AttendanceKind:
        """Where the member stood at that moment."""
        before = [entry.kind for entry in self.entries if entry.at <= moment]
        return before[-1] if before else AttendanceKind.ABSENT


@dataclass(frozen=True, slots=True)
class Voice:
    """One row of a roll call. `choice` is what counts, None for who did not vote, whose voice was voided or who stood
    aside; `was` what the roll call said before it was corrected."""

    member: Member
    choice: Choice | None
    was: Choice | None = None
    is_remote: bool = False
    reason: str = ""
    voided: Choice | None = None
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class VotingRecord:
    voting: Voting
    voices: tuple[Voice, ...]

    @property
    def is_public(self) -> bool:
        """While a vote runs, nobody reads how anybody voted."""
        return self.voting.state is not VotingState.OPEN


@dataclass(frozen=True, slots=True)
class ItemRecord:
    item: AgendaItem
    votings: tuple[VotingRecord, ...]
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class HandOver:
    at: datetime
    was: Member | None
    member: Member


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one sitting. `chair` held the office on that day."""

    sitting: Sitting
    day: date
    presences: tuple[Presence, ...]
    items: tuple[ItemRecord, ...]
    minutes: Minutes | None
    chair: Member | None
    secretaries: tuple[str, ...]
    hand_overs: tuple[HandOver, ...]
    guests: gatherings.GuestCount

    @property
    def there_now(self) -> list[Presence]:
        return [one for one in self.presences if one.kind in IN_THE_ROOM]

    @property
    def attended(self) -> list[Presence]:
        return [one for one in self.presences if one.was_there]

    @property
    def first_presiding(self) -> Member | None:
        """Who opened it."""
        return (self.hand_overs[0].was if self.hand_overs else None) or self.sitting.presiding

    @property
    def is_chair_absent(self) -> bool:
        """Whether somebody presided because the chair was not there at all."""
        chair = self.chair
        return chair is not None and not any(
            one.was_there and one.member.id == chair.id for one in self.presences
        )


def record_of(sitting: Sitting) -> Record:
    """The record of one sitting in a dozen queries, however long its agenda."""
    day = clock.today(sitting.opened_at or sitting.gathering.starts_at)
    presences = presences_of(sitting, day)
    items = items_of(sitting, presences)
    minutes = queries.minutes_of(sitting)
    return Record(
        sitting=sitting,
        day=day,
        presences=tuple(presences),
        items=tuple(items),
        minutes=minutes,
        chair=chair_on(sitting, day),
        secretaries=tuple(one.account.name for one in secretaries_on(sitting.council, day)),
        hand_overs=tuple(_hand_overs(sitting)),
        guests=gatherings.count_guests(sitting.gathering),
    )


def presences_of(sitting: Sitting, day: date) -> list[Presence]:
    """Everybody who sat in the council on that day, by name, and whoever was noted besides."""
    entries: dict[int, list[Attendance]] = {}
    members = {member.id: member for member in members_on(sitting.council, day)}
    for entry in db.session.scalars(
        select(Attendance).where(Attendance.sitting_id == sitting.id).order_by(Attendance.id)
    ):
        entries.setdefault(entry.member_id, []).append(entry)
        members.setdefault(entry.member_id, entry.member)
    return [_presence(sitting, member, entries.get(member.id, [])) for member in members.values()]


def _presence(sitting: Sitting, member: Member, entries: Sequence[Attendance]) -> Presence:
    opened = sitting.opened_at
    return Presence(
        member=member,
        kind=entries[-1].kind if entries else AttendanceKind.ABSENT,
        entries=tuple(entries),
        later=tuple(entry for entry in entries if opened is not None and entry.at > opened),
    )


def items_of(sitting: Sitting, presences: Sequence[Presence]) -> list[ItemRecord]:
    """The agenda with everything that was done to each item."""
    items = db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.sitting_id == sitting.id)
        .options(
            selectinload(AgendaItem.files),
            selectinload(AgendaItem.conflicts),
            selectinload(AgendaItem.opinions),
            joinedload(AgendaItem.draft),
            joinedload(AgendaItem.petition),
            joinedload(AgendaItem.proposal),
            joinedload(AgendaItem.rapporteur),
        )
        .order_by(AgendaItem.position)
    ).all()
    votings = queries.votings_of_items(item.id for item in items)
    rulings = queries.rulings_of_items(item.id for item in items)
    return [
        ItemRecord(
            item=item,
            votings=tuple(
                VotingRecord(voting, tuple(voices(voting, item.conflicts, presences)))
                for voting in votings.get(item.id, [])
            ),
            ruling=rulings.get(item.id),
        )
        for item in items
    ]


def voices(voting: Voting, conflicts: Iterable[Conflict], presences: Sequence[Presence]) -> Iterable[Voice]:
    """The roll call by name: who was in the room at that vote, who voted before leaving, who stood aside."""
    until = voting.closed_at or clock.now()
    votes = {vote.member_id: vote for vote in voting.votes}
    corrected = {entry.member_id: entry for entry in voting.corrections}
    # An interest that was declared after the vote touches the votes to come.
    aside = {one.member_id: one.reason for one in conflicts if one.at <= until}
    for presence in presences:
        member, kind = presence.member, presence.at(until)
        vote = votes.get(member.id)
        if vote is None and kind not in IN_THE_ROOM:
            continue
        change = corrected.get(member.id)
        choice = _counted(vote)
        yield Voice(
            member=member,
            choice=change.choice if change else choice,
            was=choice if change else None,
            is_remote=vote.is_remote if vote else kind is AttendanceKind.REMOTE,
            reason=vote.reason if vote else "",
            voided=vote.choice if vote and vote.voided_at else None,
            aside=aside.get(member.id),
        )


def _counted(vote: Vote | None) -> Choice | None:
    return vote.choice if vote is not None and vote.voided_at is None else None


def chair_on(sitting: Sitting, day: date) -> Member | None:
    """Whoever held the office of the chair that day."""
    offices = db.session.scalars(
        select(Office).where(Office.council_id == sitting.council_id, Office.kind == OfficeKind.CHAIR)
    )
    return next((office.member for office in offices if office.is_held_on(day)), None)


def _hand_overs(sitting: Sitting) -> Iterable[HandOver]:
    acts = db.session.scalars(
        select(AuditRecord)
        .where(AuditRecord.subject == f"sitting:{sitting.number}", AuditRecord.act == HAND_OVER)
        .order_by(AuditRecord.id)
    )
    for act in acts:
        member = db.session.get(Member, act.details["member"])
        if member is not None:
            was = act.details.get("was")
            yield HandOver(act.at, db.session.get(Member, was) if was else None, member)


def public_ruling(record: ItemRecord) -> Ruling | None:
    """The item's ruling, once it is signed."""
    ruling = record.ruling
    return ruling if ruling is not None and ruling.state is RulingState.PUBLISHED else None
