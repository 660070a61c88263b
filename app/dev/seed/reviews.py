"""The addressee's part: registering, the steps of the review, an extension, the decision and what signers think of it."""

import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import text

from app import clock
from app.db import db
from app.dev.seed import texts
from app.dev.seed.stage import Stage, Tale, day_of, is_central
from app.dev.seed.texts import Story
from app.law.calendar import add_working_days
from app.petitions.models import Petition, Rating, StepState
from app.petitions.queries import decision_of
from app.petitions.services import forwarding, reviewing

# Working days after the registration: when each step is taken, and when the discussion is announced.
LOCAL = {"working_group": 2, "site_visit": 5, "announcement": 8, "public_discussion": 13}
CENTRAL = {
    "working_group": 4,
    "site_visit": 11,
    "announcement": 18,
    "public_discussion": 25,
    "analysis": 28,
    "comparative_study": 29,
}
EXTENDED_AFTER = 16

RATE = text(
    """
    INSERT INTO answer_rating (answer_id, rater_key, rating, rated_at)
    SELECT answer.id, signer.signer_key, (CAST(:moods AS text[]))[CAST(1 + floor(random() * :choices) AS integer)],
           CAST(:since AS timestamptz) + (CAST(:until AS timestamptz) - CAST(:since AS timestamptz)) * random()
    FROM demand_answer AS answer,
         (
             SELECT signer_key FROM signature
             WHERE petition_id = :petition_id AND departure IS NULL ORDER BY id LIMIT :raters
         ) AS signer
    WHERE answer.id = :answer_id
    """
)
# How signers see each kind of answer: yes, partly, no.
MOODS = {
    "accepted": (7, 3, 1),
    "already_done": (3, 3, 4),
    "partly": (2, 6, 3),
    "other_body": (1, 3, 6),
    "refused": (1, 2, 8),
}


def decided_at(story: Story, stage: Stage) -> datetime | None:
    decided = story.life.decided
    return None if decided is None else stage.when.working_days_ago(decided, 16, 20)


def review(story: Story, stage: Stage, petition: Petition) -> Tale:
    """From the registration as far as the days since then have led."""
    now = yield stage.when.working_days_ago(story.life.registered or 0, 15, 12)
    number = f"ПТ-{now:%Y}-{petition.number % 900 + 37}"
    forwarding.register(petition, registration_number=number, actor=stage.people.officer(petition), now=now)
    registered_on = clock.today(now)
    for moment, step in sorted(steps_of(story, stage, petition, registered_on)):
        if moment >= stage.now:
            break
        now = yield moment
        take(step, stage, petition, language=story.language, registered_on=registered_on, now=now)
    if story.life.extended_by:
        yield from extend(story, stage, petition)
    if story.key in texts.decisions():
        yield from decide(story, stage, petition)


def steps_of(
    story: Story, stage: Stage, petition: Petition, registered_on: date
) -> Iterator[tuple[datetime, str]]:
    plan = CENTRAL if is_central(petition) else LOCAL
    for step, days in plan.items():
        if story.life.steps is None or step in story.life.steps:
            yield stage.when.working_days_after(registered_on, days, 16, 5), step


def take(
    step: str, stage: Stage, petition: Petition, *, language: str, registered_on: date, now: datetime
) -> None:
    """Enters the step; the discussion is announced for its own day first."""
    plan = CENTRAL if is_central(petition) else LOCAL
    is_announcement = step == "announcement"
    words = texts.step_texts()[step][language]
    today = clock.today(now)
    held_on = add_working_days(registered_on, plan["public_discussion"], stage.when.calendar)
    reviewing.record_step(
        petition,
        step="public_discussion" if is_announcement else step,
        state=StepState.ANNOUNCED if is_announcement else state_of(step, petition),
        on=held_on if is_announcement else today,
        place=words.place,
        note=words.note,
        actor=stage.people.officer(petition),
        now=now,
    )


def state_of(step: str, petition: Petition) -> StepState:
    # None of the demo's petitions asks for a change of the law.
    return StepState.NOT_NEEDED if step == "comparative_study" else StepState.DONE


def extend(story: Story, stage: Stage, petition: Petition) -> Tale:
    registered_on = clock.today(day_of(petition.supported_at))
    now = yield stage.when.working_days_after(registered_on, EXTENDED_AFTER, 17, 0)
    assert petition.review_duty is not None  # noqa: S101  it was registered
    to = add_working_days(petition.review_duty.due_on, story.life.extended_by or 1, stage.when.calendar)
    reviewing.extend(petition, to=to, reason=story.life.text, actor=stage.people.head(petition), now=now)


def decide(story: Story, stage: Stage, petition: Petition) -> Tale:
    """The officer's draft; then, if the story has come to it, the head's decision, the statement and the ratings."""
    decided = decided_at(story, stage)
    now = yield (decided or stage.now) - timedelta(hours=2)
    reviewing.save_decision(
        petition, draft=draft_of(story, stage, petition), actor=stage.people.officer(petition), now=now
    )
    if decided is None:
        return
    now = yield decided
    reviewing.publish_decision(petition, actor=stage.people.head(petition), now=now)
    if statement := texts.decisions()[story.key].statement:
        now = yield stage.when.working_days_after(clock.today(decided), 1, 12, 30)
        reviewing.make_statement(
            petition,
            text=statement,
            link=None,
            on=clock.today(now),
            actor=stage.people.officer(petition),
            now=now,
        )
    rate(petition, raters=story.life.raters, since=decided, until=stage.now)


def draft_of(story: Story, stage: Stage, petition: Petition) -> reviewing.DecisionDraft:
    words = texts.decisions()[story.key]
    answers = [
        reviewing.AnswerDraft(
            demand_id=demand.id,
            kind=answer.kind,
            text=answer.text,
            responsible=answer.responsible,
            by_when=stage.when.today + timedelta(days=answer.in_days) if answer.in_days else None,
        )
        for demand, answer in zip(petition.demands, words.answers, strict=True)
    ]
    return reviewing.DecisionDraft(
        language=words.language,
        outcome=words.outcome,
        parts=words.parts,
        signed_by=words.signed_by,
        answers=answers,
        revision=0,
    )


def rate(petition: Petition, *, raters: int, since: datetime, until: datetime) -> None:
    """What `raters` of the signers think of each answer; each time a few less have the patience."""
    decision = decision_of(petition)
    if decision is None or not raters:
        return
    for place, answer in enumerate(decision.answers):
        weights = MOODS[answer.kind.value if answer.kind else "refused"]
        moods = list(
            itertools.chain.from_iterable(
                [rating.value] * weight for rating, weight in zip(Rating, weights, strict=True)
            )
        )
        db.session.execute(
            RATE,
            {
                "answer_id": answer.id,
                "petition_id": petition.id,
                "moods": moods,
                "choices": len(moods),
                "raters": raters - place * raters // 12,
                "since": since,
                "until": until,
            },
        )
