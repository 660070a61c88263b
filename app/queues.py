"""RQ as an accelerator: queues that speak JSON, and a job class that runs two functions and no others.

With JSON alone, whoever can write to Redis still runs any importable name (`os.system` did, when tried); so a
worker refuses every job that is not on the list, and ignores callbacks and webhooks altogether.
"""

import json
from collections.abc import Callable
from typing import Any

import redis
from flask import Flask, current_app
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

# One worker process listens to one queue: with two, RQ pops by BLPOP, and a worker that is killed right after
# the pop loses the job for ever.
DEFAULT = "default"
MAIL = "mail"
QUEUES = (DEFAULT, MAIL)

ALLOWED_JOBS = frozenset({"app.outbox.jobs.deliver", "app.outbox.jobs.run_scheduled"})


class RefusedJob(RuntimeError):
    """Somebody put a job into Redis that this application never enqueues."""


class ListedJob(Job):
    """A job that can only be one of ALLOWED_JOBS."""

    @property
    def func(self) -> Callable[..., Any] | None:
        if self.func_name not in ALLOWED_JOBS:
            raise RefusedJob(str(self.func_name)[:120])
        found: Callable[..., Any] | None = super().func
        return found

    def restore(self, raw_data: Any) -> Any:
        result = super().restore(raw_data)
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []
        return result


def init_app(app: Flask) -> None:
    app.extensions["redis"] = redis.Redis.from_url(
        app.config["REDIS_URL"], socket_connect_timeout=2, socket_timeout=None, health_check_interval=30
    )


def connection() -> redis.Redis:
    found: redis.Redis = current_app.extensions["redis"]
    return found


def queue(name: str = DEFAULT) -> Queue:
    return Queue(name, connection=connection(), serializer=JSONSerializer, job_class=ListedJob)


def is_reachable() -> bool:
    try:
        return bool(connection().ping())
    except redis.RedisError:
        return False


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
