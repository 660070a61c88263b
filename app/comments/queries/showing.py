"""A page's comments with everything that is said beside them, in a query or two each for the whole page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app import clock
from app.access import Actor
from app.comments import policies, queries
from app.comments.actions import CommentAction
from app.comments.lifecycle import State
from app.comments.models import Answer, Comment, Edit, Group, Thread
from app.comments.queries import figures, people, reading
from app.comments.queries.figures import Figures
from app.comments.queries.reading import Item, Order
from app.comments.subjects import Fate, Place, Spot, subject_of
from app.text.redline import Piece, is_other_language, redline

# Below each comment of a list; its own page has them all.
REPLIES_ON_LIST = 3
# Longer words are cut on lists, at the end of a word; the comment's own page has them whole.
CUT_AT = 700
BEST_SHOWN = 3


@dataclass(frozen=True)
class Shown:
    """One comment as one reader sees it.

    `place` is the clause that it was written for, in that version; `changed` the clause of a later one that it
    changed. `may` are the verbs that are the reader's now. `agrees`: the reader agrees with it.
    """

    comment: Comment
    may: frozenset[CommentAction]
    is_readable: bool
    group: Group | None = None
    answer: Answer | None = None
    place: Place | None = None
    changed: Place | None = None
    wording_before: str = ""
    fate: Fate | None = None
    agrees: bool = False
    replies: Sequence["Shown"] = ()
    has_more_replies: bool = False
    edits: Sequence[Edit] = ()
    counted: int | None = None

    @property
    def agreements(self) -> int:
        """As counted last; who has just agreed sees at least themselves."""
        return max(self.comment.agreements, int(self.agrees)) if self.counted is None else self.counted

    @property
    def is_long(self) -> bool:
        return len(self.comment.text) > CUT_AT + CUT_AT // 4

    @property
    def beginning(self) -> str:
        """The text up to where lists cut it."""
        return self.comment.text[:CUT_AT].rsplit(maxsplit=1)[0] if self.is_long else self.comment.text

    @cached_property
    def proposal(self) -> Sequence[tuple[str, str]] | None:
        """What the proposed wording changes; None where there is nothing to compare, or another language."""
        proposed, before = self.comment.proposed, self.wording_before
        if not proposed or not before or is_other_language(before, proposed):
            return None
        return pairs(redline(before, proposed))

    @property
    def is_answered_on_time(self) -> bool | None:
        """None where no answer is owed by a day."""
        duty = self.comment.thread.duty
        if self.answer is None or self.answer.published_at is None or duty is None:
            return None
        return clock.today(self.answer.published_at) <= duty.last_day


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the subject's own page shows of its thread: the best comments and how many there are."""

    thread: Thread
    best: Sequence[Shown]
    figures: Figures


def beginning(thread: Thread, *, actor: Actor, language: str) -> Beginning:
    """Without a counted comment nothing is asked: most threads are empty."""
    counts = figures.kept_by(thread)
    rows = reading.page(thread, order=Order.BEST).rows if counts.comments else []
    best = [item for item in rows if item.comment.state is State.SHOWN][:BEST_SHOWN]
    return Beginning(thread, shown(best, actor=actor, language=language, replies_each=0), counts)


def shown(
    items: Iterable[Item], *, actor: Actor, language: str, replies_each: int = REPLIES_ON_LIST
) -> list[Shown]:
    """Comments of one thread for a list: with their first replies, answers, places and fates."""
    items = list(items)
    if not items:
        return []
    comments = [item.comment for item in items]
    thread = comments[0].thread
    # One more than is shown tells whether there are more.
    replies = reading.replies_of(comments, each=replies_each + 1)
    everybody = [*comments, *(reply for found in replies.values() for reply in found)]
    answers = reading.answers_of(comments)
    agreed = queries.agreed_by(actor, everybody)
    places = _places(thread, comments, answers.values())
    fates = subject_of(thread).fates(thread, comments)
    return [
        Shown(
            comment=comment,
            may=verbs(actor, comment),
            is_readable=policies.may_read(actor, comment),
            group=item.group,
            answer=answers.get(comment.id),
            place=_in_language(places, comment.anchor_key, comment.anchor_version, language),
            changed=_changed(places, answers.get(comment.id), language),
            wording_before=_wording_before(comment, places),
            fate=fates.get(comment.id),
            agrees=comment.id in agreed,
            replies=[
                _reply(reply, actor=actor, agreed=agreed)
                for reply in replies.get(comment.id, [])[:replies_each]
            ],
            has_more_replies=len(replies.get(comment.id, [])) > replies_each,
        )
        for item in items
        for comment in (item.comment,)
    ]


def alone(comment: Comment, *, actor: Actor, language: str) -> Shown:
    """A comment on its own page: with all its replies, and what each said before it was edited."""
    groups = reading.groups_of([comment])
    group = groups.get(comment.id)
    item = Item(comment, group if group is not None and group.people > 1 else None)
    one = shown([item], actor=actor, language=language, replies_each=reading.REPLIES_SHOWN)[0]
    return replace(one, edits=_edits(one), replies=[_with_edits(reply) for reply in one.replies])


def agreement(comment: Comment, *, actor: Actor) -> Shown:
    """The comment after somebody agreed or took that back, counted at once."""
    agrees = bool(queries.agreed_by(actor, [comment]))
    return Shown(
        comment=comment,
        may=verbs(actor, comment),
        is_readable=True,
        agrees=agrees,
        counted=queries.agreements_of(comment),
    )


def pairs(pieces: Iterable[Piece]) -> list[tuple[str, str]]:
    """A redline as the macro draws it."""
    return [(piece.op.value, piece.text) for piece in pieces]


def of_letters(comments: Iterable[Comment], *, actor: Actor) -> list[Shown]:
    """Letters of a group: who sent each, without what they have in common."""
    return [
        Shown(comment=comment, may=verbs(actor, comment), is_readable=policies.may_read(actor, comment))
        for comment in comments
    ]


def titles_of(threads: Iterable[Thread]) -> dict[int, str]:
    """What is commented on, by the thread's id, in the reader's language."""
    return {thread.id: subject_of(thread).title(thread) for thread in {t.id: t for t in threads}.values()}


@dataclass(frozen=True, slots=True)
class Own:
    """A comment on its author's page."""

    comment: Comment
    answer: Answer | None
    group: Group | None
    title: str
    may: frozenset[CommentAction]


def own(actor: Actor) -> list[Own]:
    """The last comments and replies of this person, with what came of them."""
    rows = people.written_by(actor).rows
    titles = titles_of(comment.thread for comment, _ in rows)
    groups = reading.groups_of(comment for comment, _ in rows)
    return [
        Own(
            comment=comment,
            answer=answer,
            group=group if (group := groups.get(comment.id)) is not None and group.people > 1 else None,
            title=titles[comment.thread_id],
            may=verbs(actor, comment),
        )
        for comment, answer in rows
    ]


def verbs(actor: Actor, comment: Comment) -> frozenset[CommentAction]:
    if actor.is_anonymous:
        return frozenset()
    return frozenset(action for action in CommentAction if policies.may(action, actor, comment))


def _reply(reply: Comment, *, actor: Actor, agreed: Collection[int]) -> Shown:
    return Shown(
        comment=reply,
        may=verbs(actor, reply),
        is_readable=policies.may_read(actor, reply),
        agrees=reply.id in agreed,
    )


def _edits(one: Shown) -> Sequence[Edit]:
    """Nobody reads the old words of what they may not read now."""
    return queries.edits_of(one.comment) if one.comment.edited_at and one.is_readable else ()


def _with_edits(reply: Shown) -> Shown:
    return replace(reply, edits=_edits(reply)) if reply.comment.edited_at else reply


def _places(thread: Thread, comments: Iterable[Comment], answers: Iterable[Answer]) -> Mapping[Spot, Place]:
    wanted = {
        (comment.anchor_key, comment.anchor_version)
        for comment in comments
        if comment.anchor_key is not None and comment.anchor_version is not None
    }
    wanted |= {
        (answer.changed_key, answer.changed_version)
        for answer in answers
        if answer.changed_key is not None and answer.changed_version is not None
    }
    return subject_of(thread).places_at(thread, wanted) if wanted else {}


def _in_language(
    places: Mapping[Spot, Place], key: str | None, version: int | None, language: str
) -> Place | None:
    if key is None or version is None:
        return None
    for known in (language, "kk", "ru", "en"):
        if (place := places.get((key, version, known))) is not None:
            return place
    return None


def _changed(places: Mapping[Spot, Place], answer: Answer | None, language: str) -> Place | None:
    return _in_language(places, answer.changed_key, answer.changed_version, language) if answer else None


def _wording_before(comment: Comment, places: Mapping[Spot, Place]) -> str:
    """What the proposed wording would replace: the quotation, else the clause as its author read it."""
    if comment.proposed is None or comment.state is State.WITHDRAWN:
        return ""
    if comment.quote_exact:
        return comment.quote_exact
    language = comment.anchor_language or comment.language
    place = _in_language(places, comment.anchor_key, comment.anchor_version, language)
    return place.text if place else ""
