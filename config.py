"""What an operator sets: addresses, secrets and limits of the machine, read once from the environment.

Anything that a lawyer could change is not a setting but a rule of the law (`app/law/data`).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from environs import Env, EnvError, validate

ROOT = Path(__file__).resolve().parent


class Environment(StrEnum):
    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class SettingsError(RuntimeError):
    """The environment cannot be understood; the message is one sentence for the operator."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    environment: Environment
    data_dir: Path
    database_url: str
    redis_url: str
    public_url: str
    trusted_hosts: tuple[str, ...]
    trusted_proxy_count: int
    secret_key: str
    signer_key: bytes
    mail_backend: str
    mail_host: str
    mail_port: int
    mail_username: str | None
    mail_password: str | None
    mail_use_tls: bool
    mail_sender: str
    contact_email: str
    upload_limit_bytes: int
    request_limit_bytes: int
    session_lifetime_hours: int
    session_idle_minutes: int
    staff_session_lifetime_hours: int
    staff_session_idle_minutes: int
    page_cache_seconds: int
    page_cache_entries: int
    sequencer_interval_seconds: float
    sequencer_batch_rows: int
    database_pool_size: int
    log_format: str
    metrics_dir: str | None
    source_code_url: str

    @property
    def is_demo(self) -> bool:
        return self.environment is Environment.DEMO

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def allows_test_identities(self) -> bool:
        """The test identity provider believes what is typed: never where real people sign."""
        return self.environment in (Environment.DEMO, Environment.TEST)

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "mail"

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings that `environ` (by default the process's) describes; SettingsError if it cannot be."""
        source = dict(os.environ if environ is None else environ)
        env = Env(prefix="UNQOS_")
        with _temporarily(source):
            try:
                return cls._read(env, source)
            except EnvError as error:
                raise SettingsError(str(error)) from error

    @classmethod
    def _read(cls, env: Env, source: Mapping[str, str]) -> Settings:
        environment = Environment(
            env.str(
                "ENVIRONMENT", "production", validate=validate.OneOf([member.value for member in Environment])
            )
        )
        production = environment is Environment.PRODUCTION
        data_dir = Path(env.str("DATA_DIR", str(ROOT / "var"))).resolve()
        public_url = env.str("PUBLIC_URL", "" if production else "http://127.0.0.1:8000").rstrip("/")
        if not public_url.startswith(("http://", "https://")):
            raise SettingsError(
                "UNQOS_PUBLIC_URL must be the address that people type, such as https://unqos.kz."
            )
        host = public_url.split("://", 1)[1].split("/", 1)[0]
        return cls(
            environment=environment,
            data_dir=data_dir,
            database_url=_psycopg(_required(source, "DATABASE_URL")),
            redis_url=_required(source, "REDIS_URL"),
            public_url=public_url,
            trusted_hosts=tuple(env.list("TRUSTED_HOSTS", [host, host.split(":")[0]])),
            trusted_proxy_count=env.int("TRUSTED_PROXY_COUNT", 0),
            secret_key=_secret(env, "SECRET_KEY", required=environment is not Environment.TEST),
            signer_key=_signer_key(env, required=environment is not Environment.TEST),
            mail_backend=env.str(
                "MAIL_BACKEND",
                "smtp" if production else "folder",
                validate=validate.OneOf(["smtp", "folder", "memory"]),
            ),
            mail_host=env.str("MAIL_HOST", "127.0.0.1"),
            mail_port=env.int("MAIL_PORT", 25),
            mail_username=env.str("MAIL_USERNAME", None),
            mail_password=env.str("MAIL_PASSWORD", None),
            mail_use_tls=env.bool("MAIL_USE_TLS", False),
            mail_sender=env.str("MAIL_SENDER", f"no-reply@{host.split(':')[0]}"),
            contact_email=env.str(
                "CONTACT_EMAIL", f"help@{host.split(':')[0]}" if production else "help@unqos.example"
            ),
            upload_limit_bytes=env.int("UPLOAD_LIMIT_BYTES", 10 * 1024 * 1024),
            request_limit_bytes=env.int("REQUEST_LIMIT_BYTES", 36 * 1024 * 1024),
            session_lifetime_hours=env.int("SESSION_LIFETIME_HOURS", 12),
            session_idle_minutes=env.int("SESSION_IDLE_MINUTES", 30 if production else 240),
            staff_session_lifetime_hours=env.int("STAFF_SESSION_LIFETIME_HOURS", 8),
            staff_session_idle_minutes=env.int("STAFF_SESSION_IDLE_MINUTES", 15 if production else 240),
            page_cache_seconds=env.int("PAGE_CACHE_SECONDS", 5),
            page_cache_entries=env.int("PAGE_CACHE_ENTRIES", 512),
            sequencer_interval_seconds=env.float("SEQUENCER_INTERVAL_SECONDS", 2.0),
            sequencer_batch_rows=env.int("SEQUENCER_BATCH_ROWS", 5000),
            database_pool_size=env.int("DATABASE_POOL_SIZE", 8),
            log_format=env.str("LOG_FORMAT", "json", validate=validate.OneOf(["json", "lines"])),
            # The variable of the Prometheus client itself, which several processes need.
            metrics_dir=source.get("PROMETHEUS_MULTIPROC_DIR"),
            source_code_url=env.str("SOURCE_CODE_URL", "https://github.com/unqos/unqos"),
        )


class _temporarily:
    """Lets environs, which reads os.environ only, read another mapping."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)

    def __enter__(self) -> None:
        self.before = dict(os.environ)
        os.environ.clear()
        os.environ.update(self.environ)

    def __exit__(self, *_: object) -> None:
        os.environ.clear()
        os.environ.update(self.before)


def _required(source: Mapping[str, str], name: str) -> str:
    if not source.get(name):
        raise SettingsError(f"{name} is not set: name your server, or use bin/run, which brings its own.")
    return source[name]


def _psycopg(url: str) -> str:
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _secret(env: Env, name: str, *, required: bool) -> str:
    path = env.str(f"{name}_FILE", None)
    if path:
        return _read_secret(Path(path), name)
    if required:
        raise SettingsError(
            f"UNQOS_{name}_FILE is not set: it names a file with at least 32 random characters."
        )
    return secrets.token_hex(32)


def _signer_key(env: Env, *, required: bool) -> bytes:
    """The key that signers and people are hashed with. Its file lies outside the database and its backups."""
    return _secret(env, "SIGNER_KEY", required=required).encode()


def _read_secret(path: Path, name: str) -> str:
    try:
        value = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The file {path} that UNQOS_{name}_FILE names can't be read: {error}."
        ) from error
    if len(value) < 32:
        raise SettingsError(f"The file {path} that UNQOS_{name}_FILE names is shorter than 32 characters.")
    return value
