"""The life of a draft act from its first line to its adoption, told with the services that a page would call."""

from collections.abc import Generator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app import clock
from app.access import Actor
from app.agencies import queries as agencies
from app.comments.models import Answer, Group, Thread
from app.comments.services import answering as body
from app.comments.services import counting, grouping
from app.comments.services.answering import AnswerDraft
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct, DraftVersion
from app.consultations.services import (
    announcing,
    answering,
    carrying,
    comparative,
    comparing,
    drafting,
    reporting,
    versions,
)
from app.consultations.services.comparative import RowWords
from app.consultations.services.drafting import Card, Term
from app.db import db
from app.dev.seed import voices
from app.dev.seed.acts import LANGUAGES, Act, Reaction, all_acts
from app.dev.seed.moments import at
from app.dev.seed.stage import Stage, Tale, day_of
from app.dev.seed.voices import Conversation, Public
from app.documents import reading
from app.law import consultation_rules_in_force
from app.law.calendar import ONE_DAY, add_working_days
from app.sittings import queries as sittings
from app.sittings.services import examining

Part = Generator[datetime, datetime, DraftAct]
MINUTE = timedelta(minutes=1)


class Office:
    """Who writes the act, and who decides."""

    def __init__(self, act: Act, stage: Stage) -> None:
        agency = agencies.by_slug(act.agency)
        if agency is None:
            raise LookupError(act.agency)
        self.agency = agency
        self.officer: Actor = stage.people.officer_of(agency.id)
        self.head: Actor = stage.people.head_of(agency.id)


def tale(act: Act, stage: Stage, public: Public) -> Tale:
    """Everything that becomes of the draft, up to the moment of seeding."""
    office, life = Office(act, stage), act.life
    draft = yield from prepared(act, stage, office)
    if life.ends is State.PREPARING:
        return
    if life.ends is State.EXEMPT:
        now = yield stage.when.working_days_ago(life.begun, 16, 40)
        announcing.state_exemption(draft, ground=life.ground, note=life.reason, actor=office.head, now=now)
        return
    yield from announced(act, stage, office, draft)
    if life.ends is State.ANNOUNCED:
        return
    talk = yield from discussed(act, stage, public, draft)
    if life.withdrawn is not None:
        now = yield stage.when.working_days_ago(life.withdrawn, 17, 5)
        announcing.withdraw(draft, reason=life.reason, actor=office.head, now=now)
        examining.draft_withdrawn(draft, reason=life.reason, now=now)
    if life.closed is not None:
        yield from concluded(act, stage, office, draft, talk)


def prepared(act: Act, stage: Stage, office: Office) -> Part:
    """The card, the text in both languages, the comparative table."""
    now = yield stage.when.working_days_ago(act.life.begun, 10, 15)
    draft = drafting.begin(agency=office.agency, language=act.language, actor=office.officer, now=now)
    drafting.describe(draft, card=card_of(act), actor=office.officer)
    if act.text is not None:
        version = versions.prepare(draft, actor=office.officer, now=now)
        take(version, act.text, office)
        for row in act.table:
            words = {
                language: RowWords(**{column: texts[language] for column, texts in row.items()})
                for language in LANGUAGES
            }
            comparative.add(version, words=words, actor=office.officer)
    return draft


def card_of(act: Act) -> Card:
    return Card(
        kind=act.kind,
        stage=act.stage,
        level=act.level,
        topic=act.topic,
        region_code=act.region,
        affects=act.affects,
        is_emergency=act.is_emergency,
        titles=act.title,
        summaries=act.summary,
        notes=act.note,
    )


def take(version: DraftVersion, texts: Mapping[str, str], office: Office) -> None:
    for language, text in texts.items():
        blocks = reading.read(text.encode(), filename=f"{language}.txt")
        versions.take_text(version, language=language, blocks=blocks, file=None, actor=office.officer)


def announced(act: Act, stage: Stage, office: Office, draft: DraftAct) -> Tale:
    """In public with its term; opened on its first day."""
    now = yield stage.when.working_days_ago(act.life.announced, 11, 30)
    rules = consultation_rules_in_force(clock.today(now))
    opens_on = opening(act, stage)
    proposal = drafting.propose_term(draft, rules=rules, opens_on=opens_on)
    term = Term(opens_on, closing(act, stage) or proposal.closes_on)
    drafting.set_term(draft, term=term, rules=rules, actor=office.officer, now=now)
    announcing.announce(draft, actor=office.head, now=now + MINUTE)
    examining.notify_concerned(draft, now=now + MINUTE)
    if act.life.opened is not None and draft.state is State.ANNOUNCED:
        now = yield at(opens_on, 0, 5)
        announcing.open_discussion(draft, now=now)


def silence_is_consent(act: Act, stage: Stage) -> Tale:
    """What the clock does in the night after a council's term for the draft, if the council has said nothing."""
    yield stage.when.working_days_ago(act.life.announced, 11, 45)
    for examination in sittings.examinations_of(find(act)):
        night = at(examination.duty.last_day + ONE_DAY, 0, 5)
        if night < stage.now:
            now = yield night
            examining.end_terms(now=now)


def find(act: Act) -> DraftAct:
    title = DraftAct.titles[act.language].astext
    return db.session.scalars(select(DraftAct).where(title == act.title[act.language])).one()


def opening(act: Act, stage: Stage) -> date:
    if act.life.opens_in is not None:
        return stage.when.today + timedelta(days=act.life.opens_in)
    return working_day(stage, -(act.life.opened or 0))


def closing(act: Act, stage: Stage) -> date | None:
    """The last day, where the story names one."""
    life = act.life
    if life.closes_in is not None:
        return working_day(stage, life.closes_in)
    return None if life.closed is None else working_day(stage, -life.closed)


def working_day(stage: Stage, days: int) -> date:
    return add_working_days(stage.when.today, days, stage.when.calendar)


def discussed(
    act: Act, stage: Stage, public: Public, draft: DraftAct
) -> Generator[datetime, datetime, Conversation]:
    """What people say while it is open; closed after its last day."""
    life = act.life
    until = stage.now - 5 * MINUTE
    if life.withdrawn is not None:
        until = stage.when.working_days_ago(life.withdrawn, 16)
    elif life.closed is not None:
        until = at(working_day(stage, -life.closed), 23, 50)
    talk = Conversation(stage, public, thread_of(draft), day_of(draft.opened_at), until)
    voices.like(draft, talk, likes=life.likes, dislikes=life.dislikes)
    yield from talk.tell(act.comments, act.campaigns)
    if life.closed is not None:
        now = yield at(working_day(stage, -life.closed) + ONE_DAY, 0, 5)
        announcing.close(draft, now=now)
    return talk


def thread_of(draft: DraftAct) -> Thread:
    if draft.thread is None:
        raise LookupError("the draft is not open yet")
    return draft.thread


def concluded(act: Act, stage: Stage, office: Office, draft: DraftAct, talk: Conversation) -> Tale:
    """The body's part: review, a second version, answers, the report and the act itself."""
    life, when = act.life, stage.when
    if life.reviewed is not None:
        now = yield when.working_days_ago(life.reviewed, 9, 45)
        announcing.begin_review(draft, actor=office.officer, now=now)
    if act.second is not None:
        now = yield when.working_days_ago(life.revised or 1, 12, 20)
        revise(act, office, draft, now=now)
    now = yield when.working_days_ago(life.answered or 1, 14, 10)
    answer(act, office, talk, now=now)
    answering.see_all_answered(draft, now=now)
    if life.reported is not None:
        now = yield when.working_days_ago(life.reported, 15, 30)
        report(draft, office, now=now)
    if life.adopted is not None:
        now = yield when.working_days_ago(life.adopted, 10, 5)
        announcing.adopt(
            draft,
            link=life.link,
            title=life.adopted_title,
            adopted_on=clock.today(now),
            actor=office.officer,
            now=now,
        )


def revise(act: Act, office: Office, draft: DraftAct, *, now: datetime) -> None:
    """The second version: compared, published, and the comments carried into it."""
    assert act.second is not None  # noqa: S101  who calls has looked
    version = versions.prepare(draft, actor=office.officer, now=now)
    take(version, act.second.text, office)
    versions.say_what_changed(version, changes=act.second.changes, actor=office.officer)
    versions.ask_comparison(version, actor=office.officer)
    comparing.compare(version, attempt=version.attempt)
    versions.publish_version(version, attempt=version.attempt, actor=office.head, now=now)
    carrying.carry(version, now=now)


def answer(act: Act, office: Office, talk: Conversation, *, now: datetime) -> None:
    """What the officer writes, and what the head does with it."""
    for reaction in act.answers:
        written = write(reaction, office, talk, now=now)
        if reaction.state in ("approved", "published"):
            body.approve([written], actor=office.head, now=now)
        if reaction.state == "published":
            body.publish([written], actor=office.head, now=now)
        if reaction.state == "sent_back":
            body.send_back([written], reason=reaction.reason, actor=office.head, now=now)


def write(reaction: Reaction, office: Office, talk: Conversation, *, now: datetime) -> Answer:
    comment = talk.comment(reaction.to)
    if comment.group_id is not None:
        grouping.confirm(db.session.get_one(Group, comment.group_id), actor=office.officer, now=now)
    draft = AnswerDraft(
        kind=reaction.kind,
        language=reaction.language,
        text=reaction.text,
        changed_key=reaction.changed or None,
    )
    return body.save(talk.thread, comment=comment, draft=draft, actor=office.officer, now=now)


def report(draft: DraftAct, office: Office, *, now: datetime) -> None:
    """The report's files, from what is counted at that moment."""
    counting.run(now=now)
    made = reporting.ask(draft, actor=office.officer, now=now)
    reporting.make(draft, attempt=made.attempt, now=now)
    reporting.publish_report(draft, actor=office.head, now=now)


def misplaced() -> list[str]:
    """The keys of the drafts that are not where their files say."""
    made = {draft.titles[draft.language]: draft.state for draft in db.session.scalars(select(DraftAct))}
    return [act.key for act in all_acts() if made.get(act.title[act.language]) is not act.life.ends]
