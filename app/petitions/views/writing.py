"""Writing a petition, one question per page; every page's answer is kept in the draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Actor, Role
from app.agencies import queries as agencies
from app.agencies.labels import ADDRESSEE
from app.agencies.models import Agency
from app.errors import InvalidInput, NotFound
from app.files.errors import AttachmentRefused
from app.i18n import _, current_language
from app.law import AddresseeKind, PetitionRules, PopulationNeeded, Threshold, rules_in_force
from app.law.labels import how_computed
from app.petitions import queries
from app.petitions.forms import writing as forms
from app.petitions.models import Petition
from app.petitions.queries import expected, people
from app.petitions.services import attaching, drafting
from app.petitions.views import bp, drafts
from app.petitions.views.similar import similar_to
from app.territories import queries as territories
from app.text.normalize import shown_line
from app.web.guards import current_actor, on, signed_in

# More bodies than this on one page are no help: the reader is asked for a region or for words.
BODIES_SHOWN = 60
LONGEST_QUERY = 200


def rules_today() -> PetitionRules:
    return rules_in_force(clock.today())


# --- Beginning


@bp.get("/petitions/new")
@signed_in(Role.CITIZEN)
def new() -> ResponseReturnValue:
    unfinished = people.drafts_of(current_actor())
    return render_template(
        "petitions/new/start.html",
        rules=rules_today(),
        unfinished=[(draft, drafts.first_open(draft)) for draft in unfinished],
    )


@bp.get("/petitions/new/questions")
@signed_in(Role.CITIZEN)
def new_questions() -> ResponseReturnValue:
    rules = rules_today()
    return _matters_page(forms.matters_form(rules.excluded_matters), rules)


@bp.post("/petitions/new")
@signed_in(Role.CITIZEN)
def begin() -> ResponseReturnValue:
    rules = rules_today()
    form = forms.matters_form(rules.excluded_matters)
    if not form.validate():
        return _matters_page(form, rules), 422
    try:
        petition = drafting.begin(
            language=current_language(), answers=form.details(), actor=current_actor(), now=clock.now()
        )
    except drafting.ExcludedMatter as touched:
        return _matters_page(form, rules, excluded=form.explain(touched.data["grounds"])), 422
    return redirect(drafts.address(petition, drafts.next_step(petition, "matters")), 303)


def _matters_page(form: forms.MattersForm, rules: PetitionRules, **more: Any) -> str:
    return render_template(
        "petitions/new/matters.html",
        form=form,
        rules=rules,
        action=url_for("petitions.begin"),
        back=url_for("petitions.new"),
        frame=drafts.frame(None, "matters"),
        **more,
    )


# --- The pages of a draft


@dataclass(frozen=True)
class Page:
    """One question page: its form, how its answer is kept, and what else it shows."""

    form: Callable[[Petition, PetitionRules], Any]
    save: Callable[[Petition, Any, Actor], None]
    more: Callable[[Petition, Any, PetitionRules], Mapping[str, Any]] = lambda petition, form, rules: {}


@bp.route("/petitions/<int:number>/draft/<step>", methods=["GET", "POST"])
@on(Petition, needs_sign_in=True)
def draft_step(petition: Petition, step: str) -> ResponseReturnValue:
    page = PAGES.get(step)
    if page is None:
        raise NotFound(kind="step")
    if elsewhere := drafts.elsewhere(petition):
        return elsewhere
    rules = rules_today()
    form = page.form(petition, rules)
    if request.method == "GET":
        return _step_page(petition, step, form, rules)
    if not form.validate():
        return _step_page(petition, step, form, rules), 422
    try:
        page.save(petition, form, current_actor())
    except drafting.ExcludedMatter as touched:
        excluded = form.explain(touched.data["grounds"])
        return _step_page(petition, step, form, rules, excluded=excluded), 422
    except (InvalidInput, PopulationNeeded) as refused:
        _explain(form, refused)
        return _step_page(petition, step, form, rules), 422
    if step == "title" and similar_to(petition.original_title).found:
        return redirect(url_for("petitions.draft_similar", number=petition.number), 303)
    return redirect(drafts.address(petition, drafts.next_step(petition, step)), 303)


def _step_page(petition: Petition, step: str, form: Any, rules: PetitionRules, **more: Any) -> str:
    return render_template(
        f"petitions/new/{step}.html",
        petition=petition,
        form=form,
        rules=rules,
        action=request.full_path.rstrip("?"),
        back=drafts.previous(petition, step),
        frame=drafts.frame(petition, step),
        **{**PAGES[step].more(petition, form, rules), **more},
    )


def _explain(form: Any, refused: InvalidInput | PopulationNeeded) -> None:
    """Says at the field what a service refused."""
    if isinstance(refused, PopulationNeeded):
        words = _("Nobody has published how many residents this unit has, so its threshold is not known.")
        form.addressee.errors = [words]
    elif refused.data.get("field") == "addressee":
        form.addressee.errors = [_("This body cannot be petitioned. Choose another one.")]
    elif refused.data.get("field") == "region":
        form.region.errors = [_("Choose the region where you live.")]
    else:
        raise refused


# --- Addressee


class Body(NamedTuple):
    """A body on the list and its threshold; without one it cannot be chosen."""

    agency: Agency
    threshold: Threshold | None
    is_suggested: bool = False

    @property
    def calculation(self) -> str:
        return how_computed(self.threshold) if self.threshold else ""


def _bodies(petition: Petition, _form: Any, rules: PetitionRules) -> dict[str, Any]:
    """The bodies that the words, the level and the region of the address leave; none of them, and nothing is listed."""
    words = shown_line(request.args.get("q", "")[:LONGEST_QUERY])
    level = next((kind for kind in AddresseeKind if kind == request.args.get("level")), None)
    region = request.args.get("region", "")
    region = region if region in territories.region_codes() else ""
    suggested = agencies.suggest(words, region=region or None) if words and level is None else []
    found: list[Agency] = []
    if words or level or region:
        found = agencies.addressees(level=level, region=region or None, search=words)
        # The region's own bodies before those of its districts; the sort keeps the order within.
        found.sort(key=lambda agency: agency.territory is not None and not agency.territory.is_region)
    rows = {agency.id: agency for agency in [*suggested, *found]}
    is_suggested = {agency.id for agency in suggested}
    bodies = [
        Body(agency, expected.threshold_of(agency, rules=rules), agency.id in is_suggested)
        for agency in list(rows.values())[:BODIES_SHOWN]
    ]
    return {
        "words": words,
        "level": level,
        "region": region,
        "levels": ADDRESSEE,
        "regions": territories.regions(),
        "bodies": [body for body in bodies if body.threshold],
        "without_threshold": [body for body in bodies if not body.threshold],
        "is_cut": len(rows) > BODIES_SHOWN,
        "has_searched": bool(words or level or region),
        "own_region": petition.region_code,
        "chosen": petition.addressee
        and Body(petition.addressee, expected.threshold_of(petition.addressee, rules=rules)),
    }


def _addressee_form(petition: Petition, rules: PetitionRules) -> forms.AddresseeForm:
    form = forms.AddresseeForm(data={"addressee": petition.addressee.slug if petition.addressee else None})
    form.addressee.choices = []
    return form


def _save_title(petition: Petition, form: forms.TitleForm, actor: Actor) -> None:
    named = form.details()
    drafting.name_it(petition, language=named.language, titles=named.titles, topic=named.topic, actor=actor)


# --- Arguments with files: three buttons, and typed words survive each


@bp.route("/petitions/<int:number>/draft/arguments", methods=["GET", "POST"])
@on(Petition, needs_sign_in=True)
def draft_arguments(petition: Petition) -> ResponseReturnValue:
    if elsewhere := drafts.elsewhere(petition):
        return elsewhere
    actor, rules = current_actor(), rules_today()
    form = forms.arguments_form(rules.limits, petition)
    if request.method == "GET":
        return _arguments_page(petition, form, rules)
    is_valid = form.validate()
    only_files = "upload" in request.form or "remove" in request.form
    if key := request.form.get("remove"):
        attaching.detach(petition, key=shown_line(key), actor=actor)
    for file in form.files():
        try:
            attaching.attach(petition, file, actor=actor, now=clock.now())
        except AttachmentRefused as refused:
            form.explain(refused)
    if is_valid:
        drafting.argue(petition, arguments=form.details(), actor=actor)
    elif only_files and not form["arguments"].data:
        # Nothing is typed yet, and nobody said it should be.
        form["arguments"].errors = []
    if form.errors:
        return _arguments_page(petition, form, rules), 422
    step = "arguments" if only_files else drafts.next_step(petition, "arguments")
    return redirect(drafts.address(petition, step), 303)


def _arguments_page(petition: Petition, form: forms.ArgumentsForm, rules: PetitionRules) -> str:
    return render_template(
        "petitions/new/arguments.html",
        petition=petition,
        form=form,
        rules=rules,
        documents=queries.documents_of(petition),
        back=drafts.previous(petition, "arguments"),
        frame=drafts.frame(petition, "arguments"),
    )


def _save_contact(petition: Petition, form: forms.ContactForm, actor: Actor) -> None:
    left = form.details()
    drafting.leave_address(
        petition, email=left.email, region_code=left.region_code, language=left.language, actor=actor
    )


PAGES: Mapping[str, Page] = {
    "matters": Page(
        form=lambda petition, rules: forms.matters_form(rules.excluded_matters, petition.draft_answers),
        save=lambda petition, form, actor: drafting.answer_matters(
            petition, answers=form.details(), actor=actor
        ),
    ),
    "addressee": Page(
        form=_addressee_form,
        save=lambda petition, form, actor: drafting.choose_addressee(
            petition, slug=form.details(), actor=actor
        ),
        more=_bodies,
    ),
    "title": Page(
        form=lambda petition, rules: forms.title_form(rules.limits, petition),
        save=_save_title,
        more=lambda petition, form, rules: {"similar": similar_to(petition.original_title)},
    ),
    "demands": Page(
        form=lambda petition, rules: forms.demands_form(rules.limits, petition),
        save=lambda petition, form, actor: drafting.ask(petition, demands=form.details(), actor=actor),
    ),
    "contact": Page(form=lambda petition, rules: forms.contact_form(petition), save=_save_contact),
}
