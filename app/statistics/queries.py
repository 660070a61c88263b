"""How bodies answer: the table of all, and one body's own figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.comments.queries import figures as comments
from app.comments.queries.figures import Figures
from app.duties.queries import AgencyFigures, figures_by_agency
from app.law import Threshold, rules_in_force
from app.law.thresholds import AddresseeKind, PopulationNeeded
from app.petitions import queries as petitions
from app.petitions.models import Petition
from app.petitions.queries import desk, listing
from app.petitions.queries.listing import Listed, Shown


class TableOrder(StrEnum):
    OVERDUE = "overdue"
    UNANSWERED = "unanswered"
    LATE = "late"
    ON_TIME = "on_time"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class TableWish:
    """What a reader asks the table for."""

    level: AddresseeKind | None = None
    region: str = ""
    order: TableOrder = TableOrder.OVERDUE


@dataclass(frozen=True, slots=True)
class TableRow:
    agency: Agency
    figures: AgencyFigures


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A body that was sent comments on its draft acts, and what it did with them."""

    agency: Agency
    figures: Figures


@dataclass(frozen=True, slots=True)
class AgencyTable:
    """Bodies that owe or gave an answer, and those that were never asked for one; beside, who was sent comments."""

    rows: Sequence[TableRow]
    unasked: Sequence[Agency]
    total: AgencyFigures
    meters: Sequence[MeterRow]


def table(wish: TableWish, *, today: date) -> AgencyTable:
    figures = figures_by_agency(today=today)
    bodies = agencies.addressees(level=wish.level, region=wish.region or None)
    rows = [TableRow(body, figures[body.id]) for body in bodies if body.id in figures]
    return AgencyTable(
        rows=sorted(rows, key=_sort_key(wish.order)),
        unasked=sorted((body for body in bodies if body.id not in figures), key=lambda body: body.name),
        total=sum_of([row.figures for row in rows]),
        meters=_meters(bodies, wish),
    )


def _meters(bodies: Sequence[Agency], wish: TableWish) -> list[MeterRow]:
    """Whose draft acts were commented on, what is unanswered first. Bodies that cannot be petitioned are neither of a
    level nor of a region here: they stand in the whole table."""
    meters = comments.by_agency()
    known = {body.id: body for body in bodies if body.id in meters}
    if wish.level is None and not wish.region and (others := meters.keys() - known.keys()):
        known |= agencies.with_ids(sorted(others))
    rows = [MeterRow(body, meters[agency_id]) for agency_id, body in known.items()]
    return sorted(rows, key=lambda row: (-row.figures.unanswered, -row.figures.comments, row.agency.name))


def _sort_key(order: TableOrder) -> Callable[[TableRow], tuple[int, int, str]]:
    def key(row: TableRow) -> tuple[int, int, str]:
        # Among equals the more overdue, then by name.
        if order is TableOrder.NAME:
            return 0, 0, row.agency.name
        return -int(getattr(row.figures, order.value)), -row.figures.overdue, row.agency.name

    return key


def sum_of(figures: Sequence[AgencyFigures]) -> AgencyFigures:
    """All of them as if they were one body's."""
    return AgencyFigures(
        agency_id=0,
        on_time=sum(one.on_time for one in figures),
        late=sum(one.late for one in figures),
        unanswered=sum(one.unanswered for one in figures),
        overdue=sum(one.overdue for one in figures),
    )


def figures_of(agency: Agency, *, today: date) -> AgencyFigures:
    return figures_by_agency(today=today, agency_ids=[agency.id]).get(agency.id) or AgencyFigures(
        agency.id, 0, 0, 0, 0
    )


def meter_of(agency: Agency) -> Figures | None:
    """The comments on all draft acts of this body; None if it put none up for discussion."""
    return comments.by_agency([agency.id]).get(agency.id)


def owed_by(agency: Agency, *, now: datetime) -> Sequence[Shown]:
    """Petitions that wait for this body, by the day on which their answer is due."""
    rows = listing.shown(_listed(desk.with_agencies([agency.id])), now=now)
    return sorted(rows, key=lambda row: (row.clock.last_day if row.clock else date.max, row.petition.id))


def answered_by(agency: Agency, *, now: datetime) -> Sequence[Shown]:
    return listing.shown(_listed(desk.decided_by([agency.id])), now=now)


def _listed(rows: Sequence[Petition]) -> Sequence[Listed]:
    counts = petitions.signatures_of(rows)
    return [Listed(row, counts.get(row.id, 0)) for row in rows]


def threshold_of(agency: Agency, *, today: date) -> Threshold | None:
    """How many votes a petition to this body needs today; None where no population is known, or it takes none."""
    if agency.addressee_kind is None:
        return None
    place = agency.territory
    try:
        return rules_in_force(today).threshold(
            agency.addressee_kind,
            place.population if place else None,
            place.population_on if place else None,
        )
    except PopulationNeeded:
        return None
