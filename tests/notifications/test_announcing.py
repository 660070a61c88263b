"""Who is told of a fact: the right people, each once."""

import pytest
from sqlalchemy import func, insert, select

from app import clock
from app.access import Role
from app.agencies import queries as agencies
from app.db import db
from app.notifications.announcements import ANNOUNCEMENTS, OF_PETITIONS
from app.notifications.jobs import announce
from app.notifications.models import Delivery, Follow
from app.notifications.services import announcing
from app.outbox import Fact
from app.outbox.models import OutboxEntry
from app.petitions import events
from app.subscriptions import SUBSCRIPTIONS
from tests import factories
from tests.cast import Cast, employee
from tests.notifications.people import follower, told


def facts_of(module: object) -> list[type[Fact]]:
    return [
        found
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Fact) and hasattr(found, "topic")
    ]


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_every_fact_of_a_petition_is_announced_and_wakes_the_announcer() -> None:
    facts = facts_of(events)
    assert len(facts) > 20
    assert set(facts) == set(OF_PETITIONS)
    for fact in ANNOUNCEMENTS:
        assert any(s.handler is announce for s in SUBSCRIPTIONS[fact]), fact
        assert ANNOUNCEMENTS[fact], fact


def test_handing_over_tells_the_body_the_author_and_those_who_follow(session, cast: Cast) -> None:
    petition = factories.supported(cast)
    for person in (cast.marat, cast.gulnar, cast.timur):
        assert person.id
    follower(petition, "reader@example.kz")
    follower(petition, "undecided@example.kz", confirmed=False)
    follower(petition, "gone@example.kz").ended_at = clock.now()
    fact = events.PetitionForwarded(petition_id=petition.id)
    announce(fact)
    assert told(fact.key) == {
        ("marat@example.kz", "petition_to_register"),
        ("gulnar@example.kz", "petition_to_register"),
        ("aigul@example.kz", "petition_forwarded"),
        ("reader@example.kz", "petition_forwarded"),
    }


def test_a_fact_that_comes_twice_is_told_once(session, cast: Cast) -> None:
    petition = factories.published(cast)
    follower(petition, "reader@example.kz")
    fact = events.ThresholdReached(petition_id=petition.id, threshold=60, log_index=60)
    assert announcing.announce(fact, now=clock.now()) == 2
    assert announcing.announce(fact, now=clock.now()) == 0
    assert session.scalar(select(func.count()).where(Delivery.fact_key == fact.key)) == 2
    waiting = select(OutboxEntry).where(OutboxEntry.event_key == f"mail:{fact.key}")
    assert [entry.queue for entry in session.scalars(waiting)] == ["mail"]


def test_one_person_in_two_audiences_gets_one_letter(session, cast: Cast) -> None:
    petition = factories.published(cast)
    follower(petition, "Aigul@Example.kz")
    fact = events.ThresholdReached(petition_id=petition.id, threshold=60, log_index=60)
    announce(fact)
    assert told(fact.key) == {("aigul@example.kz", "threshold_reached")}


def test_submitting_tells_author_and_moderators(session, cast: Cast) -> None:
    assert cast.saule.id and cast.marat.id
    petition = factories.submitted(cast)
    fact = events.PetitionSubmitted(petition_id=petition.id)
    announce(fact)
    assert told(fact.key) == {
        ("aigul@example.kz", "petition_submitted"),
        ("saule@example.kz", "check_waiting"),
    }


def test_a_registration_that_stays_out_is_told_to_the_authorised_body(session, cast: Cast) -> None:
    petition = factories.forwarded(cast)
    body = agencies.authorised_body()
    employee("inspector@example.kz", Role.OFFICER, agency_id=body.id)
    fact = events.RegistrationEscalated(petition_id=petition.id)
    announce(fact)
    assert ("inspector@example.kz", "registration_escalated") in told(fact.key)
    assert ("aigul@example.kz", "registration_late") in told(fact.key)


def test_dismissed_staff_is_told_nothing(session, cast: Cast) -> None:
    petition = factories.forwarded(cast)
    cast.marat.disabled_at = clock.now()
    cast.gulnar.roles[0].ended_at = clock.now()
    session.flush()
    fact = events.RegistrationOverdue(petition_id=petition.id)
    announce(fact)
    assert told(fact.key) == set()


def test_the_check_is_no_news_once_the_petition_is_published(session, cast: Cast) -> None:
    petition = factories.published(cast)
    fact = events.CheckPassed(petition_id=petition.id)
    announce(fact)
    assert told(fact.key) == set()


def test_a_drifting_count_is_told_to_administrators(session, cast: Cast) -> None:
    assert cast.asel.id and cast.marat.id
    fact = events.CountDrifted(proof_id=7)
    announce(fact)
    assert told(fact.key) == {("asel@example.kz", "count_drifted")}


def test_many_followers_are_one_statement(session, cast: Cast) -> None:
    petition = factories.published(cast)
    now = clock.now()
    rows = [
        {
            "petition_id": petition.id,
            "email": f"reader{i}@example.kz",
            "language": "kk",
            "token": f"t{i}",
            "asked_at": now,
            "confirmed_at": now,
        }
        for i in range(3000)
    ]
    session.execute(insert(Follow), rows)
    seen: list[str] = []

    from sqlalchemy import event

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        announce(events.ThresholdReached(petition_id=petition.id, threshold=60, log_index=60))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert session.scalar(select(func.count()).select_from(Delivery)) == 3001
    assert len([s for s in seen if s.startswith("INSERT INTO delivery")]) == 2
    assert len(seen) < 12
