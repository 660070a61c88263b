"""What people read about documents that could not be read: what is wrong, and what to do."""

from flask_babel import LazyString

from app.documents.errors import UnreadableReason
from app.documents.tree import BlockKind
from app.i18n import _l

UNREADABLE: dict[UnreadableReason, LazyString] = {
    UnreadableReason.EMPTY: _l(
        "There is no text in the file. Choose the file that holds the text of the act."
    ),
    UnreadableReason.TOO_LARGE: _l(
        "The file is larger than 20 MB. Remove pictures from it, or upload the annexes apart."
    ),
    UnreadableReason.TOO_MANY_PARAGRAPHS: _l(
        "The document has more than 20,000 paragraphs. Upload its parts as separate drafts."
    ),
    UnreadableReason.TOO_MUCH_TEXT: _l(
        "The document is longer than 3,000,000 characters. Upload its parts as separate drafts."
    ),
    UnreadableReason.NOT_A_DOCX: _l(
        "This is not a Word document. Save the text as DOCX, HTML or plain text and upload that."
    ),
    UnreadableReason.NOT_AN_XLSX: _l(
        "This is not an Excel workbook. Save the table as XLSX and upload that."
    ),
    UnreadableReason.PDF: _l("This is a PDF. Upload the DOCX, HTML or plain text that it was made from."),
    UnreadableReason.OLD_FORMAT: _l(
        "This is an old Word, RTF or OpenDocument file, or one with a password. Save it as DOCX without a password and upload that."
    ),
    UnreadableReason.NOT_TEXT: _l("This file is not text. Upload the act as DOCX, HTML or plain text."),
    UnreadableReason.ENCODING: _l(
        "The letters of this text file could not be read. Save it in the encoding UTF-8 and upload it again."
    ),
    UnreadableReason.BROKEN: _l("The file is damaged. Open it in your editor, save it anew and upload that."),
    UnreadableReason.BOMB: _l(
        "Unpacked, this document would be far larger than a document is. Save its text in a new document and upload that."
    ),
    UnreadableReason.UNSAFE_PARTS: _l(
        "The document holds parts with unsafe names. Save its text in a new document and upload that."
    ),
    UnreadableReason.ENCRYPTED: _l(
        "The document is protected with a password. Save it without one and upload it again."
    ),
    UnreadableReason.MACROS: _l(
        "The document holds macros. Save it as DOCX without macros and upload it again."
    ),
    UnreadableReason.ENTITIES: _l(
        "The document holds definitions that office programs never write. Save its text in a new document and upload that."
    ),
    UnreadableReason.EXTERNAL: _l(
        "The document loads a template, a picture or an object from elsewhere. Copy its text into a new document and upload that."
    ),
}

KIND: dict[BlockKind, LazyString] = {
    BlockKind.PART: _l("Part"),
    BlockKind.CHAPTER: _l("Chapter"),
    BlockKind.SECTION: _l("Section"),
    BlockKind.ARTICLE: _l("Article"),
    BlockKind.CLAUSE: _l("Clause"),
    BlockKind.SUBCLAUSE: _l("Sub-clause"),
    BlockKind.PARAGRAPH: _l("Paragraph"),
    BlockKind.TABLE: _l("Table"),
    BlockKind.NOTE: _l("Footnote"),
    BlockKind.HEADING: _l("Heading"),
}
