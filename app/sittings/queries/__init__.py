"""Reads of sittings, votes and rulings by what names them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import selectinload

from app.consultations.models import DraftAct
from app.councils.models import Council
from app.db import db
from app.sittings.lifecycle import IN_THE_ROOM, AttendanceKind, VotingState
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


def by_id(sitting_id: int) -> Sitting | None:
    return db.session.get(Sitting, sitting_id)


def by_number(number: int) -> Sitting | None:
    return db.session.scalar(select(Sitting).where(Sitting.number == number))


def ruling_by_number(number: int) -> Ruling | None:
    return db.session.scalar(select(Ruling).where(Ruling.number == number))


def ruling_by_id(ruling_id: int) -> Ruling | None:
    return db.session.get(Ruling, ruling_id)


def ruling_of(item: AgendaItem) -> Ruling | None:
    return db.session.scalar(select(Ruling).where(Ruling.item_id == item.id))


def rulings_of_items(item_ids: Iterable[int]) -> dict[int, Ruling]:
    """The rulings on many items, published or not, by item."""
    found = select(Ruling).where(Ruling.item_id.in_(list(item_ids)))
    return {ruling.item_id: ruling for ruling in db.session.scalars(found)}


def minutes_of(sitting: Sitting) -> Minutes | None:
    return db.session.scalar(select(Minutes).where(Minutes.sitting_id == sitting.id))


def examination(council_id: int, draft_id: int) -> Examination | None:
    return db.session.scalar(
        select(Examination).where(Examination.council_id == council_id, Examination.draft_id == draft_id)
    )


def examination_by_id(examination_id: int) -> Examination | None:
    return db.session.get(Examination, examination_id)


def examinations_of(draft: DraftAct) -> Sequence[Examination]:
    """Every council that was notified of the draft."""
    return db.session.scalars(
        select(Examination).where(Examination.draft_id == draft.id).order_by(Examination.id)
    ).all()


def item_of(sitting: Sitting, item_id: int) -> AgendaItem | None:
    """The item, if it stands on this sitting's agenda."""
    item = db.session.get(AgendaItem, item_id)
    return item if item is not None and item.sitting_id == sitting.id else None


def voting_by_id(voting_id: int) -> Voting | None:
    return db.session.get(Voting, voting_id)


def votings_of(item: AgendaItem) -> Sequence[Voting]:
    """Every vote on the item in order, with voices, dissents and corrections."""
    return db.session.scalars(
        select(Voting)
        .where(Voting.item_id == item.id)
        .options(selectinload(Voting.votes), selectinload(Voting.dissents), selectinload(Voting.corrections))
        .order_by(Voting.position)
    ).all()


def votings_of_items(item_ids: Iterable[int]) -> dict[int, list[Voting]]:
    """The votes on many items, by item, each with voices, dissents and corrections: for a page that shows them all."""
    found: dict[int, list[Voting]] = {}
    for voting in db.session.scalars(
        select(Voting)
        .where(Voting.item_id.in_(list(item_ids)))
        .options(selectinload(Voting.votes), selectinload(Voting.dissents), selectinload(Voting.corrections))
        .order_by(Voting.item_id, Voting.position)
    ):
        found.setdefault(voting.item_id, []).append(voting)
    return found


def open_voting(item: AgendaItem) -> Voting | None:
    return db.session.scalar(
        select(Voting).where(Voting.item_id == item.id, Voting.state == VotingState.OPEN)
    )


def open_voting_of(sitting: Sitting) -> Voting | None:
    """The vote that runs in the sitting now."""
    return db.session.scalar(
        select(Voting)
        .join(AgendaItem, AgendaItem.id == Voting.item_id)
        .where(AgendaItem.sitting_id == sitting.id, Voting.state == VotingState.OPEN)
        .limit(1)
    )


def vote_of(voting: Voting, member_id: int) -> Vote | None:
    """The member's voice as it stands now, also if it was read before."""
    return db.session.scalar(
        select(Vote)
        .where(Vote.voting_id == voting.id, Vote.member_id == member_id)
        .execution_options(populate_existing=True)
    )


def attendance_now(sitting: Sitting) -> dict[int, Attendance]:
    """By member, the newest entry: where each of them stands."""
    newest = (
        select(Attendance)
        .ext(distinct_on(Attendance.member_id))
        .where(Attendance.sitting_id == sitting.id)
        .order_by(Attendance.member_id, Attendance.id.desc())
    )
    return {entry.member_id: entry for entry in db.session.scalars(newest)}


def in_the_room(sitting: Sitting) -> dict[int, AttendanceKind]:
    """Who is there now, by member: present or remote."""
    return {
        member_id: entry.kind
        for member_id, entry in attendance_now(sitting).items()
        if entry.kind in IN_THE_ROOM
    }


def in_conflict(item: AgendaItem) -> frozenset[int]:
    return frozenset(db.session.scalars(select(Conflict.member_id).where(Conflict.item_id == item.id)))


def council_of(slug: str) -> Council | None:
    return db.session.scalar(select(Council).where(Council.slug == slug))
