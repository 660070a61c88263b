"""Real parts for every test: one embedded PostgreSQL and one Valkey per test process, a database from a template."""

import itertools
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.orm import scoped_session, sessionmaker

from app import create_app
from app.accounts.services import signing_in, staff
from app.db import db
from app.local.postgres import EmbeddedPostgres
from app.local.valkey import EmbeddedValkey
from app.web.application import Application
from config import Settings
from tests import processes

# Nothing here is timed: a slow machine is not a fault.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], database=None
)
hypothesis.settings.load_profile("untimed")

# A password's hash is made to cost a quarter of a second, and nearly every test has members of staff.
signing_in.hasher = staff.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """Shows with a failure what the processes beside the test said."""
    report = yield
    if report.failed and (output := processes.said()):
        report.sections.append(("Output of the processes beside the test", output))
    if call.when == "teardown":
        processes.forget_ended()
    return report


SIGNER_KEY = "test-signer-key-test-signer-key-test"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres.start(tmp_path_factory.mktemp("pg"), durable=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    server = EmbeddedValkey.start(tmp_path_factory.mktemp("vk"), durable=False)
    yield server
    server.stop()


def settings_for(database_url: str, redis_url: str, data_dir: Path, **more: str) -> Settings:
    signer = data_dir / "signer_key"
    secret = data_dir / "secret_key"
    for path, value in ((signer, SIGNER_KEY), (secret, secrets.token_hex(32))):
        if not path.exists():
            path.write_text(value, encoding="ascii")
    return Settings.from_environment(
        {
            **{k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "TZ", "LANG")},
            "UNQOS_ENVIRONMENT": "test",
            "UNQOS_DATA_DIR": str(data_dir),
            "UNQOS_SIGNER_KEY_FILE": str(signer),
            "UNQOS_SECRET_KEY_FILE": str(secret),
            "UNQOS_MAIL_BACKEND": "memory",
            "UNQOS_PAGE_CACHE_SECONDS": "0",
            "UNQOS_PUBLIC_URL": "http://localhost",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            **more,
        }
    )


@pytest.fixture(scope="session")
def template(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a database with every table and the registers of territories and agencies."""
    name = "template_unqos"
    app = create_app(settings_for(postgres.url(name), valkey.url, tmp_path_factory.mktemp("data")))
    with app.app_context():
        upgrade(directory=str(Path(__file__).parent.parent / "migrations"))
        from app.agencies.services import load as load_agencies
        from app.db import transaction
        from app.territories.services import load as load_territories

        with transaction():
            load_territories()
            load_agencies()
        db.engine.dispose()
    return name


@pytest.fixture(scope="session")
def app(
    postgres: EmbeddedPostgres,
    valkey: EmbeddedValkey,
    template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Application]:
    name = f"tests_{os.getpid()}"
    postgres.ensure_database(name, template=template)
    made = create_app(settings_for(postgres.url(name), valkey.url, tmp_path_factory.mktemp("data")))
    made.test_client_class = OneConnectionClient
    yield made
    with made.app_context():
        db.engine.dispose()


class OneConnectionClient(FlaskClient):
    """A browser whose requests see what the test wrote, and each have a `g` of their own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.expire_all()
        return response


class OwnContextClient(FlaskClient):
    """A browser whose requests each have a `g` of their own, although the test holds an application context."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def session(app: Application) -> Iterator[Any]:
    """A session whose every commit is taken back after the test; requests of `client` share its connection."""
    with rolled_back(app) as ours:
        yield ours


@contextmanager
def rolled_back(app: Application) -> Iterator[Any]:
    """The session inside, of which nothing is kept; not two at once."""
    with app.app_context():
        connection = db.engine.connect()
        outer = connection.begin()
        ours = scoped_session(
            sessionmaker(bind=connection, join_transaction_mode="create_savepoint"), scopefunc=_context_id
        )
        before, db.session = db.session, ours  # type: ignore[assignment]
        try:
            yield ours
        finally:
            ours.remove()
            db.session = before
            outer.rollback()
            connection.close()


def _context_id() -> int:
    from flask.globals import app_ctx

    return id(app_ctx._get_current_object())  # type: ignore[attr-defined]


@pytest.fixture
def client(app: Flask, session: Any) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def own_database(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, template: str, tmp_path: Path
) -> Iterator[Application]:
    """An application on a database of its own, really committed: for workers, races and faults. Valkey is emptied."""
    with database_of_its_own(postgres, valkey, template, tmp_path) as made:
        yield made


@contextmanager
def database_of_its_own(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, template: str, folder: Path
) -> Iterator[Application]:
    name = f"own_{os.getpid()}_{next(_numbers)}"
    postgres.ensure_database(name, template=template)
    made = create_app(settings_for(postgres.url(name), valkey.url, folder))
    made.test_client_class = OwnContextClient
    with made.app_context():
        from app import queues

        queues.connection().flushall()
        yield made
        db.session.remove()
        db.engine.dispose()
    engine = sa.create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    engine.dispose()


@pytest.fixture
def cast(session: Any) -> Any:
    from tests.cast import Cast

    return Cast()
