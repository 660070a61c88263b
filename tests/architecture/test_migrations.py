"""Migrations lead up, agree with the models, and lead down again."""

from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from app.db import Base, db

DIRECTORY = str(Path(__file__).resolve().parents[2] / "migrations")


def test_the_head_agrees_with_the_models(own_database):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_there_is_one_head():
    versions = [p.name[:4] for p in sorted(Path(DIRECTORY, "versions").glob("*.py"))]
    assert versions == [f"{n:04d}" for n in range(1, len(versions) + 1)]


def test_down_and_up_again(own_database):
    downgrade(directory=DIRECTORY, revision="base")
    with db.engine.connect() as connection:
        left = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        assert not left
    upgrade(directory=DIRECTORY)


def test_migrations_import_no_models():
    for path in Path(DIRECTORY).rglob("*.py"):
        assert "import app" not in path.read_text() and "from app" not in path.read_text(), path.name
