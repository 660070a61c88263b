"""The life of a petition from its draft to its end, told with the services that a page would call."""

from collections.abc import Generator
from datetime import datetime, timedelta

from app.dev.seed import reviews
from app.dev.seed.stage import Stage, Tale, day_of
from app.dev.seed.texts import Story
from app.errors import NotFound
from app.law import rules_in_force
from app.petitions.lifecycle import State
from app.petitions.models import InvalidationReason, Petition
from app.petitions.services import checking, closing, drafting, forwarding, signing
from app.petitions.services.closing import end_terms

Part = Generator[datetime, datetime, Petition]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
# From handing in to publication, where nothing is waited for.
CHECK_TAKES = timedelta(days=8)
# Within the terms of the check and of the first support, whichever month it is.
DECIDES_AFTER = timedelta(days=7)
SUPPORTED = (State.SUPPORTED, State.FORWARDED, State.UNDER_REVIEW, State.DECIDED)


def tale(story: Story, stage: Stage) -> Tale:
    """Everything that becomes of the petition, up to the moment of seeding."""
    match story.life.ends:
        case State.DRAFT:
            yield from draft(story, stage, at=stage.when.days_ago(3, 20, 15))
        case State.SUBMITTED | State.REJECTED | State.LAPSED | State.WITHDRAWN:
            yield from not_published(story, stage)
        case State.PUBLISHED | State.CLOSED | State.REMOVED | State.RETURNED | State.ANSWERED:
            yield from not_supported(story, stage)
        case _:
            yield from supported(story, stage)


def draft(story: Story, stage: Stage, *, at: datetime) -> Part:
    """A complete draft, as the question pages leave it."""
    now = yield at
    actor = stage.people.actor(story.author)
    citizen = stage.people.citizens[story.author]
    answers = {ground.id: False for ground in rules_in_force(stage.when.today).excluded_matters}
    petition = drafting.begin(language=story.language, answers=answers, actor=actor, now=now)
    drafting.choose_addressee(petition, slug=story.addressee, actor=actor)
    drafting.name_it(
        petition, language=story.language, titles=dict(story.titles), topic=story.topic, actor=actor
    )
    drafting.ask(petition, demands=story.demands, actor=actor)
    drafting.argue(petition, arguments=story.arguments, actor=actor)
    drafting.leave_address(
        petition, email=citizen.email, region_code=story.region, language=citizen.language, actor=actor
    )
    return petition


def submitted(story: Story, stage: Stage, *, at: datetime) -> Part:
    """Handed in, and signed by its author first of all."""
    petition = yield from draft(story, stage, at=at - 3 * HOUR)
    now = yield at
    drafting.submit(petition, actor=stage.people.actor(story.author), now=now)
    stage.people.sign(petition, story.author, now=now + MINUTE)
    return petition


def not_published(story: Story, stage: Stage) -> Tale:
    """What stays before publication, or ends there."""
    life, when = story.life, stage.when
    petition = yield from submitted(story, stage, at=when.days_ago(life.submitted or 10, 11, 24))
    since = day_of(petition.submitted_at) + HOUR
    decided = when.office_hours(since + DECIDES_AFTER)
    until = stage.now if life.ends is State.SUBMITTED else decided
    stage.come(petition, story, life.supporters - 1, since=since, until=since + (until - since) * 0.9)
    match life.ends:
        case State.REJECTED:
            now = yield decided
            checking.reject(
                petition,
                ground=life.ground,
                reason=life.text,
                actor=stage.people.moderator(petition),
                now=now,
            )
        case State.WITHDRAWN:
            now = yield decided
            closing.withdraw(petition, actor=stage.people.actor(story.author), now=now)
        case State.LAPSED:
            yield from term_ends(stage, day_of(petition.support_closes_at))
        case _:
            yield from waits(story, stage, petition)


def waits(story: Story, stage: Stage, petition: Petition) -> Tale:
    """One of the two conditions of publication is there, or neither."""
    if story.life.is_checked:
        now = yield stage.when.office_hours(day_of(petition.submitted_at) + 3 * DAY)
        checking.pass_check(petition, actor=stage.people.moderator(petition), now=now)
    elif story.life.supporters >= (petition.first_support_needed or 0):
        now = yield stage.now
        stage.crowd.count(now=now)
        checking.record_first_support(petition, now=now)


def published(story: Story, stage: Stage, *, at: datetime) -> Part:
    """In free access from `at` on, with those who have an account among its signers."""
    petition = yield from submitted(story, stage, at=at - CHECK_TAKES)
    since = day_of(petition.submitted_at) + HOUR
    enough = (petition.first_support_needed or 0) - 1
    if story.life.support_last:
        stage.come(petition, story, enough, since=since, until=at)
        now = yield stage.when.office_hours(at - 3 * DAY)
        checking.pass_check(petition, actor=stage.people.moderator(petition), now=now)
        now = yield at
        stage.crowd.count(now=now)
        checking.record_first_support(petition, now=now)
    else:
        stage.come(petition, story, enough, since=since, until=at - 3 * DAY)
        now = yield at - 3 * DAY
        stage.crowd.count(now=now)
        checking.record_first_support(petition, now=now)
        now = yield at
        checking.pass_check(petition, actor=stage.people.moderator(petition), now=now)
    if petition.state is not State.PUBLISHED:
        raise NotFound(story=story.key)
    for place, key in enumerate(story.life.signed_by):
        now = yield at + (7 + 5 * place) * HOUR
        stage.people.sign(petition, key, now=now)
    return petition


def not_supported(story: Story, stage: Stage) -> Tale:
    """Published, and open to this day or ended without the threshold."""
    life, when = story.life, stage.when
    petition = yield from published(story, stage, at=published_at(story, stage))
    since = day_of(petition.published_at)
    until = min(day_of(petition.closes_at), stage.now)
    ends_at = when.office_hours(since + (until - since) * 0.9)
    still_to_come = wanted(petition, story) - signed_so_far(petition, story)
    gathers_until = ends_at if life.ends in (State.CLOSED, State.REMOVED) else until
    stage.come(petition, story, still_to_come, since=since, until=gathers_until)
    if life.burst:
        yield from burst(story, stage, petition)
    if life.ends is State.CLOSED:
        now = yield ends_at
        closing.close(petition, note=life.text, actor=stage.people.moderator(petition), now=now)
    elif life.ends is State.REMOVED:
        now = yield ends_at
        closing.remove(petition, note=life.text, actor=stage.people.administrator.actor(), now=now)
    elif life.ends in (State.RETURNED, State.ANSWERED):
        yield from term_ends(stage, day_of(petition.closes_at))
        if life.answered is not None:
            now = yield when.working_days_ago(life.answered, 15, 40)
            closing.answer_letter(petition, text=life.text, actor=stage.people.head(petition), now=now)


def published_at(story: Story, stage: Stage) -> datetime:
    """When a petition was published that ends, or has ended, by its term or is simply open."""
    life, when = story.life, stage.when
    if life.closes_in is not None:
        return when.six_months_before(when.today + timedelta(days=life.closes_in), 10, 12)
    if life.returned is not None:
        closed = when.working_days_ago(life.returned, 10, 12)
        return when.six_months_before(closed.date() - timedelta(days=1), 10, 12)
    return when.office_hours(when.days_ago(life.published or 30, 10, 12))


def wanted(petition: Petition, story: Story) -> int:
    """How many signatures there shall be in the end."""
    threshold = petition.threshold_votes or 0
    return threshold - 1 if story.life.is_one_short else round(threshold * story.life.share)


def signed_so_far(petition: Petition, story: Story) -> int:
    """Who has signed by now: the first supporters, and the people with an account."""
    return (petition.first_support_needed or 0) + len(story.life.signed_by)


def burst(story: Story, stage: Stage, petition: Petition) -> Tale:
    """A machine that signed one night, and the moderator who took its signatures out of the count."""
    since = day_of(petition.published_at)
    night = stage.when.office_hours(since + (stage.now - since) * 0.55)
    start = night.replace(hour=21, minute=10)
    now = yield start
    stage.come(petition, story, story.life.burst, since=now, until=now + 35 * MINUTE)
    now = yield start + timedelta(days=2, hours=9)
    stage.crowd.count(now=now)
    signing.invalidate(
        petition,
        since=start,
        until=start + 35 * MINUTE,
        region_code=None,
        reason=InvalidationReason.TECHNICAL,
        note=story.life.text,
        actor=stage.people.moderator(petition),
        now=now,
    )
    stage.crowd.count(now=now)


def term_ends(stage: Stage, at: datetime) -> Tale:
    """What the clock does at the end of a term; signatures up to the last instant are counted first."""
    now = yield at + MINUTE
    stage.crowd.count(now=now)
    end_terms(now=now)


def supported(story: Story, stage: Stage) -> Tale:
    """The threshold is reached, and the addressee's part begins."""
    life = story.life
    reached = reached_at(story, stage)
    at = stage.when.office_hours(reached - timedelta(days=life.gathered_in))
    petition = yield from published(story, stage, at=at)
    missing = (petition.threshold_votes or 0) - signed_so_far(petition, story)
    stage.come(petition, story, missing, since=day_of(petition.published_at), until=reached)
    now = yield reached
    stage.reach_threshold(petition, now=now)
    if life.more:
        until = reviews.decided_at(story, stage) or stage.now
        stage.come(petition, story, life.more, since=now, until=until)
    if life.ends is State.SUPPORTED:
        return
    now = yield reached + MINUTE
    forwarding.forward(petition, now=now)
    if life.ends is not State.FORWARDED:
        yield from reviews.review(story, stage, petition)


def reached_at(story: Story, stage: Stage) -> datetime:
    life = story.life
    if life.registered is not None:
        return stage.when.working_days_ago(life.registered, 9, 37)
    if life.forwarded is not None:
        return stage.when.working_days_ago(life.forwarded, 11, 18)
    return stage.now - (25 if life.ends is State.SUPPORTED else 95) * MINUTE
