"""The comparative table of the version in work: row by row, from a document, or proposed from two texts."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.consultations import labels, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion, Unfinished, VersionInWork
from app.consultations.forms.deciding import number_of
from app.consultations.forms.texts import COLUMN_LABELS, RowForm, SourceForm, row_form
from app.consultations.models import ComparativeRow, DraftAct
from app.consultations.queries import desk
from app.consultations.services import comparative
from app.consultations.services.comparative import NoTable
from app.consultations.views import bp
from app.consultations.views.texts import LOCKED
from app.db import db
from app.documents import reading
from app.documents.errors import UnreadableFile
from app.documents.labels import UNREADABLE
from app.i18n import _, ngettext
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.get("/desk/drafts/<int:number>/table")
@on(DraftAct, may=Action.PREPARE_VERSION)
def desk_table(draft: DraftAct) -> ResponseReturnValue:
    return _table(draft)


@bp.post("/desk/drafts/<int:number>/table/upload")
@on(DraftAct, may=Action.PREPARE_VERSION)
def upload_table(draft: DraftAct) -> ResponseReturnValue:
    """The first table of a document takes the place of what the table says in that language."""
    form = SourceForm(prefix="table-")
    version = queries.newest_version(draft)
    if version is None or not form.validate():
        return _table(draft, table=form)
    source = form.source()
    if source is None:
        form.file.errors = [_("Choose the file that holds the table.")]
        return _table(draft, table=form)
    try:
        rows = comparative.rows_of(reading.read(source.data, filename=source.filename))
        with db.session.begin_nested():
            count = comparative.take(version, language=form.language.data, rows=rows, actor=current_actor())
    except UnreadableFile as refused:
        form.file.errors = [str(UNREADABLE[refused.reason])]
    except NoTable:
        form.file.errors = [
            _("There is no table of three to five columns in this document. Nothing was changed.")
        ]
    except Unfinished as refused:
        form.file.errors = [_too_many(refused)]
    except VersionInWork:
        form.file.errors = [_locked()]
    else:
        flash(ngettext("%(num)s row was taken.", "%(num)s rows were taken.", count), "success")
        return _back(draft)
    return _table(draft, table=form)


@bp.post("/desk/drafts/<int:number>/table/propose")
@on(DraftAct, may=Action.PREPARE_VERSION)
def propose_table(draft: DraftAct) -> ResponseReturnValue:
    """Rows for everything in which the draft differs from the text in force."""
    form = SourceForm(prefix="current-")
    version = queries.newest_version(draft)
    if version is None or not form.validate():
        return _table(draft, current=form)
    source = form.source()
    if source is None:
        form.file.errors = [_("Choose the file with the text in force, or paste that text.")]
        return _table(draft, current=form)
    if not queries.has_text_in(version, [form.language.data]):
        form.language.errors = [_("The draft has no text in this language yet. Upload it first.")]
        return _table(draft, current=form)
    try:
        current = reading.read(source.data, filename=source.filename)
        with db.session.begin_nested():
            count = comparative.propose(
                version, language=form.language.data, current=current, actor=current_actor()
            )
    except UnreadableFile as refused:
        (form.file if source.upload else form.text).errors = [str(UNREADABLE[refused.reason])]
    except Unfinished as refused:
        form.file.errors = [_too_many(refused)]
    except VersionInWork:
        form.file.errors = [_locked()]
    else:
        if not count:
            flash(_("Both texts say the same: there is nothing to compare."))
        else:
            flash(
                ngettext(
                    "%(num)s place differs. Look at its row and write the reason.",
                    "%(num)s places differ. Look at their rows and write the reasons.",
                    count,
                ),
                "success",
            )
        return _back(draft)
    return _table(draft, current=form)


def _too_many(refused: Unfinished) -> str:
    return str(
        _("The table would have more than %(most)s rows. Nothing was changed.", most=refused.data.get("most"))
    )


def _locked() -> str:
    return str(_("This version is being compared or was published: its table does not change now."))


@bp.route("/desk/drafts/<int:number>/table/new", methods=["GET", "POST"])
@on(DraftAct, may=Action.PREPARE_VERSION)
def new_row(draft: DraftAct) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    form = row_form(None)
    if version is None:
        flash(_("Upload the text of the draft first."))
        return redirect(url_for("consultations.desk_text", number=draft.number), 303)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                comparative.add(version, words=form.details(), actor=current_actor())
        except (Unfinished, VersionInWork) as refused:
            form.element_kk.errors = [_too_many(refused) if isinstance(refused, Unfinished) else _locked()]
        else:
            flash(_("The row is added."), "success")
            return _back(draft, part=10**6, anchor="rows")
    return _row_page(draft, form, None, status=422 if form.errors else 200)


@bp.route("/desk/drafts/<int:number>/table/<int:row_id>", methods=["GET", "POST"])
@on(DraftAct, may=Action.PREPARE_VERSION)
def row(draft: DraftAct, row_id: int) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    found = desk.row_by_id(version, row_id) if version is not None else None
    form = row_form(found)
    if version is None or (found is None and not form.is_submitted()):
        flash(_("Somebody else took this row away."))
        return _back(draft)
    if not form.validate_on_submit():
        return _row_page(draft, form, found, status=422 if form.errors else 200)
    try:
        with db.session.begin_nested():
            comparative.edit(
                version,
                row_id=row_id,
                words=form.details(),
                mark=form.mark.data or "",
                actor=current_actor(),
            )
    except VersionInWork:
        form.element_kk.errors = [_locked()]
        return _row_page(draft, form, found, status=422)
    except StaleVersion:
        newer = desk.row_by_id(version, row_id)
        if newer is not None:
            form.mark.data = comparative.mark_of(newer)
        return _row_page(draft, form, newer, status=409, is_newer=True)
    flash(_("The row is saved."), "success")
    return _back(draft, part=_part_of(found), anchor=f"row-{row_id}")


@bp.post("/desk/drafts/<int:number>/table/<int:row_id>/place")
@on(DraftAct, may=Action.PREPARE_VERSION)
def place_row(draft: DraftAct, row_id: int) -> ResponseReturnValue:
    """A row goes up or down."""
    version = queries.newest_version(draft)
    if not Form().validate() or version is None:
        return _table(draft, problem=_("The row could not be moved. Try again."))
    try:
        with db.session.begin_nested():
            match request.form.get("do"):
                case "up":
                    comparative.move(version, row_id=row_id, by=-1, actor=current_actor())
                case "down":
                    comparative.move(version, row_id=row_id, by=1, actor=current_actor())
                case _:
                    return _table(draft, problem=_("Choose what is to become of the row."))
    except StaleVersion:
        return _table(draft, problem=_("Somebody else took this row away."))
    except VersionInWork:
        return _table(draft, problem=_locked())
    return _back(draft, part=number_of(request.args.get("part")), anchor=f"row-{row_id}")


@bp.route("/desk/drafts/<int:number>/table/<int:row_id>/remove", methods=["GET", "POST"])
@on(DraftAct, may=Action.PREPARE_VERSION)
def remove_row(draft: DraftAct, row_id: int) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    found = desk.row_by_id(version, row_id) if version is not None else None
    if version is None or found is None:
        flash(_("Somebody else took this row away."))
        return _back(draft)
    if not Form().validate_on_submit():
        return render_template("consultations/desk/remove_row.html", draft=draft, row=found)
    try:
        with db.session.begin_nested():
            comparative.delete(version, row_id=row_id, actor=current_actor())
    except VersionInWork:
        return _table(draft, problem=_locked())
    flash(_("The row is taken out of the table."), "success")
    return _back(draft, anchor="rows")


@bp.route("/desk/drafts/<int:number>/table/clear", methods=["GET", "POST"])
@on(DraftAct, may=Action.PREPARE_VERSION)
def clear_table(draft: DraftAct) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    if Form().validate_on_submit() and version is not None:
        try:
            with db.session.begin_nested():
                comparative.clear(version, actor=current_actor())
        except VersionInWork:
            return _table(draft, problem=_locked())
        flash(_("The table is empty now."), "success")
        return _back(draft)
    count = desk.count_rows(version) if version is not None else 0
    return render_template("consultations/desk/clear_table.html", draft=draft, count=count)


def _table(draft: DraftAct, *, problem: str = "", **forms: SourceForm) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    part = number_of(request.args.get("part")) if request.args.get("part") else 1
    rows, part, parts = desk.rows_page(version, part=part) if version is not None else ([], 1, 1)
    return (
        render_template(
            "consultations/desk/table.html",
            draft=draft,
            version=version,
            is_locked=version is not None and version.state in LOCKED,
            rows=rows,
            part=part,
            parts=parts,
            count=desk.count_rows(version) if version is not None else 0,
            sent=next(iter(forms.values()), None),
            uploading=forms.get("table") or SourceForm(formdata=None, prefix="table-"),
            proposing=forms.get("current") or SourceForm(formdata=None, prefix="current-"),
            problem=problem,
            columns=comparative.COLUMNS,
            labels=labels,
        ),
        422 if forms or problem else 200,
    )


def _row_page(
    draft: DraftAct, form: RowForm, found: ComparativeRow | None, *, status: int, is_newer: bool = False
) -> ResponseReturnValue:
    return (
        render_template(
            "consultations/desk/row.html",
            draft=draft,
            form=form,
            row=found,
            is_newer=is_newer,
            column_labels=COLUMN_LABELS,
        ),
        status,
    )


def _part_of(found: ComparativeRow | None) -> int:
    return (found.position - 1) // desk.ROWS_SHOWN + 1 if found is not None else 1


def _back(draft: DraftAct, *, part: int = 1, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(
        url_for(
            "consultations.desk_table", number=draft.number, part=part if part > 1 else None, _anchor=anchor
        ),
        303,
    )
