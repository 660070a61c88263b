"""What an author is told before submitting: the threshold of an addressee, and the dates that would follow."""

from dataclasses import dataclass
from datetime import date

from app.agencies.models import Agency
from app.law import AddresseeKind, Calendar, Deadline, PetitionRules, PopulationNeeded, Threshold, due_date


@dataclass(frozen=True, slots=True)
class Expected:
    """The last day of each period, if the petition were submitted and published on `today`.

    `answer_on` is the latest day of the answer: of a petition that reaches its threshold on the last day.
    """

    today: date
    first_support_on: date
    check_on: date
    closes_on: date
    answer_on: date
    first_support: Deadline
    check: Deadline
    collection: Deadline
    review: Deadline


def threshold_of(agency: Agency, *, rules: PetitionRules) -> Threshold | None:
    """The threshold by today's figures; None where it hangs on a population that nobody has published."""
    territory = agency.territory
    if agency.addressee_kind is None:
        return None
    try:
        return rules.threshold(
            agency.addressee_kind,
            territory.population if territory else None,
            territory.population_on if territory else None,
        )
    except PopulationNeeded:
        return None


def dates_of(kind: AddresseeKind, *, rules: PetitionRules, today: date, calendar: Calendar) -> Expected:
    """The dates of a petition to such an addressee. Registration is counted on the day of the hand-over."""
    check = rules.deadlines.get("check_from_draft") or rules.deadline("check")
    collection, review = rules.deadline("collection"), rules.review_deadline(kind)
    closes_on = due_date(today, collection, calendar)
    return Expected(
        today=today,
        first_support_on=due_date(today, rules.first_support.deadline, calendar),
        check_on=due_date(today, check, calendar),
        closes_on=closes_on,
        answer_on=due_date(closes_on, review, calendar),
        first_support=rules.first_support.deadline,
        check=check,
        collection=collection,
        review=review,
    )
