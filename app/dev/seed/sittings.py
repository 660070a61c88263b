"""Sittings of the councils, told from the notice to the answers: `sittings.toml` with the services of the pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import select

from app import clock
from app.access import Actor
from app.consultations import queries as drafts
from app.consultations.models import DraftAct
from app.db import db
from app.dev.seed import councils
from app.dev.seed.acts import all_acts
from app.dev.seed.councils import Chambers, Row, day, moment
from app.dev.seed.drafts import find
from app.dev.seed.stage import Stage, Tale
from app.dev.seed.texts import stories
from app.petitions.models import Petition
from app.proposals.models import Proposal
from app.recommendations.lifecycle import AnswerKind
from app.recommendations.models import RecommendationList
from app.recommendations.services import answering, listing
from app.recommendations.services.answering import AnswerWords
from app.recommendations.services.listing import RowWords
from app.sittings import queries
from app.sittings.forms.ruling import names_of
from app.sittings.lifecycle import AttendanceKind, Choice, ItemKind
from app.sittings.models import AgendaItem, Ruling, Sitting
from app.sittings.services import attending, calling, examining, minutes, ruling, voting
from app.sittings.services.calling import ItemWords

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NEVER_CALLED = ("preparing",)
NOT_HELD = ("preparing", "called", "cancelled")

Deed: TypeAlias = Callable[[datetime], Any]


@dataclass
class Book:
    """What was told so far, by its key in the files."""

    sittings: dict[str, Sitting] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    rulings: dict[tuple[str, int], Ruling] = field(default_factory=dict)
    controls: dict[str, Any] = field(default_factory=dict)
    promises: list[tuple[Row, Any]] = field(default_factory=list)


def all_sittings() -> list[Row]:
    return list(councils.read("sittings")["sitting"])


def draft_of(key: str) -> DraftAct:
    return find(next(act for act in all_acts() if act.key == key))


def petition_of(key: str) -> Petition:
    story = next(story for story in stories() if story.key == key)
    title = Petition.titles[story.language].astext
    return db.session.scalars(select(Petition).where(title == story.titles[story.language])).one()


def in_order(deeds: list[tuple[datetime, Deed]]) -> Tale:
    """Each at its own moment."""
    for at, deed in sorted(deeds, key=lambda one: one[0]):
        now = yield at
        deed(now)


class Told:
    """One sitting of the file, from its first line to its last."""

    def __init__(self, row: Row, stage: Stage, chambers: Chambers, book: Book) -> None:
        self.row, self.stage, self.chambers, self.book = row, stage, chambers, book
        self.key: str = row["council"]
        self.secretary: Actor = chambers.secretary(self.key)
        self.starts = moment(stage, row["starts"])
        self.items: list[tuple[Row, AgendaItem]] = []

    @property
    def sitting(self) -> Sitting:
        return self.book.sittings[self.row["key"]]

    def tale(self) -> Tale:
        row = self.row
        now = yield moment(self.stage, row["prepared"])
        self.prepare(now)
        if row["ends"] in NEVER_CALLED:
            return
        now = yield moment(self.stage, row["called"])
        calling.call(self.sitting, actor=self.secretary, now=now)
        yield from in_order(list(self.between()))
        if row["ends"] in NOT_HELD:
            return
        yield from self.held()
        if row["ends"] == "in_session":
            return
        now = yield moment(self.stage, row["closed"])
        attending.close_sitting(self.sitting, actor=self.secretary, now=now)
        yield from in_order(list(self.afterwards()))

    def prepare(self, now: datetime) -> None:
        self.book.sittings[self.row["key"]] = calling.prepare(
            self.chambers.councils[self.key],
            starts_at=self.starts,
            ends_at=self.starts + 2 * HOUR,
            place=self.row["place"],
            link=self.row.get("link"),
            actor=self.secretary,
            now=now,
        )
        for said in self.row["items"]:
            if "added" not in said:
                self.add(said, now)

    def add(self, said: Row, now: datetime) -> None:
        """One item, with whoever reports on it."""
        kind, key = ItemKind(said["kind"]), str(said.get("thing", ""))
        rapporteur = self.chambers.member(self.key, said["rapporteur"]) if "rapporteur" in said else None
        draft = draft_of(key) if kind is ItemKind.DRAFT else None
        if draft is not None and rapporteur is not None:
            examination = queries.examination(self.chambers.councils[self.key].id, draft.id)
            if examination is None:
                raise LookupError(f"the council was not notified of {key}")
            examining.assign(examination, rapporteur, actor=self.secretary, now=now)
        words = ItemWords(
            kind=kind,
            titles=said.get("title", {}),
            draft=draft,
            petition=petition_of(key) if kind is ItemKind.PETITION else None,
            proposal=self.book.proposals[key] if kind is ItemKind.PROPOSAL else None,
            matter=key if kind is ItemKind.MATTER else None,
            rapporteur=rapporteur,
        )
        item = calling.add_item(self.sitting, words, actor=self.secretary, now=now)
        db.session.expire(self.sitting, ["items"])
        self.items.append((said, item))

    def between(self) -> Iterator[tuple[datetime, Deed]]:
        """What happens between the notice and the sitting."""
        for said in self.row["items"]:
            if "added" in said:
                yield moment(self.stage, said["added"]), self.adding(said)
        for said, item in self.items:
            if "opinion" in said:
                yield self.starts - 5 * HOUR, self.giving_opinion(said["opinion"], item)
        if "moved" in self.row:
            yield moment(self.stage, self.row["moved"]["at"]), self.move
        if "cancelled" in self.row:
            yield moment(self.stage, self.row["cancelled"]), self.cancel

    def adding(self, said: Row) -> Deed:
        return lambda now: self.add(said, now)

    def giving_opinion(self, said: Row, item: AgendaItem) -> Deed:
        author = self.chambers.actor(self.key, said["who"])
        return lambda now: voting.give_opinion(
            item, text=said["text"], language=said["language"], actor=author, now=now
        )

    def move(self, now: datetime) -> None:
        moved = self.row["moved"]
        self.starts = moment(self.stage, moved["starts"])
        calling.reschedule(
            self.sitting,
            starts_at=self.starts,
            ends_at=self.starts + 2 * HOUR,
            place=moved["place"],
            link=self.row.get("link"),
            reason=moved["reason"],
            actor=self.secretary,
            now=now,
        )

    def cancel(self, now: datetime) -> None:
        calling.cancel(self.sitting, reason=self.row["reason"], actor=self.secretary, now=now)

    def held(self) -> Tale:
        """Who came, and item by item what was said and how they voted."""
        now = yield self.starts
        self.take_attendance(now)
        now = yield self.starts + 3 * MINUTE
        chair = self.chambers.member(self.key, councils.told()[self.key]["chair"])
        attending.open_sitting(self.sitting, presiding=chair, actor=self.secretary, now=now)
        for place, (said, item) in enumerate(self.items):
            now = yield self.starts + (8 + 15 * place) * MINUTE
            if said.get("proceedings"):
                attending.write_proceedings(
                    item.id, self.sitting, said["proceedings"], actor=self.secretary, now=now
                )
            if "outcome" in said and not self.vote(said, item, now):
                return

    def take_attendance(self, now: datetime) -> None:
        row = self.row
        for who, member in self.chambers.sitting_on(self.key, clock.today(now)).items():
            if who in row.get("remote", ()):
                actor = self.chambers.actor(self.key, who)
                attending.check_in(self.sitting, remote=True, actor=actor, now=now)
                continue
            kind, note = AttendanceKind.PRESENT, None
            if who in row.get("absent", ()):
                kind = AttendanceKind.ABSENT
            elif who in row.get("excused", {}):
                kind, note = AttendanceKind.EXCUSED, row["excused"][who]
            attending.note(self.sitting, member, kind, note=note, actor=self.secretary, now=now)

    def vote(self, said: Row, item: AgendaItem, now: datetime) -> bool:
        """The roll call; False where it is still under way."""
        if "conflict" in said:
            aside = self.chambers.member(self.key, said["conflict"]["who"])
            reason = said["conflict"]["reason"]
            voting.declare_conflict(item, aside, reason=reason, actor=self.secretary, now=now)
        put = voting.open_vote(
            item, questions=said["question"], outcome=said["outcome"], actor=self.secretary, now=now
        )
        there, aside_ids = queries.in_the_room(self.sitting), queries.in_conflict(item)
        for who, member in self.chambers.sitting_on(self.key, clock.today(now)).items():
            if member.id not in there or member.id in aside_ids or who in said.get("silent", ()):
                continue
            voting.call_out(
                put,
                member,
                choice=choice_of(who, said),
                reason=said.get("reasons", {}).get(who, ""),
                actor=self.secretary,
                now=now + MINUTE,
            )
        if "silent" in said:
            return False
        db.session.expire(put, ["votes"])
        voting.close_vote(put, actor=self.secretary, now=now + 4 * MINUTE)
        return True

    def afterwards(self) -> Iterator[tuple[datetime, Deed]]:
        """Dissents, rulings with their answers, and the minutes."""
        closed = moment(self.stage, self.row["closed"])
        for place, (said, item) in enumerate(self.items, start=1):
            if "dissent" in said:
                yield closed + HOUR, self.dissenting(said["dissent"], item)
            if "ruling" in said:
                yield moment(self.stage, said["ruling"]["signed"]), self.ruling(place, said["ruling"], item)
                yield from self.answers(place, said["ruling"])
        if "published" in self.row:
            yield moment(self.stage, self.row["signed"]), self.sign
            yield moment(self.stage, self.row["published"]), self.publish

    def dissenting(self, said: Row, item: AgendaItem) -> Deed:
        author = self.chambers.actor(self.key, said["who"])
        return lambda now: voting.dissent(
            queries.votings_of(item)[-1],
            text=said["text"],
            language=said["language"],
            actor=author,
            now=now,
        )

    def ruling(self, place: int, said: Row, item: AgendaItem) -> Deed:
        def rule(now: datetime) -> None:
            adopted = queries.votings_of(item)[-1]
            made = ruling.begin(adopted, actor=self.secretary, now=now - HOUR)
            ruling.save(
                made,
                texts=said["text"],
                rows=[row_words(row, item) for row in said["rows"]],
                revision=made.revision,
                actor=self.secretary,
                now=now - HOUR,
            )
            ruling.sign(made, actor=self.chambers.chair(self.key), now=now)
            carry(made.recommendations, deadline=ruling.deadline(item), now=now)
            self.book.rulings[self.row["key"], place] = made

        return rule

    def answers(self, place: int, said: Row) -> Iterator[tuple[datetime, Deed]]:
        for number, row in enumerate(said["rows"]):
            if "answer" in row:
                at = self.stage.when.working_days_ago(row["answer"]["saved"], 11, 5 + number)
                yield at, self.answering(place, number, row["answer"])
        if "published" in said:
            yield (
                moment(self.stage, said["published"]),
                lambda now: sign_answers(
                    self.stage, self.book.rulings[self.row["key"], place].recommendations, now
                ),
            )

    def answering(self, place: int, number: int, said: Row) -> Deed:
        return lambda now: answer(
            self.stage, self.book.rulings[self.row["key"], place].recommendations, number, said, now
        )

    def sign(self, now: datetime) -> None:
        minutes.sign(self.sitting, actor=self.secretary, now=now)
        minutes.sign(self.sitting, actor=self.chambers.chair(self.key), now=now + HOUR)

    def publish(self, now: datetime) -> None:
        minutes.publish_minutes(self.sitting, actor=self.secretary, now=now)
        minutes.make(self.sitting, attempt=0, now=now + MINUTE)


def choice_of(who: str, said: Row) -> Choice:
    if who in said.get("against", ()):
        return Choice.AGAINST
    return Choice.ABSTAINED if who in said.get("abstained", ()) else Choice.FOR


def row_words(said: Row, item: AgendaItem) -> RowWords:
    """One recommendation, tied to its clause in the version that the council has read."""
    texts = {"kk": said["kk"], "ru": said["ru"]}
    if "clause" not in said or item.draft is None:
        return RowWords(texts)
    version = drafts.published_version(item.draft)
    clause = drafts.clause_by_anchor(version, said["clause"], "kk") if version is not None else None
    if version is None or clause is None:
        raise LookupError(said["clause"])
    return RowWords(
        texts,
        clause_key=clause.key,
        clause_path=clause.anchor,
        clause_label=names_of(version, clause),
        clause_version=version.number,
    )


def carry(listed: RecommendationList | None, *, deadline: str, now: datetime) -> None:
    """What the job does after a list was issued: the body owes the answer from here."""
    if listed is not None and listed.rows:
        listing.start_duty(listed, deadline=deadline, issued_on=clock.today(now), now=now)


def answer(stage: Stage, listed: RecommendationList, number: int, said: Row, now: datetime) -> None:
    """An officer's answer to the recommendation of that place."""
    answering.save(
        listed.rows[number],
        draft=AnswerWords(
            kind=AnswerKind(said["kind"]),
            language=said["language"],
            change=said.get("change", ""),
            by_when=day(stage, said["by_when"]) if "by_when" in said else None,
            reasons=said.get("reasons", ""),
        ),
        actor=stage.people.officer_of(listed.agency_id or 0),
        now=now,
    )


def sign_answers(stage: Stage, listed: RecommendationList, now: datetime) -> None:
    answering.ask_signature(listed, actor=stage.people.officer_of(listed.agency_id or 0), now=now)
    answering.publish(listed, actor=stage.people.head_of(listed.agency_id or 0), now=now)


def misplaced(book: Book) -> list[str]:
    """The keys of the sittings that are not where their file says."""
    return councils.differing(
        {key: sitting.state.value for key, sitting in book.sittings.items()}, all_sittings()
    )
