"""`flask outbox …`, `flask worker run QUEUE`, `flask cron run`: the processes beside the web."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from app import queues
from app.db import db
from app.outbox.models import OutboxEntry
from app.outbox.relay import Relay

outbox = AppGroup("outbox", help="Facts on their way to what they wake.")
worker = AppGroup("worker", help="Processes that do the work of facts.")
cron = AppGroup("cron", help="What runs by the clock.")


@outbox.command("relay")
def relay() -> None:
    """Carry facts to RQ until told to stop."""
    Relay(beats=list(current_app.extensions["beats"])).run()


@outbox.command("status")
def status() -> None:
    """Print how many entries wait, and since when."""
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(OutboxEntry.created_at)).where(OutboxEntry.done_at.is_(None))
    ).one()
    click.echo(
        f"waiting: {waiting}" + (f", the oldest since {oldest:%Y-%m-%d %H:%M:%S %Z}" if oldest else "")
    )


@worker.command("run")
@click.argument("queue", type=click.Choice(queues.QUEUES))
@click.option("--burst", is_flag=True, help="Stop when the queue is empty.")
def run_worker(queue: str, burst: bool) -> None:
    """Work on one QUEUE; one process has one queue."""
    from rq import Worker
    from rq.serializers import JSONSerializer

    # A forked horse must not share the parent's connections.
    db.engine.dispose()
    Worker(
        [queues.queue(queue)],
        connection=queues.connection(),
        job_class=queues.ListedJob,
        serializer=JSONSerializer,
        maintenance_interval=30,
        worker_ttl=60,
        log_job_description=False,
    ).work(burst=burst, logging_level="WARNING")


@cron.command("run")
def run_cron() -> None:
    """Enqueue the schedule's jobs at their times (local time of this process: set TZ=Asia/Almaty)."""
    from app.outbox.cron import scheduler

    scheduler(current_app.extensions["schedule"]).start()


def init_app(app: Flask) -> None:
    app.cli.add_command(outbox)
    app.cli.add_command(worker)
    app.cli.add_command(cron)
