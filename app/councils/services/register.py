"""Bringing the register of councils to what the file says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.agencies.models import Agency
from app.councils.data import Place, places
from app.councils.models import Council, CouncilLevel
from app.db import db
from app.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed; all zero when it found everything as it is."""

    added: int
    changed: int


def load(rows: Iterable[Place] | None = None) -> Loaded:
    """Brings the register to what the file says, by slug; bodies and territories must have been loaded.

    Running it twice changes nothing the second time. What people decided stays theirs: the size, the council's own
    regulation, and whether it is active. A council that the file no longer has stays.
    """
    territories: dict[str, int] = {
        code: id_ for id_, code in db.session.execute(select(Territory.id, Territory.code))
    }
    bodies: dict[str, int] = {slug: id_ for id_, slug in db.session.execute(select(Agency.id, Agency.slug))}
    known = {council.slug: council for council in db.session.scalars(select(Council))}
    added = changed = 0
    for row in places() if rows is None else rows:
        wanted = _wanted(row, bodies=bodies, territories=territories)
        council = known.get(row.slug)
        if council is None:
            db.session.add(Council(slug=row.slug, is_active=True, note="", **wanted))
            added += 1
        elif different := {name: value for name, value in wanted.items() if getattr(council, name) != value}:
            for name, value in different.items():
                setattr(council, name, value)
            changed += 1
    db.session.flush()
    return Loaded(added=added, changed=changed)


def _wanted(row: Place, *, bodies: dict[str, int], territories: dict[str, int]) -> dict[str, Any]:
    body = row.body or {}
    return {
        "level": CouncilLevel(row.level),
        "name_kk": row.kk,
        "name_ru": row.ru,
        "name_en": row.en,
        "agency_id": bodies[row.agency] if row.agency else None,
        "approver_id": bodies[row.approver] if row.approver else None,
        "body_kk": body.get("kk"),
        "body_ru": body.get("ru"),
        "body_en": body.get("en"),
        "territory_id": territories[row.territory] if row.territory else None,
        "topics": list(row.topics),
        "confidence": row.confidence,
    }
