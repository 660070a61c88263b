"""The operator's table: what is entered counts at once, and nothing is ever lost."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from app import law
from app.access import Actor, Role
from app.db import db
from app.law import queries, services
from app.law.calendar import TransferKind
from app.law.models import CalendarTransfer
from app.law.rules import Words

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ADMINISTRATOR = Actor(account_id=7, roles=frozenset({Role.ADMINISTRATOR}))
FRIDAY, SATURDAY = date(2026, 12, 18), date(2026, 12, 12)
REASON = Words(kk="Үкімет қаулысы", ru="Постановление Правительства", en="Government decree")


def add(day: date = FRIDAY, kind: TransferKind = TransferKind.DAY_OFF, **changes) -> CalendarTransfer:
    details = {
        "reason": REASON,
        "source": "Decree No. 1 of 1 December 2026",
        "actor": ADMINISTRATOR,
        "now": NOW,
    }
    return services.add_transfer(day, kind=kind, **(details | changes))


def revoke(line: CalendarTransfer, reason: str = "The decree was cancelled") -> None:
    services.revoke_transfer(line, reason=reason, actor=ADMINISTRATOR, now=NOW)


def test_a_new_line_counts_with_the_next_question(session):
    before = law.calendar_now()
    deadline = law.rules_version("246-VIII").deadline("publish_decision")
    assert law.due_date(date(2026, 12, 17), deadline, before) == FRIDAY

    add()

    assert law.calendar_now().version != before.version
    assert law.due_date(date(2026, 12, 17), deadline, law.calendar_now()) == date(2026, 12, 21)


def test_revoking_a_line_brings_the_old_calendar_back_and_keeps_the_line(session):
    before = law.calendar_now().version
    line = add()

    revoke(line)

    assert law.calendar_now().version == before
    assert [(row.day, row.revoked_by, row.revoked_reason) for row in queries.transfer_history()] == [
        (FRIDAY, 7, "The decree was cancelled")
    ]


def test_a_day_may_be_moved_again_after_a_revocation(session):
    revoke(add())
    add(source="Decree No. 2")

    assert [row.is_in_force for row in queries.transfer_history()] == [True, False]
    assert queries.transfer_in_force_on(FRIDAY).source == "Decree No. 2"


def test_a_saturday_can_be_made_a_working_day(session):
    add(SATURDAY, TransferKind.WORKING_DAY)

    assert law.calendar_now().is_working_day(SATURDAY)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"source": "  "}, services.SourceMissing),
        ({"reason": Words(kk="", ru="Решение", en="Decision")}, services.SourceMissing),
        ({"day": SATURDAY}, services.ChangesNothing),
        ({"kind": TransferKind.WORKING_DAY}, services.ChangesNothing),
        ({"day": date(2099, 1, 1)}, services.OutsideTheCalendar),
    ],
)
def test_it_refuses_a_line_that_says_nothing(session, changes, error):
    with pytest.raises(error):
        add(**changes)


def test_it_refuses_two_lines_for_one_day(session):
    add()

    with pytest.raises(services.AlreadyTransferred):
        add(kind=TransferKind.WORKING_DAY)


def test_the_database_refuses_two_lines_for_one_day_too(session):
    line = add()
    twin = {
        column.key: getattr(line, column.key)
        for column in CalendarTransfer.__table__.columns
        if column.key != "id"
    }

    with pytest.raises(IntegrityError, match="day_in_force"), db.session.begin_nested():
        db.session.add(CalendarTransfer(**twin))


def test_a_line_is_revoked_once_and_with_a_reason(session):
    line = add()
    with pytest.raises(services.SourceMissing):
        revoke(line, " ")
    revoke(line)

    with pytest.raises(services.AlreadyRevoked):
        revoke(line)
