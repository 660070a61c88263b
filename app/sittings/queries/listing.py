"""Lists that everybody reads: a council's sittings, and rulings of all councils."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.consultations.models import DraftAct
from app.councils.models import Council
from app.db import db
from app.gatherings.models import Gathering
from app.petitions.models import Petition
from app.sittings import queries
from app.sittings.lifecycle import PUBLIC_STATES, ExaminationState, RulingState, State
from app.sittings.models import AgendaItem, Examination, Ruling, Sitting
from app.web.pagination import Page, keyset

PAGE_SIZE = 20
SITTINGS = (Gathering.starts_at, Sitting.id)
RULINGS = (Ruling.published_at, Ruling.id)
# What a ruling was is said in the words of the rules that its sitting was held under.
WITH_SITTING = joinedload(Ruling.item).joinedload(AgendaItem.sitting)
TO_COME = (State.IN_SESSION, State.CALLED)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the list of rulings for."""

    council_id: int | None = None
    outcome: str = ""


def sittings_of(council: Council, *, position: str | None, size: int = PAGE_SIZE) -> Page[Sitting]:
    """The council's public sittings, the newest first."""
    return keyset(_public_sittings(council), order=SITTINGS, position=position, size=size)


def _public_sittings(council: Council) -> Select[Sitting]:
    return (
        select(Sitting)
        .join(Sitting.gathering)
        .options(contains_eager(Sitting.gathering))
        .where(
            Sitting.council_id == council.id,
            Sitting.called_at.is_not(None),
            Sitting.state.in_(PUBLIC_STATES),
        )
    )


def coming_of(council: Council, *, limit: int = 3) -> Sequence[Sitting]:
    """What is in session or to come, the nearest first."""
    query = _public_sittings(council).where(Sitting.state.in_(TO_COME))
    order = (Sitting.state != State.IN_SESSION, Gathering.starts_at, Sitting.id)
    return db.session.scalars(query.order_by(*order).limit(limit)).all()


def last_of(council: Council, *, limit: int = 3) -> Sequence[Sitting]:
    """What was held, the newest first."""
    query = _public_sittings(council).where(Sitting.state.in_((State.CLOSED, State.RECORDED)))
    order = (Gathering.starts_at.desc(), Sitting.id.desc())
    return db.session.scalars(query.order_by(*order).limit(limit)).all()


def rulings_of(wish: Wish, *, position: str | None, size: int = PAGE_SIZE) -> Page[Ruling]:
    """Published rulings, the newest first."""
    return keyset(_rulings(wish), order=RULINGS, position=position, size=size)


def newest_rulings(wish: Wish, *, limit: int) -> Sequence[Ruling]:
    order = (Ruling.published_at.desc(), Ruling.id.desc())
    return db.session.scalars(_rulings(wish).order_by(*order).limit(limit)).all()


def _rulings(wish: Wish) -> Select[Ruling]:
    query = select(Ruling).where(Ruling.state == RulingState.PUBLISHED).options(WITH_SITTING)
    if wish.council_id is not None:
        query = query.where(Ruling.council_id == wish.council_id)
    if wish.outcome:
        query = query.where(Ruling.outcome == wish.outcome)
    return query


def outcome_counts(wish: Wish) -> Mapping[str, int]:
    """How many rulings of each outcome there are under the other wishes."""
    found = _rulings(Wish(council_id=wish.council_id)).subquery()
    rows = db.session.execute(select(found.c.outcome, func.count()).group_by(found.c.outcome))
    return {row[0]: row[1] for row in rows}


def councils_with_rulings() -> Sequence[Council]:
    """The councils that a reader can choose from, by name."""
    ruled = select(Ruling.council_id).where(Ruling.state == RulingState.PUBLISHED).distinct()
    return db.session.scalars(
        select(Council).where(Council.id.in_(ruled)).order_by(Council.name_kk, Council.id)
    ).all()


def examinations_of_council(council: Council, *, limit: int = 10) -> Sequence[Examination]:
    """Drafts before the council, what ends first on top, then its newest tacit consents."""
    waiting = db.session.scalars(
        select(Examination)
        .where(Examination.council_id == council.id, Examination.state == ExaminationState.WAITING)
        .order_by(Examination.id)
        .limit(limit)
    ).all()
    silent = db.session.scalars(
        select(Examination)
        .where(Examination.council_id == council.id, Examination.state == ExaminationState.TACIT)
        .order_by(Examination.ended_at.desc(), Examination.id.desc())
        .limit(3)
    ).all()
    return [*sorted(waiting, key=lambda one: one.duty.last_day), *silent]


def rulings_on_draft(draft: DraftAct) -> dict[int, Ruling]:
    """Published rulings on the draft, by council."""
    found = (
        select(Ruling)
        .join(AgendaItem, AgendaItem.id == Ruling.item_id)
        .where(AgendaItem.draft_id == draft.id, Ruling.state == RulingState.PUBLISHED)
        .options(WITH_SITTING)
        .order_by(Ruling.id)
    )
    return {ruling.council_id: ruling for ruling in db.session.scalars(found)}


def items_on_petition(petition: Petition) -> Sequence[tuple[AgendaItem, Ruling | None]]:
    """Where the petition stands on an agenda that is public, with the council's ruling if there is one."""
    items = db.session.scalars(
        select(AgendaItem)
        .join(AgendaItem.sitting)
        .options(contains_eager(AgendaItem.sitting))
        .where(
            AgendaItem.petition_id == petition.id,
            Sitting.called_at.is_not(None),
            Sitting.state.in_(PUBLIC_STATES - {State.CANCELLED}),
        )
        .order_by(AgendaItem.id)
    ).all()
    rulings = queries.rulings_of_items(item.id for item in items) if items else {}
    published = {key: one for key, one in rulings.items() if one.state is RulingState.PUBLISHED}
    return [(item, published.get(item.id)) for item in items]
