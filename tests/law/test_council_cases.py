"""The dates of the rules of councils that a lawyer reviews, and the same dates counted by somebody else's code."""

import tomllib
from pathlib import Path
from typing import Any

import holidays
import pytest

from app import law
from app.law.calendar import due_date, earliest_day_after, latest_day_before
from app.law.rules import Unit

CASES = tomllib.loads((Path(__file__).parent / "cases" / "kz_councils.toml").read_text(encoding="utf-8"))
DUE, NOTICE = CASES["due"], CASES["notice"]


def name(case: dict[str, Any]) -> str:
    return f"{case['version']}-{case['deadline']}-{case.get('start') or case['event']}"


def deadline_of(case: dict[str, Any]) -> law.Deadline:
    return law.council_rules_version(case["version"]).deadline(case["deadline"])


@pytest.mark.parametrize("case", DUE, ids=name)
def test_it_is_due_on(case):
    assert due_date(case["start"], deadline_of(case), law.calendar()) == case["due"], case["why"]


@pytest.mark.parametrize("case", [c for c in DUE if deadline_of(c).unit is Unit.WORKING_DAYS], ids=name)
def test_the_holidays_package_counts_the_same_days(case):
    theirs = holidays.country_holidays("KZ")
    assert theirs.get_nth_working_day(case["start"], deadline_of(case).value) == case["due"]


@pytest.mark.parametrize("case", NOTICE, ids=name)
def test_notice_is_in_time_until(case):
    deadline = deadline_of(case)
    assert latest_day_before(case["event"], deadline, law.calendar()) == case["latest"], case["why"]
    assert earliest_day_after(case["latest"], deadline, law.calendar()) == case["event"]


def test_every_period_has_a_case():
    newest = law.council_versions()[-1]
    assert set(newest.deadlines) == {case["deadline"] for case in (*DUE, *NOTICE)}
