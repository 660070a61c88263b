"""What Flask-Login asks: whose cookie is this, and is the session still open?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app, g, session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, login_user, logout_user
from sqlalchemy import select

from app import clock
from app.access import ANONYMOUS, Actor, Role
from app.accounts.keys import token_hash
from app.accounts.models import Account, SignIn
from app.accounts.services.signing_in import Entrance
from app.db import db

# The cookie's "last seen" moves at most this often: an unchanged cookie is not sent again.
SEEN_EVERY = timedelta(minutes=1)


class Visitor(AnonymousUserMixin):  # type: ignore[misc]
    actor: Actor = ANONYMOUS


@dataclass
class SignedInUser(UserMixin):  # type: ignore[misc]
    account: Account
    token: str

    @property
    def actor(self) -> Actor:
        if "actor" not in g:
            g.actor = self.account.actor()
        actor: Actor = g.actor
        return actor

    def get_id(self) -> str:
        return self.token


def load(token: str) -> SignedInUser | None:
    """The person whose session `token` opens; None if it ended, ran out, or was idle for too long."""
    now = clock.now()
    if is_idle(now):
        return None
    found = db.session.scalar(
        select(SignIn).where(
            SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None), SignIn.expires_at > now
        )
    )
    if found is None or found.account.disabled_at is not None:
        return None
    return SignedInUser(found.account, token)


def is_idle(now: datetime) -> bool:
    """Whether this browser was away for too long. Kept in the signed cookie, because a GET cannot write rows.

    Moves the cookie's mark of the last visit as a side effect.
    """
    seen = datetime.fromtimestamp(session.get("seen", 0), now.tzinfo)
    staff = session.get("role") != Role.CITIZEN
    minutes = current_app.config["STAFF_SESSION_IDLE_MINUTES" if staff else "SESSION_IDLE_MINUTES"]
    if now - seen > timedelta(minutes=minutes):
        return True
    if now - seen > SEEN_EVERY:
        session["seen"] = int(now.timestamp())
    return False


def begin(entrance: Entrance, *, now: datetime) -> None:
    """A new cookie, with nothing of the old one in it: a planted session does not survive signing in."""
    session.clear()
    account = entrance.account
    session["seen"] = int(now.timestamp())
    session["role"] = (Role.CITIZEN if account.person_tag else Role.OFFICER).value
    if account.person_tag:
        # The person's own pseudonym, so that signing needs no look-up; worthless without the key file.
        session["tag"] = account.person_tag.hex()
    login_user(SignedInUser(account, entrance.token))


def end() -> None:
    logout_user()
    session.clear()


def init_app(app: Flask) -> None:
    manager = LoginManager()
    # Our sessions are rows that can be ended; a fingerprint of address and browser would only sign out travellers.
    manager.session_protection = None
    manager.anonymous_user = Visitor
    manager.user_loader(load)
    manager.init_app(app)
