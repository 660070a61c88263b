"""What the body owes, who writes and signs it, and what cannot be published."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app import clock
from app.access import CLOCK, Actor, Role
from app.agencies import services as agencies
from app.agencies.events import AgencySucceeded
from app.duties import jobs as duty_jobs
from app.duties.models import ClockState
from app.errors import Forbidden
from app.outbox.models import OutboxEntry
from app.recommendations import labels, policies, queries
from app.recommendations.errors import DayMissing, EditedMeanwhile, LanguageMissing, RowsEmpty, TextMissing
from app.recommendations.events import RecommendationsIssued
from app.recommendations.jobs import start_duty
from app.recommendations.lifecycle import Action, State
from app.recommendations.policies import NotInThisState
from app.recommendations.services import answering, listing
from app.recommendations.services.listing import RowWords
from tests import councils_cast
from tests.cast import addressee, employee, other_body
from tests.recommendations.factories import DEADLINE, accepted, filled, issued, prepared, refused

NOBODY: frozenset[str] = frozenset()
OFFICERS = frozenset({"marat", "gulnar"})
HEAD = frozenset({"gulnar"})
ENTER = frozenset({"marat", "gulnar", "yerlan", "secretary"})
# Who may what in which state; everybody else, and in every other state, may not.
TABLE = {
    (Action.SEE_DESK, State.ISSUED): OFFICERS,
    (Action.SEE_DESK, State.ANSWERED): OFFICERS,
    (Action.SEE_DESK, State.WITHDRAWN): OFFICERS,
    (Action.ANSWER, State.ISSUED): OFFICERS,
    (Action.ASK_SIGNATURE, State.ISSUED): OFFICERS,
    (Action.PUBLISH_ANSWERS, State.ISSUED): HEAD,
    (Action.ENTER_PROMISE, State.ANSWERED): ENTER,
}


def test_who_may_do_what_in_which_state(session: Any, cast: Any) -> None:
    listed = issued(1)
    secretary = councils_cast.secretary(listed.council)
    people = {
        name: getattr(cast, name).actor() for name in ("aigul", "marat", "gulnar", "timur", "yerlan", "asel")
    }
    people |= {"secretary": secretary.actor(), "nobody": Actor()}
    # Only asked about, never written.
    with session.no_autoflush:
        for state in State:
            listed.state = state
            for action in Action:
                allowed = {name for name, actor in people.items() if policies.may(action, actor, listed)}
                assert allowed == TABLE.get((action, state), NOBODY), (action, state)
    session.expire(listed)


def test_an_issued_list_is_owed_once(session: Any) -> None:
    listed = issued(2)
    duty = listed.duty
    assert duty is not None
    fact = RecommendationsIssued(list_id=listed.id, deadline=DEADLINE, issued_on=clock.today().isoformat())
    start_duty(fact)
    assert listed.duty is duty
    assert (duty.agency_id, duty.subject_kind, duty.subject_number) == (
        addressee().id,
        "ruling",
        listed.source_number,
    )
    assert labels.deadline_of(listed).name == DEADLINE
    with pytest.raises(NotInThisState):
        listing.set_rows(listed, [RowWords({"kk": "Басқа", "ru": "Другое"})], now=clock.now())


def test_a_recommendation_in_one_language_is_not_issued(session: Any) -> None:
    listed = prepared(2)
    rows = [RowWords(row.texts) for row in listed.rows]
    listing.set_rows(listed, [*rows, RowWords({"kk": "Тек қазақша", "ru": " "})], now=clock.now())
    with pytest.raises(LanguageMissing) as refusal:
        listing.issue(listed, deadline=DEADLINE, now=clock.now())
    assert refusal.value.data["rows"] == [3]
    assert listed.state is State.PREPARING


def test_without_rows_nothing_is_owed(session: Any) -> None:
    listed = prepared(0)
    listing.issue(listed, deadline=DEADLINE, now=clock.now())
    assert listed.state is State.ISSUED
    assert not session.scalars(
        sa.select(OutboxEntry).where(OutboxEntry.topic == RecommendationsIssued.topic)
    ).all()


def test_what_it_was_about_is_no_more_before_the_clock_starts(session: Any) -> None:
    listed = prepared(1)
    listing.issue(listed, deadline=DEADLINE, now=clock.now())
    listing.withdraw(listed, now=clock.now())
    start_duty(
        RecommendationsIssued(list_id=listed.id, deadline=DEADLINE, issued_on=clock.today().isoformat())
    )
    assert (listed.state, listed.duty_id) == (State.WITHDRAWN, None)


def test_withdrawn_it_is_owed_no_more(session: Any, cast: Any) -> None:
    listed = issued(1)
    listing.withdraw(listed, now=clock.now())
    assert listed.duty.cancelled_at is not None
    with pytest.raises(NotInThisState):
        answering.save(listed.rows[0], draft=accepted(), actor=cast.marat.actor(), now=clock.now())


def test_accepted_says_what_changes_and_by_when(session: Any, cast: Any) -> None:
    row, marat = issued(1).rows[0], cast.marat.actor()
    with pytest.raises(DayMissing):
        answering.save(row, draft=replace(accepted(), by_when=None), actor=marat, now=clock.now())
    with pytest.raises(DayMissing):
        earlier = clock.today() - timedelta(days=1)
        answering.save(row, draft=replace(accepted(), by_when=earlier), actor=marat, now=clock.now())
    with pytest.raises(TextMissing):
        answering.save(row, draft=accepted(change="Иә."), actor=marat, now=clock.now())
    with pytest.raises(TextMissing):
        answering.save(row, draft=replace(refused(), reasons=""), actor=marat, now=clock.now())
    assert row.answer is None


def test_of_two_officers_the_second_sees_what_the_first_wrote(session: Any, cast: Any) -> None:
    row, now = issued(1).rows[0], clock.now()
    answering.save(row, draft=accepted(), actor=cast.marat.actor(), now=now)
    with pytest.raises(EditedMeanwhile) as refusal:
        answering.save(row, draft=refused(), actor=cast.gulnar.actor(), now=now)
    assert refusal.value.data["by"] == cast.marat.name
    assert refusal.value.data["change"] == row.answer.change
    answering.save(row, draft=refused(revision=1), actor=cast.gulnar.actor(), now=now)
    assert (row.answer.revision, row.answer.change, row.answer.by_when) == (2, "", None)


def test_nothing_is_published_with_an_empty_row(session: Any, cast: Any) -> None:
    listed, now = filled(issued(3), cast.marat, but=3), clock.now()
    for act in (answering.ask_signature, answering.publish):
        with pytest.raises(RowsEmpty) as refusal:
            act(listed, actor=cast.gulnar.actor(), now=now)
        assert refusal.value.data["rows"] == [3]
    answering.save(listed.rows[2], draft=accepted(), actor=cast.marat.actor(), now=now)
    with pytest.raises(Forbidden):
        answering.publish(listed, actor=cast.marat.actor(), now=now)
    with pytest.raises(EditedMeanwhile):
        answering.publish(listed, revisions={1: 1, 2: 1, 3: 9}, actor=cast.gulnar.actor(), now=now)
    answering.publish(listed, revisions={1: 1, 2: 1, 3: 1}, actor=cast.gulnar.actor(), now=now)
    assert (listed.state, listed.signed_name) == (State.ANSWERED, cast.gulnar.name)
    assert listed.duty.was_on_time
    with pytest.raises(NotInThisState):
        answering.save(listed.rows[0], draft=accepted(revision=1), actor=cast.marat.actor(), now=now)


def test_overdue_is_said_once(session: Any, cast: Any) -> None:
    listed = issued(1, days_ago=60)
    assert labels.clock_shown(listed).state is ClockState.OVERDUE
    monday = clock.now().replace(hour=6) + timedelta(days=7 - clock.today().weekday())
    found = [answering.announce_overdue(now=monday + timedelta(days=days)) for days in range(4)]
    assert sum(found) == 1


def test_the_successor_of_a_merged_body_answers(session: Any, cast: Any) -> None:
    listed, old, new = issued(2), addressee(), other_body()
    timur = cast.timur
    head = employee("head-of-new@example.kz", Role.HEAD, agency_id=new.id)
    assert not policies.may(Action.ANSWER, timur.actor(), listed)
    agencies.succeed(old, new, actor=CLOCK, now=clock.now())
    with pytest.raises(agencies.CannotSucceed):
        agencies.succeed(old, new, actor=CLOCK, now=clock.now())
    last_day = listed.duty.last_day
    for _twice in range(2):
        duty_jobs.hand_over(AgencySucceeded(old_id=old.id, new_id=new.id))
    session.expire_all()
    assert (listed.duty.agency_id, listed.agency_id, listed.duty.last_day) == (new.id, old.id, last_day)
    assert labels.answers_now(listed) is new
    assert queries.owed_by([new.id]) == [listed] == queries.owed_by([old.id])
    filled(listed, timur)
    with pytest.raises(Forbidden):
        answering.publish(listed, actor=cast.gulnar.actor(), now=clock.now())
    answering.publish(listed, actor=head.actor(), now=clock.now())
    assert listed.duty.fulfilled_on is not None


def test_a_list_issued_to_a_body_that_is_no_more_goes_to_its_successor(session: Any) -> None:
    listed, old, new = prepared(1), addressee(), other_body()
    agencies.succeed(old, new, actor=CLOCK, now=clock.now())
    listing.issue(listed, deadline=DEADLINE, now=clock.now())
    start_duty(
        RecommendationsIssued(list_id=listed.id, deadline=DEADLINE, issued_on=clock.today().isoformat())
    )
    assert listed.duty.agency_id == new.id
