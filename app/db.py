"""The database session, the base of all models, and the one place where transactions begin and end."""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from flask import g, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Enum, MetaData, event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction
from sqlalchemy.pool import Pool

ROOT_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

# Named constraints are what a unique violation is recognised by, and what migrations can drop.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    # Every instant is aware; a naive datetime in a model is a defect that the database refuses to guess about.
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: DateTime(timezone=True)}


# Models derive from our typed Base; the library only shares its metadata, so that a change to another one is easy.
db = SQLAlchemy(metadata=Base.metadata)


def enum_column(kind: type[Any], *, length: int = 40) -> Enum:
    """A column for a StrEnum: its values as text, checked by a named constraint-free VARCHAR.

    Values are checked by Python and by the CHECK constraints that tie a state to its columns; a database enum
    would make adding a member a table lock.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda e: [m.value for m in e],
    )


@event.listens_for(Pool, "checkout")
def _replace_lines_that_died(dbapi_connection: Any, _: object, __: object) -> None:
    """A line that waits idle has nothing to read; if it has, the server said goodbye. Asking the server instead
    (`pool_pre_ping`) would cost every request a round trip."""
    try:
        said_something, _writable, _errors = select.select([dbapi_connection.fileno()], [], [], 0)
    except (OSError, ValueError) as error:
        raise DisconnectionError("the line is closed") from error
    if said_something:
        raise DisconnectionError("the server ended the line")


@event.listens_for(Session, "after_begin")
def _refuse_writes_on_safe_requests(_: Session, __: SessionTransaction, connection: Connection) -> None:
    # A GET that could write would let mail scanners confirm, sign or withdraw for people.
    if has_app_context() and g.get("read_only_transaction"):
        connection.execute(text("SET TRANSACTION READ ONLY"))


@contextmanager
def transaction(*, read_only: bool = False) -> Iterator[Any]:
    """Commits when the block ends, rolls back when it raises (and always, if `read_only`); opens nothing until the
    first query.

    Nested use joins the outer transaction, so that a job may call a command's function.
    """
    if g.get("in_transaction"):
        yield db.session
        return
    g.in_transaction, g.read_only_transaction = True, read_only
    try:
        yield db.session
        if read_only:
            db.session.rollback()
        else:
            db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        g.in_transaction = g.read_only_transaction = False


def commit_each_statement() -> None:
    """For a request of one statement: it commits by itself, in one round trip instead of three (BEGIN, it, COMMIT).

    To be called before the first query. Inside somebody's outer transaction (a test's) nothing changes.
    """
    if isinstance(db.session.get_bind(), Engine):
        db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})


def violated_constraint(error: IntegrityError) -> str | None:
    """The name of the constraint that refused a row, as psycopg reports it."""
    diagnostics = getattr(error.orig, "diag", None)
    return getattr(diagnostics, "constraint_name", None)
