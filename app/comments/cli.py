"""`flask comments …`."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from app import clock
from app.comments import queries
from app.comments.services import counting, grouping
from app.comments.services.importing import ImportFigures
from app.db import transaction
from app.text.near_duplicates_quality import OWN_LETTERS, Quality, quality, read_letters

comments = AppGroup("comments", help="Comments: counting, grouping of letters and how good it is.")


@comments.command("count")
def count() -> None:
    """Make the counts of threads anew that changed, now."""
    with transaction():
        threads = counting.run(clock.now())
    click.echo(f"threads counted: {threads}")


@comments.command("quality")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def measure(file: Path | None) -> None:
    """Print precision and recall of the grouping on our own labelled letters, and on FILE (JSON, an object a line with
    id, lang, text, and campaign or group_hint)."""
    for path in [OWN_LETTERS, *([file] if file else [])]:
        try:
            letters = read_letters(path)
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(f"{path.name}: this is no file of labelled letters.") from error
        click.echo(f"{path.name}: {quality_line(quality(letters))}")


@comments.command("group")
@click.argument("thread_id", type=int)
def group(thread_id: int) -> None:
    """Group all letters of a thread, now."""
    with transaction():
        thread = queries.thread_by_id(thread_id)
        if thread is None:
            raise click.ClickException("There is no such thread.")
        proposed = grouping.group_thread(thread, now=clock.now(), progress=_show)
    click.echo(f"groups that nobody has confirmed: {proposed}")


def _show(done: int, total: int) -> None:
    if done == total or done % 10_000 == 0:
        click.echo(f"letters looked at: {done} of {total}")


def quality_line(found: Quality) -> str:
    return (
        f"letters {found.letters}, pairs of one campaign {found.pairs}, pairs found {found.found}, "
        f"precision {found.precision:.3f}, recall {found.recall:.3f}, {found.seconds:.1f} s"
    )


def print_import(figures: ImportFigures) -> None:
    """What an import of letters did, for the command of whatever they were brought onto."""
    for line in figures.refused:
        click.echo(f"line {line.number} refused: {line.reason.value}")
    click.echo(
        f"letters taken: {figures.taken}, known: {figures.known}, refused: {len(figures.refused)}, "
        f"official replies: {figures.answers}"
    )
    click.echo(f"groups: {figures.groups}, letters in groups: {figures.grouped}")
    if figures.quality is not None:
        click.echo(f"against the file's own hints: {quality_line(figures.quality)}")


def init_app(app: Flask) -> None:
    app.cli.add_command(comments)
