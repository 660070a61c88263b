"""Petitions with everything that the open data says of them, a fixed number of queries for a whole list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import case, select
from sqlalchemy.orm import aliased

from app.db import db
from app.duties import queries as duties
from app.duties.models import Duty
from app.duties.queries import Clock
from app.law import calendar_now
from app.petitions import queries
from app.petitions.models import Decision, Petition, TransitionRow
from app.petitions.queries import RatingFigures
from app.petitions.queries.counts import Regions, counted_of, falls_of
from app.petitions.queries.listing import Listed
from app.territories.models import REGION_KINDS, Territory


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """What signers said of the answer to one demand, by the demand's number."""

    demand: int
    figures: RatingFigures


@dataclass(frozen=True, slots=True)
class OpenPetition:
    """A petition in free access with its count, the addressee's clock and the published decision.

    `duty` is what the addressee owes or did: to decide, to answer the letter, before these to register.
    """

    petition: Petition
    signatures: int
    duty: Duty | None
    clock: Clock | None
    region: str | None
    decision: Decision | None
    regions: Regions | None = None
    timeline: Sequence[TransitionRow] = ()
    ratings: Mapping[int, RatingFigures] = field(default_factory=dict)

    @property
    def due_on(self) -> date | None:
        return self.clock.last_day if self.clock else None

    @property
    def clock_state(self) -> str | None:
        return self.clock.state.value if self.clock else None

    @property
    def first_support(self) -> Petition:
        """The petition: who had to join, and when they had, are its own columns."""
        return self.petition

    @property
    def decision_parts(self) -> Mapping[str, str]:
        return self.decision.parts if self.decision else {}

    @property
    def rated_answers(self) -> list[RatedAnswer]:
        answers = self.decision.answers if self.decision else []
        return [
            RatedAnswer(answer.demand.position, self.ratings.get(answer.id, RatingFigures()))
            for answer in answers
        ]

    @property
    def statement(self) -> Petition | None:
        """The petition, if there is an official statement about its decision."""
        return self.petition if self.petition.statement_text else None

    @property
    def letter(self) -> Petition | None:
        """The petition, if it was answered as a letter."""
        return self.petition if self.petition.letter_answer else None


@dataclass(frozen=True, slots=True)
class FallOfAnHour:
    """Signatures that were taken out of the count in one hour for one class of reason."""

    hour: datetime
    reason: str
    count: int


def of_list(rows: Sequence[Listed], *, today: date) -> list[OpenPetition]:
    """`rows` with all that belongs to them."""
    petitions = [row.petition for row in rows]
    owed = duties.with_ids(duty_id for petition in petitions if (duty_id := _duty_id(petition)))
    decisions = _decisions(petitions)
    regions = _regions(petitions)
    calendar = calendar_now() if owed else None
    found = []
    for row in rows:
        duty = owed.get(_duty_id(row.petition) or 0)
        found.append(
            OpenPetition(
                petition=row.petition,
                signatures=row.signatures,
                duty=duty,
                clock=duties.clock_of(duty, today=today, calendar=calendar) if duty else None,
                region=regions.get(row.petition.addressee_id or 0),
                decision=decisions.get(row.petition.id),
            )
        )
    return found


def of_one(petition: Petition, *, today: date) -> OpenPetition:
    """`petition` with its regions, its timeline and the ratings of its answers as well."""
    counted = counted_of(petition)
    [one] = of_list([Listed(petition, counted.signatures)], today=today)
    return OpenPetition(
        petition=petition,
        signatures=counted.signatures,
        duty=one.duty,
        clock=one.clock,
        region=one.region,
        decision=one.decision,
        regions=counted.regions,
        timeline=queries.timeline_of(petition),
        ratings=queries.ratings_of(one.decision) if one.decision else {},
    )


def falls_by_hour(petition: Petition) -> list[FallOfAnHour]:
    """Invalidations with their class of reason, oldest first. The public series is never finer than an hour."""
    counts: dict[tuple[datetime, str], int] = {}
    for fall in falls_of(petition, limit=5000):
        key = (fall.at.replace(minute=0, second=0, microsecond=0), fall.reason)
        counts[key] = counts.get(key, 0) + fall.count
    return [FallOfAnHour(hour, reason, count) for (hour, reason), count in reversed(counts.items())]


def _duty_id(petition: Petition) -> int | None:
    return petition.letter_duty_id or petition.review_duty_id or petition.register_duty_id


def _decisions(petitions: Sequence[Petition]) -> dict[int, Decision]:
    ids = [petition.id for petition in petitions]
    found = select(Decision).where(Decision.petition_id.in_(ids), Decision.published_at.is_not(None))
    return {decision.petition_id: decision for decision in db.session.scalars(found)} if ids else {}


def _regions(petitions: Sequence[Petition]) -> dict[int, str]:
    """The code of the region in which each addressee has its territory, by the addressee's id."""
    territory_ids = {p.addressee.territory_id for p in petitions if p.addressee and p.addressee.territory_id}
    if not territory_ids:
        return {}
    parent = aliased(Territory)
    code = case((Territory.kind.in_(REGION_KINDS), Territory.code), else_=parent.code)
    rows = db.session.execute(
        select(Territory.id, code)
        .outerjoin(parent, parent.id == Territory.parent_id)
        .where(Territory.id.in_(territory_ids))
    )
    codes: dict[int, str | None] = dict(rows.all())
    found = ((p.addressee_id, codes.get(p.addressee.territory_id or 0)) for p in petitions if p.addressee)
    return {addressee_id: region for addressee_id, region in found if addressee_id and region}
