"""Counting as sequencing: consecutive, once, and provable, whatever comes and goes."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app import clock
from app.db import db, transaction
from app.outbox.models import OutboxEntry
from app.petitions import queries
from app.petitions.errors import NotSigned, WithdrawalClosed
from app.petitions.lifecycle import State
from app.petitions.models import HourlyCount, InvalidationReason, LogEntry, LogKind, Signature
from app.petitions.queries.counts import falls_of, history_of, merge_small
from app.petitions.services import counting, proving, signing
from tests import factories
from tests.cast import Cast


def log_of(petition):
    return db.session.scalars(
        sa.select(LogEntry).where(LogEntry.petition_id == petition.id).order_by(LogEntry.index)
    ).all()


def sign_as(petition, account):
    db.session.add(
        Signature(
            petition_id=petition.id,
            signer_key=signing.signer_key(account.person_tag, petition_number=petition.number),
            region_code="KZ-11",
            consent_version="test",
            signed_at=clock.now(),
        )
    )
    db.session.flush()


def test_indices_are_consecutive_over_all_petitions(cast):
    one, two = factories.submitted(cast), factories.submitted(cast)
    factories.signatures(one, 3, counted=False)
    factories.signatures(two, 2)
    indices = db.session.scalars(sa.select(LogEntry.index).order_by(LogEntry.index)).all()
    assert indices == list(range(indices[0], indices[0] + 5))
    assert (queries.tally_of(one).signatures, queries.tally_of(two).signatures) == (3, 2)


def test_a_withdrawal_is_an_entry_that_points_back(cast):
    petition = factories.published(cast)
    before = queries.tally_of(petition).signatures
    sign_as(petition, cast.bolat)
    counting.run(batch=100, now=clock.now())
    signing.withdraw_signature(petition, actor=cast.bolat.actor(), now=clock.now())
    counting.run(batch=100, now=clock.now())
    last = log_of(petition)[-1]
    assert last.kind is LogKind.WITHDRAW and last.ref is not None
    db.session.expire_all()
    assert queries.tally_of(petition).signatures == before
    assert not signing.has_signed(petition, cast.bolat.person_tag)


def test_a_withdrawn_person_is_forgotten_and_may_sign_again(cast):
    petition = factories.published(cast)
    sign_as(petition, cast.bolat)
    signing.withdraw_signature(petition, actor=cast.bolat.actor(), now=clock.now())
    counting.run(batch=100, now=clock.now())
    gone = db.session.scalars(
        sa.select(Signature).where(Signature.petition_id == petition.id, Signature.departure.is_not(None))
    ).all()
    assert gone == [], "withdrawn before it was counted: no row remains"
    sign_as(petition, cast.bolat)
    assert signing.has_signed(petition, cast.bolat.person_tag)


def test_who_has_not_signed_has_nothing_to_withdraw(cast):
    petition = factories.published(cast)
    with pytest.raises(NotSigned):
        signing.withdraw_signature(petition, actor=cast.dana.actor(), now=clock.now())


def test_after_the_hand_over_the_count_is_with_the_addressee(cast):
    petition = factories.forwarded(cast)
    with pytest.raises(WithdrawalClosed):
        signing.withdraw_signature(petition, actor=cast.bolat.actor(), now=clock.now())


def test_the_threshold_is_reached_at_its_own_entry(cast):
    petition = factories.published(cast, threshold=55)
    factories.signatures(petition, 12)
    db.session.refresh(petition)
    assert petition.state is State.SUPPORTED
    entries = log_of(petition)
    assert petition.supported_log_index == entries[54].index
    facts = db.session.scalars(
        sa.select(OutboxEntry.event_key).where(
            OutboxEntry.event_key == f"petition:{petition.id}:threshold:55"
        )
    ).all()
    assert facts, "the fact stands in the outbox"


def test_a_threshold_once_reached_stays_reached(cast):
    petition = factories.supported(cast, threshold=55)
    gone = signing.invalidate(
        petition,
        since=petition.created_at - timedelta(days=1),
        until=clock.now() + timedelta(days=1),
        region_code=None,
        reason=InvalidationReason.COURT,
        actor=cast.yerlan.actor(),
        now=clock.now(),
    )
    counting.run(batch=1000, now=clock.now())
    db.session.expire_all()
    assert gone == 55
    assert queries.tally_of(petition).signatures == 0
    assert petition.state is State.SUPPORTED and petition.supported_at
    assert [(fall.reason, fall.count) for fall in falls_of(petition)] == [("court", 55)]
    assert history_of(petition)[-1].total == 0


def test_arrivals_and_departures_of_one_run_cross_the_threshold_once(cast):
    petition = factories.published(cast, threshold=51)
    sign_as(petition, cast.bolat)
    counting.run(batch=100, now=clock.now())
    db.session.refresh(petition)
    assert petition.state is State.SUPPORTED


def test_first_support_and_check_in_either_order(cast):
    checked_first = factories.submitted(cast)
    from app.petitions.services import checking

    checking.pass_check(checked_first, actor=cast.yerlan.actor(), now=clock.now())
    assert checked_first.state is State.SUBMITTED
    factories.signatures(checked_first, 49)
    db.session.refresh(checked_first)
    assert checked_first.state is State.SUBMITTED
    factories.signatures(checked_first, 1)
    db.session.refresh(checked_first)
    assert checked_first.state is State.PUBLISHED
    assert factories.published(cast).state is State.PUBLISHED


def test_the_proof_agrees_and_sees_a_tampered_sum(cast):
    petition = factories.supported(cast)
    proof = proving.prove(now=clock.now())
    assert proof is not None and proof.drift == []
    queries.tally_of(petition).signatures += 1
    db.session.flush()
    broken = proving.prove(now=clock.now())
    assert broken is not None
    assert [line["petition_id"] for line in broken.drift] == [petition.id]
    told = db.session.scalars(
        sa.select(OutboxEntry.topic).where(OutboxEntry.event_key == f"count_proof:{broken.id}")
    ).all()
    assert told, "a drift rings the alarm"


def test_hours_add_up_to_the_tally(cast):
    petition = factories.published(cast)
    factories.signatures(petition, 7, at=clock.now() + timedelta(hours=3))
    hours = history_of(petition)
    assert sum(h.signed - h.withdrawn - h.invalidated for h in hours) == queries.tally_of(petition).signatures
    assert hours[-1].total == queries.tally_of(petition).signatures


@pytest.mark.parametrize(
    ("rows", "shown", "merged"),
    [
        ([("A", 3), ("B", 40), ("C", 90)], [None, None, 90], 43),
        ([("A", 3), ("B", 4), ("C", 50), ("D", 90)], [None, None, None, 90], 57),
        ([("A", 6), ("B", 7), ("C", 90)], [None, None, 90], 13),
        ([("A", 12), ("B", 90)], [12, 90], 0),
        ([("A", 3)], [None], 3),
        ([], [], 0),
    ],
)
def test_small_cells_are_merged_so_that_the_total_tells_nothing(rows, shown, merged):
    regions = merge_small(rows, minimum=10)
    assert [cell.signatures for cell in regions.cells] == shown
    assert regions.merged == merged


def test_two_counters_at_once_count_everything_once(own_database):
    with transaction():
        petition = factories.published(Cast(), threshold=90)
        factories.signatures(petition, 200, counted=False)
        petition_id = petition.id
    written, barrier = [], threading.Barrier(5)

    def count() -> None:
        with own_database.app_context():
            barrier.wait()
            for _ in range(6):
                with transaction():
                    written.append(counting.run(batch=40, now=clock.now()))

    threads = [threading.Thread(target=count) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while True:
        with transaction():
            more = counting.run(batch=40, now=clock.now())
        written.append(more)
        if not more:
            break
    with transaction():
        petition = queries.by_id(petition_id)
        entries = log_of(petition)
        assert sum(written) == 200
        assert [e.index for e in entries] == list(range(1, 251))
        assert queries.tally_of(petition).signatures == 250
        facts = db.session.scalars(
            sa.select(OutboxEntry.handler).where(OutboxEntry.topic == "petition.threshold_reached")
        ).all()
        assert sorted(facts) == sorted(set(facts)), "the threshold is one fact"
        assert petition.supported_log_index == entries[89].index
        proof = proving.prove(now=clock.now())
        assert proof is not None and proof.drift == []
        assert db.session.scalar(sa.select(sa.func.count()).select_from(HourlyCount)) >= 1
