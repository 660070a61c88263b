"""Why an attachment is refused."""

from enum import StrEnum
from typing import ClassVar

from app.errors import InvalidInput


class RefusalReason(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNKNOWN_TYPE = "unknown_type"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    BROKEN = "broken"
    SECOND_FILE_INSIDE = "second_file_inside"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    UNSAFE_PARTS = "unsafe_parts"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active_content"
    OUTSIDE_REFERENCE = "outside_reference"


class AttachmentRefused(InvalidInput):
    """The file is not kept; `reason` says why, `file_name` which one of several it was."""

    status: ClassVar[int] = 422

    def __init__(self, reason: RefusalReason, *, file_name: str = "") -> None:
        super().__init__(reason=reason.value, file_name=file_name)
        self.reason = reason
        self.file_name = file_name
