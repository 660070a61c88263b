"""`flask accounts …`: who works here, and in which role."""

from collections.abc import Callable
from dataclasses import dataclass

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app import clock
from app.access import CLOCK, Role
from app.accounts import queries
from app.accounts.models import RoleAssignment
from app.accounts.services import staff
from app.accounts.services.staff import SHORTEST_PASSWORD
from app.db import transaction
from app.errors import InvalidInput

accounts = AppGroup("accounts", help="Members of staff and their roles.")
STAFF_ROLES = sorted(role.value for role in Role if role is not Role.CITIZEN)


@dataclass(frozen=True, slots=True)
class Bodies:
    """How bodies are found: handed in by the composition, because the register of bodies stands a floor above."""

    id_of: Callable[[str], int | None]
    slug_of: Callable[[int], str | None]


def bodies() -> Bodies:
    found: Bodies = current_app.extensions["bodies"]
    return found


@accounts.command("appoint")
@click.argument("email")
@click.argument("role", type=click.Choice(STAFF_ROLES))
@click.option("--given-name", prompt=True)
@click.option("--family-name", prompt=True)
@click.option(
    "--agency", metavar="SLUG", help="The body of an officer or a head, as `flask agencies list` names it."
)
@click.option("--language", type=click.Choice(["kk", "ru", "en"]), default="ru", show_default=True)
@click.password_option(help=f"At least {SHORTEST_PASSWORD} characters; an account that exists keeps its own.")
def appoint(
    email: str,
    role: str,
    given_name: str,
    family_name: str,
    agency: str | None,
    language: str,
    password: str,
) -> None:
    """Give ROLE to the member of staff with EMAIL, making the account if there is none; safe to run again."""
    if (role in (Role.OFFICER, Role.HEAD)) != (agency is not None):
        raise click.UsageError(
            "Officers and heads belong to a body, named with --agency; the others to none."
        )
    try:
        with transaction():
            agency_id = bodies().id_of(agency) if agency else None
            if agency and agency_id is None:
                raise click.UsageError(f"There is no body {agency}: `flask agencies list` names them.")
            staff.appoint(
                email=email,
                password=password,
                given_name=given_name,
                family_name=family_name,
                role=Role(role),
                agency_id=agency_id,
                language=language,
                actor=CLOCK,
                now=clock.now(),
            )
    except InvalidInput as error:
        raise click.ClickException(
            f"The password is shorter than {error.data.get('shortest')} characters."
        ) from error
    click.echo(f"{email} is {role}.")


@accounts.command("dismiss")
@click.argument("email")
def dismiss(email: str) -> None:
    """Close the account of EMAIL: its roles and its open sessions end."""
    with transaction():
        account = queries.staff_by_email(email)
        if account is None:
            raise click.ClickException("Nobody was appointed with this e-mail.")
        staff.dismiss(account, actor=CLOCK, now=clock.now())
    click.echo(f"{email} is dismissed.")


@accounts.command("list")
def list_staff() -> None:
    """Print everybody who was ever appointed, with the roles held today."""
    with transaction(read_only=True):
        for account in queries.staff():
            held = [_role(role) for role in account.roles if role.ended_at is None]
            state = "closed" if account.disabled_at else ", ".join(held) or "no role"
            click.echo(f"{account.email}\t{account.name}\t{state}")


def _role(held: RoleAssignment) -> str:
    return f"{held.role.value} of {bodies().slug_of(held.agency_id)}" if held.agency_id else held.role.value


def init_app(app: Flask, *, bodies: Bodies) -> None:
    app.extensions["bodies"] = bodies
    app.cli.add_command(accounts)
