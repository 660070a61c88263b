"""Keyset paging: a page costs the same at any depth, and nothing is skipped when rows come and go."""

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Boolean, DateTime, Float, Integer, tuple_

from app.db import db

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`rows` of one page; `next` and `previous` are opaque positions for the address, None at an end."""

    rows: Sequence[Row]
    next: str | None
    previous: str | None


def encode(position: Sequence[Any], *, backwards: bool = False) -> str:
    raw = json.dumps([int(backwards), *position], separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode(position: str | None, *, width: int) -> tuple[bool, list[Any]] | None:
    """The position that an address carries; None for none, and for one that is not ours."""
    if not position or len(position) > 300:
        return None
    try:
        raw = json.loads(base64.urlsafe_b64decode(position + "=" * (-len(position) % 4)))
    except (ValueError, UnicodeDecodeError, RecursionError):
        return None
    if (
        not isinstance(raw, list)
        or len(raw) != width + 1
        or not all(isinstance(v, int | float | str) for v in raw)
    ):
        return None
    if any(isinstance(v, float) and not math.isfinite(v) for v in raw):
        return None
    if any(isinstance(v, int) and abs(v) > 2**62 for v in raw) or any(
        isinstance(v, str) and "\0" in v for v in raw
    ):
        return None
    return bool(raw[0]), raw[1:]


def is_position(position: str, *, order: Sequence[Any]) -> bool:
    """Whether this could be a position of a list of that order."""
    found = decode(position, width=len(order))
    return found is not None and all(
        _fits(column, value) for column, value in zip(order, found[1], strict=True)
    )


def _fits(column: Any, value: Any) -> bool:
    """Whether the database can compare `value` with `column`: a position comes from an address, so from anybody."""
    if isinstance(column.type, Boolean) or isinstance(value, bool):
        return isinstance(column.type, Boolean) and isinstance(value, bool)
    if isinstance(column.type, Float):
        return isinstance(value, int | float)
    if isinstance(column.type, DateTime):
        return isinstance(value, str) and _moment(value) is not None
    if not isinstance(column.type, Integer):
        return isinstance(value, str)
    largest = 2**63 if isinstance(column.type, BigInteger) else 2**31
    return isinstance(value, int) and -largest <= value < largest


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _compared(column: Any, value: Any) -> Any:
    return _moment(value) if isinstance(column.type, DateTime) else value


def keyset(
    query: Any, *, order: Sequence[Any], position: str | None, size: int, scalars: bool = True
) -> Page[Any]:
    """One page of `query`, newest or largest first by `order` (all descending, the last one unique).

    The order's columns are added to the query to make the positions.
    """
    keyed = query.add_columns(*(column.label(f"_k{i}") for i, column in enumerate(order)))
    found = decode(position, width=len(order))
    if found and not all(_fits(column, value) for column, value in zip(order, found[1], strict=True)):
        found = None
    backwards = bool(found and found[0])
    if found:
        values = [_compared(column, value) for column, value in zip(order, found[1], strict=True)]
        edge = tuple_(*order) > tuple_(*values) if backwards else tuple_(*order) < tuple_(*values)
        keyed = keyed.where(edge)
    keyed = keyed.order_by(*((c.asc() if backwards else c.desc()) for c in order)).limit(size + 1)
    rows = list(db.session.execute(keyed))
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    width = len(order)
    first, last = (rows[0][-width:], rows[-1][-width:]) if rows else ((), ())
    has_next = bool(rows) and (more if not backwards else True)
    has_previous = bool(rows) and (more if backwards else found is not None)
    return Page(
        rows=[row[0] if scalars else row[:-width] for row in rows],
        next=encode(last) if has_next else None,
        previous=encode(first, backwards=True) if has_previous else None,
    )
