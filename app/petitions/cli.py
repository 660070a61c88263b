"""`flask petitions …`."""

import os
from typing import BinaryIO

import click
from flask import Flask
from flask.cli import AppGroup
from flask_babel import LazyString

from app import clock
from app.access import Actor
from app.db import transaction
from app.i18n import LANGUAGES, _, _l, use_language
from app.petitions.services import counting, importing, proving
from app.petitions.services.archive_records import RefusalReason

petitions = AppGroup("petitions", help="Petitions: counting, proving, importing.")
# A command is typed by whoever runs the machine; the audit line carries no account.
OPERATOR = Actor(name="operator")

REFUSALS: dict[RefusalReason, LazyString] = {
    RefusalReason.NOT_UTF8: _l("Line %(line)s: the text is not in UTF-8."),
    RefusalReason.TOO_LONG: _l("Line %(line)s: it is longer than 1 MB."),
    RefusalReason.NOT_JSON: _l("Line %(line)s: this is not JSON."),
    RefusalReason.NOT_AN_OBJECT: _l("Line %(line)s: this is JSON, but not an object with named fields."),
    RefusalReason.UNKNOWN_FORMAT: _l(
        "Line %(line)s: the format is unknown, it has neither “titles” nor “title”."
    ),
    RefusalReason.NO_ID: _l("Line %(line)s: the record has no “id”."),
    RefusalReason.NO_PLATFORM: _l("Line %(line)s: the record does not name its platform."),
    RefusalReason.NO_TITLE: _l("Line %(line)s: the record has no title."),
    RefusalReason.WRONG_VALUE: _l("Line %(line)s: the value of “%(field)s” is not one that can be kept."),
}


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


def terminal_language() -> str:
    """The language that the operator's terminal asks for; English where it is none of ours."""
    wished = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return wished[:2] if wished[:2] in LANGUAGES else "en"


@petitions.command("import")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--strict", is_flag=True, help="Exit 1 if any line was refused; good lines are kept all the same."
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default=terminal_language, help="Of what is printed."
)
def import_archive(file: BinaryIO, strict: bool, language: str) -> None:
    """Take petitions of other platforms from FILE, one JSON object a line ("-" reads the standard input).

    They are shown with their source, licence, count and date as reported, apart from the petitions made here. What is
    known already is left as it is.
    """
    with use_language(language), transaction():
        report = importing.take(file, actor=OPERATOR, now=clock.now(), on_refusal=_print_refusal)
        summary = _(
            "Taken: %(taken)s. Already known: %(known)s. Refused: %(refused)s.",
            taken=report.taken,
            known=report.known,
            refused=report.refused,
        )
    click.echo(summary)
    if strict and report.refused:
        raise SystemExit(1)


def _print_refusal(line: importing.RefusedLine) -> None:
    click.echo(str(REFUSALS[line.reason]) % {"line": line.number, "field": line.field})


def init_app(app: Flask) -> None:
    app.cli.add_command(petitions)
