"""A spreadsheet of answers comes in: the form, and in words why the file or a row of it is not taken."""

from collections.abc import Mapping

from flask_babel import LazyString

from app.comments.services.reasons import SHORTEST_REASON
from app.comments.services.spreadsheets import RowFault
from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.labels import UNREADABLE
from app.documents.xlsx_reader import TooManyRows, WrongHeadings
from app.i18n import _, _l, ngettext
from app.web.fields import FileField
from app.web.forms import Filled, Form


class SheetForm(Form):
    file = FileField(
        _l("The filled-in workbook (XLSX)"), validators=[Filled(_l("Choose the file that you filled in."))]
    )


# What is wrong with a row of an uploaded spreadsheet, and what to do.
ROW_FAULTS: dict[RowFault, LazyString] = {
    RowFault.FORMULA: _l("There is a formula in the cell. Replace it by its words."),
    RowFault.ERROR_VALUE: _l("The cell shows an error of the spreadsheet program. Type the words anew."),
    RowFault.TOO_LONG: _l("The text is too long. Shorten it."),
    RowFault.UNKNOWN: _l("No comment and no group has this number. Export anew and copy your answer over."),
    RowFault.ELSEWHERE: _l("This number belongs to another discussion. Upload the file there."),
    RowFault.DOUBLED: _l("The same number stands in a row above. Leave one of the two rows."),
    RowFault.MOVED: _l(
        "The comment went into a group of letters, or is not shown any more. Export anew to see where it is answered."
    ),
    RowFault.PUBLISHED: _l("The answer is published and cannot be changed. Delete the row."),
    RowFault.STALE: _l(
        "A colleague saved this answer after your export. Export anew, compare, and copy your text over."
    ),
    RowFault.KIND_UNKNOWN: _l("Choose the decision from the cell’s list."),
    RowFault.LANGUAGE_UNKNOWN: _l("Write kk, ru or en."),
    RowFault.REASON_MISSING: _l(
        "Write the answer with its reasons, %(num)s characters at least.", num=SHORTEST_REASON
    ),
    RowFault.PLACE_UNKNOWN: _l("The newest version has no such clause. Choose one from the cell’s list."),
}


def file_fault(refused: UnreadableFile | WrongHeadings | TooManyRows, headings: Mapping[str, str]) -> str:
    """Why nothing at all could be read of an uploaded spreadsheet; `headings` are the columns' names in words."""
    match refused:
        case WrongHeadings(missing=missing) if missing:
            names = ", ".join(headings.get(name, name) for name in missing)
            return str(
                _(
                    "The first row lacks these headings: %(names)s. Fill in the file as it was exported.",
                    names=names,
                )
            )
        case WrongHeadings(doubled=doubled):
            names = ", ".join(headings.get(name, name) for name in doubled)
            return str(
                _("These headings stand twice in the first row: %(names)s. Leave one of each.", names=names)
            )
        case TooManyRows(limit=limit):
            return str(
                ngettext(
                    "The file has more than %(num)s row. Upload it in parts.",
                    "The file has more than %(num)s rows. Upload it in parts.",
                    limit,
                )
            )
        case UnreadableFile(reason=reason) if reason in SHEET_FAULTS:
            return str(SHEET_FAULTS[reason])
    return str(_("This is not a workbook that can be read. Save the table as XLSX and upload that."))


# What the words for documents in general would say wrongly of a spreadsheet.
SHEET_FAULTS: dict[UnreadableReason, LazyString] = {
    UnreadableReason.EMPTY: _l("The file is empty. Choose the workbook that you filled in."),
    UnreadableReason.TOO_LARGE: _l(
        "The file is larger than 20 MB. Remove pictures and sheets that are not needed."
    ),
    UnreadableReason.ENCRYPTED: UNREADABLE[UnreadableReason.ENCRYPTED],
    UnreadableReason.BROKEN: _l(
        "The file is damaged. Open it in your spreadsheet program, save it anew and upload that."
    ),
    UnreadableReason.MACROS: _l("The workbook holds macros. Save it as XLSX without macros and upload that."),
    UnreadableReason.EXTERNAL: _l(
        "The workbook loads something from elsewhere. Copy its rows into the exported file."
    ),
}
