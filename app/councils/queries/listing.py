"""The register of councils as a list: by level, region and words of the names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from app.agencies.models import Agency
from app.councils.models import Council, CouncilLevel, Member
from app.councils.queries.composition import sits_on
from app.db import db
from app.i18n import in_reader_language
from app.territories.models import Territory
from app.text.normalize import words
from app.web.pagination import Page, decode, encode

PAGE_SIZE = 30
LEVELS = tuple(CouncilLevel)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the register for."""

    level: CouncilLevel | None = None
    region: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A council as far as choosing and ordering need it; there are a few hundred in the country."""

    id: int
    level: CouncilLevel
    region: str
    name: str
    names: tuple[str, ...]

    def has(self, wanted: Sequence[str]) -> bool:
        return all(any(word.startswith(one) for word in self.names) for one in wanted)


def page_of(wish: Wish, *, position: str | None, size: int = PAGE_SIZE) -> Page[Council]:
    """One page of the register: by level, then region, then name in the reader's language."""
    found = _found(wish)
    at = decode(position, width=1) if position and is_position(position) else None
    start = at[1][0] if at and at[1][0] < len(found) else 0
    shown = found[start : start + size]
    return Page(
        rows=_with_ids([entry.id for entry in shown]),
        next=encode([start + size]) if start + size < len(found) else None,
        previous=encode([max(0, start - size)]) if start else None,
    )


def is_position(position: str) -> bool:
    """Whether this could be a position of the register."""
    at = decode(position, width=1)
    return at is not None and isinstance(at[1][0], int) and at[1][0] >= 0


def all_of(region: str | None = None, *, wish: Wish | None = None) -> list[Council]:
    """The whole register in its order, or what is wished for of it."""
    return _with_ids([entry.id for entry in _found(wish or Wish(region=region or ""))])


def counts(wish: Wish) -> Mapping[CouncilLevel | None, int]:
    """How many there are of each level under the other wishes; of all under None."""
    found = Counter(entry.level for entry in _found(replace(wish, level=None)))
    return {None: found.total(), **{level: found[level] for level in LEVELS}}


def count_members(councils: Sequence[Council], day: date) -> Mapping[int, int]:
    """How many sit in each of the councils on that day, by id; those without anybody are left out."""
    if not councils:
        return {}
    found = (
        select(Member.council_id, func.count())
        .where(Member.council_id.in_([council.id for council in councils]), sits_on(day))
        .group_by(Member.council_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def _found(wish: Wish) -> list[_Entry]:
    above = aliased(Territory)
    rows = db.session.execute(
        select(
            Council.id,
            Council.level,
            Council.name_kk,
            Council.name_ru,
            Council.name_en,
            Territory.code,
            above.code,
            above.kind,
        )
        .outerjoin(Territory, Territory.id == Council.territory_id)
        .outerjoin(above, above.id == Territory.parent_id)
        .where(Council.is_active)
    )
    wanted = words(wish.words)
    entries = []
    for id_, level, kk, ru, en, code, code_above, kind_above in rows:
        # A unit right below the country is a region itself.
        region = (code if kind_above == "country" else code_above) or ""
        if (wish.level and level != wish.level) or (wish.region and region != wish.region):
            continue
        name = in_reader_language(kk=kk, ru=ru, en=en)
        entry = _Entry(id_, level, region, name, tuple(words(f"{kk} {ru} {en}")) if wanted else ())
        if entry.has(wanted):
            entries.append(entry)
    return sorted(entries, key=lambda entry: (LEVELS.index(entry.level), entry.region, entry.name))


def _with_ids(ids: list[int]) -> list[Council]:
    found = (
        select(Council)
        .where(Council.id.in_(ids))
        .options(
            joinedload(Council.territory).joinedload(Territory.parent),
            joinedload(Council.agency).joinedload(Agency.territory),
        )
    )
    by_id = {council.id: council for council in db.session.scalars(found)}
    return [by_id[id_] for id_ in ids]
