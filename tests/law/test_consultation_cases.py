"""The dates of the rules of consultation that a lawyer reviews, and the same dates counted by somebody else's code."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import holidays
import pytest

from app import law
from app.law.calendar import Transfer, TransferKind, due_date
from app.law.rules import Unit, Words

CASES = tomllib.loads((Path(__file__).parent / "cases" / "kz_consultations.toml").read_text(encoding="utf-8"))
DUE = CASES["due"]


def name(case: dict[str, Any]) -> str:
    return f"{case['deadline']}-{case['start']}"


def deadline_of(case: dict[str, Any]) -> law.Deadline:
    return law.consultation_rules_version(case["version"]).deadline(case["deadline"])


@pytest.mark.parametrize("case", DUE, ids=name)
def test_it_is_due_on(case):
    assert due_date(case["start"], deadline_of(case), law.calendar()) == case["due"], case["why"]


@pytest.mark.parametrize("case", [c for c in DUE if deadline_of(c).unit is Unit.WORKING_DAYS], ids=name)
def test_the_holidays_package_counts_the_same_days(case):
    theirs = holidays.country_holidays("KZ")
    assert theirs.get_nth_working_day(case["start"], deadline_of(case).value) == case["due"]


def test_every_period_that_this_site_counts_has_a_case():
    assert len(DUE) >= 25
    for rules in law.consultation_versions():
        assert set(rules.deadlines) <= {case["deadline"] for case in DUE if case["version"] == rules.id}


def test_a_day_moved_by_the_operator_moves_the_end():
    """As the case of 24 December 2026, with Friday 8 January 2027 off: 5, 6, 11, 12 and 13 January."""
    moved = Transfer(
        date(2027, 1, 8), TransferKind.DAY_OFF, Words(kk="Қаулы", ru="Решение", en="Decision"), "No. 1"
    )
    term = law.consultation_rules_version("223-VII").deadline("discussion_by_law")
    assert due_date(date(2026, 12, 24), term, law.calendar([moved])) == date(2027, 1, 13)
