"""Runs migrations through Flask-Migrate, one at a time: two that start together wait for each other."""

from alembic import context
from flask import current_app
from sqlalchemy import text

database = current_app.extensions["migrate"].db
LOCK_SECONDS, STATEMENT_SECONDS = 10, 600


def run() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('migrations', 0))"))
            # A migration that waits behind a long query would hold everybody else up.
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
            connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'"))
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations need a database: give DATABASE_URL, or use bin/flask.")
run()
