"""Coming in and going out."""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import ARGON2_VERSION
from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.accounts.errors import WrongPassword
from app.accounts.identity_providers import Identity
from app.accounts.keys import person_tag, token_hash
from app.accounts.models import Account, SignIn
from app.db import db

hasher = PasswordHasher()


def _nobodys_password() -> str:
    """A hash that checking takes as long as for any other, and that no password has.

    Random bytes in place of a computed hash: every command of ours would wait for that at its start.
    """
    salt, digest = (
        b64encode(secrets.token_bytes(size)).rstrip(b"=").decode()
        for size in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


# Checked when there is no such account, so that the answer takes as long as for one that exists.
NOBODYS_PASSWORD = _nobodys_password()


@dataclass(frozen=True, slots=True)
class Entrance:
    """A new session: `token` goes into the cookie and nowhere else."""

    account: Account
    token: str


def enter_as_citizen(identity: Identity, *, language: str, now: datetime) -> Entrance:
    """Signs the person in, with a new account at the first time; names follow what the provider says today."""
    tag = person_tag(identity.iin.digits)
    statement = insert(Account).values(
        person_tag=tag,
        born_on=identity.iin.born_on,
        given_name=identity.given_name,
        family_name=identity.family_name,
        language=language,
        created_at=now,
    )
    # One statement, so that two first sign-ins at once make one account.
    account_id = db.session.scalar(
        statement.on_conflict_do_update(
            index_elements=[Account.person_tag],
            set_={"given_name": identity.given_name, "family_name": identity.family_name},
        ).returning(Account.id)
    )
    account = db.session.get_one(Account, account_id, populate_existing=True)
    if account.disabled_at is not None:
        raise WrongPassword()
    return _enter(account, provider=identity.provider, now=now)


def enter_as_staff(*, email: str, password: str, now: datetime) -> Entrance:
    """Signs a member of staff in; WrongPassword says no more than that."""
    account = db.session.scalar(
        select(Account).where(
            func.lower(Account.email) == email.strip().lower(), Account.password_hash.is_not(None)
        )
    )
    stored = account.password_hash if account and account.password_hash else NOBODYS_PASSWORD
    try:
        hasher.verify(stored, password)
    except (Argon2Error, InvalidHashError) as error:
        raise WrongPassword() from error
    if account is None or account.disabled_at is not None:
        raise WrongPassword()
    return _enter(account, provider="password", now=now)


def leave(token: str, *, now: datetime) -> None:
    """Ends the session of `token` for every copy of the cookie. Ending an ended one changes nothing."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def _enter(account: Account, *, provider: str, now: datetime) -> Entrance:
    token = secrets.token_urlsafe(32)
    hours = current_app.config["STAFF_SESSION_HOURS" if account.password_hash else "SESSION_HOURS"]
    db.session.add(
        SignIn(
            token_hash=token_hash(token),
            account_id=account.id,
            started_at=now,
            expires_at=now + timedelta(hours=hours),
            provider=provider,
        )
    )
    return Entrance(account, token)
