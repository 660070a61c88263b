"""Where a review stands: the steps that the law asks of this addressee, and what was recorded about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import clock
from app.law import calendar_now, due_date, rules_version
from app.law.calendar import earliest_day_after
from app.law.rules import ReviewStep
from app.petitions import queries
from app.petitions.models import Petition, Step, StepState


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One duty of the review with its entries, oldest first; `earliest` is the first day for which it may be
    announced today, None where no notice is asked."""

    duty: ReviewStep
    entries: Sequence[Step]
    earliest: date | None

    @property
    def newest(self) -> Step | None:
        return self.entries[-1] if self.entries else None

    @property
    def is_finished(self) -> bool:
        return any(entry.state is not StepState.ANNOUNCED for entry in self.entries)


def steps_asked(petition: Petition) -> tuple[ReviewStep, ...]:
    """The steps of the law for this addressee, by the rules under which the petition was filed."""
    kind = petition.addressee.addressee_kind if petition.addressee else None
    return rules_version(petition.rules_version or "").review_steps(kind or "")


def standing_of(petition: Petition, *, today: date) -> Sequence[StepStanding]:
    entries = queries.steps_of(petition)
    return [
        StepStanding(
            duty=duty,
            entries=[entry for entry in entries if entry.step == duty.id],
            earliest=earliest_day_after(today, duty.notice, calendar_now()) if duty.notice else None,
        )
        for duty in steps_asked(petition)
    ]


def latest_extension(petition: Petition, *, today: date | None = None) -> date:
    """The last day to which the head may put the decision off, if that is decided today (APPC art. 76(3))."""
    limit = rules_version(petition.rules_version or "").deadline("extension_limit")
    return due_date(today or clock.today(), limit, calendar_now())
