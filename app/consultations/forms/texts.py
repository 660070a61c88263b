"""What an officer does with the text of a version and its comparative table: files, pasted text, mended blocks, rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.fields import Field
from wtforms.validators import Optional, ValidationError

from app.consultations import labels
from app.consultations.models import Clause, ComparativeRow
from app.consultations.services.clauses import block_of
from app.consultations.services.comparative import COLUMNS, RowWords, mark_of
from app.documents import reading
from app.documents.tree import MAX_DEPTH, Block, BlockKind
from app.i18n import _, _l
from app.text.normalize import shown_line
from app.web.fields import (
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from app.web.forms import Form, NoHiddenControls, UpTo, cleaned

PASTED = 1_000_000
LABEL = 60
NUMBER = 20
BLOCK = 200_000
CELL = 100_000
LANGUAGES = ("kk", "ru")
# A table is no kind that a block is turned into.
CHOOSABLE = tuple(kind for kind in BlockKind if kind is not BlockKind.TABLE)


@dataclass(frozen=True, slots=True)
class Source:
    """A text as an officer handed it over: a file, or what was pasted."""

    data: bytes
    filename: str
    upload: FileStorage | None


class SourceForm(Form):
    """One text, uploaded or pasted."""

    language = RadioField(
        _l("Language of the text"),
        choices=[("kk", _l("Kazakh")), ("ru", _l("Russian"))],
        default="ru",
    )
    file = FileField(_l("File"), description=_l("DOCX, HTML or plain text."))
    text = TextAreaField(
        _l("Or paste the text"), filters=[cleaned], validators=[NoHiddenControls(), UpTo(PASTED)]
    )

    def source(self) -> Source | None:
        return _source(self.file, self.text)


class UploadForm(Form):
    """The text in Kazakh and in Russian. Each may come alone; what is left empty stays as it is."""

    attempt = HiddenField()
    file_kk = FileField(_l("File in Kazakh"), description=_l("DOCX, HTML or plain text."))
    text_kk = TextAreaField(
        _l("Or paste the Kazakh text"), filters=[cleaned], validators=[NoHiddenControls(), UpTo(PASTED)]
    )
    file_ru = FileField(_l("File in Russian"), description=_l("DOCX, HTML or plain text."))
    text_ru = TextAreaField(
        _l("Or paste the Russian text"), filters=[cleaned], validators=[NoHiddenControls(), UpTo(PASTED)]
    )

    def sources(self) -> dict[str, Source]:
        found = {language: self.source(language) for language in LANGUAGES}
        return {language: source for language, source in found.items() if source is not None}

    def source(self, language: str) -> Source | None:
        return _source(self[f"file_{language}"], self[f"text_{language}"])

    def field_of(self, language: str) -> Field:
        """Where an error of that text is shown: at the file, or at what was pasted instead."""
        file = self[f"file_{language}"]
        return file if is_uploaded(file) else self[f"text_{language}"]


def is_uploaded(field: Field) -> bool:
    return isinstance(field.data, FileStorage) and bool(field.data.filename)


def _source(file: Field, text: Field) -> Source | None:
    if is_uploaded(file):
        data = file.data.stream.read(reading.MAX_BYTES + 1)
        file.data.stream.seek(0)
        return Source(data, shown_line(file.data.filename)[:150], file.data)
    if text.data and text.data.strip():
        return Source(text.data.encode("utf-8", "surrogatepass"), "", None)
    return None


class BlockForm(Form):
    """One block of the recognised tree."""

    attempt = HiddenField()
    kind = SelectField(
        _l("What it is"), choices=[(kind.value, labels.BLOCK_KINDS[kind]) for kind in CHOOSABLE]
    )
    label = StringField(
        _l("Mark as it stands in the text"),
        description=_l("For example “3.”, “1)” or “Article 5.”; empty for a paragraph."),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(LABEL)],
    )
    number = StringField(
        _l("Number"),
        description=_l("The number alone: 3, 1 or 5-1. It makes the address of the place."),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(NUMBER)],
    )
    depth = IntegerField(
        _l("Depth"),
        description=_l("0 stands at the top; what is deeper belongs to the block above it."),
    )
    text = TextAreaField(
        _l("Text"),
        description=_l(
            "To cut the block, begin a new line where the next one starts, and press “Cut at the lines”."
        ),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(BLOCK)],
    )

    def validate_depth(self, field: Field) -> None:
        if field.data is None or not 0 <= field.data <= MAX_DEPTH:
            raise ValidationError(_("Type a number from 0 to %(most)s.", most=MAX_DEPTH))

    @classmethod
    def of(cls, clause: Clause, attempt: int) -> "BlockForm":
        block = block_of(clause)
        return cls(
            data={
                "attempt": str(attempt),
                "kind": block.kind.value,
                "label": block.label,
                "number": block.number,
                "depth": block.depth,
                "text": block.text,
            }
        )

    def details(self, clause: Clause) -> Block:
        """The block as it was typed; the cells of a table stay as they are."""
        block = block_of(clause)
        if block.cells:
            return Block(
                block.kind, self.depth.data, self.label.data or "", self.number.data or "", "", block.cells
            )
        return Block(
            BlockKind(self.kind.data),
            self.depth.data,
            self.label.data or "",
            self.number.data or "",
            self.text.data or "",
        )


class PickedForm(Form):
    """Blocks that were ticked in the tree, and what is to become of them."""

    attempt = HiddenField()
    kind = SelectField(
        _l("Turn what is ticked into"),
        choices=[(kind.value, labels.BLOCK_KINDS[kind]) for kind in CHOOSABLE],
        validators=[Optional()],
    )


class RowForm(Form):
    """One row of the comparative table, a column of boxes per language."""

    mark = HiddenField()

    @property
    def boxes(self) -> list[tuple[str, list[Any]]]:
        return [(column, [self[f"{column}_{language}"] for language in LANGUAGES]) for column in COLUMNS]

    def details(self) -> dict[str, RowWords]:
        return {
            language: RowWords(**{column: self[f"{column}_{language}"].data or "" for column in COLUMNS})
            for language in LANGUAGES
        }

    def validate_element_ru(self, field: Field) -> None:
        if all(words.is_empty for words in self.details().values()):
            raise ValidationError(_("The row is empty. Type at least the element and one of the two texts."))


COLUMN_LABELS: Mapping[str, Mapping[str, Any]] = {
    "element": {"kk": _l("Element, in Kazakh"), "ru": _l("Element, in Russian")},
    "current": {"kk": _l("Text in force, in Kazakh"), "ru": _l("Text in force, in Russian")},
    "proposed": {"kk": _l("Proposed text, in Kazakh"), "ru": _l("Proposed text, in Russian")},
    "reason": {"kk": _l("Reason, in Kazakh"), "ru": _l("Reason, in Russian")},
}


def row_form(row: ComparativeRow | None) -> RowForm:
    """The row as it was sent, else as it was saved."""
    boxes = {
        f"{column}_{language}": (StringField if column == "element" else TextAreaField)(
            COLUMN_LABELS[column][language],
            filters=[cleaned],
            validators=[NoHiddenControls(), UpTo(LABEL * 10 if column == "element" else CELL)],
        )
        for column in COLUMNS
        for language in LANGUAGES
    }
    saved = {"mark": mark_of(row) if row else ""}
    if row is not None:
        saved |= {
            f"{column}_{language}": getattr(row, column).get(language, "")
            for column in COLUMNS
            for language in LANGUAGES
        }
    form: RowForm = type("RowForm", (RowForm,), boxes)(data=saved)
    return form
