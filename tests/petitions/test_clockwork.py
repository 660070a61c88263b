"""What happens by the clock: terms that end, duties that begin, reminders, escalations, extensions."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app import clock
from app.db import db
from app.duties import queries as duty_queries
from app.duties.models import ClockState
from app.duties.services import DutyClosed, ExtensionRefused
from app.errors import Forbidden
from app.outbox.models import OutboxEntry
from app.petitions import queries
from app.petitions.errors import DecisionIncomplete, NoticeTooShort, ReasonMissing
from app.petitions.lifecycle import State
from app.petitions.models import Outcome, StepState
from app.petitions.services import checking, closing, counting, forwarding, reviewing
from tests import factories

# 5 October 2026 is a Monday; times are UTC, Kazakhstan is five hours ahead.
MONDAY_MORNING = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)
MONDAY_EVENING = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 10, 2, 17, 0, tzinfo=UTC)


def topics(petition) -> list[str]:
    keys = db.session.scalars(
        sa.select(OutboxEntry.topic).where(OutboxEntry.event_key.like(f"petition:{petition.id}:%"))
    ).all()
    return [topic.removeprefix("petition.") for topic in keys]


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        (MONDAY_MORNING, date(2026, 10, 5)),
        (MONDAY_EVENING, date(2026, 10, 6)),
        (FRIDAY_NIGHT, date(2026, 10, 5)),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), date(2027, 1, 5)),
    ],
)
def test_what_comes_after_hours_is_received_on_the_next_working_day(app, session, sent, received):
    assert forwarding.received_on(sent) == received


def test_the_term_of_first_support_ends_at_the_end_of_its_last_day(cast):
    petition = factories.submitted(cast, now=MONDAY_MORNING)
    # 20 working days from 6 October; 25 October is Republic Day, a Sunday, so Monday the 26th is off.
    assert clock.local(petition.support_closes_at).isoformat() == "2026-11-04T00:00:00+05:00"
    closing.end_terms(now=petition.support_closes_at - timedelta(microseconds=1))
    assert petition.state is State.SUBMITTED
    closing.end_terms(now=petition.support_closes_at)
    assert petition.state is State.LAPSED
    assert petition.check_duty.cancelled_at is not None, "nothing is left to check"


def test_a_signature_of_the_last_second_is_counted_before_the_term_ends(cast):
    petition = factories.submitted(cast, now=MONDAY_MORNING)
    last_second = petition.support_closes_at - timedelta(seconds=1)
    factories.signatures(petition, 50, at=last_second, counted=False)
    closing.end_terms(now=petition.support_closes_at + timedelta(minutes=1))
    assert petition.state is State.SUBMITTED, "it waits for the sequencer"
    counting.run(batch=100, now=petition.support_closes_at + timedelta(minutes=2))
    db.session.expire_all()
    closing.end_terms(now=petition.support_closes_at + timedelta(minutes=3))
    assert petition.first_support_at is not None and petition.state is State.SUBMITTED


def test_six_months_below_the_threshold_become_a_letter_with_its_own_clock(cast):
    published_at = datetime(2026, 3, 31, 5, 0, tzinfo=UTC)
    petition = factories.published(cast, now=published_at)
    # 31 March + 6 months is 30 September.
    assert clock.today(petition.closes_at - timedelta(seconds=1)) == date(2026, 9, 30)
    closing.end_terms(now=petition.closes_at - timedelta(seconds=1))
    assert petition.state is State.PUBLISHED
    closing.end_terms(now=petition.closes_at)
    assert petition.state is State.RETURNED
    assert petition.letter_duty.value == 15 and petition.letter_duty.unit == "working_days"
    assert petition.letter_duty.due_on == date(2026, 10, 22)
    assert "returned" in topics(petition)


def test_an_unregistered_petition_is_chased_and_then_reported(cast):
    petition = factories.forwarded(cast, now=MONDAY_MORNING)
    duty = petition.register_duty
    assert duty.last_day == date(2026, 10, 5)
    forwarding.chase_registrations(now=MONDAY_EVENING)
    assert "registration_overdue" not in topics(petition), "the day is not over"
    tuesday, wednesday = MONDAY_MORNING + timedelta(days=1), MONDAY_MORNING + timedelta(days=2)
    assert forwarding.chase_registrations(now=tuesday) == 1
    assert forwarding.chase_registrations(now=tuesday + timedelta(hours=6)) == 0, "once a day is enough"
    assert {"registration_overdue"} <= set(topics(petition)) and "registration_escalated" not in topics(
        petition
    )
    assert forwarding.chase_registrations(now=wednesday) == 1
    assert "registration_escalated" in topics(petition)
    assert forwarding.chase_registrations(now=wednesday + timedelta(days=3)) == 0


def test_a_weekend_is_no_delay(cast):
    friday_morning = datetime(2026, 10, 2, 5, 0, tzinfo=UTC)
    petition = factories.forwarded(cast, now=friday_morning)
    for day_off in (1, 2):
        assert forwarding.chase_registrations(now=friday_morning + timedelta(days=day_off)) == 0
    assert forwarding.chase_registrations(now=friday_morning + timedelta(days=3)) == 1
    assert "registration_overdue" in topics(petition)
    assert forwarding.chase_registrations(now=friday_morning + timedelta(days=4)) == 1
    assert "registration_escalated" in topics(petition)


def test_a_local_review_lasts_twenty_working_days_and_its_clock_turns(cast):
    petition = factories.registered(cast, now=MONDAY_MORNING)
    duty = petition.review_duty
    assert duty.due_on == date(2026, 11, 3)
    states = {
        day: duty_queries.clock_of(duty, today=day).state
        for day in (date(2026, 10, 6), date(2026, 10, 30), date(2026, 11, 3), date(2026, 11, 4))
    }
    assert list(states.values()) == [
        ClockState.ON_TIME,
        ClockState.DUE_SOON,
        ClockState.DUE_SOON,
        ClockState.OVERDUE,
    ]
    assert closing.announce_overdue_reviews(now=clock.end_of(date(2026, 11, 3))) == 1
    assert closing.announce_overdue_reviews(now=clock.end_of(date(2026, 11, 4))) == 0, "said once"


def test_a_central_review_lasts_forty_working_days(cast):
    petition = factories.supported(cast, now=MONDAY_MORNING, addressee="ministry-of-transport")
    forwarding.forward(petition, now=MONDAY_MORNING)
    from app.access import Role
    from tests.cast import employee

    officer = employee("t@example.kz", Role.OFFICER, agency_id=petition.addressee_id)
    forwarding.register(petition, registration_number="1", actor=officer.actor(), now=MONDAY_MORNING)
    assert petition.review_duty.due_on == date(2026, 12, 1)


def test_an_extension_is_the_heads_once_with_a_reason_and_within_two_months(cast):
    petition = factories.registered(cast, now=MONDAY_MORNING)
    reason = "Сараптама қорытындысы әлі келген жоқ."
    later = date(2026, 11, 20)
    with pytest.raises(Forbidden):
        reviewing.extend(petition, to=later, reason=reason, actor=cast.marat.actor(), now=MONDAY_MORNING)
    with pytest.raises(ReasonMissing):
        reviewing.extend(petition, to=later, reason="кейін", actor=cast.gulnar.actor(), now=MONDAY_MORNING)
    with pytest.raises(ExtensionRefused):
        reviewing.extend(
            petition, to=date(2026, 12, 31), reason=reason, actor=cast.gulnar.actor(), now=MONDAY_MORNING
        )
    reviewing.extend(petition, to=later, reason=reason, actor=cast.gulnar.actor(), now=MONDAY_MORNING)
    assert petition.review_duty.last_day == later
    with pytest.raises((ExtensionRefused, DutyClosed)):
        reviewing.extend(
            petition, to=date(2026, 11, 27), reason=reason, actor=cast.gulnar.actor(), now=MONDAY_MORNING
        )


def test_a_changed_calendar_does_not_move_a_running_or_closed_duty(cast):
    from app.access import CLOCK
    from app.law import services as law
    from app.law.calendar import TransferKind
    from app.law.rules import Words

    petition = factories.registered(cast, now=MONDAY_MORNING)
    before = petition.review_duty.due_on
    law.add_transfer(
        date(2026, 10, 28),
        kind=TransferKind.DAY_OFF,
        reason=Words(kk="Ауыстыру", ru="Перенос", en="Transfer"),
        source="Decision No. 1",
        actor=CLOCK,
        now=MONDAY_MORNING,
    )
    db.session.flush()
    db.session.refresh(petition.review_duty)
    assert petition.review_duty.due_on == before
    assert factories.registered(cast, now=MONDAY_MORNING).review_duty.due_on > before


def test_a_discussion_needs_three_working_days_of_notice(cast):
    petition = factories.registered(cast, now=MONDAY_MORNING)
    announce = {
        "step": "public_discussion",
        "state": StepState.ANNOUNCED,
        "place": "Көкшетау, Абай көшесі, 96",
        "actor": cast.marat.actor(),
        "now": MONDAY_MORNING,
    }
    with pytest.raises(NoticeTooShort) as refused:
        reviewing.record_step(petition, on=date(2026, 10, 7), **announce)
    assert refused.value.data["earliest"] == date(2026, 10, 8)
    reviewing.record_step(petition, on=date(2026, 10, 8), **announce)
    assert "discussion_announced" in topics(petition)


def test_a_decision_with_an_empty_box_is_not_published(cast):
    petition = factories.reviewed(cast, now=MONDAY_MORNING)
    full = factories.decision_draft(petition)
    empty = reviewing.DecisionDraft(
        language="kk",
        outcome=Outcome.PARTIAL,
        parts={**full.parts, "reasons": ""},
        signed_by="",
        answers=full.answers[:1],
        revision=0,
    )
    reviewing.save_decision(petition, draft=empty, actor=cast.marat.actor(), now=MONDAY_MORNING)
    with pytest.raises(DecisionIncomplete) as refused:
        reviewing.publish_decision(petition, actor=cast.gulnar.actor(), now=MONDAY_MORNING)
    assert set(refused.value.data["missing"]) == {"reasons", "signed_by", "demand:2"}
    assert petition.state is State.UNDER_REVIEW


def test_a_step_of_the_law_left_out_stops_the_decision(cast):
    petition = factories.registered(cast, now=MONDAY_MORNING)
    reviewing.save_decision(
        petition, draft=factories.decision_draft(petition), actor=cast.marat.actor(), now=MONDAY_MORNING
    )
    with pytest.raises(DecisionIncomplete) as refused:
        reviewing.publish_decision(petition, actor=cast.gulnar.actor(), now=MONDAY_MORNING)
    assert "working_group" in str(refused.value.data["missing"])


def test_two_moderators_decide_once(cast):
    from app.petitions.errors import AlreadyDecided

    petition = factories.submitted(cast, now=MONDAY_MORNING)
    checking.pass_check(petition, actor=cast.yerlan.actor(), now=MONDAY_MORNING)
    with pytest.raises(AlreadyDecided):
        checking.reject(
            petition, ground="any", reason=factories.REASON, actor=cast.saule.actor(), now=MONDAY_MORNING
        )
    assert petition.check_passed_at is not None and petition.rejected_at is None


def test_the_check_is_owed_by_the_authorised_body_and_fulfilled_by_deciding(cast):
    petition = factories.submitted(cast, now=MONDAY_MORNING)
    duty = petition.check_duty
    assert duty.agency.is_authorised_body and duty.due_on == date(2026, 11, 3)
    checking.pass_check(petition, actor=cast.yerlan.actor(), now=MONDAY_EVENING)
    assert duty.fulfilled_on == date(2026, 10, 5)
    assert queries.tally_of(petition) is None
