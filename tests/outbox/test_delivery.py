"""At the threshold the agency is told, once: with a killed worker, an emptied queue, a doubled relay, no Redis."""

from datetime import timedelta

import pytest
import redis
import sqlalchemy as sa
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq.serializers import JSONSerializer

from app import clock, queues
from app.db import db, transaction
from app.duties.models import Duty, DutyKind
from app.outbox.models import OutboxEntry
from app.outbox.relay import Relay
from app.outbox.services import retry_delay, run_entry
from app.petitions import queries
from app.petitions.lifecycle import State
from tests import factories
from tests.cast import Cast
from tests.processes import PATIENCE_SECONDS, kill, running, start, until


@pytest.fixture
def petition_id(own_database):
    with transaction():
        petition = factories.supported(Cast())
        # Everything but the hand-over is done already.
        db.session.execute(
            sa.update(OutboxEntry)
            .where(~OutboxEntry.handler.endswith("hand_over"))
            .values(done_at=clock.now())
        )
        return petition.id


def entry():
    with transaction():
        row = db.session.scalars(
            sa.select(OutboxEntry).where(OutboxEntry.handler.endswith("hand_over"))
        ).one()
        db.session.expunge(row)
        return row


def state_of(petition_id):
    with transaction():
        db.session.expire_all()
        return queries.by_id(petition_id).state


def registrations_owed():
    with transaction():
        return db.session.scalar(
            sa.select(sa.func.count()).select_from(Duty).where(Duty.kind == DutyKind.REGISTER)
        )


def make_due():
    with transaction():
        db.session.execute(
            sa.update(OutboxEntry)
            .where(OutboxEntry.done_at.is_(None))
            .values(next_at=clock.now() - timedelta(seconds=1), lease_until=None)
        )


def work_off(app):
    with running(app.extensions["settings"], ("worker", "run", "default", "--burst")) as (worker,):
        worker.wait(timeout=PATIENCE_SECONDS)


def test_a_real_worker_hands_over_what_the_relay_pushed(own_database, petition_id):
    assert Relay().tick() >= 1
    work_off(own_database)
    assert state_of(petition_id) is State.FORWARDED
    assert entry().done_at is not None
    assert registrations_owed() == 1


def test_an_emptied_queue_loses_nothing(own_database, petition_id):
    Relay().tick()
    queues.connection().flushall()
    work_off(own_database)
    assert state_of(petition_id) is State.SUPPORTED
    make_due()
    Relay().tick()
    work_off(own_database)
    assert state_of(petition_id) is State.FORWARDED


def test_a_relay_run_twice_and_pushes_doubled_forward_once(own_database, petition_id):
    Relay().tick()
    make_due()
    # Another relay does not know that this one has pushed; the second push has another id.
    queues.queue().enqueue("app.outbox.jobs.deliver", entry().id)
    Relay().tick()
    work_off(own_database)
    assert state_of(petition_id) is State.FORWARDED
    assert run_entry(entry().id) is False
    assert registrations_owed() == 1


def test_a_worker_killed_while_handing_over_loses_nothing_and_does_nothing_twice(own_database, petition_id):
    other = sa.create_engine(own_database.config["SQLALCHEMY_DATABASE_URI"])
    with other.connect() as holder:
        # The hand-over waits for this row, and the worker dies while it waits.
        holder.execute(sa.text("SELECT id FROM petition WHERE id = :id FOR UPDATE"), {"id": petition_id})
        Relay().tick()
        worker = start(own_database.extensions["settings"], "worker", "run", "default")
        until(lambda: entry().lease_until is not None)
        kill(worker)
        holder.rollback()
    other.dispose()
    assert state_of(petition_id) is State.SUPPORTED
    assert run_entry(entry().id) is False, "the dead worker's lease still holds"
    make_due()
    queues.connection().flushall()
    Relay().tick()
    work_off(own_database)
    assert state_of(petition_id) is State.FORWARDED
    assert registrations_owed() == 1


def test_without_redis_the_relay_does_the_work_itself(own_database, petition_id):
    # Asked once a time: by itself the library waits for seconds between its own tries.
    own_database.extensions["redis"] = redis.Redis(
        unix_socket_path="/nonexistent/valkey.sock", retry=Retry(NoBackoff(), 0)
    )
    relay = Relay()
    assert relay.tick() == 0, "patience first"
    relay.redis_gone_since = -1000.0
    assert relay.tick() >= 1
    assert state_of(petition_id) is State.FORWARDED


def test_a_failing_handler_comes_back_later_and_names_no_person(own_database, petition_id, monkeypatch):
    from app.outbox import services
    from app.outbox.subscriptions import wiring

    def fail(_):
        raise RuntimeError("aigul@example.kz")

    name = entry().handler
    monkeypatch.setitem(wiring().handlers, name, fail)
    assert services.run_entry(entry().id) is False
    row = entry()
    assert row.last_error == "RuntimeError" and row.done_at is None and row.next_at > clock.now()


def test_a_foreign_job_is_refused(own_database, tmp_path):
    mark = tmp_path / "ran"
    queue = queues.Queue("default", connection=queues.connection(), serializer=JSONSerializer)
    queue.enqueue("os.system", f"touch {mark}")
    queue.enqueue("subprocess.check_output", ["touch", str(mark)])
    work_off(own_database)
    assert not mark.exists()
    assert queue.failed_job_registry.count == 2


def test_delays_grow_to_six_hours_and_never_end():
    delays = [retry_delay(n).total_seconds() for n in (1, 2, 5, 30, 1000)]
    assert delays[:4] == sorted(delays[:4]) and delays[0] < 6 and delays[-1] <= 6 * 3600 * 1.1
