"""The engines that a run needs, and the variables that tell the application about them."""

import contextlib
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from app.local import keys
from app.local.errors import StartRefused
from app.local.places import private_directory
from app.local.postgres import EmbeddedPostgres
from app.local.valkey import EmbeddedValkey

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Engines:
    """Both engines of a data folder; an engine is None where the operator named a server of his own."""

    data: Path
    postgres: EmbeddedPostgres | None = None
    valkey: EmbeddedValkey | None = None
    variables: dict[str, str] = field(default_factory=dict)

    @classmethod
    def start(cls, data: Path) -> "Engines":
        """Keys first, then the engines that are needed; what was started is stopped if the next one fails."""
        engines = cls(private_directory(data, mode=0o755))
        keys.make_missing(data / "secrets", has_data=(data / "postgres" / "data").exists())
        with ExitStack() as undo:
            undo.callback(engines.release)
            if not os.environ.get("DATABASE_URL"):
                engines.postgres = EmbeddedPostgres.start(data / "postgres")
                engines.variables["DATABASE_URL"] = engines.postgres.url()
            if not os.environ.get("REDIS_URL"):
                engines.valkey = EmbeddedValkey.start(data / "valkey")
                engines.variables["REDIS_URL"] = engines.valkey.url
            undo.pop_all()
        return engines

    def release(self) -> None:
        """Stops those that no other process uses, the queue before the database."""
        if self.valkey is not None:
            self.valkey.release()
        if self.postgres is not None:
            self.postgres.release()

    def revive(self) -> list[str]:
        """Starts again an engine that has died, under its old address; yields the names of those."""
        revived = []
        if self.postgres is not None and not self.postgres.is_alive:
            self.postgres = EmbeddedPostgres.start(self.data / "postgres")
            revived.append("PostgreSQL")
        if self.valkey is not None and not self.valkey.is_alive:
            self.valkey = EmbeddedValkey.start(self.data / "valkey")
            revived.append("Valkey")
        return revived

    def environment(self, *, port: int | None = None) -> dict[str, str]:
        """The variables of a process of the application. What the operator set himself stays as he set it.

        Without a port the pages are taken to be where the last run put them.
        """
        usual = {
            "UNQOS_ENVIRONMENT": "demo",
            "UNQOS_MAIL_BACKEND": "folder",
            "UNQOS_LOG_FORMAT": "lines",
            "UNQOS_SECRET_KEY_FILE": str(self.data / "secrets" / "secret_key"),
            "UNQOS_SIGNER_KEY_FILE": str(self.data / "secrets" / "signer_key"),
            "FLASK_APP": str(ROOT / "wsgi.py"),
        }
        if port is None:
            with contextlib.suppress(OSError, ValueError):
                port = int((self.data / "run" / "port").read_text(encoding="ascii"))
        usual["UNQOS_PUBLIC_URL"] = f"http://127.0.0.1:{port or 8000}"
        return {**usual, **os.environ, **self.variables, "UNQOS_DATA_DIR": str(self.data)}


def refuse_foreign_folder(data: Path) -> None:
    """Refuses a folder whose database belongs to another user, before anything fails half way."""
    cluster = data / "postgres" / "data"
    if os.geteuid() != 0 and cluster.exists() and cluster.stat().st_uid != os.geteuid():
        raise StartRefused(
            f"{cluster} was made by another user (perhaps by root). Start as that user, or choose another folder "
            "with --data DIR."
        )
