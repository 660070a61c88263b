"""Seeding: a small believable country, so that a newcomer sees every state of a petition, of a draft act and of what
comes before a public council on the first day.

Everything happens through the services that the pages call, with `now` in the past and in the order of time; only
the thousands of signatures are written in bulk (`crowd.py`), and so are the copies of
campaign letters and who agrees (`voices.py`). The dates are counted back from the day of seeding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import func, insert, select, text, update

from app.agencies import services as agencies
from app.comments.services import counting as comment_counting
from app.consultations.models import DraftAct
from app.consultations.services.answering import announce_overdue
from app.control.services import concluding as control
from app.councils.models import Council
from app.councils.services import register
from app.db import db
from app.dev.seed import competitions, controls, councils, drafts, promises, proposals, sittings, voices
from app.dev.seed import people as persons
from app.dev.seed.acts import all_acts, talks
from app.dev.seed.councils import Chambers
from app.dev.seed.crowd import Crowd
from app.dev.seed.lives import tale
from app.dev.seed.moments import Moments
from app.dev.seed.people import People
from app.dev.seed.sittings import Book, Told
from app.dev.seed.stage import Stage, Tale
from app.dev.seed.texts import Story, stories
from app.law import calendar_now
from app.notifications.models import Follow
from app.outbox.models import OutboxEntry
from app.petitions.models import Petition, Tally
from app.petitions.services import closing, forwarding, proving
from app.promises import services as promising
from app.proposals.services import answering as proposed
from app.recommendations.services import answering as recommended
from app.sittings.services import examining
from app.territories import services as territories

# The same lock as the sequencer's, waited for: no counting of others in between, and no second seeding.
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('signature_log', 0))")
# How far back the reminders are caught up on.
CHASED_DAYS = 45
# The same for what comes before councils: nothing there was late before that.
CHASED_DAYS_AT_COUNCILS = 20
LANGUAGES = ("kk", "ru", "en")


class SeedingWentWrong(RuntimeError):
    """The country that was made contradicts itself; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Seeded:
    petitions: int
    signatures: int
    drafts: int
    councils: int


def seed(*, now: datetime) -> Seeded | None:
    """Makes the demo country in the running transaction; None, and nothing changed, if it is there already.

    No mail about the past goes out: what the facts of these months would have woken is marked as done.
    """
    db.session.execute(LOCK)
    if persons.are_there():
        return None
    territories.load()
    agencies.load()
    register.load()
    when = Moments(now=now, calendar=calendar_now())
    crowd = Crowd()
    crowd.begin()
    since = now - timedelta(days=330)
    stage = Stage(when, People(since=since, today=when.today), crowd)
    public = voices.Public(stage.people, since=since)
    chambers, book = Chambers(stage, since=since), Book()
    stage.play(
        [
            *(tale(story, stage) for story in stories()),
            *(drafts.tale(act, stage, public) for act in all_acts()),
            *(voices.talk_about(talk, stage, public) for talk in talks()),
            *at_councils(stage, chambers, public, book, since=since),
            *(drafts.silence_is_consent(act, stage) for act in all_acts() if act.life.announced),
            reminders(stage),
        ]
    )
    comment_counting.run(now=stage.now)
    proposals.count(since=since)
    controls.count(since=since)
    follow(now=now)
    councils.follow(chambers, now=now)
    silence(now=now)
    check(now=now)
    check_councils(stage, book)
    db.session.execute(
        text("ANALYZE petition, signature, signature_log, petition_hourly_count, petition_tally")
    )
    return Seeded(
        petitions=db.session.scalar(select(func.count()).select_from(Petition)) or 0,
        signatures=db.session.scalar(select(func.sum(Tally.signatures))) or 0,
        drafts=db.session.scalar(select(func.count()).select_from(DraftAct)) or 0,
        councils=db.session.scalar(select(func.count()).select_from(Council)) or 0,
    )


def at_councils(
    stage: Stage, chambers: Chambers, public: voices.Public, book: Book, *, since: datetime
) -> Iterator[Tale]:
    """Everything that councils do, and what is asked of them."""
    yield chambers.turnover()
    yield from (competitions.tale(row, stage, since=since) for row in competitions.all_competitions())
    yield from (proposals.tale(row, stage, chambers, public, book) for row in proposals.all_proposals())
    yield from (Told(row, stage, chambers, book).tale() for row in sittings.all_sittings())
    yield from (controls.tale(row, stage, chambers, public, book) for row in controls.all_controls())
    yield from (promises.tale(row, stage, book) for row in promises.all_promises())


def reminders(stage: Stage) -> Tale:
    """What the clock says every morning to addressees that are late."""
    for days in range(CHASED_DAYS, -1, -1):
        now = yield stage.when.days_ago(days, 9)
        forwarding.chase_registrations(now=now)
        closing.announce_overdue_reviews(now=now)
        announce_overdue(now=now)
        if days > CHASED_DAYS_AT_COUNCILS:
            continue
        examining.warn(now=now)
        recommended.announce_overdue(now=now)
        proposed.announce_overdue(now=now)
        control.announce_overdue(now=now)
        promising.remind(now=now)
        promising.find_late(now=now)


def follow(*, now: datetime) -> None:
    """A few people who did not sign want to be told what becomes of it."""
    titles = {story.titles[story.language]: story for story in stories() if story.life.followers}
    for petition in db.session.scalars(select(Petition).where(Petition.published_at.is_not(None))):
        story = titles.get(petition.original_title)
        if story is not None:
            db.session.execute(insert(Follow), followers(story, petition, now=now))


def followers(story: Story, petition: Petition, *, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "petition_id": petition.id,
            "email": f"reader{place}.{story.key}@example.kz",
            "language": LANGUAGES[place % 3],
            "token": token_urlsafe(32),
            "asked_at": petition.published_at,
            "confirmed_at": now,
        }
        for place in range(1, story.life.followers + 1)
    ]


def silence(*, now: datetime) -> None:
    """Marks what this transaction put into the outbox as done; `created_at` is the transaction's beginning."""
    db.session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.created_at == func.now(), OutboxEntry.done_at.is_(None))
        .values(done_at=now)
    )


def check(*, now: datetime) -> None:
    """SeedingWentWrong unless every petition and draft is where its file says and every sum can be proved."""
    proof = proving.prove(now=now)
    if proof is None or proof.drift:
        raise SeedingWentWrong(f"the count has drifted: {proof.drift if proof else 'not proved'}")
    made = {p.original_title: p.state for p in db.session.scalars(select(Petition))}
    wrong = [s.key for s in stories() if made.get(s.titles[s.language]) is not s.life.ends]
    wrong += drafts.misplaced()
    if wrong:
        raise SeedingWentWrong(f"not where they should be: {', '.join(wrong)}")


def check_councils(stage: Stage, book: Book) -> None:
    """SeedingWentWrong unless the register has its size and everything before a council is where its file says."""
    wrong = [
        *councils.misplaced(),
        *competitions.misplaced(),
        *proposals.misplaced(book),
        *sittings.misplaced(book),
        *controls.misplaced(book),
        *promises.misplaced(stage, book),
    ]
    if wrong:
        raise SeedingWentWrong(f"not where they should be: {', '.join(wrong)}")
