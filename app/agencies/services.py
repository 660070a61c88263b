"""Writes of the register of bodies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.access import Actor
from app.agencies.data import Body, bodies
from app.agencies.events import AgencySucceeded
from app.agencies.models import Agency, AgencyKind
from app.audit import record
from app.db import db
from app.errors import Conflict
from app.law.thresholds import AddresseeKind
from app.outbox import publish
from app.territories.models import Territory
from app.text.search import SearchDocument, document_text, search_vector


class CannotSucceed(Conflict):
    """The old body is no more already, or the new one is no more, or they are one."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed; all zero when it found everything as it is."""

    added: int
    changed: int


def load(rows: Iterable[Body] | None = None) -> Loaded:
    """Brings the register to what the file says, by slug; the territories must have been loaded.

    Running it twice changes nothing the second time. A body that the file no longer has stays: petitions point to
    it, and who succeeds it is a decision for a person.
    """
    territories = {unit.code: unit.id for unit in db.session.scalars(select(Territory))}
    known = {agency.slug: agency for agency in db.session.scalars(select(Agency))}
    added = changed = 0
    for row in bodies() if rows is None else rows:
        agency = known.get(row.slug)
        if is_new := agency is None:
            agency = Agency(slug=row.slug, is_active=True)
            db.session.add(agency)
        if _describe(agency, row, territory_id=territories[row.territory] if row.territory else None):
            agency.search = search_vector(_document(row))
            added, changed = added + is_new, changed + (not is_new)
    db.session.flush()
    return Loaded(added=added, changed=changed)


def succeed(old: Agency, new: Agency, *, actor: Actor, now: datetime) -> Agency:
    """`old` was dissolved, or merged into `new`, which answers in its place from now on. The row stays: petitions,
    answers and promises point to it. What it still owes is handed over after the fact.
    """
    # Two people at once, one merging A into B and one B into A, would leave a ring.
    for agency in sorted((old, new), key=lambda body: body.id):
        db.session.refresh(agency, with_for_update={"of": Agency})
    if old.id == new.id or not old.is_active or not new.is_active:
        raise CannotSucceed(old=old.slug, new=new.slug)
    old.is_active, old.successor = False, new
    db.session.flush()
    record(actor, "succeed", subject=f"agency:{old.id}", now=now, successor=new.id)
    publish(AgencySucceeded(old_id=old.id, new_id=new.id))
    return old


def _describe(agency: Agency, row: Body, *, territory_id: int | None) -> bool:
    """Sets what differs; true if anything did."""
    wanted = {
        "kind": AgencyKind(row.kind),
        "name_kk": row.kk,
        "name_ru": row.ru,
        "name_en": row.en,
        "territory_id": territory_id,
        "addressee_kind": AddresseeKind(row.addressee_kind) if row.addressee_kind else None,
        "is_authorised_body": row.is_authorised_body,
        "has_public_council": row.has_public_council,
        "keywords_kk": list(row.keywords_kk),
        "keywords_ru": list(row.keywords_ru),
        "keywords_en": list(row.keywords_en),
        "topics": list(row.topics),
        "confidence": row.confidence,
        "note": row.note,
    }
    different = {name: value for name, value in wanted.items() if getattr(agency, name) != value}
    for name, value in different.items():
        setattr(agency, name, value)
    return bool(different)


def _document(row: Body) -> SearchDocument:
    names = " ".join(filter(None, (row.kk, row.ru, row.en)))
    return document_text(names, [" ".join((*row.keywords_kk, *row.keywords_ru, *row.keywords_en))])
