"""The cases that a lawyer reviews, and the same dates counted by somebody else's code."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import holidays
import pytest

from app import law
from app.law.calendar import due_date, earliest_day_after, latest_day_before
from app.law.rules import Unit

CASES = tomllib.loads((Path(__file__).parent / "cases" / "kz.toml").read_text(encoding="utf-8"))
WORKING_DAY_CASES = [
    case
    for case in CASES["due"]
    if law.rules_version(case["version"]).deadline(case["deadline"]).unit is Unit.WORKING_DAYS
]


def name(case: dict[str, Any]) -> str:
    return f"{case['version']}-{case['deadline']}-{case['start']}"


def test_there_are_enough_of_them():
    assert len(CASES["due"]) >= 40
    assert len(CASES["threshold"]) >= 25


@pytest.mark.parametrize("case", CASES["due"], ids=name)
def test_it_is_due_on(case):
    deadline = law.rules_version(case["version"]).deadline(case["deadline"])

    assert due_date(case["start"], deadline, law.calendar()) == case["due"], case["why"]


@pytest.mark.parametrize("case", CASES["notice"], ids=lambda case: str(case["event"]))
def test_notice_is_in_time_until(case):
    deadline = law.rules_version(case["version"]).deadline(case["deadline"])

    assert latest_day_before(case["event"], deadline, law.calendar()) == case["latest"], case["why"]
    assert earliest_day_after(case["latest"], deadline, law.calendar()) <= case["event"]


@pytest.mark.parametrize(
    "case", CASES["threshold"], ids=lambda case: f"{case['addressee']}-{case.get('population')}"
)
@pytest.mark.parametrize("rules", law.versions(), ids=lambda rules: rules.id)
def test_it_takes_so_many_votes(rules, case):
    threshold = rules.threshold(case["addressee"], case.get("population"))

    assert threshold.votes == case["votes"], case["why"]
    assert threshold.computation == case["computation"]


@pytest.mark.parametrize("case", WORKING_DAY_CASES, ids=name)
def test_the_holidays_package_counts_the_same_days(case):
    deadline = law.rules_version(case["version"]).deadline(case["deadline"])
    theirs = holidays.country_holidays("KZ")

    if deadline.value == 0:
        assert theirs.is_working_day(case["due"])
    else:
        assert theirs.get_nth_working_day(case["start"], deadline.value) == case["due"]


def test_each_case_was_filed_while_its_wording_was_in_force():
    for case in CASES["due"]:
        assert law.rules_in_force(case["start"]).id == case["version"], name(case)


def test_our_calendar_agrees_with_the_package_on_every_day():
    ours, theirs = law.calendar(), holidays.country_holidays("KZ")
    first, last = ours.first_day.toordinal(), ours.last_day.toordinal()

    for day in map(date.fromordinal, range(first, last + 1)):
        assert ours.is_working_day(day) == theirs.is_working_day(day), day
