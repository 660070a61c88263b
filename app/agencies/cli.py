"""`flask agencies …`: reading the register in, and looking at it."""

import click
from flask import Flask
from flask.cli import AppGroup

from app import clock
from app.access import CLOCK
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


@agencies.command("succeed")
@click.argument("old")
@click.argument("new")
def succeed(old: str, new: str) -> None:
    """Say that the body OLD was dissolved or merged, and that NEW answers in its place; both are slugs."""
    with transaction():
        bodies = {slug: queries.by_slug(slug) for slug in (old, new)}
        before, after = bodies[old], bodies[new]
        if before is None or after is None:
            missing = old if before is None else new
            raise click.ClickException(f"there is no body {missing}")
        try:
            services.succeed(before, after, actor=CLOCK, now=clock.now())
        except services.CannotSucceed as refused:
            raise click.ClickException(
                "both bodies must exist today and must differ; nothing was changed"
            ) from refused
    click.echo(f"{old} is succeeded by {new}; its open duties follow")


def init_app(app: Flask) -> None:
    app.cli.add_command(agencies)
