"""The addressee's review: its steps, an extension, the decision, the statement, and what signers think of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.access import Actor
from app.accounts.keys import signer_key
from app.db import db
from app.duties import services as duties
from app.errors import InvalidInput
from app.law import calendar_now, rules_version
from app.law.calendar import earliest_day_after
from app.outbox import publish
from app.petitions import policies, queries
from app.petitions.actions import Action
from app.petitions.errors import DecisionIncomplete, EditedMeanwhile, NoticeTooShort, NotSigned
from app.petitions.events import DecisionPublished, DiscussionAnnounced, ReviewExtended, StatementMade
from app.petitions.lifecycle import Requirement
from app.petitions.models import (
    AnswerKind,
    AnswerRating,
    Decision,
    DemandAnswer,
    Outcome,
    Petition,
    Rating,
    Step,
    StepState,
    TransitionRow,
)
from app.petitions.services.reasons import require_reason
from app.petitions.services.signing import has_signed
from app.petitions.services.transitions import lock, move

# Parts of a decision that are boxes of text; the others (outcome, answers, language, form) are shown by its structure.
TEXT_PARTS = ("facts", "reasons", "legal_basis", "appeal")


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What the decision's form says about one demand."""

    demand_id: int
    kind: AnswerKind | None
    text: str = ""
    responsible: str = ""
    by_when: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The whole form of the decision; anything may be empty until it is published."""

    language: str
    outcome: Outcome | None
    parts: Mapping[str, str]
    signed_by: str
    answers: Sequence[AnswerDraft]
    revision: int


def record_step(
    petition: Petition,
    *,
    step: str,
    state: StepState,
    on: date,
    place: str = "",
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Step:
    """Enters a step of the review (APPC art. 90-5(2)): announced for a day, done, or not needed for a reason that the
    law lets count. Announcing the public discussion tells the author and everybody who follows.

    NoticeTooShort if a step with a term of notice is announced for a day inside of it; InvalidInput of `state` if such
    a step is done without having been announced for that day or an earlier one.
    """
    policies.check(Action.RECORD_STEP, actor, petition)
    rules = rules_version(petition.rules_version or "")
    kind = petition.addressee.addressee_kind if petition.addressee else None
    known = {s.id: s for s in rules.review_steps(kind or "")}
    if step not in known or (state is StepState.NOT_NEEDED and known[step].unless is None):
        raise InvalidInput(field="step")
    today = clock.today(now)
    if state is StepState.ANNOUNCED:
        notice = known[step].notice
        earliest = earliest_day_after(today, notice, calendar_now()) if notice else today
        if on < earliest:
            raise NoticeTooShort(field="on", earliest=earliest)
        if not place:
            raise InvalidInput(field="place")
    else:
        require_reason(note, field="note")
    if state is not StepState.ANNOUNCED and on > today:
        raise InvalidInput(field="on", latest=today)
    elif state is StepState.DONE and known[step].notice and not _was_announced(petition, step, on):
        raise InvalidInput(field="state")
    entry = Step(
        petition_id=petition.id,
        step=step,
        state=state,
        on=on,
        place=place,
        note=note,
        recorded_at=now,
        recorded_by=actor.account_id or 0,
    )
    db.session.add(entry)
    # The fact names the entry.
    db.session.flush()
    if state is StepState.ANNOUNCED and known[step].notice is not None:
        publish(DiscussionAnnounced(petition_id=petition.id, step_id=entry.id))
    return entry


def _was_announced(petition: Petition, step: str, by: date) -> bool:
    return any(
        entry.step == step and entry.state is StepState.ANNOUNCED and entry.on <= by
        for entry in queries.steps_of(petition)
    )


def extend(petition: Petition, *, to: date, reason: str, actor: Actor, now: datetime) -> None:
    """Puts the decision off, once, in public and with the head's reason (APPC art. 76(3))."""
    policies.check(Action.EXTEND, actor, petition)
    require_reason(reason, field="reason")
    lock(petition)
    assert petition.review_duty is not None  # noqa: S101  a CHECK says so
    rules = rules_version(petition.rules_version or "")
    duties.extend(
        petition.review_duty,
        to=to,
        reason=reason,
        limit=rules.deadline("extension_limit"),
        actor=actor,
        now=now,
    )
    petition.transitions.append(
        TransitionRow(
            action=Action.EXTEND.value,
            source=petition.state,
            target=petition.state,
            at=now,
            actor_id=actor.account_id,
            note=reason,
            details={"to": to.isoformat()},
        )
    )
    publish(ReviewExtended(petition_id=petition.id))


def save_decision(petition: Petition, *, draft: DecisionDraft, actor: Actor, now: datetime) -> Decision:
    """Keeps the draft of the decision as it is; EditedMeanwhile if it was saved since `draft.revision` was read."""
    policies.check(Action.DRAFT_DECISION, actor, petition)
    lock(petition)
    decision = queries.decision_of(petition)
    if decision is None:
        decision = Decision(petition_id=petition.id, language=draft.language, saved_at=now, revision=0)
        db.session.add(decision)
    elif decision.revision != draft.revision:
        raise EditedMeanwhile(revision=decision.revision)
    decision.language, decision.outcome = draft.language, draft.outcome
    decision.parts, decision.signed_by = dict(draft.parts), draft.signed_by
    decision.revision, decision.saved_at, decision.saved_by_id = decision.revision + 1, now, actor.account_id
    kept = {answer.demand_id: answer for answer in decision.answers}
    for answer in draft.answers:
        row = kept.get(answer.demand_id) or DemandAnswer(demand_id=answer.demand_id)
        if row not in decision.answers:
            decision.answers.append(row)
        row.kind, row.text = answer.kind, answer.text
        row.responsible, row.by_when = answer.responsible, answer.by_when
    db.session.flush()
    return decision


def missing_parts(petition: Petition, decision: Decision | None) -> list[str]:
    """The boxes that are still empty: ids of the law's parts, `outcome`, `signed_by`, `demand:<position>…`."""
    rules = rules_version(petition.rules_version or "")
    if decision is None:
        return ["decision"]
    required = {part.id for part in rules.decision_parts}
    missing = [part for part in TEXT_PARTS if part in required and not decision.parts.get(part)]
    missing += ["outcome"] if decision.outcome is None else []
    missing += ["signed_by"] if not decision.signed_by else []
    answers = {answer.demand_id: answer for answer in decision.answers}
    for demand in petition.demands:
        answer = answers.get(demand.id)
        if answer is None or answer.kind is None or not answer.text:
            missing.append(f"demand:{demand.position}")
        elif answer.kind in (AnswerKind.ACCEPTED, AnswerKind.PARTLY) and not (
            answer.responsible and answer.by_when
        ):
            missing.append(f"demand:{demand.position}:who_and_when")
        elif answer.kind is AnswerKind.OTHER_BODY and not answer.responsible:
            missing.append(f"demand:{demand.position}:who")
    return missing


def missing_steps(petition: Petition) -> list[str]:
    """Duties of the review that are neither done nor not needed."""
    rules = rules_version(petition.rules_version or "")
    kind = petition.addressee.addressee_kind if petition.addressee else None
    finished = {s.step for s in queries.steps_of(petition) if s.state is not StepState.ANNOUNCED}
    return [step.id for step in rules.review_steps(kind or "") if step.id not in finished]


def publish_decision(
    petition: Petition, *, revision: int | None = None, actor: Actor, now: datetime
) -> Petition:
    """The first head decides and the decision is in the open the same moment (APPC art. 90-6(1), (3)).

    DecisionIncomplete, with what is missing, while a box or a step is empty; EditedMeanwhile if the head has read
    another `revision` than the newest.
    """
    lock(petition)
    policies.check(Action.DECIDE, actor, petition)
    decision = queries.decision_of(petition)
    if decision is not None and revision not in (None, decision.revision):
        raise EditedMeanwhile(revision=decision.revision)
    missing = missing_parts(petition, decision) + missing_steps(petition)
    if missing or decision is None:
        raise DecisionIncomplete(missing=missing)
    decision.published_at = now
    if petition.review_duty:
        duties.fulfil(petition.review_duty, now=now)
    return move(
        petition,
        Action.DECIDE,
        actor=actor,
        now=now,
        fact=DecisionPublished,
        met=frozenset({Requirement.STEPS_DONE, Requirement.DECISION_COMPLETE}),
        details={"outcome": decision.outcome.value if decision.outcome else None},
    )


def make_statement(
    petition: Petition, *, text: str, link: str | None, on: date, actor: Actor, now: datetime
) -> Petition:
    """The official public statement of the first head about the decision, made once (APPC art. 90-6(3))."""
    lock(petition)
    if petition.statement_on is not None:
        raise policies.NotInThisState(action=Action.MAKE_STATEMENT, state=petition.state)
    return move(
        petition,
        Action.MAKE_STATEMENT,
        actor=actor,
        now=now,
        fact=StatementMade,
        columns={"statement_text": text, "statement_link": link, "statement_on": on},
    )


def rate(petition: Petition, *, answer_id: int, rating: Rating, actor: Actor, now: datetime) -> None:
    """What a signer thinks of the answer to one demand; the last word counts. NotSigned for others."""
    policies.check(Action.RATE, actor, petition)
    if actor.person_tag is None or not has_signed(petition, actor.person_tag):
        raise NotSigned(number=petition.number)
    belongs = db.session.scalar(
        select(DemandAnswer.id)
        .join(Decision)
        .where(DemandAnswer.id == answer_id, Decision.petition_id == petition.id)
    )
    if belongs is None:
        raise InvalidInput(field="answer")
    key = signer_key(actor.person_tag, petition_number=petition.number)
    statement = insert(AnswerRating).values(answer_id=answer_id, rater_key=key, rating=rating, rated_at=now)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[AnswerRating.answer_id, AnswerRating.rater_key],
            set_={"rating": rating, "rated_at": now},
        )
    )
