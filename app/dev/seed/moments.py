"""When things happened: every date of the demo country is counted back from the day of seeding."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app import clock
from app.law import Calendar
from app.law.calendar import ONE_DAY, add_months, add_working_days


@dataclass(frozen=True, slots=True)
class Moments:
    """Points in time before `now`, by the calendar of the country."""

    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        return clock.today(self.now)

    def days_ago(self, days: int, hour: int, minute: int = 0) -> datetime:
        return at(self.today - timedelta(days=days), hour, minute)

    def working_days_ago(self, days: int, hour: int, minute: int = 0) -> datetime:
        return at(add_working_days(self.today, -days, self.calendar), hour, minute)

    def working_days_after(self, start: date, days: int, hour: int, minute: int = 0) -> datetime:
        return at(add_working_days(start, days, self.calendar), hour, minute)

    def office_hours(self, moment: datetime) -> datetime:
        """The same time of day on the last working day up to `moment`: moderators are in on working days."""
        day = clock.today(moment)
        back = day
        while not self.calendar.is_working_day(back):
            back -= ONE_DAY
        return moment - (day - back)

    def six_months_before(self, day: date, hour: int, minute: int = 0) -> datetime:
        return at(add_months(day, -6), hour, minute)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of `day` on the clocks of Kazakhstan."""
    return datetime.combine(day, time(hour, minute), clock.ALMATY).astimezone(UTC)
