"""A ruling while it is written: its text in both languages, and the recommendations as rows."""

from collections.abc import Mapping, Sequence

from wtforms.fields import Field
from wtforms.validators import ValidationError

from app.consultations import labels as drafts
from app.consultations import queries
from app.consultations.models import Clause, DraftAct, DraftVersion
from app.i18n import LANGUAGES as READERS
from app.i18n import _, _l, use_language
from app.law.council_rules import CouncilLimits
from app.recommendations.services.listing import RowWords
from app.sittings.forms.calling import line
from app.sittings.models import Ruling
from app.web.fields import FieldList, FormField, HiddenField, StringField, TextAreaField
from app.web.forms import Form, NoHiddenControls, UpTo, cleaned

LANGUAGES = ("kk", "ru")
ADDRESS = 200
# What people type instead of an address: a number is looked for among these, in this order.
NUMBERED = ("clause", "article", "section")


class RowForm(Form):
    """One recommendation; a row without a word is no row."""

    class Meta(Form.Meta):
        # Part of the ruling's form, which carries the token.
        csrf = False

    text_kk = TextAreaField(_l("In Kazakh"), filters=[cleaned], validators=[NoHiddenControls()])
    text_ru = TextAreaField(_l("In Russian"), filters=[cleaned], validators=[NoHiddenControls()])
    clause = StringField(
        _l("Clause of the draft"),
        description=_l("Choose it from the list, or type its number. Empty: the draft as a whole."),
        filters=[line],
        validators=[UpTo(ADDRESS)],
    )

    @property
    def is_empty(self) -> bool:
        return not (self.text_kk.data or self.text_ru.data)


class RulingForm(Form):
    revision = HiddenField()
    text_kk = TextAreaField(_l("Text in Kazakh"), filters=[cleaned])
    text_ru = TextAreaField(_l("Text in Russian"), filters=[cleaned])
    rows = FieldList(FormField(RowForm))

    version: DraftVersion | None = None

    @classmethod
    def of(cls, ruling: Ruling, limits: CouncilLimits) -> "RulingForm":
        """The form as it was sent, else as the ruling was saved, with one empty row at least."""
        form = cls(data=_saved(ruling))
        form.version = version_read(ruling.item.draft)
        for text in (form.text_kk, form.text_ru):
            text.validators = [NoHiddenControls(), UpTo(limits.ruling_text_characters)]
        if not len(form.rows):
            form.rows.append_entry()
        for row in form.rows:
            for text in (row.form.text_kk, row.form.text_ru):
                text.validators = [NoHiddenControls(), UpTo(limits.recommendation_characters)]
        return form

    def validate_rows(self, field: Field) -> None:
        """Each clause that is named is there."""
        wrong = False
        for row in self.rows:
            address = row.form.clause.data
            if address and self.clause_of(address) is None:
                row.form.clause.errors = [
                    *row.form.clause.errors,
                    _("The draft has no such clause. Choose one from the list, or leave the box empty."),
                ]
                wrong = True
        if wrong:
            raise ValidationError("")

    def clause_of(self, address: str) -> Clause | None:
        if self.version is None:
            return None
        number = address.strip().rstrip(".")
        for anchor in (number, *(f"{kind}-{number}" for kind in NUMBERED)):
            found = queries.clause_by_anchor(self.version, anchor, "kk")
            if found is not None:
                return found
        return None

    def texts(self) -> dict[str, str]:
        return {"kk": self.text_kk.data or "", "ru": self.text_ru.data or ""}

    def row_words(self) -> list[RowWords]:
        return [self._words(row.form) for row in self.rows if not row.form.is_empty]

    def _words(self, row: RowForm) -> RowWords:
        texts = {"kk": row.text_kk.data or "", "ru": row.text_ru.data or ""}
        clause = self.clause_of(row.clause.data) if row.clause.data else None
        if clause is None or self.version is None:
            return RowWords(texts=texts)
        return RowWords(
            texts=texts,
            clause_key=clause.key,
            clause_path=clause.anchor,
            clause_label=names_of(self.version, clause),
            clause_version=self.version.number,
        )


def version_read(draft: DraftAct | None) -> DraftVersion | None:
    """The newest published version: the one that the council has read."""
    return queries.published_version(draft) if draft is not None else None


def names_of(version: DraftVersion, clause: Clause) -> Mapping[str, str]:
    """What the clause is called, with the parts that it lies in, in each of the readers' languages."""
    steps = clause.anchor.split(".")
    around = [
        found
        for end in range(1, len(steps))
        if (found := queries.clause_by_anchor(version, ".".join(steps[:end]), clause.language)) is not None
    ]
    said = {}
    for language in READERS:
        spoken = language if language != "en" else None
        parts = [queries.clause_by_key(version, one.key, spoken) or one for one in (*around, clause)]
        with use_language(language):
            said[language] = " · ".join(drafts.place(part) for part in parts)
    return said


def places_of(version: DraftVersion | None, *, most: int) -> Sequence[tuple[str, str]]:
    """Addresses of clauses, each with its name and first words, to choose from."""
    if version is None:
        return []
    language = next((code for code in LANGUAGES if code in queries.languages_of(version)), "kk")
    return [
        (clause.anchor, f"{drafts.place(clause)} · {clause.text.strip()[:80]}")
        for clause in queries.clauses(version, language)[:most]
        if clause.number
    ]


def _saved(ruling: Ruling) -> dict[str, object]:
    return {
        "revision": str(ruling.revision),
        "text_kk": ruling.texts.get("kk", ""),
        "text_ru": ruling.texts.get("ru", ""),
        "rows": [
            {
                "text_kk": row.texts.get("kk", ""),
                "text_ru": row.texts.get("ru", ""),
                "clause": row.clause_path or "",
            }
            for row in ruling.recommendations.rows
        ],
    }
