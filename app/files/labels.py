"""What people read about attachments."""

from flask_babel import LazyString

from app.files.errors import RefusalReason
from app.files.models import MediaType
from app.i18n import _l

REFUSED: dict[RefusalReason, LazyString] = {
    RefusalReason.EMPTY: _l("The file is empty."),
    RefusalReason.TOO_LARGE: _l("The file is too large."),
    RefusalReason.TOO_MANY: _l("There are too many files."),
    RefusalReason.UNKNOWN_TYPE: _l("Only PDF, PNG, JPEG, DOCX, XLSX and ODT files can be attached."),
    RefusalReason.NOT_WHAT_IT_SAYS: _l("What is in the file is not what its name says."),
    RefusalReason.BROKEN: _l("The file is damaged and cannot be read."),
    RefusalReason.SECOND_FILE_INSIDE: _l("Another file is hidden in this one."),
    RefusalReason.UNPACKS_TOO_LARGE: _l("Unpacked, the document would be too large."),
    RefusalReason.UNSAFE_PARTS: _l("The document holds parts that could damage a computer."),
    RefusalReason.ENCRYPTED: _l("The document is protected with a password."),
    RefusalReason.ACTIVE_CONTENT: _l("The document holds macros or scripts. Save it without them."),
    RefusalReason.OUTSIDE_REFERENCE: _l(
        "The document loads pictures or templates from elsewhere. Put them into it."
    ),
}

MEDIA_TYPE: dict[MediaType, str] = {kind: kind.extension.upper() for kind in MediaType}
