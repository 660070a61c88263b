"""What must hold for every date, whatever the calendar says about it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import law
from app.law.calendar import (
    DayKind,
    OutsideCalendar,
    Transfer,
    TransferKind,
    add_working_days,
    day_of_receipt,
    due_date,
    earliest_day_after,
    latest_day_before,
    working_days_between,
    working_days_left,
)
from app.law.rules import Mark, Unit, Words

CALENDAR = law.calendar()
RULES = law.rules_version("246-VIII")
FORWARD = sorted(name for name in RULES.deadlines if name != "discussion_notice")
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
REASON = Words(kk="Үкімет қаулысы", ru="Постановление Правительства", en="Government decree")


def transfer(day: date, kind: TransferKind) -> Transfer:
    return Transfer(day=day, kind=kind, reason=REASON, source="Decree No. 1")


@given(start=DAYS, name=st.sampled_from(FORWARD))
def test_a_due_date_is_a_working_day(start, name):
    due = due_date(start, RULES.deadline(name), CALENDAR)

    assert CALENDAR.is_working_day(due)
    assert due >= start


@given(start=DAYS, later=st.integers(0, 60), name=st.sampled_from(FORWARD))
def test_who_starts_later_is_never_due_earlier(start, later, name):
    deadline = RULES.deadline(name)

    assert due_date(start, deadline, CALENDAR) <= due_date(start + later * ONE_DAY, deadline, CALENDAR)


@given(start=DAYS, value=st.integers(1, 60))
def test_as_many_working_days_pass_as_the_rule_says(start, value):
    deadline = replace(RULES.deadline("check"), value=value)
    due = due_date(start, deadline, CALENDAR)

    assert working_days_between(start, due, CALENDAR) == value
    assert working_days_left(start, due, CALENDAR) == value
    assert working_days_left(due, due, CALENDAR) == 0


@given(start=DAYS, value=st.integers(0, 90))
def test_a_period_in_calendar_days_waits_for_a_working_day(start, value):
    deadline = replace(RULES.deadline("check"), value=value, unit=Unit.CALENDAR_DAYS)
    due = due_date(start, deadline, CALENDAR)

    assert due >= start + value * ONE_DAY
    assert working_days_between(start + (value - 1) * ONE_DAY, due, CALENDAR) == 1


@given(start=DAYS, count=st.integers(0, 60))
def test_going_there_and_back_ends_where_it_began(start, count):
    there = add_working_days(start, count, CALENDAR)

    if CALENDAR.is_working_day(start):
        assert add_working_days(there, -count, CALENDAR) == start


@settings(max_examples=30)
@given(
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), start=st.dates(date(2025, 10, 1), date(2026, 12, 31))
)
def test_one_more_day_off_never_makes_anything_due_earlier(day, start):
    longer = law.calendar([transfer(day, TransferKind.DAY_OFF)])
    deadline = RULES.deadline("review_local")

    assert due_date(start, deadline, longer) >= due_date(start, deadline, CALENDAR)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 11, 19), 1),  # Thursday before
        (date(2026, 11, 20), 0),  # the due date, a Friday
        (date(2026, 11, 21), -1),  # Saturday: overdue already
        (date(2026, 11, 22), -1),
        (date(2026, 11, 23), -1),
        (date(2026, 11, 24), -2),
    ],
)
def test_it_counts_down_and_then_below_zero(today, left):
    assert working_days_left(today, date(2026, 11, 20), CALENDAR) == left


@pytest.mark.parametrize(
    ("received", "day"),
    [
        (datetime(2026, 11, 20, 18, 0), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 18, 1), date(2026, 11, 23)),
        (datetime(2026, 11, 21, 10, 0), date(2026, 11, 23)),
        (datetime(2026, 12, 31, 19, 0), date(2027, 1, 5)),
        (datetime(2027, 3, 15, 9, 0), date(2027, 3, 16)),
    ],
)
def test_what_comes_after_hours_comes_the_next_working_day(received, day):
    assert day_of_receipt(received, closes_at=time(18), calendar=CALENDAR) == day


def test_the_office_hours_come_from_the_file():
    assert law.office_closes_at() == time(18)


def test_a_transfer_makes_another_calendar_and_another_version():
    bridge = date(2026, 12, 18)  # a Friday
    changed = law.calendar([transfer(bridge, TransferKind.DAY_OFF)])

    assert not changed.is_working_day(bridge)
    assert changed.special(bridge).kind is DayKind.OPERATOR
    assert changed.version != CALENDAR.version
    assert law.calendar().version == CALENDAR.version


def test_a_weekend_can_be_made_a_working_day_and_a_holiday_too():
    saturday, holiday = date(2026, 12, 12), date(2026, 12, 16)
    worked = law.calendar(transfer(day, TransferKind.WORKING_DAY) for day in (saturday, holiday))

    assert worked.is_working_day(saturday)
    assert worked.is_working_day(holiday)


def test_it_refuses_to_guess_about_years_it_does_not_know():
    with pytest.raises(OutsideCalendar):
        CALENDAR.is_working_day(date(2046, 1, 1))


def test_estimated_dates_say_so():
    special = CALENDAR.special(date(2026, 5, 27))

    assert special.mark is Mark.NOT_ESTABLISHED
    assert "расчётная" in special.name.ru


def test_every_special_day_has_a_name_in_three_languages():
    for year in range(CALENDAR.first_day.year, CALENDAR.last_day.year + 1):
        for _, special in CALENDAR.special_days(year):
            names = special.name.by_language()
            assert all(names.values()) and "{}" not in "".join(names.values())


def test_periods_that_run_backwards_are_not_mixed_up_with_the_others():
    with pytest.raises(ValueError):
        due_date(date(2026, 11, 20), RULES.deadline("discussion_notice"), CALENDAR)
    with pytest.raises(ValueError):
        latest_day_before(date(2026, 11, 20), RULES.deadline("check"), CALENDAR)
    months = replace(RULES.deadline("discussion_notice"), unit=Unit.MONTHS)
    with pytest.raises(ValueError):
        earliest_day_after(date(2026, 11, 20), months, CALENDAR)
