"""RQ's cron scheduler, made to speak JSON."""

from collections.abc import Iterable
from dataclasses import dataclass

from redis import Redis
from rq.cron import CronJob, CronScheduler
from rq.job import Job

from app import queues
from app.outbox.jobs import run_scheduled


@dataclass(frozen=True)
class Appointment:
    """A job of the schedule: its name in `app/schedule.py` and when it runs, in cron's words."""

    name: str
    cron: str
    queue: str = queues.DEFAULT


class JsonCronJob(CronJob):
    # rq.cron makes its queues with the pickle serializer, which our workers do not read.
    def enqueue(self, connection: Redis) -> Job:
        return queues.queue(self.queue_name).enqueue(
            "app.outbox.jobs.run_scheduled", *self.args, result_ttl=0, failure_ttl=86400, job_timeout=3600
        )


def scheduler(appointments: Iterable[Appointment]) -> CronScheduler:
    made = CronScheduler(connection=queues.connection(), logging_level="WARNING")
    for appointment in appointments:
        made.get_jobs().append(
            JsonCronJob(
                appointment.queue, func=run_scheduled, args=(appointment.name,), cron=appointment.cron
            )
        )
    return made
