"""The process that carries facts from PostgreSQL to RQ, and does their work itself while Redis is gone."""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import FrameType

import redis
import structlog
from rq import Queue
from sqlalchemy.exc import DBAPIError

from app import clock, queues
from app.db import transaction
from app.outbox.services import run_entry, take_due

log = structlog.get_logger()

BATCH = 200
# A pushed entry is pushed again after this long unless its handler has said "done": pushes may be lost.
PUSH_AGAIN_AFTER = timedelta(seconds=10)
# With more than this waiting in RQ nothing new is pushed: duplicates must not grow faster than they drain.
LONGEST_QUEUE = 1000
REDIS_PATIENCE_SECONDS = 10.0


@dataclass
class Beat:
    """Something that the relay does by itself every so many seconds, Redis or not."""

    name: str
    every_seconds: float
    run: Callable[[], object]
    next_at: float = 0.0


@dataclass
class Relay:
    beats: list[Beat] = field(default_factory=list)
    idle_seconds: float = 0.5
    stopping: threading.Event = field(default_factory=threading.Event)
    redis_gone_since: float | None = None

    def run(self) -> None:
        """Until SIGTERM or SIGINT. A database that is gone is waited for; nothing is lost meanwhile."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping.is_set():
            busy = False
            try:
                self.beat()
                busy = self.tick() >= BATCH
            except DBAPIError:
                log.exception("relay: the database does not answer; trying again")
                self.stopping.wait(2.0)
            if not busy:
                self.stopping.wait(self.idle_seconds)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping.set()

    def beat(self) -> None:
        for beat in self.beats:
            if time.monotonic() >= beat.next_at:
                beat.next_at = time.monotonic() + beat.every_seconds
                try:
                    with transaction():
                        beat.run()
                except DBAPIError:
                    raise
                except Exception:
                    log.exception("relay: beat failed", beat=beat.name)

    def tick(self) -> int:
        """Pushes what is due; returns how many entries it took."""
        room = self._room()
        if room is None:
            return self._do_it_ourselves()
        if not room:
            return 0
        with transaction():
            due = take_due(limit=BATCH, now=clock.now(), again_after=PUSH_AGAIN_AFTER)
        try:
            for entry_id, queue_name in due:
                push(entry_id, queues.queue(queue_name))
        except redis.RedisError:
            # The rows come back by themselves after PUSH_AGAIN_AFTER.
            log.warning("relay: Redis went away while pushing", entries=len(due))
        return len(due)

    def _room(self) -> Mapping[str, int] | bool | None:
        """Whether RQ has room; None when Redis has been gone for so long that we work without it."""
        try:
            waiting = sum(queues.queue(name).count for name in queues.QUEUES)
        except redis.RedisError:
            self.redis_gone_since = self.redis_gone_since or time.monotonic()
            gone_for = time.monotonic() - self.redis_gone_since
            return None if gone_for >= REDIS_PATIENCE_SECONDS else False
        self.redis_gone_since = None
        return waiting < LONGEST_QUEUE

    def _do_it_ourselves(self) -> int:
        with transaction():
            due = take_due(limit=BATCH, now=clock.now(), again_after=PUSH_AGAIN_AFTER)
        for entry_id, _ in due:
            run_entry(entry_id)
        return len(due)


def push(entry_id: int, queue: Queue) -> None:
    # The bucket in the id lets a repeated push through while RQ still remembers the one that was lost.
    bucket = int(time.time() // PUSH_AGAIN_AFTER.total_seconds())
    queue.enqueue(
        "app.outbox.jobs.deliver",
        entry_id,
        job_id=f"outbox-{entry_id}-{bucket}",
        result_ttl=0,
        failure_ttl=3600,
    )
