"""The PostgreSQL of the one-machine default: the server that comes as a wheel, on a Unix socket, without a port."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from app.local import places, postgres_binaries, processes
from app.local.errors import EngineFailed
from app.local.postgres_binaries import Runner

USER = "unqos"
# The number is only a part of the socket's name; no TCP port is opened.
SOCKET = ".s.PGSQL.5432"
START_SECONDS = 60.0
# Fast shutdown; then immediate, which recovers from the log at the next start; then the kernel's.
STOP_STEPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """A running PostgreSQL that belongs to one directory."""

    def __init__(self, directory: Path, process: processes.Mark, sockets: Path, *, adopted: bool) -> None:
        self.directory = directory
        self.adopted = adopted
        self._process = process
        self._sockets = sockets
        self._child: subprocess.Popen[bytes] | None = None
        self._in_use: places.InUse | None = None

    @classmethod
    def start(
        cls, directory: Path, *, durable: bool = True, settings: Mapping[str, str] | None = None
    ) -> Self:
        """Adopts the server that already runs for this directory, or starts one and waits until it answers.

        A new directory gets a new cluster. `durable=False` trades safety for speed, for tests. `settings` are
        server parameters; an adopted server keeps those that it was started with.
        """
        places.private_directory(directory, mode=0o755)
        with places.starting(directory):
            in_use = places.InUse(directory)
            engine = cls._running(directory)
            if engine is None:
                stop_left_behind(directory)
                chosen = {**SETTINGS, **({} if durable else NOT_DURABLE), **(settings or {})}
                engine = cls._launch(directory, chosen, durable=durable)
            engine._in_use = in_use
            return engine

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.alive

    def url(self, database: str = "unqos") -> str:
        """The SQLAlchemy address of a database, which is created if it is absent."""
        self.ensure_database(database)
        return f"postgresql+psycopg://{USER}@/{database}?host={quote(str(self._sockets))}"

    def ensure_database(self, name: str, *, template: str | None = None) -> None:
        """Creates the database if it is absent, as a copy of the template if one is given."""
        with self._connection() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                return
            create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            if template is not None:
                create += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
            # Another process may have been quicker.
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(create)

    def stop(self) -> None:
        """Stops the server, whoever started it, and waits until it is gone."""
        with places.starting(self.directory):
            self._stop()

    def release(self) -> None:
        """Stops the server if no other process uses it any more."""
        with places.starting(self.directory):
            if self._in_use is None or self._in_use.is_mine_alone():
                self._stop()
            else:
                self._in_use.release()

    def _stop(self) -> None:
        if not processes.stop([self._process], steps=STOP_STEPS):
            raise EngineFailed(f"PostgreSQL (process {self.pid}) does not stop.")
        if self._child is not None:
            self._child.wait()
        places.forget_socket_directory(self.directory)
        if self._in_use is not None:
            self._in_use.release()

    def _connection(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(
            host=str(self._sockets), user=USER, dbname="postgres", autocommit=True, connect_timeout=5
        )

    def _answers(self) -> bool:
        try:
            with self._connection() as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    @classmethod
    def _running(cls, directory: Path) -> Self | None:
        """The server left by an earlier start, if it answers within a few seconds."""
        lines = _pid_file(directory / "data")
        if len(lines) < 5:
            return None
        found = next((p for p in processes.working_in(directory / "data") if p.pid == int(lines[0])), None)
        if found is None:
            return None
        engine = cls(directory, found, Path(lines[4]), adopted=True)
        # It may be starting still, or recovering.
        return engine if processes.wait_until(engine._answers, timeout_seconds=5.0) else None

    @classmethod
    def _launch(cls, directory: Path, settings: Mapping[str, str], *, durable: bool) -> Self:
        runner = Runner.of_this_process()
        binaries = postgres_binaries.find(runner)
        data = directory.resolve() / "data"
        log = directory / "postgresql.log"
        if not (data / "PG_VERSION").exists():
            _initialise(binaries, data, log, runner, durable=durable)
        _refuse_other_major(binaries, data)
        owner = None if runner is None else (runner.uid, runner.gid)
        sockets = places.socket_directory(directory, name=SOCKET, owner=owner)
        # Nobody serves this directory any more, but the process id in a left lock file may look alive.
        for leftover in sockets.iterdir():
            leftover.unlink()
        arguments = {**settings, "unix_socket_directories": str(sockets)}
        words = [str(binaries.postgres), "-D", _seen_by(runner, data)]
        words += [word for name, value in arguments.items() for word in ("-c", f"{name}={value}")]
        child = _spawn(words, data, log, runner)
        # Between the start and the first answer the process has no mark of its own yet to wait for.
        process = processes.mark(child.pid)
        engine = cls(directory, process or processes.Mark(child.pid, ""), sockets, adopted=False)
        engine._child = child
        up = processes.wait_until(
            lambda: child.poll() is not None or engine._answers(), timeout_seconds=START_SECONDS
        )
        if not up or child.poll() is not None:
            child.kill()
            child.wait()
            raise EngineFailed(f"PostgreSQL did not start; {log} says why.")
        return engine


def _pid_file(data: Path) -> list[str]:
    """The lines of the server's own pid file: process, data, start, port, socket directory and more."""
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def stop_left_behind(directory: Path) -> None:
    """Stops whatever still runs in the data directory, and removes what a killed server left.

    Its backends may live on and hold the shared memory, which a new server refuses; and the process id in its
    pid file may belong to somebody else by now.
    """
    data = directory / "data"
    if not data.exists():
        return
    left = processes.working_in(data)
    if not processes.stop(left, steps=STOP_STEPS):
        pids = ", ".join(str(process.pid) for process in left)
        raise EngineFailed(f"An earlier PostgreSQL in {data} does not stop (processes {pids}).")
    (data / "postmaster.pid").unlink(missing_ok=True)


def _refuse_other_major(binaries: postgres_binaries.Binaries, data: Path) -> None:
    major = int((data / "PG_VERSION").read_text(encoding="ascii").strip())
    if major != binaries.major:
        raise EngineFailed(
            f"{data} was made by PostgreSQL {major}, and this is PostgreSQL {binaries.major}. Start it with "
            "the earlier version of Únqos, or choose another folder with --data DIR."
        )


def _initialise(
    binaries: postgres_binaries.Binaries, data: Path, log: Path, runner: Runner | None, *, durable: bool
) -> None:
    """Makes a cluster whose letters are those of Unicode.

    The locale decides whether searching Kazakh and Russian texts works: with plain C, `lower()` and the trigrams
    know only ASCII.
    """
    _empty_out(data)
    data.mkdir(mode=0o700, exist_ok=True)
    if runner is not None:
        os.chown(data, runner.uid, runner.gid)
    for locale in _locales():
        words = [str(binaries.initdb), "-D", _seen_by(runner, data), "--username", USER, "--auth", "trust"]
        words += ["--encoding", "UTF8", "--locale", locale, "--no-instructions"]
        if not durable:
            words += ["--no-sync"]
        if _spawn(words, data, log, runner).wait() == 0:
            return
        _empty_out(data)
    raise EngineFailed(f"The database folder {data} could not be made; {log} says why.")


def _empty_out(data: Path) -> None:
    """Removes what a start that was killed in the middle left of a cluster."""
    for path in data.iterdir() if data.exists() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _locales() -> Iterator[str]:
    yield "C.UTF-8"
    if sys.platform == "darwin":
        # Older macOS does not know C.UTF-8.
        yield "en_US.UTF-8"


def _seen_by(runner: Runner | None, data: Path) -> str:
    """How the server names its data directory.

    `nobody` may not walk down a path like /root/…, but a process always reaches its own working directory, which
    we enter for it while we still are root.
    """
    if runner is None or not processes.LINUX or all(p.stat().st_mode & 0o001 for p in data.parents):
        return str(data)
    return "/proc/self/cwd"


def _spawn(words: list[str], data: Path, log: Path, runner: Runner | None) -> "subprocess.Popen[bytes]":
    """Starts a program of PostgreSQL in the data directory, away from the terminal's process group."""
    as_whom: dict[str, Any] = (
        {} if runner is None else {"user": runner.uid, "group": runner.gid, "extra_groups": []}
    )
    environment = {
        name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ
    }
    with log.open("ab") as output:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=data,
            env={**environment, "LC_ALL": "C"},
            start_new_session=True,
            **as_whom,
        )
