"""`flask councils …`: the register, the archive, and who sits where."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, BinaryIO

import click
from flask import Flask
from flask.cli import AppGroup
from flask_babel import LazyString

from app import clock
from app.access import CLOCK
from app.accounts import queries as accounts
from app.councils import labels, queries
from app.councils.models import Council, OfficeKind, Origin
from app.councils.queries import composition as compositions
from app.councils.queries import listing
from app.councils.services import importing, register, seating
from app.db import transaction
from app.errors import DomainError
from app.i18n import LANGUAGES, _, _l, use_language
from app.law import council_rules_in_force

councils = AppGroup("councils", help="Public councils: the register, the archive, seats and offices.")
DAY = click.DateTime(["%Y-%m-%d"])

REFUSALS: dict[str, LazyString] = {
    "not_utf8": _l("Line %(line)s: the text is not in UTF-8."),
    "too_long": _l("Line %(line)s: it is longer than 1 MB."),
    "not_json": _l("Line %(line)s: this is not JSON."),
    "not_an_object": _l("Line %(line)s: this is JSON, but not an object with named fields."),
    "wrong_value": _l(
        "Line %(line)s (%(record)s): the value of “%(field)s” is missing, or not one that can be kept."
    ),
    "no_council": _l("Line %(line)s (%(record)s): the record names neither its council nor its region."),
    "no_level": _l(
        "Line %(line)s (%(record)s): “%(council)s” may be the council of the city or of the region; the record does not say which."
    ),
    "no_region": _l(
        "Line %(line)s (%(record)s): the record does not say in which region “%(council)s” is, and a name alone is not enough to be sure."
    ),
    "unknown_level": _l("Line %(line)s (%(record)s): there is no level “%(level)s”."),
    "unknown_region": _l("Line %(line)s (%(record)s): there is no region “%(region)s”."),
    "not_in_register": _l(
        "Line %(line)s (%(record)s): the register has no council “%(council)s” of this level and region."
    ),
    "ambiguous": _l("Line %(line)s (%(record)s): “%(council)s” fits more than one council of the register."),
}


@councils.command("load")
def load() -> None:
    """Bring the register of councils to what the data file says; safe to run again, after `agencies load`."""
    with transaction():
        loaded = register.load()
    click.echo(f"added: {loaded.added}, changed: {loaded.changed}")


@councils.command("list")
@click.option("--region", metavar="CODE", help="The councils of one region, such as KZ-10.")
def list_councils(region: str | None) -> None:
    """Print the councils of the register."""
    with transaction(read_only=True):
        for council in listing.all_of(region):
            click.echo(f"{council.slug}\t{council.level}\t{council.name_kk}\t{council.name_ru}")


@councils.command("import")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--strict", is_flag=True, help="Exit 1 if any line was refused; good lines are kept all the same."
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="Of what is printed.")
def import_records(file: BinaryIO, strict: bool, language: str) -> None:
    """Take sittings and reports of councils from FILE, one JSON object a line ("-" reads the standard input).

    They are shown on their council's page with their source and licence, apart from what is done here. A record that
    cannot be placed for sure is refused, and the reason printed.
    """
    with use_language(language), transaction():
        report = importing.take(file, actor=CLOCK, now=clock.now(), on_refusal=_print_refusal)
        summary = _(
            "Taken: %(taken)s. Already known: %(known)s. Refused: %(refused)s.",
            taken=report.taken,
            known=report.known,
            refused=report.refused,
        )
    click.echo(summary)
    if strict and report.refused:
        raise SystemExit(1)


def _print_refusal(refused: importing.Refused) -> None:
    values = {
        "line": refused.number,
        "record": refused.record,
        "field": refused.field,
        "council": refused.council,
        "level": refused.level,
        "region": refused.region,
    }
    click.echo(str(REFUSALS[refused.reason]) % values)


@councils.command("seat")
@click.argument("slug")
@click.argument("name")
@click.option("--origin", type=click.Choice([origin.value for origin in Origin]), required=True)
@click.option("--ngo", help="The non-commercial organisation that the member represents.")
@click.option("--email", help="Of the member's staff account; without it the member is let in later.")
@click.option("--from", "starts_on", type=DAY, required=True, help="First day of the term, YYYY-MM-DD.")
@click.option("--chair", is_flag=True, help="Elected chair on the first day of the term.")
@click.option("--deputy", is_flag=True, help="Elected deputy on the first day of the term.")
@click.option("--presidium", is_flag=True)
def seat(
    slug: str,
    name: str,
    origin: str,
    ngo: str | None,
    email: str | None,
    starts_on: datetime,
    chair: bool,
    deputy: bool,
    presidium: bool,
) -> None:
    """Give NAME a seat in the council SLUG for one term, with all the checks of the rules."""
    day, now = starts_on.date(), clock.now()
    with _in_words(), transaction():
        member = seating.seat(
            _council(slug),
            name=name,
            origin=Origin(origin),
            ngo=ngo,
            account_id=_account(email) if email else None,
            starts_on=day,
            actor=CLOCK,
            now=now,
            in_presidium=presidium,
        )
        for kind, is_elected in ((OfficeKind.CHAIR, chair), (OfficeKind.DEPUTY, deputy)):
            if is_elected:
                seating.elect(member, kind, on=day, actor=CLOCK, now=now)
        click.echo(f"member {member.id}: {member.name}, term {member.term}, until {member.ends_on}")


@councils.command("remove")
@click.argument("slug")
@click.argument("member", type=int)
@click.option("--ground", required=True, help="An id of the grounds in the rules.")
@click.option("--note", default="")
@click.option("--on", type=DAY, help="The last day of the seat; today, if not given.")
def remove(slug: str, member: int, ground: str, note: str, on: datetime | None) -> None:
    """End the seat of MEMBER (the number that `members` prints) in the council SLUG."""
    with _in_words(), transaction():
        found = compositions.member_of(_council(slug), member)
        if found is None:
            raise click.ClickException("This council has no member of that number.")
        known = [one.id for one in council_rules_in_force(clock.today()).removal_grounds]
        if ground not in known:
            raise click.ClickException(f"The grounds are: {', '.join(known)}.")
        seating.remove(found, ground=ground, note=note, on=_day(on), actor=CLOCK, now=clock.now())
        click.echo(f"{found.name} sits until {found.ended_on}.")


@councils.command("appoint-secretary")
@click.argument("slug")
@click.argument("email")
@click.option("--on", type=DAY, help="The first day; today, if not given.")
def appoint_secretary(slug: str, email: str, on: datetime | None) -> None:
    """Let the staff account EMAIL keep the papers of the council SLUG; safe to run again."""
    with _in_words(), transaction():
        council = _council(slug)
        seating.appoint_secretary(council, _account(email), on=_day(on), actor=CLOCK, now=clock.now())
        click.echo(f"{email} is secretary of {council.slug}.")


@councils.command("members")
@click.argument("slug")
def members(slug: str) -> None:
    """Print who sits in the council SLUG today."""
    with transaction(read_only=True):
        made_up = compositions.composition(_council(slug), clock.today())
        for member in made_up.members:
            click.echo(f"{member.id}\t{member.name}\t{member.origin}\t{member.ngo or ''}\t{member.ends_on}")
        click.echo(
            f"members: {len(made_up.members)}, of civil society: {made_up.civil_society}"
            f" (at least {made_up.least_civil_society})"
        )


def _council(slug: str) -> Council:
    council = queries.by_slug(slug)
    if council is None:
        raise click.ClickException(f"There is no council {slug}: `flask councils list` names them.")
    return council


def _account(email: str) -> int:
    account = accounts.staff_by_email(email)
    if account is None:
        raise click.ClickException("Nobody was appointed with this e-mail: `flask accounts appoint` does it.")
    return account.id


def _day(given: datetime | None) -> date:
    return given.date() if given else clock.today()


@contextmanager
def _in_words() -> Iterator[None]:
    """What a rule refuses, said in words instead of a trace."""
    try:
        yield
    except DomainError as error:
        words: Any = labels.refusal(error)
        raise click.ClickException(str(words)) from error


def init_app(app: Flask) -> None:
    app.cli.add_command(councils)
