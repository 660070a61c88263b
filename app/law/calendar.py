"""Working days and due dates: the one place where legal time is counted. Pure: the calendar is an argument.

Sources: art. 76 of the Administrative Procedural and Process-Related Code. A period begins on the day after its fact
(2); a period whose last day is a day off ends on the next working day (5). The code sets no rule for months; we read
them as the civil law does (see the readings in `petitions.toml`).
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from app.law.rules import Counting, Deadline, Mark, Unit, Words

ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """Why a day is a day off, or why it is not."""

    WORKING_DAY = "working_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SUBSTITUTE = "substitute"  # a holiday fell on a weekend
    TRANSFER = "transfer"  # moved by the Government, as the holidays package knows it
    OPERATOR = "operator"  # moved by a line of the operator's table


class TransferKind(StrEnum):
    DAY_OFF = "day_off"
    WORKING_DAY = "working_day"


class OutsideCalendar(LookupError):
    """A day beyond the years that the calendar knows: better no date than a wrong one."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says. `mark` is `not_established` for estimated dates (Kurban ait)."""

    kind: DayKind
    name: Words
    mark: Mark


@dataclass(frozen=True, slots=True)
class Transfer:
    """An official decision, entered by the operator, that makes a day a day off or a working day."""

    day: date
    kind: TransferKind
    reason: Words
    source: str


@dataclass(frozen=True)
class Calendar:
    """The days off between two dates. `version` is a short hash: the same days, the same version."""

    first_day: date
    last_day: date
    weekend: frozenset[int]  # ISO weekdays
    days_off: Mapping[date, SpecialDay] = field(repr=False)
    working_days: Mapping[date, SpecialDay] = field(repr=False)  # weekends that are worked

    @cached_property
    def version(self) -> str:
        off = ",".join(day.isoformat() for day in sorted(self.days_off))
        worked = ",".join(day.isoformat() for day in sorted(self.working_days))
        weekend = ",".join(str(number) for number in sorted(self.weekend))
        content = f"{self.first_day}/{self.last_day}|{weekend}|{off}|{worked}"
        return sha256(content.encode()).hexdigest()[:12]

    def is_working_day(self, day: date) -> bool:
        if not self.first_day <= day <= self.last_day:
            raise OutsideCalendar(f"{day} is not between {self.first_day} and {self.last_day}")
        if day in self.days_off:
            return False
        return day in self.working_days or day.isoweekday() not in self.weekend

    def special(self, day: date) -> SpecialDay | None:
        """Why this day is not what its weekday says; None on an ordinary working day or weekend."""
        return self.days_off.get(day) or self.working_days.get(day)

    def special_days(self, year: int) -> tuple[tuple[date, SpecialDay], ...]:
        """The days off and the worked weekends of a year, in order."""
        both = {**self.days_off, **self.working_days}
        return tuple((day, both[day]) for day in sorted(both) if day.year == year)


def is_working_day(day: date, calendar: Calendar) -> bool:
    return calendar.is_working_day(day)


def next_working_day(day: date, calendar: Calendar) -> date:
    """`day` itself if it is worked, else the first worked day after it."""
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after `start`, which itself is never counted; before it if negative."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    day = start
    for _ in range(abs(count)):
        day += step
        while not calendar.is_working_day(day):
            day += step
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days follow `start` up to and including `end`; 0 if `end` is not later."""
    days = (end - start).days
    return sum(calendar.is_working_day(start + timedelta(days=n)) for n in range(1, days + 1))


def working_days_left(today: date, due: date, calendar: Calendar) -> int:
    """Working days that remain after today, 0 on the due date itself, negative once it has passed.

    Overdue is overdue from the first day on, so a Friday's duty stands at -1 on the Saturday already.
    """
    if today <= due:
        return working_days_between(today, due, calendar)
    return -max(1, working_days_between(due, today, calendar))


def add_months(start: date, months: int) -> date:
    """The same day number `months` later, or that month's last day where it has no such number."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def due_date(start: date, deadline: Deadline, calendar: Calendar) -> date:
    """The last day of a period that the fact of `start` set off.

    Art. 76(2): day zero is the day of the fact (registration), the first day counted is the next one; working days
    skip days off. Art. 76(5): if the last day is a day off, the period ends on the next working day; the code says so
    for procedures, we read it for periods in calendar days and months as well. Months end on the day of the same
    number, or on the last day of a shorter month (31 August + 6 months = 28 or 29 February).
    """
    if deadline.counting is not Counting.FROM_NEXT_DAY:
        raise ValueError(f"{deadline.name} is counted back from an event: ask latest_day_before()")
    match deadline.unit:
        case Unit.WORKING_DAYS:
            end = add_working_days(start, deadline.value, calendar)
        case Unit.CALENDAR_DAYS:
            end = start + timedelta(days=deadline.value)
        case Unit.MONTHS:
            end = add_months(start, deadline.value)
    return next_working_day(end, calendar)


def latest_day_before(event_day: date, deadline: Deadline, calendar: Calendar) -> date:
    """The last day on which a notice is still early enough for an event, art. 90-5(2)2.

    Three working days before a Thursday is the Monday: the third working day after the notice is the event's own. In
    calendar days the same: ten before the 20th is the 10th, whatever day that is.
    """
    _refuse_unless_counted_back(deadline)
    if deadline.unit is Unit.CALENDAR_DAYS:
        return event_day - timedelta(days=deadline.value)
    return add_working_days(event_day, -deadline.value, calendar)


def earliest_day_after(notice_day: date, deadline: Deadline, calendar: Calendar) -> date:
    """The first day on which an event may be held whose notice went out on `notice_day`."""
    _refuse_unless_counted_back(deadline)
    if deadline.unit is Unit.CALENDAR_DAYS:
        return notice_day + timedelta(days=deadline.value)
    return add_working_days(notice_day, deadline.value, calendar)


def _refuse_unless_counted_back(deadline: Deadline) -> None:
    if deadline.counting is not Counting.BACK_FROM_DAY_BEFORE or deadline.unit is Unit.MONTHS:
        raise ValueError(f"{deadline.name} is not counted back in days")


def day_of_receipt(received: datetime, *, closes_at: time, calendar: Calendar) -> date:
    """The day on which a body has received something: the same, or the next working day, art. 64(3).

    `received` is local time. What comes after the end of the working day, or on a day off, counts as received on the
    next working day.
    """
    day = received.date()
    if received.timetz().replace(tzinfo=None) > closes_at:
        day += ONE_DAY
    return next_working_day(day, calendar)
