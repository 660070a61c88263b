"""The time. Services take `now` as an argument; only views, jobs and commands ask this module."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The whole country is on UTC+5 since 1 March 2024 (tzdata 2024a or newer; `check` below refuses older data).
ALMATY = ZoneInfo("Asia/Almaty")


def now() -> datetime:
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    return moment.astimezone(ALMATY)


def today(moment: datetime | None = None) -> date:
    """The legal day of `moment` (by default of now): the date in Asia/Almaty."""
    return local(moment or now()).date()


def start_of(day: date) -> datetime:
    """The first instant of `day` in Asia/Almaty, in UTC."""
    return datetime.combine(day, time(), ALMATY).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after `day`: what is done before it is done on that day, to the last second."""
    return start_of(day + timedelta(days=1))


def has_current_zone_data() -> bool:
    """Whether this machine knows that Almaty left UTC+6 on 1 March 2024."""
    return datetime(2024, 6, 1, tzinfo=ALMATY).utcoffset() == timedelta(hours=5)
