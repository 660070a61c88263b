"""The addressee's pages: the petition's file with what to do next, registration, steps, extension, statement, letter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.comments.queries import figures
from app.duties.services import ExtensionRefused
from app.errors import InvalidInput
from app.i18n import _, ngettext
from app.law import rules_version
from app.petitions import labels, policies, queries
from app.petitions.actions import Action
from app.petitions.errors import NoticeTooShort, ReasonMissing
from app.petitions.forms.officers import ExtensionForm, LetterForm, RegisterForm, StatementForm, StepForm
from app.petitions.models import Petition
from app.petitions.queries import page, review
from app.petitions.services import closing, forwarding, reviewing
from app.petitions.views import bp
from app.petitions.views.reading import event_in_words
from app.web.filters import day
from app.web.forms import Form
from app.web.guards import current_actor, on

# What the buttons of the desk ask: a form shows if its verb exists now and is this person's.
VERBS = (
    Action.REGISTER,
    Action.RECORD_STEP,
    Action.EXTEND,
    Action.DRAFT_DECISION,
    Action.DECIDE,
    Action.MAKE_STATEMENT,
    Action.ANSWER_LETTER,
)


@bp.get("/desk/petitions/<int:number>")
@on(Petition, may=Action.SEE_FILE)
def desk_item(petition: Petition) -> ResponseReturnValue:
    return _file(petition)


@bp.post("/desk/petitions/<int:number>/register")
@on(Petition, may=Action.REGISTER)
def register(petition: Petition) -> ResponseReturnValue:
    form = RegisterForm()
    if not form.validate_on_submit():
        return _file(petition, registering=form)
    forwarding.register(
        petition,
        registration_number=form.registration_number.data,
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("The petition is registered. The clock of the decision runs."), "success")
    return _back(petition)


@bp.post("/desk/petitions/<int:number>/steps")
@on(Petition, may=Action.RECORD_STEP)
def step(petition: Petition) -> ResponseReturnValue:
    form = StepForm.for_steps(review.steps_asked(petition))
    if not form.validate_on_submit():
        return _file(petition, stepping=form)
    entry = form.details()
    try:
        reviewing.record_step(
            petition,
            step=entry.step,
            state=entry.state,
            on=entry.on,
            place=entry.place,
            note=entry.note,
            actor=current_actor(),
            now=clock.now(),
        )
    except InvalidInput as refused:
        show_at_field(form, refused, _why_no_step(refused))
        return _file(petition, stepping=form)
    flash(_("The step is recorded. Everybody can see it on the petition’s page."), "success")
    return _back(petition, anchor="steps")


@bp.post("/desk/petitions/<int:number>/extension")
@on(Petition, may=Action.EXTEND)
def extend(petition: Petition) -> ResponseReturnValue:
    form = ExtensionForm(prefix="extension-")
    if not form.validate_on_submit():
        return _file(petition, extending=form)
    wish = form.details()
    try:
        reviewing.extend(petition, to=wish.to, reason=wish.reason, actor=current_actor(), now=clock.now())
    except (ExtensionRefused, ReasonMissing) as refused:
        show_at_field(form, refused, _why_no_extension(refused))
        return _file(petition, extending=form)
    flash(_("The term is extended. The author and everybody who follows will be told."), "success")
    return _back(petition)


@bp.post("/desk/petitions/<int:number>/statement")
@on(Petition, may=Action.MAKE_STATEMENT)
def statement(petition: Petition) -> ResponseReturnValue:
    form = StatementForm()
    now = clock.now()
    is_valid = form.validate_on_submit()
    if is_valid and form.details().on > clock.today(now):
        form.on.errors = [
            _("A statement that is not made yet cannot be recorded. Enter today or an earlier day.")
        ]
        is_valid = False
    if not is_valid:
        return _file(petition, stating=form)
    made = form.details()
    reviewing.make_statement(
        petition, text=made.text, link=made.link, on=made.on, actor=current_actor(), now=now
    )
    flash(_("The statement stands on the petition’s page."), "success")
    return _back(petition)


@bp.route("/desk/petitions/<int:number>/letter", methods=["GET", "POST"])
@on(Petition, may=Action.ANSWER_LETTER)
def letter(petition: Petition) -> ResponseReturnValue:
    form = LetterForm()
    if form.validate_on_submit():
        try:
            closing.answer_letter(petition, text=form.text.data, actor=current_actor(), now=clock.now())
        except ReasonMissing as refused:
            show_at_field(form, refused, too_short(refused))
        else:
            flash(_("The answer stands on the petition’s page, and its author is told."), "success")
            return _back(petition)
    status = 422 if form.errors else 200
    return render_template("petitions/desk/letter.html", petition=petition, form=form), status


def _file(petition: Petition, **forms: Form) -> ResponseReturnValue:
    """The file of the petition; a form that was sent and refused is shown as it was typed, with status 422."""
    today = clock.today()
    actor = current_actor()
    may = {verb.value: policies.may(verb, actor, petition) for verb in VERBS}
    decision = queries.decision_of(petition)
    return (
        render_template(
            "petitions/desk/item.html",
            petition=petition,
            may=may,
            clock_shown=page.clock_on(petition, today=today),
            events=[
                event_in_words(event, petition)
                for event in page.events_of(
                    petition, steps=queries.steps_of(petition), closes_on=None, today=today
                )
            ],
            signatures=queries.signatures_of([petition]).get(petition.id, 0),
            steps=review.standing_of(petition, today=today),
            decision=decision,
            labels=labels,
            comments=figures.of(petition.thread) if petition.thread else None,
            missing=missing_in_words(petition) if may[Action.DRAFT_DECISION] else [],
            latest_extension=review.latest_extension(petition, today=today) if may[Action.EXTEND] else None,
            form=next(iter(forms.values()), None),
            **_forms(petition, forms),
        ),
        422 if forms else 200,
    )


def _forms(petition: Petition, sent: Mapping[str, Form]) -> dict[str, Form]:
    """Every form of the file, empty unless it was sent. A form reads whatever was posted, so the others get nothing."""
    empty: dict[str, Any] = {
        "registering": lambda: RegisterForm(formdata=None),
        "stepping": lambda: StepForm.for_steps(review.steps_asked(petition), is_sent=False),
        "extending": lambda: ExtensionForm(formdata=None, prefix="extension-"),
        "stating": lambda: StatementForm(formdata=None),
    }
    return {name: sent.get(name) or make() for name, make in empty.items()}


def _back(petition: Petition, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("petitions.desk_item", number=petition.number, _anchor=anchor), 303)


def show_at_field(form: Form, refused: InvalidInput, sentence: str) -> None:
    """Says at the field that `refused` names why the service refused it; at the first field if it names none."""
    name = str(refused.data.get("field", ""))
    field = form[name] if name in form else next(iter(form))
    field.errors = [*field.errors, sentence]


def too_short(refused: InvalidInput) -> str:
    shortest = int(str(refused.data.get("shortest", 1)))
    return str(
        ngettext(
            "Write at least %(num)s character, so that people understand it.",
            "Write at least %(num)s characters, so that people understand it.",
            shortest,
        )
    )


def _why_no_step(refused: InvalidInput) -> str:
    if isinstance(refused, NoticeTooShort):
        return str(
            _(
                "People must be told in time. The earliest day that you can announce today is %(day)s.",
                day=day(_date(refused, "earliest")),
            )
        )
    if isinstance(refused, ReasonMissing):
        return too_short(refused)
    match refused.data.get("field"):
        case "place":
            return str(_("An announcement needs the place, or the link if it is held online."))
        case "on":
            return str(_("What is done was done today or earlier. To tell of a day to come, announce it."))
        case "state":
            return str(_("This step can be done only on or after the day for which it was announced."))
        case _:
            return str(_("The law does not let this step be left out."))


def _why_no_extension(refused: InvalidInput) -> str:
    if isinstance(refused, ReasonMissing):
        return too_short(refused)
    return str(
        _(
            "The new day must be after %(earliest)s and not after %(latest)s, and a term is extended once only.",
            earliest=day(_date(refused, "earliest")),
            latest=day(_date(refused, "latest")),
        )
    )


def _date(refused: InvalidInput, name: str) -> date:
    value = refused.data[name]
    assert isinstance(value, date)  # noqa: S101  the error's docstring says so
    return value


def missing_in_words(petition: Petition) -> list[str]:
    """What stands between the draft and its publication, sentence by sentence; [] when nothing does."""
    rules = rules_version(petition.rules_version or "")
    parts = {part.id: str(part.text) for part in rules.decision_parts}
    steps = {duty.id: str(duty.text) for duty in review.steps_asked(petition)}
    decision = queries.decision_of(petition)
    found = [*reviewing.missing_parts(petition, decision), *reviewing.missing_steps(petition)]
    return [_missing(item, parts, steps) for item in found]


def _missing(item: str, parts: Mapping[str, str], steps: Mapping[str, str]) -> str:
    match item.split(":"):
        case ["decision"]:
            return str(_("Nothing of the decision is written yet."))
        case ["outcome"]:
            return str(_("The decision as a whole is not chosen."))
        case ["signed_by"]:
            return str(_("It is not said which head signs."))
        case ["demand", number]:
            return str(_("Demand %(number)s is not answered.", number=number))
        case ["demand", number, "who"]:
            return str(_("The answer to demand %(number)s does not say which body decides.", number=number))
        case ["demand", number, _who_and_when]:
            return str(
                _("The answer to demand %(number)s does not say who does it and by when.", number=number)
            )
        case [name] if name in parts:
            return str(_("This part is empty: %(part)s", part=parts[name]))
        case _:
            return str(_("This step of the review is not finished: %(step)s", step=steps.get(item, item)))
