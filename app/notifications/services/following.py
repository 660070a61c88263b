"""Following a petition without signing it, a draft act, or a public council; saving a search; stopping."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from app.access import Actor
from app.consultations import policies as draft_policies
from app.consultations.actions import Action as DraftAction
from app.consultations.models import DraftAct
from app.councils import policies as council_policies
from app.councils.models import Council
from app.db import db
from app.errors import NotFound
from app.notifications.audiences.names import Audience
from app.notifications.events import MailWaiting
from app.notifications.models import Delivery, Follow, Frequency, SavedSearch, Subscribed
from app.outbox import publish
from app.petitions import policies
from app.petitions.actions import Action
from app.petitions.models import Petition

# By what is followed: the column that names it, and the letter that asks whether it is wanted.
KINDS: dict[type[Any], tuple[str, str]] = {
    Petition: ("petition_id", "follow_confirmation"),
    DraftAct: ("draft_id", "draft_follow_confirmation"),
    Council: ("council_id", "council_follow_confirmation"),
}


@dataclass(frozen=True, slots=True)
class FollowDetails:
    """Where the letters go, and in which language."""

    email: str
    language: str


@dataclass(frozen=True, slots=True)
class SearchDetails:
    """Where the letters go, how often, and what they tell of; an empty wish tells of every new draft act."""

    email: str
    language: str
    frequency: Frequency
    stage: str = ""
    topic: str = ""
    agency_id: int | None = None
    region: str = ""
    words: str = ""


def follow(
    subject: Petition | DraftAct | Council, *, details: FollowDetails, actor: Actor, now: datetime
) -> Follow:
    """Asks the address by mail whether it wants to be told; nothing else is sent before it says yes.

    Who follows already is asked again all the same and nothing of theirs changes, so that nobody learns from the
    answer whose address is known. One such letter an hour for an address and subject.
    """
    _check(subject, actor)
    key, template = KINDS[type(subject)]
    column = getattr(Follow, key)
    _ask(
        Follow,
        keys=[column, func.lower(Follow.email)],
        values={key: subject.id, "email": details.email},
        language=details.language,
        actor=actor,
        now=now,
    )
    made = db.session.scalars(
        select(Follow)
        .where(column == subject.id, func.lower(Follow.email) == details.email.lower())
        .execution_options(populate_existing=True)
    ).one()
    _write_question(
        made,
        key=f"follow:{made.id}",
        template=template,
        language=details.language,
        values={key: subject.id},
        now=now,
    )
    return made


def _check(subject: Petition | DraftAct | Council, actor: Actor) -> None:
    if isinstance(subject, Petition):
        policies.check(Action.FOLLOW, actor, subject)
    elif isinstance(subject, DraftAct):
        draft_policies.check(DraftAction.FOLLOW, actor, subject)
    elif not council_policies.may_know(actor, subject):
        raise NotFound(kind="Council")


def save_search(details: SearchDetails, *, actor: Actor, now: datetime) -> SavedSearch:
    """Asks the address by mail whether it wants these letters, like `follow`; the same wish asked for twice is one."""
    wish: dict[str, Any] = {
        "frequency": details.frequency,
        "stage": details.stage,
        "topic": details.topic,
        "agency_id": details.agency_id,
        "region": details.region,
        "words": details.words,
    }
    columns = {name: getattr(SavedSearch, name) for name in wish}
    _ask(
        SavedSearch,
        keys=[func.lower(SavedSearch.email), *columns.values()],
        values={**wish, "email": details.email},
        language=details.language,
        actor=actor,
        now=now,
    )
    made = db.session.scalars(
        select(SavedSearch)
        .where(
            func.lower(SavedSearch.email) == details.email.lower(),
            *(column.is_not_distinct_from(wish[name]) for name, column in columns.items()),
        )
        .execution_options(populate_existing=True)
    ).one()
    _write_question(
        made,
        key=f"search:{made.id}:asked",
        template="search_confirmation",
        language=details.language,
        values={"search_id": made.id},
        now=now,
    )
    return made


def confirm(found: Subscribed, *, now: datetime) -> None:
    """From now on this address is told; also of one that had stopped. Idempotent."""
    found.confirmed_at = found.confirmed_at or now
    if found.ended_at is not None and isinstance(found, SavedSearch):
        # What was announced while nobody wanted to know is no news.
        found.looked_at = now
    found.ended_at = None


def end(found: Subscribed, *, now: datetime) -> None:
    """No more letters, also of those that are waiting to be sent. Idempotent."""
    found.ended_at = found.ended_at or now


def _ask(
    model: type[Follow] | type[SavedSearch],
    *,
    keys: list[Any],
    values: dict[str, Any],
    language: str,
    actor: Actor,
    now: datetime,
) -> None:
    """One row per address and wish, also for two requests at once. A confirmed one stays as it is; an ended one is
    asked for again under its old token, so that the links of old letters keep their one meaning."""
    asked = {"language": language, "account_id": actor.account_id, "asked_at": now}
    statement = insert(model).values(**values, **asked, token=secrets.token_urlsafe(32))
    anew: dict[str, Any] = {"confirmed_at": None, "ended_at": None}
    if model is SavedSearch:
        anew["looked_at"] = None
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=keys,
            set_={**asked, **anew},
            where=or_(model.confirmed_at.is_(None), model.ended_at.is_not(None)),
        )
    )


def _write_question(
    made: Subscribed, *, key: str, template: str, language: str, values: dict[str, Any], now: datetime
) -> None:
    """The letter with the link to confirm; at most one an hour."""
    key = f"{key}:{now:%Y-%m-%dT%H}"
    written = db.session.scalar(
        insert(Delivery)
        .values(
            fact_key=key,
            template=template,
            email=made.email,
            language=language,
            follow_id=made.id if isinstance(made, Follow) else None,
            values={**values, "audience": Audience.ASKER.value},
            created_at=now,
            next_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Delivery.id)
    )
    if written is not None:
        publish(MailWaiting(fact_key=key))
