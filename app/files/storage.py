"""Where the bytes of attachments lie: a port with a folder behind it, and memory in tests."""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from flask import current_app

from app import clock

_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.[a-z]{1,5}")
_CHUNK_BYTES = 64 * 1024
STORAGE = "file_storage"  # under which name an application carries its own


class Storage(Protocol):
    """Keeps bytes under keys that it makes itself; a key never holds anything that a person typed."""

    def save(self, stream: BinaryIO, *, extension: str) -> str:
        """Keeps what is left of `stream`, whole or not at all; returns its new key."""

    def open(self, key: str) -> BinaryIO:
        """The kept bytes, to be closed by the caller; FileNotFoundError where there are none."""

    def delete(self, key: str) -> None:
        """Forgets the bytes; nothing happens where there are none."""

    def keys(self, *, before: datetime) -> Iterator[str]:
        """The keys of everything that was saved before that moment."""


def new_key(extension: str) -> str:
    # The first two digits are a folder: a hundred thousand files in one are slow to list and to back up.
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}.{extension}"


class FolderStorage:
    """Files in a folder of the one machine, or of a mounted network disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def save(self, stream: BinaryIO, *, extension: str) -> str:
        key = new_key(extension)
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".part")
        try:
            with partial.open("xb") as out:
                while chunk := stream.read(_CHUNK_BYTES):
                    out.write(chunk)
                out.flush()
                # The row that names the file is durable at commit; so must the file be.
                os.fsync(out.fileno())
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return key

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self, *, before: datetime) -> Iterator[str]:
        for path in self.root.glob("??/*"):
            key = path.relative_to(self.root).as_posix()
            if _KEY.fullmatch(key) and path.stat().st_mtime < before.timestamp():
                yield key

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise FileNotFoundError(key)
        return self.root / key


class MemoryStorage:
    """The fake of the port."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.saved_at: dict[str, datetime] = {}

    def save(self, stream: BinaryIO, *, extension: str) -> str:
        key = new_key(extension)
        self.kept[key] = stream.read()
        self.saved_at[key] = clock.now()
        return key

    def open(self, key: str) -> BinaryIO:
        if key not in self.kept:
            raise FileNotFoundError(key)
        return BytesIO(self.kept[key])

    def delete(self, key: str) -> None:
        self.kept.pop(key, None)

    def keys(self, *, before: datetime) -> Iterator[str]:
        yield from [key for key in self.kept if self.saved_at[key] < before]


def storage() -> Storage:
    """The storage of this application: a folder under its data directory, unless it was given another."""
    extensions = current_app.extensions
    if STORAGE not in extensions:
        extensions[STORAGE] = FolderStorage(extensions["settings"].files_dir)
    return cast(Storage, extensions[STORAGE])
