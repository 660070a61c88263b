"""Telling saved searches what is new: one letter per search and period, none where nothing is.

Searches for the same thing that were last looked for at the same time are looked for together, and their letters are
one statement; so the work grows with the different wishes, not with the readers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, case, cast, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from app import clock
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct
from app.consultations.queries import listing
from app.consultations.queries.listing import Wish
from app.db import db
from app.law import Calendar, calendar_now
from app.law.calendar import add_working_days
from app.notifications.audiences.names import Audience
from app.notifications.events import MailWaiting
from app.notifications.models import Delivery, Frequency, SavedSearch
from app.outbox import publish

# A letter lists no more; the others are counted.
MOST_LISTED = 50
# Every reader hears of a closing day at least so long before.
NOTICE_WORKING_DAYS = 3
PERIODS = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}
TEMPLATE = "search_digest"


@dataclass(frozen=True, slots=True)
class Due:
    """A wish that some saved searches share, and since when none of them was looked for."""

    frequency: Frequency
    wish: Wish
    since: datetime
    # Whether an earlier look told of what closed soon then.
    was_looked_for: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of draft acts, what closes first at the top; `more` were found and are not listed."""

    closing: list[int]
    new: list[int]
    more: int


def send_digests(*, now: datetime) -> int:
    """Writes the letters of every search that is due; how many. Running it again on the same day writes none.

    A search that was missed, because nothing ran at its hour, is made up for at the next run.
    """
    today, calendar = clock.today(now), calendar_now()
    written = 0
    for frequency in Frequency:
        begins = beginning_of_period(frequency, today)
        for due in _due(frequency, before=begins):
            found = _find(due, today=today, calendar=calendar)
            if found is not None:
                written += _write(due, found, before=begins, today=today, now=now)
            _mark(due, before=begins, looked_at=now)
    if written:
        publish(MailWaiting(fact_key=f"searches:{today}:{now:%H%M%S}"))
    return written


def beginning_of_period(frequency: Frequency, today: date) -> datetime:
    """The first moment of the period that a letter of `today` is for: the day, or the week from its Monday."""
    first = today if frequency is Frequency.DAILY else today - timedelta(days=today.weekday())
    return datetime.combine(first, time(), tzinfo=clock.ALMATY)


def told_until(frequency: Frequency, day: date, calendar: Calendar) -> date:
    """Which closing days a letter of `day` tells of: at the next letter it would be too late for the last of them."""
    return add_working_days(day + PERIODS[frequency] - timedelta(days=1), NOTICE_WORKING_DAYS, calendar)


WISH = (
    SavedSearch.stage,
    SavedSearch.topic,
    SavedSearch.agency_id,
    SavedSearch.region,
    SavedSearch.words,
)
SINCE = func.coalesce(SavedSearch.looked_at, SavedSearch.confirmed_at)


def _is_due(frequency: Frequency, before: datetime) -> list[Any]:
    return [
        SavedSearch.frequency == frequency,
        SavedSearch.confirmed_at.is_not(None),
        SavedSearch.ended_at.is_(None),
        before > SINCE,
    ]


def _due(frequency: Frequency, *, before: datetime) -> Iterator[Due]:
    rows = db.session.execute(
        select(*WISH, SINCE, SavedSearch.looked_at.is_not(None)).where(*_is_due(frequency, before)).distinct()
    ).all()
    for stage, topic, agency_id, region, words, since, was_looked_for in rows:
        wish = Wish(stage=stage, topic=topic, agency_id=agency_id, region=region, words=words)
        yield Due(frequency, wish, since, was_looked_for)


def _find(due: Due, *, today: date, calendar: Calendar) -> Found | None:
    """What is new for this wish, or closes soon and was not told of as such; None if nothing is."""
    until = told_until(due.frequency, today, calendar)
    is_closing = and_(DraftAct.state == State.OPEN, DraftAct.closes_on.between(today, until))
    is_new = and_(DraftAct.state.in_([State.ANNOUNCED, State.OPEN]), DraftAct.announced_at > due.since)
    is_news = is_closing
    if due.was_looked_for:
        told = told_until(due.frequency, clock.today(due.since), calendar)
        is_news = and_(is_closing, DraftAct.closes_on > told)
    query = select(DraftAct.id, is_closing, func.count().over()).where(or_(is_new, is_news))
    rows = db.session.execute(
        listing.wished(query, due.wish, today=today)
        .order_by(
            case((is_closing, DraftAct.closes_on)).nulls_last(), DraftAct.announced_at.desc(), DraftAct.id
        )
        .limit(MOST_LISTED)
    ).all()
    if not rows:
        return None
    closing = [draft_id for draft_id, closes, _total in rows if closes]
    new = [draft_id for draft_id, closes, _total in rows if not closes]
    return Found(closing, new, more=rows[0][2] - len(rows))


def _write(due: Due, found: Found, *, before: datetime, today: date, now: datetime) -> int:
    """One letter for each search of this wish; a search is told once a day, whatever happens."""
    values = {
        "audience": Audience.SEARCHER.value,
        "closing": found.closing,
        "new": found.new,
        "more": found.more,
    }
    own = func.jsonb_build_object(literal("search_id"), SavedSearch.id)
    moment = literal(now, Delivery.created_at.type)
    rows = select(
        func.concat("search:", SavedSearch.id, ":", str(today)),
        literal(TEMPLATE),
        SavedSearch.email,
        SavedSearch.language,
        cast(literal(values, JSONB), JSONB).op("||")(own),
        moment,
        moment,
    ).where(*_of(due, before))
    columns = ["fact_key", "template", "email", "language", "values", "created_at", "next_at"]
    statement = insert(Delivery).from_select(columns, rows).on_conflict_do_nothing()
    written = db.session.execute(statement, execution_options={"preserve_rowcount": True})
    db.session.execute(update(SavedSearch).where(*_of(due, before)).values(last_sent_at=now))
    return int(written.rowcount)  # type: ignore[attr-defined]


def _mark(due: Due, *, before: datetime, looked_at: datetime) -> None:
    db.session.execute(update(SavedSearch).where(*_of(due, before)).values(looked_at=looked_at))


def _of(due: Due, before: datetime) -> Sequence[Any]:
    """The searches that `due` stands for."""
    wish = due.wish
    return [
        *_is_due(due.frequency, before),
        SavedSearch.stage == wish.stage,
        SavedSearch.topic == wish.topic,
        SavedSearch.agency_id.is_not_distinct_from(wish.agency_id),
        SavedSearch.region == wish.region,
        SavedSearch.words == wish.words,
        due.since == SINCE,
        SavedSearch.looked_at.is_not(None) if due.was_looked_for else SavedSearch.looked_at.is_(None),
    ]
