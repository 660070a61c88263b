"""The developing body's own pages: its drafts by what is due, a new one, and the file of each with what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Role
from app.agencies import queries as agencies
from app.comments.queries import figures
from app.consultations import labels, policies, queries
from app.consultations.actions import Action
from app.consultations.forms.drafting import NewForm
from app.consultations.lifecycle import Requirement, State
from app.consultations.models import DraftAct, DraftVersion, VersionState
from app.consultations.queries import desk, page
from app.consultations.services import announcing, drafting
from app.consultations.views import bp
from app.consultations.views.listing import rules_of
from app.consultations.views.reading import event_in_words, kind_of
from app.duties.queries import clock_of
from app.i18n import _
from app.law import ConsultationRules, consultation_rules_in_force
from app.law.labels import MARKS, period
from app.web.guards import current_actor, on, signed_in

bp.add_app_template_global(MARKS.__getitem__, "rule_mark")
bp.add_app_template_global(period, "rule_period")

OFFICERS = (Role.OFFICER, Role.HEAD)
# What the file offers: each shows if its verb exists now and is this person's.
VERBS = (
    Action.EDIT,
    Action.DISCARD,
    Action.ANNOUNCE,
    Action.STATE_EXEMPTION,
    Action.PREPARE_VERSION,
    Action.PUBLISH_VERSION,
    Action.SETTLE_ANCHORS,
    Action.PROLONG,
    Action.BEGIN_REVIEW,
    Action.PREPARE_REPORT,
    Action.PUBLISH_REPORT,
    Action.ADOPT,
    Action.WITHDRAW,
)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list: `is_done`, or what is still to be done in words."""

    name: str
    href: str
    is_done: bool
    status: str
    note: str = ""


@bp.get("/desk/drafts")
@signed_in(*OFFICERS)
def desk_list() -> ResponseReturnValue:
    actor, today = current_actor(), clock.today()
    rows = desk.drafts_of(actor.agency_ids, today=today)
    return render_template(
        "consultations/desk/list.html",
        rows=rows,
        missing={
            row.draft.id: missing_in_words(row.draft) for row in rows if row.draft.state is State.PREPARING
        },
        ended=desk.ended(actor.agency_ids),
        agencies=list(agencies.with_ids(list(actor.agency_ids)).values()),
        labels=labels,
        today=today,
    )


@bp.route("/desk/drafts/new", methods=["GET", "POST"])
@signed_in(*OFFICERS)
def new() -> ResponseReturnValue:
    actor = current_actor()
    form = NewForm.of(
        list(agencies.with_ids(list(actor.agency_ids)).values()), desk.repeatable(actor.agency_ids)
    )
    if form.validate_on_submit():
        wish = form.details()
        draft = drafting.begin(
            agency=wish.agency,
            language=wish.language,
            previous=wish.previous,
            actor=actor,
            now=clock.now(),
        )
        flash(_("The draft is begun. Only your body sees it until it is announced."), "success")
        return redirect(url_for("consultations.card", number=draft.number), 303)
    return render_template("consultations/desk/new.html", form=form), 422 if form.errors else 200


@bp.get("/desk/drafts/<int:number>")
@on(DraftAct, may=Action.SEE_FILE)
def edit(draft: DraftAct) -> ResponseReturnValue:
    """The file: before the announcement a list of tasks, afterwards what can be done now."""
    actor, today = current_actor(), clock.today()
    version = queries.newest_version(draft)
    published = queries.published_version(draft)
    return render_template(
        "consultations/desk/item.html",
        draft=draft,
        may={verb.value: policies.may(verb, actor, draft) for verb in VERBS},
        tasks=tasks_of(draft, version) if draft.state is State.PREPARING else [],
        missing=missing_in_words(draft) if draft.state is State.PREPARING else [],
        version=version,
        published=published,
        in_work=version if version is not None and version is not published else None,
        report=queries.report_of(draft),
        waiting=desk.waiting_by_draft([draft.id]).get(draft.id, 0),
        figures=figures.of(draft.thread) if draft.thread else None,
        has_unanswered=queries.has_unanswered(draft) if draft.thread_id else False,
        duty=desk.open_duty(draft),
        clocks=_clocks(draft),
        events=[event_in_words(event, draft) for event in page.events_of(draft, today=today)],
        rules=rules_of(draft),
        kind=kind_of(draft, rules_of(draft)),
        labels=labels,
        states=State,
        version_states=VersionState,
    )


def answers_address(draft: DraftAct) -> str:
    """Where the comments of the draft are answered."""
    return url_for("comments.desk", thread_id=draft.thread_id)


bp.add_app_template_global(answers_address, "answers_address")


def _clocks(draft: DraftAct) -> Sequence[Any]:
    if draft.state not in (State.CLOSED, State.UNDER_REVIEW):
        return []
    today = clock.today()
    return [
        (duty.kind.value, clock_of(duty, today=today))
        for duty in (draft.answers_duty, draft.report_duty)
        if duty is not None and duty.cancelled_at is None
    ]


def tasks_of(draft: DraftAct, version: DraftVersion | None) -> list[Task]:
    """Card, texts, table, term: what stands before the announcement."""
    missing = announcing.missing(draft)
    languages = queries.languages_of(version) if version is not None else []
    rows = desk.count_rows(version) if version is not None else 0
    lacking = words_missing(draft)
    number = draft.number
    return [
        Task(
            _("Card, summary and explanatory note"),
            url_for("consultations.card", number=number),
            Requirement.WORDS not in missing,
            _("Completed") if Requirement.WORDS not in missing else _("Not complete"),
            "" if len(lacking) > 4 else " ".join(lacking),
        ),
        Task(
            _("Full text in Kazakh and Russian"),
            url_for("consultations.desk_text", number=number),
            Requirement.FULL_TEXT not in missing,
            _("Completed") if Requirement.FULL_TEXT not in missing else _("Not complete"),
            "" if len(languages) != 1 else languages_missing(languages),
        ),
        Task(
            _("Comparative table"),
            url_for("consultations.desk_table", number=number),
            rows > 0,
            _("Completed") if rows else _("May stay empty"),
            "" if rows else _("Needed where the draft changes an act in force."),
        ),
        Task(
            _("First and last day of the discussion"),
            url_for("consultations.term", number=number),
            Requirement.TERM not in missing,
            _("Completed") if Requirement.TERM not in missing else _("Not complete"),
            "" if draft.stage else _("Fill in the card first: the term hangs on kind and stage."),
        ),
    ]


def languages_missing(languages: Sequence[str]) -> str:
    return str(_("The Russian text is missing.") if "kk" in languages else _("The Kazakh text is missing."))


def words_missing(draft: DraftAct) -> list[str]:
    """What the card still lacks, a sentence each."""
    sentences = {
        ("titles", "kk"): _("The title in Kazakh is missing."),
        ("titles", "ru"): _("The title in Russian is missing."),
        ("summaries", "kk"): _("The summary in Kazakh is missing."),
        ("summaries", "ru"): _("The summary in Russian is missing."),
        ("notes", "kk"): _("The explanatory note in Kazakh is missing."),
        ("notes", "ru"): _("The explanatory note in Russian is missing."),
    }
    found = [] if draft.kind and draft.stage and draft.level else [_("Kind, stage and level are not chosen.")]
    return found + [
        sentence
        for (column, language), sentence in sentences.items()
        if not getattr(draft, column).get(language, "").strip()
    ]


def missing_in_words(draft: DraftAct) -> list[str]:
    """What stands between the draft and its announcement, a sentence each."""
    found = words_missing(draft)
    missing = announcing.missing(draft)
    if Requirement.FULL_TEXT in missing:
        version = queries.newest_version(draft)
        languages = queries.languages_of(version) if version is not None else []
        found.append(
            languages_missing(languages)
            if len(languages) == 1
            else _("The full text is missing, in Kazakh and in Russian.")
        )
    if Requirement.TERM in missing:
        found.append(_("The first and the last day of the discussion are not set."))
    elif draft.opens_on is not None and draft.opens_on < clock.today():
        found.append(_("The first day of the discussion is over. Set the term anew."))
    return found


def rules_for(draft: DraftAct) -> ConsultationRules:
    """The rules by which a draft that is not public yet is written: those of today."""
    return consultation_rules_in_force(clock.today()) if draft.state is State.PREPARING else rules_of(draft)


def back(draft: DraftAct, *, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("consultations.edit", number=draft.number, _anchor=anchor), 303)
