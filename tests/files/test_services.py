"""Keeping attachments: the row, the bytes, and what is left when a transaction fails."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from werkzeug.datastructures import FileStorage

from app import clock
from app.access import Actor
from app.files import queries, services
from app.files.errors import AttachmentRefused, RefusalReason
from app.files.models import Attachment, MediaType
from app.files.storage import STORAGE, FolderStorage, MemoryStorage, Storage
from tests.files.samples import PDF, jpeg_with_place

AUTHOR = Actor(account_id=7)


@pytest.fixture
def storage(session: Any, monkeypatch: pytest.MonkeyPatch) -> MemoryStorage:
    kept = MemoryStorage()
    monkeypatch.setitem(current_app.extensions, STORAGE, kept)
    return kept


def upload(content: bytes, name: str | None) -> FileStorage:
    return FileStorage(BytesIO(content), filename=name, content_type="application/octet-stream")


def keep(content: bytes = PDF, name: str | None = "план.pdf", **more: Any) -> Attachment:
    return services.accept(upload(content, name), actor=AUTHOR, now=clock.now(), **more)


def test_it_keeps_what_was_sent_under_a_name_of_its_own(storage: MemoryStorage) -> None:
    attachment = keep(name="..\\..\\Жоспар.pdf")
    assert attachment.file_name == "Жоспар.pdf"
    assert attachment.media_type is MediaType.PDF
    assert attachment.size_bytes == len(PDF)
    assert attachment.sha256 == sha256(PDF).digest()
    assert attachment.uploaded_by == 7
    assert "Жоспар" not in attachment.storage_key
    assert storage.open(attachment.storage_key).read() == PDF
    assert queries.by_public_key(attachment.public_key) is attachment
    assert queries.by_public_key("1") is None


def test_size_and_digest_are_those_of_what_is_kept(storage: MemoryStorage) -> None:
    attachment = keep(jpeg_with_place(), "фото.jpg")
    kept = storage.open(attachment.storage_key).read()
    assert kept != jpeg_with_place()
    assert (attachment.size_bytes, attachment.sha256) == (len(kept), sha256(kept).digest())


@pytest.mark.parametrize(
    ("content", "already", "reason"),
    [
        (PDF, services.MAX_FILES, RefusalReason.TOO_MANY),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024) + b"%%EOF", 0, RefusalReason.TOO_LARGE),
        (b"<html>", 0, RefusalReason.NOT_WHAT_IT_SAYS),
    ],
)
def test_what_is_refused_leaves_nothing(
    storage: MemoryStorage, session: Any, content: bytes, already: int, reason: RefusalReason
) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        keep(content, "a.pdf", already=already)
    assert (refused.value.reason, refused.value.file_name) == (reason, "a.pdf")
    assert not storage.kept and not session.new


def test_bytes_without_a_row_go_after_a_day(storage: MemoryStorage, session: Any) -> None:
    attachment = keep()
    removed = keep()
    services.remove(removed)
    session.flush()
    assert services.sweep(now=clock.now()) == 0
    assert services.sweep(now=clock.now() + timedelta(days=1, seconds=1)) == 1
    assert list(storage.kept) == [attachment.storage_key]


@pytest.mark.parametrize("kind", ["folder", "memory"])
def test_a_storage_gives_back_what_it_keeps(kind: str, tmp_path: Path) -> None:
    storage: Storage = FolderStorage(tmp_path / "files") if kind == "folder" else MemoryStorage()
    key = storage.save(BytesIO(PDF), extension="pdf")
    with storage.open(key) as kept:
        assert kept.read() == PDF
    assert list(storage.keys(before=clock.now() + timedelta(seconds=1))) == [key]
    assert list(storage.keys(before=clock.now() - timedelta(hours=1))) == []
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(FileNotFoundError):
        storage.open(key)


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "/etc/passwd", "ab/x.pdf", "", "ab/" + "0" * 32 + ".pdf/../x"]
)
def test_a_folder_opens_only_its_own_keys(key: str, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FolderStorage(tmp_path).open(key)


def test_a_failed_save_leaves_no_half_file(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("connection lost")

    with pytest.raises(OSError, match="connection lost"):
        FolderStorage(tmp_path).save(Broken(), extension="pdf")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
