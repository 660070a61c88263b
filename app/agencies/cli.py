"""`flask agencies …`: reading the register in, and looking at it."""

import click
from flask import Flask
from flask.cli import AppGroup

from app.agencies import queries, services
from app.db import transaction
from app.territories import services as territories

agencies = AppGroup("agencies", help="The bodies that petitions are addressed to.")


@agencies.command("load")
def load() -> None:
    """Bring the register, and the territories under it, to what the data files say; safe to run again."""
    with transaction():
        territories.load()
        loaded = services.load()
    click.echo(f"added: {loaded.added}, changed: {loaded.changed}")


@agencies.command("list")
@click.option("--region", metavar="CODE", help="The bodies of one region, such as KZ-10.")
@click.option(
    "--search", metavar="WORDS", default="", help="Words of the name or the field, in any language."
)
def list_agencies(region: str | None, search: str) -> None:
    """Print the bodies that may be petitioned."""
    with transaction(read_only=True):
        for agency in queries.addressees(region=region, search=search):
            click.echo(f"{agency.slug}\t{agency.addressee_kind}\t{agency.name_kk}\t{agency.name_ru or ''}")


def init_app(app: Flask) -> None:
    app.cli.add_command(agencies)
