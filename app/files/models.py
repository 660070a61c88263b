"""What was attached: the name it came with, what it really is, and the key it is kept under."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, enum_column


class MediaType(StrEnum):
    """The kinds of file that are accepted, by what their bytes say."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODT = "application/vnd.oasis.opendocument.text"

    @property
    def extension(self) -> str:
        return EXTENSIONS[self]

    @property
    def is_image(self) -> bool:
        return self in {MediaType.PNG, MediaType.JPEG}


EXTENSIONS = {
    MediaType.PDF: "pdf",
    MediaType.PNG: "png",
    MediaType.JPEG: "jpg",
    MediaType.DOCX: "docx",
    MediaType.XLSX: "xlsx",
    MediaType.ODT: "odt",
}


class Attachment(Base):
    """A kept file. Who it belongs to (a petition, a reply) points here; the file knows only who sent it.

    `public_key` is the unguessable name in addresses, `storage_key` the generated name in the storage.
    """

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("size_bytes > 0", name="is_not_empty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[str] = mapped_column(String(32), unique=True)
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    file_name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[MediaType] = mapped_column(enum_column(MediaType, length=100))
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    # An account's id without a foreign key: accounts stand above files.
    uploaded_by: Mapped[int | None] = mapped_column(index=True)
    uploaded_at: Mapped[datetime]
