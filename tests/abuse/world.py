"""One thing for every form that there is, in the state that the form is for, and who meets which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app import clock
from app.accounts.keys import signer_key
from app.accounts.models import Account
from app.comments.lifecycle import AnswerKind
from app.comments.models import Comment
from app.comments.services import answering, grouping, hiding, posting, templates
from app.comments.services.answering import AnswerDraft
from app.comments.services.posting import CommentWords
from app.comments.services.templates import TemplateWords
from app.comments.views.answering import View
from app.consultations import queries as consultations
from app.consultations.models import Fate
from app.consultations.services import comparative, reporting, versions
from app.db import db
from app.petitions.models import Signature
from app.petitions.services import reviewing
from tests import drafts, factories
from tests.abuse.council_world import MEETINGS, CouncilWorld
from tests.notifications.people import follower, saved_search

OFFICERS_DRAFTS = (
    "d blank",
    "d whole",
    "d open",
    "d closed",
    "d begun",
    "d compared",
    "d reviewed",
    "d reported",
)
HEADS_DRAFTS = ("d whole", "d open", "d compared", "d reviewed")
# What a name's first word says of whose number it is; petitions where it is none of these.
TABLES = {
    "d": "drafts",
    "sitting": "sittings",
    "ruling": "rulings",
    "promise": "promises",
    "proposal": "proposals",
    "act": "control",
    "competition": "competitions",
}
SENTENCE = "Бұл сөйлем кез келген өріске жететіндей ұзын етіп жазылған."


@dataclass
class World:
    """One petition for every form that there is, and who meets which."""

    cast: Any
    petitions: dict[str, Any] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    # Ids of what has no number, by the name that they have in addresses.
    things: dict[str, list[Any]] = field(default_factory=dict)
    # What belongs to one of those that have a number, by its name.
    own: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cast, now = self.cast, clock.now()
        made = self.petitions
        for name in ("draft", "submitted", "rejected", "published", "forwarded", "registered", "returned"):
            made[name] = getattr(factories, name)(cast, now=now)
        made["reviewed"] = factories.reviewed(cast, now=now)
        reviewing.save_decision(
            made["reviewed"],
            draft=factories.decision_draft(made["reviewed"]),
            actor=cast.marat.actor(),
            now=now,
        )
        made["signed"] = factories.published(cast, now=now)
        made["decided"] = factories.decided(cast, now=now)
        for name in ("signed", "decided"):
            self._sign(made[name])
        db.session.flush()
        self.tokens = [
            follower(made["published"], f"{name}@example.kz", confirmed=name == "confirmed").token
            for name in ("asked", "confirmed")
        ]
        self.tokens += [
            saved_search(f"{name}@example.kz", confirmed=name == "confirmed").token
            for name in ("asked", "confirmed")
        ]
        self._talk(made["published"].thread)
        self._discuss()
        self._sit()
        db.session.commit()

    def _sit(self) -> None:
        """Councils, and somebody who follows one."""
        self.councils = CouncilWorld(self.cast, self.petitions["d open"])
        self.petitions |= self.councils.made
        self.things |= self.councils.things
        self.own |= self.councils.own
        self.tokens.append(follower(self.councils.council, "council@example.kz", confirmed=True).token)

    def number_of(self, name: str) -> int:
        """The number, or else the id, by which addresses know what has this name."""
        if name in self.councils.made:
            return self.councils.number_of(name)
        return int(self.petitions[name].number)

    def things_at(self, name: str | None) -> dict[str, list[Any]]:
        return {**self.things, **self.own.get(name or "", {})}

    def _talk(self, thread: Any) -> None:
        """Comments in every state that a form is for: in a group, of another, hidden, and hidden with an appeal."""
        cast, now = self.cast, clock.now()

        def say(author: Any, text: str) -> Comment:
            words = CommentWords(text=text, language="kk")
            return posting.post(thread, words=words, anchor=None, actor=author.actor(), now=now)

        letters = [say(author, SENTENCE * 5) for author in (cast.bolat, cast.dana)]
        for letter in letters:
            grouping.join(letter.id, now=now)
        said = [
            *letters,
            say(cast.aigul, "Жаңа жол керек."),
            say(cast.bolat, "Жасырылған пікір."),
            say(cast.aigul, "Шағымдалған пікір."),
        ]
        for comment in said[-2:]:
            hiding.hide(comment, reason="insult", explanation=SENTENCE, actor=cast.saule.actor(), now=now)
        hiding.appeal(said[-1], text=SENTENCE, actor=cast.aigul.actor(), now=now)
        self.things = {
            "thread_id": [thread.id],
            "comment_id": [comment.id for comment in said],
            "group_id": [letters[0].group_id],
        }

    def _discuss(self) -> None:
        """Drafts in every state that a form is for: blank, with a row in its table, with a version in each of its
        states, with a comment that looks for its place, with a report, reported."""
        cast, now = self.cast, clock.now()
        marat, gulnar = cast.marat.actor(), cast.gulnar.actor()
        made = self.petitions
        made["d blank"], made["d whole"] = drafts.blank(cast), drafts.preparing(cast)
        version = consultations.newest_version(made["d whole"])
        words = {"ru": comparative.RowWords(element="Пункт 3", proposed=SENTENCE)}
        row = comparative.add(version, words=words, actor=marat)
        made["d open"], made["d closed"] = drafts.opened(cast), drafts.closed(cast)
        made["d begun"], made["d compared"] = drafts.opened(cast), drafts.opened(cast)
        versions.prepare(made["d begun"], actor=marat, now=now)
        drafts.second_version(made["d compared"], cast, publish=False)
        said = drafts.comment(made["d open"], cast.bolat)
        newest = drafts.second_version(made["d open"], cast)
        consultations.carried(newest, said.id).fate = Fate.DOUBTFUL
        for name in ("d reviewed", "d reported"):
            made[name] = drafts.under_review(cast)
            report = reporting.ask(made[name], actor=marat, now=now)
            reporting.make(made[name], attempt=report.attempt, now=now)
        reporting.publish_report(made["d reported"], actor=gulnar, now=now)
        self.things["comment_id"].append(said.id)
        self.things |= {"row_id": [row.id], "language": ["ru"], "position": [2]}
        self._answer(made["d open"])

    def _answer(self, draft: Any) -> None:
        """What an answer desk can have: two groups, a draft of an answer, an approved one, a template."""
        cast, now, thread = self.cast, clock.now(), draft.thread
        marat, gulnar = cast.marat.actor(), cast.gulnar.actor()
        groups = []
        for text in (SENTENCE * 4, "Балалар ойнайтын жерде түнде де жарық жансын деп сұраймыз. " * 4):
            letters = [drafts.comment(draft, author, text) for author in (cast.bolat, cast.dana)]
            groups += [grouping.join(letter.id, now=now) for letter in letters][-1:]
        said = [
            drafts.comment(draft, cast.aigul, f"Пікір: {SENTENCE}", path=path) for path in ("clause-1", None)
        ]
        words = AnswerDraft(AnswerKind.NOTED, "kk", SENTENCE)
        answers = [answering.save(thread, comment=one, draft=words, actor=marat, now=now) for one in said]
        answering.approve(answers[:1], actor=gulnar, now=now)
        template = templates.add(
            thread.agency_id,
            words=TemplateWords("Рақмет", AnswerKind.NOTED, "kk", SENTENCE),
            actor=marat,
            now=now,
        )
        self.things["thread_id"].append(thread.id)
        self.things["comment_id"].append(said[0].id)
        self.things["group_id"] += [group.id for group in groups if group]
        self.things |= {"answer_id": [answers[1].id], "template_id": [template.id]}

    def _sign(self, petition: Any) -> None:
        tag = self.cast.bolat.person_tag
        db.session.add(
            Signature(
                petition_id=petition.id,
                signer_key=signer_key(tag, petition_number=petition.number),
                region_code="KZ-11",
                consent_version="test",
                signed_at=petition.published_at or clock.now(),
            )
        )

    def with_queries(self, found: Iterable[str], doors: Any) -> Iterator[tuple[str, str]]:
        """The addresses with their endpoints; where other forms show by what is asked for, also with each of that."""
        ticked = "&".join(f"comment={number}" for number in self.things["comment_id"])
        queries = {
            "comments.desk": [f"view={view}" for view in View],
            "comments.answer_many": [ticked],
            **self.councils.queries(),
        }
        for address in found:
            endpoint, _ = doors.match(address)
            yield address, endpoint
            for query in queries.get(endpoint, ()):
                yield f"{address}?{query}", endpoint

    def meetings(self, part: str) -> list[tuple[str | Account, list[str]]]:
        """Who meets what: people of councils only what councils do."""
        if part in MEETINGS:
            people = self.councils.people
            return [(people.get(person, person), names) for person, names in MEETINGS[part]]
        return [
            ("", ["published"]),
            ("bolat", ["published", "signed", "decided", "d open"]),
            ("aigul", ["draft", "submitted", "rejected"]),
            ("yerlan", ["submitted", "published"]),
            ("asel", ["published"]),
            ("marat", ["forwarded", "registered", "reviewed", "decided", *OFFICERS_DRAFTS]),
            ("gulnar", ["registered", "reviewed", "returned", *HEADS_DRAFTS]),
        ]
