"""`flask territories …`: reading the register in, and looking at it."""

import click
from flask import Flask
from flask.cli import AppGroup

from app.db import transaction
from app.territories import queries, services

territories = AppGroup("territories", help="Regions, districts and their populations.")


@territories.command("load")
def load() -> None:
    """Bring the register to what the data file says; safe to run again."""
    with transaction():
        loaded = services.load()
    click.echo(f"added: {loaded.added}, changed: {loaded.changed}, new population figures: {loaded.figures}")


@territories.command("list")
@click.option("--region", metavar="CODE", help="The units of one region, such as KZ-10.")
def list_units(region: str | None) -> None:
    """Print the regions, or what lies in one of them."""
    with transaction(read_only=True):
        for unit in queries.in_region(region) if region else queries.regions():
            population = (
                f"{unit.population} on {unit.population_on}" if unit.population else "population not known"
            )
            click.echo("\t".join([unit.code, unit.kind.value, unit.name_kk, unit.name_ru or "", population]))


def init_app(app: Flask) -> None:
    app.cli.add_command(territories)
