"""Making a draft public, listing it as exempt, giving people more time, beginning the review."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations import labels, queries
from app.consultations.actions import Action
from app.consultations.errors import TermInThePast, Unfinished
from app.consultations.forms.deciding import ProlongForm
from app.consultations.forms.drafting import ExemptionForm, NothingForm
from app.consultations.models import DraftAct
from app.consultations.queries import desk
from app.consultations.services import announcing
from app.consultations.views import bp
from app.consultations.views.drafting import show_at_field
from app.consultations.views.officers import back, missing_in_words, rules_for
from app.consultations.views.reading import kind_of
from app.db import db
from app.documents import tree
from app.i18n import _, ngettext
from app.law import Procedure, Stage
from app.text import topics
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.route("/desk/drafts/<int:number>/announce", methods=["GET", "POST"])
@on(DraftAct, may=Action.ANNOUNCE)
def announce(draft: DraftAct) -> ResponseReturnValue:
    """The head sees what everybody will see, and publishes it."""
    refused = False
    if NothingForm().validate_on_submit():
        try:
            with db.session.begin_nested():
                announcing.announce(draft, actor=current_actor(), now=clock.now())
        except (Unfinished, TermInThePast):
            refused = True
        else:
            flash(_announced_in_words(draft), "success")
            return back(draft)
    return _check_page(draft, status=422 if refused else 200)


def _announced_in_words(draft: DraftAct) -> str:
    if draft.opened_at is not None:
        return str(_("The draft is announced, and its discussion is open."))
    return str(_("The draft is announced. The discussion opens by itself on its first day."))


def _check_page(draft: DraftAct, *, status: int) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    rules = rules_for(draft)
    blocks = {lang: desk.blocks_of(version, lang) if version else [] for lang in ("kk", "ru")}
    return (
        render_template(
            "consultations/desk/announce.html",
            draft=draft,
            version=version,
            missing=missing_in_words(draft),
            sizes={lang: len(found) for lang, found in blocks.items()},
            characters={
                lang: queries.size_of(version, lang) if version is not None else 0 for lang in blocks
            },
            differences=len(tree.differences(blocks["kk"], blocks["ru"])) if all(blocks.values()) else 0,
            rows=desk.count_rows(version) if version is not None else 0,
            rules=rules,
            kind=kind_of(draft, rules),
            affects=[one for one in rules.affects if one.id in draft.affects],
            topic=topics.topic(draft.topic),
            labels=labels,
            today=clock.today(),
        ),
        status,
    )


@bp.route("/desk/drafts/<int:number>/exemption", methods=["GET", "POST"])
@on(DraftAct, may=Action.STATE_EXEMPTION)
def exemption(draft: DraftAct) -> ResponseReturnValue:
    rules = rules_for(draft)
    grounds = rules.exemptions_from(Procedure.DISCUSSION, draft.stage or Stage.DRAFT)
    form = ExemptionForm()
    form.ground.choices = [(ground.id, str(ground.text)) for ground in grounds]
    if form.validate_on_submit():
        said = form.details()
        try:
            with db.session.begin_nested():
                announcing.state_exemption(
                    draft, ground=said.ground, note=said.note, actor=current_actor(), now=clock.now()
                )
        except Unfinished as refused:
            show_unfinished(form, refused, "note")
        else:
            flash(_("The draft is listed among those that are not discussed, with its ground."), "success")
            return back(draft)
    return (
        render_template(
            "consultations/desk/exemption.html", draft=draft, form=form, grounds=grounds, rules=rules
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/drafts/<int:number>/prolong", methods=["GET", "POST"])
@on(DraftAct, may=Action.PROLONG)
def prolong(draft: DraftAct) -> ResponseReturnValue:
    form = ProlongForm()
    if form.validate_on_submit():
        wish = form.details()
        try:
            with db.session.begin_nested():
                announcing.prolong(
                    draft,
                    closes_on=wish.closes_on,
                    reason=wish.reason,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except TermInThePast as refused:
            show_at_field(form, refused.data, _("The new last day must be later than the one that stands."))
        except Unfinished as refused:
            show_unfinished(form, refused, "reason")
        else:
            flash(_("People have more time. The old day stays visible in the history."), "success")
            return back(draft)
    status = 422 if form.errors else 200
    return render_template("consultations/desk/prolong.html", draft=draft, form=form), status


@bp.route("/desk/drafts/<int:number>/review", methods=["GET", "POST"])
@on(DraftAct, may=Action.BEGIN_REVIEW)
def review(draft: DraftAct) -> ResponseReturnValue:
    if NothingForm().validate_on_submit():
        announcing.begin_review(draft, actor=current_actor(), now=clock.now())
        flash(_("The review of the comments has begun."), "success")
        return back(draft)
    return render_template("consultations/desk/review.html", draft=draft)


def show_unfinished(form: Form, refused: Unfinished, field: str) -> None:
    """Says at the field that its text is too short, or that the draft's card is not complete."""
    shortest = refused.data.get("shortest")
    if isinstance(shortest, int):
        sentence = ngettext(
            "This must be at least %(num)s character long, so that people learn the reason.",
            "This must be at least %(num)s characters long, so that people learn the reason.",
            shortest,
        )
    else:
        sentence = _("The card is not complete: kind, stage, level, and all texts in Kazakh and in Russian.")
    show_at_field(form, {"field": field}, sentence)
