"""The list of acts of public control: by form, state, council and body, in pages by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import exists, func, select

from app.agencies.models import Agency
from app.control.lifecycle import PUBLIC_STATES, Form, State
from app.control.models import ControlAct
from app.councils.models import Council
from app.db import db
from app.web.pagination import Page, keyset

PAGE_SIZE = 20
ORDER: Sequence[Any] = (ControlAct.announced_at, ControlAct.id)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the list for."""

    form: Form | None = None
    state: State | None = None
    council_id: int | None = None
    agency_id: int | None = None


def page_of(wish: Wish, *, position: str | None, size: int = PAGE_SIZE) -> Page[ControlAct]:
    """One page of what was wished for, what was announced last at the top."""
    return keyset(wished(select(ControlAct), wish), order=ORDER, position=position, size=size)


def wished(query: Any, wish: Wish) -> Any:
    query = query.where(ControlAct.announced_at.is_not(None), ControlAct.state.in_(PUBLIC_STATES))
    if wish.form is not None:
        query = query.where(ControlAct.form == wish.form)
    if wish.state is not None:
        query = query.where(ControlAct.state == wish.state)
    if wish.council_id is not None:
        query = query.where(ControlAct.council_id == wish.council_id)
    if wish.agency_id is not None:
        query = query.where(ControlAct.agency_id == wish.agency_id)
    return query


def form_counts(wish: Wish) -> Mapping[Form, int]:
    """How many there are of each form under the other wishes."""
    found = wished(select(ControlAct.form), replace(wish, form=None)).subquery()
    rows = db.session.execute(select(found.c.form, func.count()).group_by(found.c.form))
    return {Form(form): count for form, count in rows}


def councils() -> Sequence[Council]:
    """The councils with a public act."""
    has_one = exists().where(ControlAct.council_id == Council.id, ControlAct.announced_at.is_not(None))
    return db.session.scalars(select(Council).where(has_one).order_by(Council.level, Council.id)).all()


def bodies() -> Sequence[Agency]:
    """The bodies that were under public control."""
    has_one = exists().where(ControlAct.agency_id == Agency.id, ControlAct.announced_at.is_not(None))
    return db.session.scalars(select(Agency).where(has_one).order_by(Agency.kind, Agency.id)).all()
