"""Saying something, replying, mending it, taking it back; agreeing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.access import Actor
from app.accounts.models import Account
from app.comments import policies
from app.comments.actions import CommentAction, ThreadAction
from app.comments.errors import OrganisationMissing, ProposalWithoutPlace, TextMissing, TooLong
from app.comments.events import CommentEdited, CommentPosted, CommentReplied, CommentWithdrawn
from app.comments.lifecycle import State
from app.comments.models import Agreement, Anchor, AuthorKind, Comment, Edit, Thread
from app.comments.services import anchoring
from app.comments.services.counting import changed
from app.comments.services.indexing import index
from app.comments.services.transitions import hold_open, lock, turn
from app.db import db
from app.files import services as files
from app.files.services import Upload
from app.law import ConsultationLimits, consultation_rules_in_force
from app.outbox import publish
from app.text.normalize import shown, shown_line

# The same words of the same person at the same place within this time are one press of the button too many.
SAME_PRESS = timedelta(minutes=1)
# Who speaks for a body says for which; an expert may speak for none.
SPEAKS_FOR_A_BODY = frozenset({AuthorKind.ORGANISATION, AuthorKind.COUNCIL, AuthorKind.CHAMBER})
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class CommentWords:
    """What the form yields. `proposed` would replace the quotation, or the clause; None proposes nothing."""

    text: str
    language: str
    proposed: str | None = None
    author_kind: AuthorKind = AuthorKind.CITIZEN
    organisation: str = ""


def post(
    thread: Thread,
    *,
    words: CommentWords,
    anchor: Anchor | None,
    upload: Upload | None = None,
    actor: Actor,
    now: datetime,
) -> Comment:
    """A new comment on the whole, on a clause, or on words of it, in the version that its author read.

    A version that came meanwhile changes nothing: the comment stays on the one that it was written for. Pressed twice
    within a minute, the first one is returned and nothing is written. TextMissing, TooLong, OrganisationMissing,
    ProposalWithoutPlace, PlaceGone, SelectionGone and AttachmentRefused keep nothing.
    """
    hold_open(thread)
    policies.check_thread(ThreadAction.COMMENT, actor, thread)
    limits = _limits(now)
    text = _written(words.text, field="text", limit=limits.comment_characters)
    proposed = _proposed(words.proposed, anchor=anchor, limits=limits)
    author = _author(actor)
    name = _shown_as(author, words)
    if anchor is not None:
        anchor = anchoring.settle(thread, anchor, language=words.language, longest=limits.quote_characters)
    comment = Comment(
        thread=thread,
        author=author,
        author_kind=words.author_kind,
        shown_as=name,
        language=words.language,
        text=text,
        proposed=proposed,
        created_at=now,
        **_columns(anchor),
    )
    _one_press_at_a_time(thread, actor)
    if (before := _pressed_before(comment, thread=thread, actor=actor, now=now)) is not None:
        return before
    if upload is not None:
        comment.attachment = files.accept(
            upload,
            actor=actor,
            now=now,
            at_most=limits.comment_attachments,
            megabytes=limits.comment_attachment_megabytes,
        )
    return _add(comment, CommentPosted)


def reply(comment: Comment, *, text: str, language: str, actor: Actor, now: datetime) -> Comment:
    """A reply to a comment, one level deep; there is none to a reply, or to what is hidden or taken back."""
    hold_open(comment.thread)
    lock(comment, shared=True)
    policies.check(CommentAction.REPLY, actor, comment)
    author = _author(actor)
    written = Comment(
        thread=comment.thread,
        parent_id=comment.id,
        author=author,
        shown_as=shown_line(author.public_name)[:LONGEST_NAME],
        language=language,
        text=_written(text, field="text", limit=_limits(now).reply_characters),
        created_at=now,
    )
    _one_press_at_a_time(comment.thread, actor)
    if (before := _pressed_before(written, thread=comment.thread, actor=actor, now=now)) is not None:
        return before
    return _add(written, CommentReplied)


def edit(comment: Comment, *, text: str, proposed: str | None, actor: Actor, now: datetime) -> Comment:
    """Changes the words; where it stands and to what it answers stay.

    In the first minutes quietly, afterwards with a trace: what it said before stays readable, and since when.
    """
    hold_open(comment.thread)
    lock(comment)
    policies.check(CommentAction.EDIT, actor, comment)
    limits = _limits(now)
    longest = limits.comment_characters if comment.parent_id is None else limits.reply_characters
    text = _written(text, field="text", limit=longest)
    proposed = _proposed(proposed, anchor=comment.anchor, limits=limits)
    if (text, proposed) == (comment.text, comment.proposed):
        return comment
    if now >= quiet_until(comment):
        trace = Edit(
            comment_id=comment.id, at=now, text_before=comment.text, proposed_before=comment.proposed
        )
        db.session.add(trace)
        comment.edited_at = now
    comment.text, comment.proposed = text, proposed
    index(comment)
    # Quiet edits leave no row to count, so the moment tells one from the other.
    publish(CommentEdited(comment_id=comment.id, edition=int(now.timestamp() * 1000)))
    changed(comment.thread_id)
    return comment


def quiet_until(comment: Comment) -> datetime:
    """Until when an edit leaves no trace."""
    return comment.created_at + timedelta(minutes=_limits(comment.created_at).edit_window_minutes)


def withdraw(comment: Comment, *, actor: Actor, now: datetime) -> None:
    """The author takes the comment back: nobody reads or finds it any more, and a stub stays where people replied.

    It stays in its group, so that the others' letters keep what they are compared with; it is not counted.
    """
    hold_open(comment.thread)
    lock(comment)
    policies.check(CommentAction.WITHDRAW, actor, comment)
    turn(comment, State.WITHDRAWN)
    comment.withdrawn_at = now
    comment.search_vector = None
    # Its words are nobody's sample any more.
    publish(CommentWithdrawn(comment_id=comment.id))
    changed(comment.thread_id)


def agree(comment: Comment, *, actor: Actor, now: datetime) -> bool:
    """The person agrees; False if that stood already. Writes no row that another person writes."""
    policies.check(CommentAction.AGREE, actor, comment)
    added = db.session.scalar(
        insert(Agreement)
        .values(comment_id=comment.id, account_id=actor.account_id, at=now)
        .on_conflict_do_nothing(index_elements=[Agreement.comment_id, Agreement.account_id])
        .returning(Agreement.id)
    )
    if added is not None:
        changed(comment.thread_id)
    return added is not None


def take_agreement_back(comment: Comment, *, actor: Actor) -> bool:
    """The person does not agree any more; False if there was nothing to take back."""
    policies.check(CommentAction.AGREE, actor, comment)
    gone = db.session.scalar(
        delete(Agreement)
        .where(Agreement.comment_id == comment.id, Agreement.account_id == actor.account_id)
        .returning(Agreement.id)
    )
    if gone is not None:
        changed(comment.thread_id)
    return gone is not None


def _limits(moment: datetime) -> ConsultationLimits:
    return consultation_rules_in_force(clock.today(moment)).limits


def _author(actor: Actor) -> Account:
    return db.session.get_one(Account, actor.account_id)


def _written(text: str, *, field: str, limit: int) -> str:
    """`text` as it is kept. TextMissing if nothing is left of it, TooLong (never cut) if it is more than `limit`."""
    text = shown(text)
    if not text:
        raise TextMissing(field=field, shortest=1)
    if len(text) > limit:
        raise TooLong(field=field, limit=limit, length=len(text))
    return text


def _proposed(proposed: str | None, *, anchor: Anchor | None, limits: ConsultationLimits) -> str | None:
    """The wording that is to replace something, or None; an empty one proposes nothing."""
    if not shown(proposed or ""):
        return None
    if anchor is None:
        raise ProposalWithoutPlace(field="proposed")
    return _written(proposed or "", field="proposed", limit=limits.proposed_wording_characters)


def _shown_as(author: Account, words: CommentWords) -> str:
    """The name that everybody reads: the body's where one is spoken for, else the person's public one."""
    organisation = shown_line(words.organisation)
    if len(organisation) > LONGEST_NAME:
        raise TooLong(field="organisation", limit=LONGEST_NAME, length=len(organisation))
    if words.author_kind in SPEAKS_FOR_A_BODY and not organisation:
        raise OrganisationMissing(field="organisation")
    if words.author_kind is AuthorKind.CITIZEN or not organisation:
        return shown_line(author.public_name)[:LONGEST_NAME]
    return organisation


def _columns(anchor: Anchor | None) -> dict[str, object]:
    if anchor is None:
        return {}
    quoted = {
        "quote_exact": anchor.exact,
        "quote_prefix": anchor.prefix,
        "quote_suffix": anchor.suffix,
        "quote_start": anchor.start,
    }
    return {
        "anchor_key": anchor.key,
        "anchor_path": anchor.path,
        "anchor_version": anchor.version,
        "anchor_language": anchor.language,
        **(quoted if anchor.exact else {}),
    }


def _one_press_at_a_time(thread: Thread, actor: Actor) -> None:
    """Of two requests of one person at once, the second waits here and then finds what the first wrote."""
    name = f"comment:{thread.id}:{actor.account_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _pressed_before(comment: Comment, *, thread: Thread, actor: Actor, now: datetime) -> Comment | None:
    """The comment of a minute ago that says the same at the same place, if this is its second press."""
    same = (Comment.text, Comment.proposed, Comment.parent_id, Comment.anchor_key, Comment.quote_start)
    return db.session.scalar(
        select(Comment)
        .where(
            Comment.thread_id == thread.id,
            Comment.author_id == actor.account_id,
            Comment.created_at > now - SAME_PRESS,
            Comment.state == State.SHOWN,
            *(column.is_not_distinct_from(getattr(comment, column.key)) for column in same),
        )
        .order_by(Comment.id)
        .limit(1)
    )


def _add(comment: Comment, fact: type[CommentPosted | CommentReplied]) -> Comment:
    index(comment)
    db.session.add(comment)
    # The fact and the address name the comment by its id.
    db.session.flush()
    publish(fact(comment_id=comment.id))
    changed(comment.thread_id)
    return comment
