"""Folders, locks and sockets that the embedded engines need under their directory."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from app.local.errors import LocalError

# `sockaddr_un` holds 108 bytes on Linux and 104 on macOS, the closing zero included.
SOCKET_PATH_BYTES = 100


def private_directory(directory: Path, *, mode: int = 0o700) -> Path:
    """The directory, made with this mode if it was absent; one clear sentence if that is not allowed."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=mode)
    except OSError as error:
        raise LocalError(
            f"Cannot write to {directory} ({error.strerror}). Choose another folder with --data DIR."
        ) from error
    return directory


@contextlib.contextmanager
def starting(directory: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the engine of this directory; others wait here."""
    with (directory / "start.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class InUse:
    """Says to other processes that the engine of a directory is needed.

    A shared lock on a file, which the kernel takes back even after `kill -9`. Who can turn his own into an
    exclusive one is the last user, and may stop the engine.
    """

    def __init__(self, directory: Path) -> None:
        self._file: IO[str] = (directory / "users.lock").open("a")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def is_mine_alone(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def release(self) -> None:
        self._file.close()


def socket_directory(directory: Path, *, name: str, owner: tuple[int, int] | None = None) -> Path:
    """A private directory whose path is short enough for the socket of this name.

    Normally `directory/socket`. Where that is too long, or closed to the engine's user, it lies under the
    system's temporary directory and the file `directory/socket-directory` says where, for the next start.
    """
    record = directory / "socket-directory"
    usual = directory.resolve() / "socket"
    if _fits(usual / name) and (owner is None or is_open_to_others(usual.parent)):
        record.unlink(missing_ok=True)
        found = private_directory(usual)
    else:
        found = _recorded(record, name) or Path(tempfile.mkdtemp(prefix="unqos-"))
        record.write_text(str(found), encoding="utf-8")
    if owner is not None:
        os.chown(found, *owner)
    found.chmod(0o700)
    return found


def known_socket_directory(directory: Path) -> Path:
    """Where the last start put the socket, whether or not it is still there."""
    with contextlib.suppress(OSError):
        return Path((directory / "socket-directory").read_text(encoding="utf-8"))
    return directory.resolve() / "socket"


def forget_socket_directory(directory: Path) -> None:
    """Removes a socket directory under the temporary directory, with its record."""
    record = directory / "socket-directory"
    if not record.exists():
        return
    with contextlib.suppress(OSError):
        elsewhere = Path(record.read_text(encoding="utf-8"))
        for leftover in elsewhere.iterdir():
            leftover.unlink()
        elsewhere.rmdir()
    record.unlink(missing_ok=True)


def _recorded(record: Path, name: str) -> Path | None:
    try:
        found = Path(record.read_text(encoding="utf-8"))
        status = found.lstat()
    except OSError:
        return None
    # Somebody else may have made a directory of that name after the temporary directory was emptied.
    private = found.is_dir() and not found.is_symlink() and not status.st_mode & 0o077
    return found if private and (os.geteuid() in (0, status.st_uid)) and _fits(found / name) else None


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= SOCKET_PATH_BYTES


def is_open_to_others(path: Path) -> bool:
    """Whether a user without any rights of his own may enter this directory, or read this file."""
    path = path.resolve()
    wanted = 0o005 if path.is_dir() or os.access(path, os.X_OK) else 0o004
    try:
        return path.stat().st_mode & wanted == wanted and all(p.stat().st_mode & 0o001 for p in path.parents)
    except OSError:
        return False
