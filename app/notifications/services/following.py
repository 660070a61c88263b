"""Following a petition without signing it, and stopping."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from app.access import Actor
from app.db import db
from app.notifications.audiences import Audience
from app.notifications.events import MailWaiting
from app.notifications.models import Delivery, Follow
from app.outbox import publish
from app.petitions import policies
from app.petitions.actions import Action
from app.petitions.models import Petition


@dataclass(frozen=True, slots=True)
class FollowDetails:
    """Where the letters go, and in which language."""

    email: str
    language: str


def follow(petition: Petition, *, details: FollowDetails, actor: Actor, now: datetime) -> Follow:
    """Asks the address by mail whether it wants to be told; nothing else is sent before it says yes.

    Who follows already is asked again all the same and nothing of theirs changes, so that nobody learns from the
    answer whose address is known. One such letter an hour for an address and petition.
    """
    policies.check(Action.FOLLOW, actor, petition)
    made = _upsert(petition, details=details, actor=actor, now=now)
    key = f"follow:{made.id}:{now:%Y-%m-%dT%H}"
    written = db.session.scalar(
        insert(Delivery)
        .values(
            fact_key=key,
            template="follow_confirmation",
            email=made.email,
            language=details.language,
            follow_id=made.id,
            values={"petition_id": petition.id, "audience": Audience.ASKER.value},
            created_at=now,
            next_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Delivery.id)
    )
    if written is not None:
        publish(MailWaiting(fact_key=key))
    return made


def confirm(found: Follow, *, now: datetime) -> None:
    """From now on this address is told; also of one that had stopped. Idempotent."""
    found.confirmed_at = found.confirmed_at or now
    found.ended_at = None


def end(found: Follow, *, now: datetime) -> None:
    """No more letters, also of those that are waiting to be sent. Idempotent."""
    found.ended_at = found.ended_at or now


def _upsert(petition: Petition, *, details: FollowDetails, actor: Actor, now: datetime) -> Follow:
    """One row per petition and address, also for two requests at once. A confirmed one stays as it is; an ended one
    is asked for again under its old token, so that the links of old letters keep their one meaning."""
    statement = insert(Follow).values(
        petition_id=petition.id,
        email=details.email,
        language=details.language,
        account_id=actor.account_id,
        token=secrets.token_urlsafe(32),
        asked_at=now,
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Follow.petition_id, func.lower(Follow.email)],
            set_={
                "language": details.language,
                "account_id": actor.account_id,
                "asked_at": now,
                "confirmed_at": None,
                "ended_at": None,
            },
            where=or_(Follow.confirmed_at.is_(None), Follow.ended_at.is_not(None)),
        )
    )
    return db.session.scalars(
        select(Follow)
        .where(Follow.petition_id == petition.id, func.lower(Follow.email) == details.email.lower())
        .execution_options(populate_existing=True)
    ).one()
