"""From a fact to the letters about it, one per recipient and never twice."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from app.db import db
from app.notifications.announcements import ANNOUNCEMENTS, Announcement
from app.notifications.audiences import recipients
from app.notifications.events import MailWaiting
from app.notifications.models import Delivery
from app.outbox import Fact, publish


def announce(fact: Fact, *, now: datetime) -> int:
    """Writes the deliveries of every announcement of `fact`, and says that mail waits; how many were new.

    Idempotent: a fact that comes twice writes nothing the second time.
    """
    new = 0
    for announcement in ANNOUNCEMENTS[type(fact)]:
        if announcement.unless is None or not announcement.unless(fact):
            new += _write(announcement, fact=fact, now=now)
    if new:
        publish(MailWaiting(fact_key=fact.key))
    return new


def _write(announcement: Announcement, *, fact: Fact, now: datetime) -> int:
    """One statement however many there are; who was told of this fact already is left out, by address."""
    people = recipients(announcement.audience, fact).subquery("people")
    email, language, follow_id, details = people.c
    told = (
        select(Delivery.id)
        .where(Delivery.fact_key == fact.key, func.lower(Delivery.email) == func.lower(email))
        .exists()
    )
    values: dict[str, Any] = {**asdict(fact), "audience": announcement.audience.value}
    moment = literal(now, Delivery.created_at.type)
    rows = select(
        literal(fact.key),
        literal(announcement.template),
        email,
        language,
        follow_id,
        cast(literal(values, JSONB), JSONB).op("||")(func.coalesce(details, cast(literal({}, JSONB), JSONB))),
        moment,
        moment,
    ).where(~told)
    columns = ["fact_key", "template", "email", "language", "follow_id", "values", "created_at", "next_at"]
    statement = insert(Delivery).from_select(columns, rows).on_conflict_do_nothing()
    written = db.session.execute(statement, execution_options={"preserve_rowcount": True})
    return int(written.rowcount)  # type: ignore[attr-defined]
