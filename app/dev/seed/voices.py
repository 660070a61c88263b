"""People who have something to say: comments, replies, whole campaigns, agreement and what they like.

Words go through the services that the pages call; the copies of a campaign's letter, agreements and likes are written
by statements of their own.
"""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, text

from app import clock
from app.access import Actor
from app.accounts.models import Account
from app.comments.models import Agreement, Anchor, Comment, Thread
from app.comments.services import grouping, hiding, posting
from app.comments.services.posting import CommentWords
from app.consultations.models import Attitude, DraftAct
from app.consultations.services import attitudes
from app.db import db
from app.dev.seed import acts
from app.dev.seed.acts import Campaign, Line, Reply, Talk
from app.dev.seed.people import People
from app.dev.seed.stage import Stage, Tale, day_of
from app.dev.seed.texts import stories
from app.petitions.models import Petition
from app.territories import queries as territories

HOUR = timedelta(hours=1)
# Nobody writes before breakfast.
MORNING = 8

# One letter of many, as the service writes them; its fact, which wakes nobody here, is left out.
COPY = text(
    """
    INSERT INTO comment (thread_id, state, author_id, author_kind, shown_as, language, text, anchor_key, anchor_path,
                         anchor_version, anchor_language, created_at, sketch, search_vector)
    SELECT thread_id, letter.state, account.id, author_kind,
           account.given_name || ' ' || account.family_name || '.', letter.language, text, anchor_key, anchor_path,
           anchor_version, anchor_language, :now, sketch, search_vector
    FROM comment AS letter, account
    WHERE letter.id = :letter AND account.id = :author
    """
)

Deed = Callable[[datetime], object]


class Public:
    """The demo's citizens, and people of whom only a first name and an initial are known.

    These have an account, made without signing in: each has a key that belongs to no IIN.
    """

    def __init__(self, people: People, *, since: datetime) -> None:
        self.people = people
        self.luck = random.Random(20260917)
        self.crowd = {language: self._enter(language, since=since) for language in acts.LANGUAGES}
        # Whoever writes English is one of the citizens.
        self.citizens = {key: account.actor() for key, account in people.accounts.items()}
        everybody = [*self.citizens.values(), *(actor for crowd in self.crowd.values() for actor in crowd)]
        self.known = [actor.account_id or 0 for actor in everybody]

    def _enter(self, language: str, *, since: datetime) -> list[Actor]:
        homes = {unit.code: unit.population or 0 for unit in territories.regions()}
        first, last = acts.birth_years()
        regions = self.luck.choices(list(homes), list(homes.values()), k=len(acts.names()[language]))
        rows = [
            {
                "person_tag": secrets.token_bytes(32),
                "born_on": date(self.luck.randint(first, last), self.luck.randint(1, 12), 15),
                "given_name": name[: name.index(" ")],
                "family_name": name[name.index(" ") + 1 :].rstrip("."),
                "language": language,
                "region_code": region,
                "created_at": since,
            }
            for name, region in zip(acts.names()[language], regions, strict=True)
        ]
        ids = db.session.scalars(insert(Account).returning(Account.id), rows).all()
        accounts = db.session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id))
        return [account.actor() for account in accounts]

    def speakers(self, language: str, many: int) -> list[Actor]:
        """So many people of the crowd who speak the language, no one twice."""
        return self.luck.sample(self.crowd[language], many)

    def anybody(self, many: int, *, but: int | None = None) -> list[int]:
        """The ids of so many accounts; without the one of `but`."""
        return self.luck.sample([number for number in self.known if number != but], many)


@dataclass
class Conversation:
    """What is said in one thread between two moments. `said` are the comments by the key of their line."""

    stage: Stage
    public: Public
    thread: Thread
    since: datetime
    until: datetime
    said: dict[str, list[Comment]] = field(default_factory=dict)
    deeds: list[tuple[datetime, Deed]] = field(default_factory=list)

    def tell(self, lines: Sequence[Line], campaigns: Sequence[Campaign] = ()) -> Tale:
        """Everything in the order of time."""
        silent = [line for line in lines if not line.by]
        by_language = {
            language: self.public.speakers(language, sum(line.language == language for line in silent))
            for language in acts.LANGUAGES
        }
        for line in lines:
            author = self.actor(line.by) if line.by else by_language[line.language].pop()
            self.plan(line, author)
        for campaign in campaigns:
            self.plan_campaign(campaign)
        for moment, deed in sorted(self.deeds, key=lambda one: one[0]):
            now = yield moment
            deed(now)

    def actor(self, key: str) -> Actor:
        return self.public.citizens[key]

    def moment(self, place: float) -> datetime:
        return self.by_day(self.since + (self.until - self.since) * place)

    def by_day(self, moment: datetime) -> datetime:
        here = clock.local(moment)
        if here.hour < MORNING:
            moment += (MORNING - here.hour) * HOUR
        return min(moment, self.until)

    def plan(self, line: Line, author: Actor) -> None:
        at = self.moment(line.at)
        self.deeds.append((at, lambda now: self.say(line, author, now)))
        for place, reply in enumerate(line.replies, 1):
            self.later(at, 5 * place, self.replying(line, reply))
        if line.edited is not None:
            self.later(at, line.edited.hours, self.editing(line, author))
        if line.hidden is not None:
            self.later(at, 20, self.hiding(line))
            self.later(at, 29, self.appealing(line, author))
        if line.is_withdrawn:
            self.later(at, 28, lambda now: posting.withdraw(self.comment(line.key), actor=author, now=now))

    def later(self, at: datetime, hours: int, deed: Deed) -> None:
        self.deeds.append((self.by_day(at + hours * HOUR), deed))

    def comment(self, key: str) -> Comment:
        return self.said[key][0]

    def say(self, line: Line, author: Actor, now: datetime) -> None:
        words = CommentWords(
            text=line.text,
            language=line.language,
            proposed=line.proposed or None,
            author_kind=line.author_kind,
            organisation=line.organisation,
        )
        anchor = None
        if line.on:
            anchor = Anchor(key="", path=line.on, version=1, language=line.language, exact=line.selected)
        comment = self.post(line.key, words, anchor, author, now)
        agreeing = self.public.anybody(line.agree, but=author.account_id)
        if agreeing:
            db.session.execute(
                insert(Agreement),
                [
                    {"comment_id": comment.id, "account_id": number, "at": self.some_time(now)}
                    for number in agreeing
                ],
            )

    def some_time(self, since: datetime) -> datetime:
        return since + (self.until - since) * self.public.luck.random()

    def post(
        self, key: str, words: CommentWords, anchor: Anchor | None, author: Actor, now: datetime
    ) -> Comment:
        comment = posting.post(self.thread, words=words, anchor=anchor, actor=author, now=now)
        self.said.setdefault(key, []).append(comment)
        return comment

    def replying(self, line: Line, reply: Reply) -> Deed:
        author = self.actor(reply.by)
        return lambda now: posting.reply(
            self.comment(line.key), text=reply.text, language=reply.language, actor=author, now=now
        )

    def editing(self, line: Line, author: Actor) -> Deed:
        assert line.edited is not None  # noqa: S101  who calls has looked
        words = line.edited.text
        return lambda now: posting.edit(
            self.comment(line.key), text=words, proposed=line.proposed or None, actor=author, now=now
        )

    def hiding(self, line: Line) -> Deed:
        assert line.hidden is not None  # noqa: S101  who calls has looked
        said, moderator = line.hidden, self.public.people.moderators[0].actor()
        return lambda now: hiding.hide(
            self.comment(line.key),
            reason=said.reason,
            explanation=said.explanation,
            actor=moderator,
            now=now,
        )

    def appealing(self, line: Line, author: Actor) -> Deed:
        assert line.hidden is not None  # noqa: S101  who calls has looked
        words = line.hidden.appeal
        return lambda now: hiding.appeal(self.comment(line.key), text=words, actor=author, now=now)

    def plan_campaign(self, campaign: Campaign) -> None:
        """Every sender writes once; those who changed the letter are spread among the others."""
        senders = self.public.speakers(campaign.language, campaign.letters)
        start, end = campaign.at
        # The first letters are as they were handed out.
        changed = {2 + 2 * place: addition for place, addition in enumerate(campaign.changed)}
        for place, sender in enumerate(senders):
            at = self.moment(start + (end - start) * place / campaign.letters)
            if place == 0 or place in changed:
                words = f"{campaign.text}\n{changed[place]}" if place else campaign.text
                self.deeds.append((at, self.sending(campaign, words, sender)))
            else:
                self.deeds.append((at, self.copying(campaign, sender)))
        self.deeds.append((self.moment(end), lambda now: grouping.group_thread(self.thread, now=now)))

    def sending(self, campaign: Campaign, letter: str, author: Actor) -> Deed:
        words = CommentWords(text=letter, language=campaign.language)
        anchor = Anchor(key="", path=campaign.on, version=1, language=campaign.language)
        return lambda now: self.post(campaign.key, words, anchor, author, now)

    def copying(self, campaign: Campaign, author: Actor) -> Deed:
        """The first letter once more, word for word, under another name."""
        return lambda now: db.session.execute(
            COPY, {"letter": self.comment(campaign.key).id, "author": author.account_id, "now": now}
        )


def like(draft: DraftAct, talk: Conversation, *, likes: int, dislikes: int) -> None:
    """What people think of the draft as a whole; each person once."""
    people = talk.public.anybody(likes + dislikes)
    if people:
        db.session.execute(
            insert(Attitude),
            [
                {
                    "draft_id": draft.id,
                    "account_id": number,
                    "likes": place < likes,
                    "at": talk.some_time(talk.since),
                }
                for place, number in enumerate(people)
            ],
        )
        attitudes.count(now=talk.since)


def talk_about(talk: Talk, stage: Stage, public: Public) -> Tale:
    """What is said about a petition that is open for signing."""
    story = next(story for story in stories() if story.key == talk.petition)
    # It is published on a working day, this one or one before.
    yield stage.when.days_ago((story.life.published or 0) - 1, 9)
    title = Petition.titles[story.language].astext
    petition = db.session.scalars(select(Petition).where(title == story.titles[story.language])).one()
    if petition.thread is None:
        raise LookupError(f"nobody can comment on {talk.petition} yet")
    until = stage.now - 10 * HOUR
    told = Conversation(stage, public, petition.thread, day_of(petition.published_at) + HOUR, until)
    yield from told.tell(talk.comments)
