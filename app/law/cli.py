"""`flask law`: check the files, print the rules, keep the table of official transfers."""

from datetime import date, datetime

import click
from flask.cli import AppGroup

from app import clock
from app.access import Actor
from app.db import transaction
from app.errors import DomainError
from app.law import queries, registry, services
from app.law.calendar import TransferKind
from app.law.council_rules import CouncilRules
from app.law.rules import Deadline, PetitionRules, Words
from app.law.tables import LawDataError
from app.law.thresholds import ThresholdRule

law = AppGroup("law", help="The rules of the law, and the calendar.")
transfers = AppGroup("transfers", help="Official transfers of days off and working days.")
law.add_command(transfers)

DAY = click.DateTime(["%Y-%m-%d"])
# A command is typed by whoever runs the machine; the audit line carries no account.
OPERATOR = Actor(name="operator")


@law.command()
def check() -> None:
    """Read every file of the law and say what is in it."""
    try:
        for line in registry.check():
            click.echo(line)
    except LawDataError as error:
        raise click.ClickException(str(error)) from error


@law.command()
@click.option("--on", type=DAY, help="The day whose rules to print; today if left out.")
def show(on: datetime | None) -> None:
    """Print the petition rules in force on a day, with their sources."""
    try:
        rules = registry.rules_in_force(on.date() if on else clock.today())
    except registry.NoRulesInForce as error:
        raise click.ClickException("No petition rules were in force on that day.") from error
    for line in _lines(rules):
        click.echo(line)


@law.command()
@click.option("--on", type=DAY, help="The day whose rules to print; today if left out.")
def councils(on: datetime | None) -> None:
    """Print the rules of public councils in force on a day, with their sources."""
    try:
        rules = registry.council_rules_in_force(on.date() if on else clock.today())
    except registry.NoRulesInForce as error:
        raise click.ClickException("No rules of public councils were in force on that day.") from error
    for line in _council_lines(rules):
        click.echo(line)


def _lines(rules: PetitionRules) -> list[str]:
    return [
        f"{rules.id}: {rules.act.en}",
        f"in force from {rules.in_force_from} [{rules.in_force_mark}] to {rules.in_force_until or 'now'}",
        "",
        *(_threshold_line(rule) for rule in rules.thresholds),
        "",
        *(_deadline_line(deadline) for deadline in rules.deadlines.values()),
        "",
        *(f"{ground.number:2} {ground.text.en}" for ground in rules.excluded_matters),
    ]


def _council_lines(rules: CouncilRules) -> list[str]:
    shares = (
        f"{share.id:38} {share.numerator}/{share.denominator}  {share.source} [{share.mark}]"
        for share in rules.shares.values()
    )
    figures = (
        f"{figure.id:38} {figure.value:3}  {figure.source} [{figure.mark}]"
        for figure in rules.figures.values()
    )
    return [
        f"{rules.id}: {rules.act.en}",
        f"in force from {rules.in_force_from} [{rules.in_force_mark}] to {rules.in_force_until or 'now'}",
        "",
        *shares,
        *figures,
        "",
        *(_deadline_line(deadline) for deadline in rules.deadlines.values()),
        "",
        *(f"{form.id:20} {form.final_document.en}  {form.source} [{form.mark}]" for form in rules.forms),
    ]


def _threshold_line(rule: ThresholdRule) -> str:
    if rule.percent is None:
        votes = f"{rule.votes} votes"
    elif rule.votes is None:
        votes = f"{rule.percent} % of the residents"
    else:
        votes = f"{rule.votes} votes over {rule.if_population_over} residents, else {rule.percent} %"
    return f"{rule.addressee:20} {votes}  {rule.source} [{rule.mark}]"


def _deadline_line(deadline: Deadline) -> str:
    period = f"{deadline.value} {deadline.unit.value.replace('_', ' ')}"
    return f"{deadline.name:24} {period:18} from {deadline.starts:24} {deadline.source} [{deadline.mark}]"


@transfers.command("list")
def list_transfers() -> None:
    """Print every line ever entered, the newest first."""
    with transaction(read_only=True):
        for line in queries.transfer_history():
            state = (
                f"revoked {line.revoked_at:%Y-%m-%d}: {line.revoked_reason}"
                if line.revoked_at
                else "in force"
            )
            click.echo(
                f"{line.id:4} {line.day} {line.kind.value:12} {line.reason_en}  ({line.source})  {state}"
            )
        click.echo(f"calendar {registry.current_calendar().version}")


@transfers.command()
@click.argument("day", type=DAY)
@click.argument("kind", type=click.Choice([kind.value for kind in TransferKind]))
@click.option("--kk", required=True, help="The reason in Kazakh.")
@click.option("--ru", required=True, help="The reason in Russian.")
@click.option("--en", required=True, help="The reason in English.")
@click.option("--source", required=True, help="The decision: its kind, date and number.")
def add(day: datetime, kind: str, kk: str, ru: str, en: str, source: str) -> None:
    """Make DAY a day off or a working day."""
    with transaction():
        try:
            line = services.add_transfer(
                day.date(),
                kind=TransferKind(kind),
                reason=Words(kk=kk, ru=ru, en=en),
                source=source,
                actor=OPERATOR,
                now=clock.now(),
            )
        except DomainError as error:
            raise click.ClickException(_refusal(error, day.date())) from error
        click.echo(
            f"{line.day} is now a {line.kind.value.replace('_', ' ')}; due dates already set stay as they are."
        )


@transfers.command()
@click.argument("day", type=DAY)
@click.option("--reason", required=True, help="Why the line no longer holds.")
def revoke(day: datetime, reason: str) -> None:
    """Take the line for DAY out of force; it stays in the list."""
    with transaction():
        line = queries.transfer_in_force_on(day.date())
        if line is None:
            raise click.ClickException(f"No transfer is in force for {day:%Y-%m-%d}.")
        try:
            services.revoke_transfer(line, reason=reason, actor=OPERATOR, now=clock.now())
        except DomainError as error:
            raise click.ClickException(_refusal(error, day.date())) from error
        click.echo(f"{line.day} is again what the calendar says.")


def _refusal(error: DomainError, day: date) -> str:
    messages: dict[type[DomainError], str] = {
        services.AlreadyTransferred: "A line in force already says what {day} is: revoke it first.",
        services.ChangesNothing: "{day} already is that.",
        services.SourceMissing: "The reason, in all three languages, and the source must not be empty.",
        services.OutsideTheCalendar: "The calendar does not reach {day}.",
    }
    return messages.get(type(error), "The table refuses this line for {day}.").format(day=day)
