"""`flask petitions …`."""

import click
from flask import Flask
from flask.cli import AppGroup

from app import clock
from app.db import transaction
from app.petitions.services import counting, proving

petitions = AppGroup("petitions", help="Petitions: counting, proving, importing.")


@petitions.command("count")
def count() -> None:
    """Sequence the signatures that wait, now."""
    with transaction():
        written = counting.run(batch=100_000, now=clock.now())
    click.echo(f"entries written: {written}")


@petitions.command("prove")
def prove() -> None:
    """Recount everything; exit 1 on drift."""
    with transaction():
        proof = proving.prove(now=clock.now())
    if proof is None:
        raise click.ClickException("The sequencer is at work; try again.")
    click.echo(f"petitions: {proof.petitions}, log entries: {proof.log_index}, drift: {len(proof.drift)}")
    if proof.drift:
        raise SystemExit(1)


def init_app(app: Flask) -> None:
    app.cli.add_command(petitions)
