"""Sittings and rulings as the open data show them: what the pages show, and nothing more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import clock
from app.db import db, transaction
from app.recommendations.lifecycle import State as ListState
from app.recommendations.models import RecommendationList
from app.sittings.lifecycle import RulingState
from app.sittings.models import AgendaItem, Conflict, Ruling, Sitting
from app.sittings.queries.record import (
    ItemRecord,
    Record,
    VotingRecord,
    presences_of,
    public_ruling,
    record_of,
    voices,
)

BATCH = 500
COLUMNS = (
    "number",
    "council",
    "outcome",
    "published_on",
    "kind",
    "about",
    "title",
    "sitting",
    "in_favour",
    "against",
    "abstained",
    "recommendations",
    "answers",
)

WHOLE = (
    joinedload(Ruling.voting),
    joinedload(Ruling.item).joinedload(AgendaItem.sitting),
    joinedload(Ruling.item).joinedload(AgendaItem.draft),
    joinedload(Ruling.item).joinedload(AgendaItem.petition),
    joinedload(Ruling.item).joinedload(AgendaItem.proposal),
    joinedload(Ruling.recommendations).selectinload(RecommendationList.rows),
)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One item with its votes that are over, and its published ruling."""

    item: AgendaItem
    votings: Sequence[VotingRecord]
    ruling: Ruling | None

    @property
    def about(self) -> int | None:
        return number_of(self.item)

    @property
    def conflicts(self) -> Sequence[Conflict]:
        return self.item.conflicts

    @property
    def opinions(self) -> Sequence[Any]:
        """Read from the opening of the sitting on."""
        return self.item.opinions if self.item.sitting.opened_at is not None else []


@dataclass(frozen=True, slots=True)
class OpenSitting:
    record: Record
    items: Sequence[OpenItem]

    @property
    def sitting(self) -> Sitting:
        return self.record.sitting

    @property
    def minutes_published_at(self) -> datetime | None:
        return self.record.minutes.published_at if self.record.minutes is not None else None


@dataclass(frozen=True, slots=True)
class OpenRuling:
    ruling: Ruling
    vote: VotingRecord

    @property
    def about(self) -> int | None:
        return number_of(self.ruling.item)

    @property
    def answers_are_public(self) -> bool:
        return self.ruling.recommendations.state is ListState.ANSWERED


def number_of(item: AgendaItem) -> int | None:
    """The number of the draft, petition or proposal that the item is about."""
    thing = item.draft or item.petition or item.proposal
    return thing.number if thing is not None else None


def sitting_of(sitting: Sitting) -> OpenSitting:
    record = record_of(sitting)
    return OpenSitting(record, [_item(one) for one in record.items])


def _item(one: ItemRecord) -> OpenItem:
    return OpenItem(one.item, [vote for vote in one.votings if vote.is_public], public_ruling(one))


def ruling_of(ruling: Ruling) -> OpenRuling:
    sitting = ruling.item.sitting
    presences = presences_of(sitting, clock.today(sitting.opened_at or sitting.gathering.starts_at))
    vote = VotingRecord(ruling.voting, tuple(voices(ruling.voting, ruling.item.conflicts, presences)))
    return OpenRuling(ruling, vote)


def count() -> int:
    published = select(func.count()).select_from(Ruling).where(Ruling.state == RulingState.PUBLISHED)
    return db.session.scalar(published) or 0


def table() -> Iterator[Sequence[Any]]:
    """Every published ruling, the first one first. A batch is a transaction of its own, so that no slow reader keeps
    one open."""
    last = 0
    while True:
        with transaction(read_only=True):
            batch = db.session.scalars(
                select(Ruling)
                .where(Ruling.id > last, Ruling.state == RulingState.PUBLISHED)
                .options(*WHOLE)
                .order_by(Ruling.id)
                .limit(BATCH)
            ).all()
            rows = [_row(ruling) for ruling in batch]
            last = batch[-1].id if batch else last
        yield from rows
        if len(rows) < BATCH:
            return


def _row(ruling: Ruling) -> Sequence[Any]:
    item, voting = ruling.item, ruling.voting
    return (
        ruling.number,
        ruling.council.slug,
        ruling.outcome,
        clock.today(ruling.published_at),
        item.kind.value,
        number_of(item),
        item.titles.get("kk") or item.titles.get("ru"),
        item.sitting.number,
        voting.in_favour,
        voting.against,
        voting.abstained,
        len(ruling.recommendations.rows),
        ruling.recommendations.state.value,
    )
