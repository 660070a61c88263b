"""Answers as a spreadsheet, out and in; and the reply templates of a body."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Role
from app.agencies import queries as agencies
from app.comments.actions import ThreadAction
from app.comments.forms.answering import template_form
from app.comments.forms.sheets import ROW_FAULTS, SheetForm, file_fault
from app.comments.forms.writing import explain
from app.comments.models import AnswerTemplate, Thread
from app.comments.queries import desk as waiting
from app.comments.services import spreadsheets, templates
from app.comments.services.spreadsheets import HEADINGS, ImportResult
from app.comments.subjects import subject_of
from app.comments.views import bp
from app.comments.views.answering import View, address_of, owes_answers
from app.documents.errors import UnreadableFile
from app.documents.xlsx_reader import TooManyRows, WrongHeadings
from app.errors import DomainError, Forbidden, NotFound
from app.files.models import MediaType
from app.files.names import content_disposition
from app.i18n import _, current_language, ngettext
from app.web.guards import current_actor, on, signed_in


@bp.get("/desk/threads/<int:thread_id>/answers.xlsx")
@on(Thread, may=ThreadAction.SEE_DESK, needs_sign_in=True)
def export(thread: Thread) -> ResponseReturnValue:
    """Everything that is not answered in the open, with the columns to fill in."""
    data = spreadsheets.export(thread, language=current_language(), now=clock.now())
    response = Response(data, content_type=MediaType.XLSX.value)
    name = f"answers-{thread.subject_kind}-{thread.subject_number}-{clock.today().isoformat()}.xlsx"
    response.headers["Content-Disposition"] = content_disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@bp.route("/desk/threads/<int:thread_id>/import", methods=["GET", "POST"])
@on(Thread, may=ThreadAction.DRAFT_ANSWER, needs_sign_in=True)
def import_answers(thread: Thread) -> ResponseReturnValue:
    """All rows or none: what is wrong is told by its row, its column and what to do."""
    owes_answers(thread)
    form, result = SheetForm(), ImportResult()
    if form.validate_on_submit():
        try:
            result = spreadsheets.import_answers(
                thread, form.file.data.read(), actor=current_actor(), now=clock.now()
            )
        except (UnreadableFile, WrongHeadings, TooManyRows) as refused:
            form.file.errors = [
                file_fault(refused, {str(key): str(words) for key, words in HEADINGS.items()})
            ]
        else:
            if not result.errors:
                flash(_saved(result.saved), "success" if result.saved else "important")
                return redirect(address_of(thread, View.APPROVAL if result.saved else View.DUE), 303)
            form.form_errors.append(
                _("Nothing was taken from the file. Mend the rows below and upload it again.")
            )
    page = render_template(
        "comments/desk/import.html",
        thread=thread,
        title=subject_of(thread).title(thread),
        form=form,
        errors_found=sorted(result.errors, key=lambda fault: fault.row),
        is_cut=len(result.errors) >= spreadsheets.MOST_ERRORS,
        headings=HEADINGS,
        faults=ROW_FAULTS,
    )
    return page, 422 if form.errors else 200


def _saved(count: int) -> str:
    if not count:
        return str(_("Every row of the file is as it was: there was nothing to save."))
    return str(
        ngettext(
            "%(num)s answer of the file is saved as a draft.",
            "%(num)s answers of the file are saved as drafts.",
            count,
        )
    )


@bp.route("/desk/answer-templates", methods=["GET", "POST"], endpoint="templates")
@signed_in(Role.OFFICER, Role.HEAD)
def templates_of_body() -> ResponseReturnValue:
    """The templates of the bodies that this person works for, and the form for a new one."""
    bodies = list(agencies.with_ids(list(current_actor().agency_ids)).values())
    form = template_form(bodies)
    if form.validate_on_submit():
        agency_id = form.agency_id() if "agency" in form else bodies[0].id
        try:
            templates.add(agency_id, words=form.details(), actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The template is saved. Your colleagues can use it too."), "success")
            return redirect(url_for("comments.templates"), 303)
    page = render_template(
        "comments/desk/templates.html",
        bodies={agency.id: agency.name for agency in bodies},
        rows=waiting.templates_of(current_actor().agency_ids),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.route("/desk/answer-templates/<int:template_id>", methods=["GET", "POST"])
@signed_in(Role.OFFICER, Role.HEAD)
def change_template(template_id: int) -> ResponseReturnValue:
    template = _template(template_id)
    form = template_form([], template)
    if form.validate_on_submit():
        try:
            templates.change(template, words=form.details(), actor=current_actor(), now=clock.now())
        except Forbidden:
            raise
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The template is changed. Answers that began with it keep their words."), "success")
            return redirect(url_for("comments.templates"), 303)
    page = render_template("comments/desk/template.html", template=template, form=form)
    return page, 422 if form.errors else 200


@bp.post("/desk/answer-templates/<int:template_id>/delete")
@signed_in(Role.OFFICER, Role.HEAD)
def delete_template(template_id: int) -> ResponseReturnValue:
    templates.delete(_template(template_id), actor=current_actor())
    flash(_("The template is deleted. Answers that began with it keep their words."), "success")
    return redirect(url_for("comments.templates"), 303)


def _template(template_id: int) -> AnswerTemplate:
    """NotFound if it is another body's: it is nobody else's to know of."""
    template = waiting.template_by_id(template_id)
    if template is None or template.agency_id not in current_actor().agency_ids:
        raise NotFound(kind="AnswerTemplate")
    return template
