"""Why a document that somebody uploaded is not read."""

from enum import StrEnum
from typing import ClassVar

from app.errors import InvalidInput


class UnreadableReason(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PARAGRAPHS = "too_many_paragraphs"
    TOO_MUCH_TEXT = "too_much_text"
    NOT_A_DOCX = "not_a_docx"
    NOT_AN_XLSX = "not_an_xlsx"
    PDF = "pdf"
    OLD_FORMAT = "old_format"
    NOT_TEXT = "not_text"
    ENCODING = "encoding"
    BROKEN = "broken"
    BOMB = "bomb"
    UNSAFE_PARTS = "unsafe_parts"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    ENTITIES = "entities"
    EXTERNAL = "external"


class UnreadableFile(InvalidInput):
    """Nothing of the file is taken; `reason` says why, `limit` the number that it went over, where there is one."""

    status: ClassVar[int] = 422

    def __init__(self, reason: UnreadableReason, *, limit: int | None = None) -> None:
        super().__init__(reason=reason.value, limit=limit)
        self.reason = reason
        self.limit = limit
