"""`flask consultations …`."""

from pathlib import Path
from typing import BinaryIO

import click
from flask import Flask
from flask.cli import AppGroup

from app import clock
from app.access import Actor
from app.agencies import queries as agencies
from app.comments.cli import print_import
from app.comments.services.importing import import_comments
from app.consultations import queries
from app.consultations.services import importing
from app.consultations.services.importing import NoIndex, Taken
from app.db import transaction

consultations = AppGroup("consultations", help="Draft acts: bringing in acts and comments.")
# A command is typed by whoever runs the machine; the audit line carries no account.
OPERATOR = Actor(name="operator")
HEAD = ("act", "lang", "versions", "blocks", "clauses", "tables", "characters", "lost", "changes", "seconds")


@consultations.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--body", default="ministry-of-justice", help="The body in whose preparation the acts are put.")
def import_acts(folder: Path, body: str) -> None:
    """Take every act that FOLDER/index.jsonl names, all its versions and languages, as drafts in preparation.

    What is known already is left as it is. Exits with 1 if a character was lost or a file could not be read.
    """
    agency = agencies.by_slug(body)
    if agency is None:
        raise click.ClickException(f"There is no body “{body}”.")
    click.echo("\t".join(HEAD))
    total = Taken("total")
    with transaction():
        try:
            for taken in importing.take(folder, agency=agency, actor=OPERATOR, now=clock.now()):
                click.echo(row(taken))
                for reason in taken.refused:
                    click.echo(f"  refused: {reason}", err=True)
                _add(total, taken)
        except NoIndex as error:
            raise click.ClickException(f"There is no usable index.jsonl in {error}.") from error
    click.echo(row(total))
    if total.lost or total.refused:
        raise SystemExit(1)


def row(taken: Taken) -> str:
    if taken.was_known:
        return f"{taken.act}\tknown already"
    figures = (
        taken.act,
        ",".join(taken.languages),
        taken.versions,
        taken.blocks,
        taken.clauses,
        taken.tables,
        taken.characters,
        taken.lost,
        taken.changes,
        f"{taken.seconds:.2f}",
    )
    return "\t".join(map(str, figures))


def _add(total: Taken, taken: Taken) -> None:
    total.refused += taken.refused
    total.languages = sorted({*total.languages, *taken.languages})
    for name in ("versions", "blocks", "clauses", "tables", "characters", "lost", "changes", "seconds"):
        setattr(total, name, getattr(total, name) + getattr(taken, name))


@consultations.command("import-comments")
@click.argument("number", type=int)
@click.argument("file", type=click.File("rb"))
def import_letters(number: int, file: BinaryIO) -> None:
    """Put the letters of FILE, one JSON object a line, onto the draft NUMBER, and print how they were grouped."""
    draft = queries.by_number(number)
    if draft is None or draft.thread is None:
        raise click.ClickException(f"There is no draft {number} that was opened for comments.")
    with transaction():
        figures = import_comments(draft.thread, file, now=clock.now())
    print_import(figures)


def init_app(app: Flask) -> None:
    app.cli.add_command(consultations)
