"""Writes of the register of bodies."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.agencies.data import Body, bodies
from app.agencies.models import Agency, AgencyKind
from app.db import db
from app.law.thresholds import AddresseeKind
from app.territories.models import Territory
from app.text.search import SearchDocument, document_text, search_vector


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
