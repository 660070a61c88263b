"""`flask dev …`: the demo country, and who lives there. Refused in production."""

from collections.abc import Iterable

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app import clock
from app.db import transaction
from app.dev import seed as seeding
from app.dev.seed import people as persons
from config import Settings

dev = AppGroup("dev", help="The demo country; not for production.")


@dev.command("seed")
@click.option("--quiet", is_flag=True, help="Say nothing when all went well.")
def seed(quiet: bool) -> None:
    """Fill an empty database with a small believable country; safe to run again."""
    refuse_in_production()
    with transaction():
        made = seeding.seed(now=clock.now())
    if not quiet:
        click.echo(
            f"petitions: {made.petitions}, signatures: {made.signatures}, draft acts: {made.drafts}, "
            f"councils: {made.councils}"
            if made
            else "The demo country is already there."
        )


@dev.command("people")
def people() -> None:
    """Print who can be signed in as, and what for."""
    refuse_in_production()
    today = clock.today()
    click.echo("Citizens sign in at /sign-in with an IIN and a name:\n")
    show(
        (citizen.iin(today), f"{citizen.given_name} {citizen.family_name}", citizen.can)
        for citizen in persons.citizens()
        if citizen.can
    )
    click.echo(f"\nStaff sign in at /sign-in/staff, all with the password {persons.PASSWORD}\n")
    show(
        (employee.email, f"{employee.given_name} {employee.family_name}", employee.can)
        for employee in persons.employees()
        if employee.can
    )


def show(rows: Iterable[tuple[str, ...]]) -> None:
    """Rows in columns as wide as they need to be."""
    lines = list(rows)
    widths = [max(len(line[column]) for line in lines) for column in range(2)]
    for first, second, third in lines:
        click.echo(f"  {first:<{widths[0]}}  {second:<{widths[1]}}  {third}")


def refuse_in_production() -> None:
    settings: Settings = current_app.extensions["settings"]
    if settings.is_production:
        raise click.ClickException("The demo country is not for production.")


def init_app(app: Flask) -> None:
    app.cli.add_command(dev)
