"""Entering a promise from a published text, putting it off, and closing it: done with proof, or dropped."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app import clock
from app.access import Actor
from app.audit import record
from app.db import db
from app.files import services as files
from app.files.services import Upload
from app.law import council_rules_in_force
from app.outbox import publish
from app.promises import policies
from app.promises.errors import (
    AlreadyEntered,
    DayRefused,
    ProofMissing,
    QuoteNotFound,
    SourceGone,
    TextMissing,
    TooLong,
)
from app.promises.events import PromiseDropped, PromiseEntered, PromiseKept, PromisePutOff
from app.promises.lifecycle import TRANSITIONS, Action
from app.promises.models import Promise, PromiseEntry
from app.promises.sources import SourceText, source
from app.text.normalize import shown, shown_line, visible

# A word is found in any text; a sentence says who will do what.
SHORTEST_QUOTE = 10
SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """What the promise's form says: `quote` is its sentence word for word in the source's text in `language`."""

    what: str
    quote: str
    language: str
    due_on: date | None


def enter(
    source_kind: str,
    source_number: int,
    *,
    what: str,
    quote: str,
    language: str,
    due_on: date | None,
    actor: Actor,
    now: datetime,
) -> Promise:
    """A new promise of the body that published the text. Whoever follows what it is about is told.

    QuoteNotFound unless the sentence stands there word for word; white space does not count. AlreadyEntered with its
    number if the same sentence was entered before.
    """
    text = _source(source_kind, source_number, actor)
    policies.check_enter(text)
    words = _checked(PromiseWords(what, quote, language, due_on), text, now=now)
    # Two people at once would both find that nobody has entered it.
    lock = func.hashtextextended(f"promise:{source_kind}:{source_number}", 0)
    db.session.execute(select(func.pg_advisory_xact_lock(lock)))
    _check_is_new(source_kind, source_number, words.quote)
    assert words.due_on is not None  # noqa: S101  it was checked
    promise = Promise(
        agency_id=text.agency_id,
        council_id=text.council_id,
        what=words.what,
        quote=words.quote,
        language=words.language,
        due_on=words.due_on,
        source_kind=source_kind,
        source_number=source_number,
        subject_kind=text.subject_kind,
        subject_number=text.subject_number,
        entered_by=actor.account_id or 0,
        entered_at=now,
    )
    db.session.add(promise)
    db.session.flush()
    _log(promise, Action.ENTER, actor=actor, now=now, due_on=words.due_on)
    publish(PromiseEntered(promise_id=promise.id))
    return promise


def correct(promise: Promise, *, words: PromiseWords, actor: Actor, now: datetime) -> Promise:
    """Mends what was entered wrongly, on the same day and by the same person; the history says that it was."""
    _lock(promise)
    policies.check(Action.CORRECT, actor, promise)
    checked = _checked(words, _source(promise.source_kind, promise.source_number, actor), now=now)
    if checked.quote != promise.quote:
        _check_is_new(promise.source_kind, promise.source_number, checked.quote, but=promise)
    assert checked.due_on is not None  # noqa: S101  it was checked
    was = promise.due_on
    promise.what, promise.quote, promise.language = checked.what, checked.quote, checked.language
    promise.due_on = checked.due_on
    if was != checked.due_on:
        promise.reminded_at = promise.found_late_at = None
    _log(promise, Action.CORRECT, actor=actor, now=now, was_due_on=was, due_on=checked.due_on)
    return promise


def put_off(promise: Promise, *, due_on: date | None, reason: str, actor: Actor, now: datetime) -> Promise:
    """A later day, in public and with its reason; the day that was promised first stays in the history."""
    _lock(promise)
    policies.check(Action.PUT_OFF, actor, promise)
    words = _text("reason", reason, shortest=SHORTEST_REASON, now=now)
    after = max(promise.due_on, clock.today(now))
    if due_on is None or due_on <= after:
        raise DayRefused(field="due_on", after=after)
    was, promise.due_on = promise.due_on, due_on
    promise.reminded_at = promise.found_late_at = None
    _log(promise, Action.PUT_OFF, actor=actor, now=now, was_due_on=was, due_on=due_on, words=words)
    publish(PromisePutOff(promise_id=promise.id, due_on=due_on.isoformat()))
    return promise


def fulfil(
    promise: Promise,
    *,
    words: str,
    link: str | None = None,
    upload: Upload | None = None,
    done_on: date | None,
    actor: Actor,
    now: datetime,
) -> Promise:
    """Done on that day, with what proves it: a link, a file, or both. ProofMissing without."""
    _lock(promise)
    policies.check(Action.FULFIL, actor, promise)
    said = _text("words", words, shortest=SHORTEST_REASON, now=now)
    today = clock.today(now)
    if done_on is None or done_on > today:
        raise DayRefused(field="done_on", latest=today)
    if not link and upload is None:
        raise ProofMissing(field="link")
    if upload is not None:
        most = council_rules_in_force(today).limits.attachment_megabytes
        promise.proof_file = files.accept(upload, actor=actor, now=now, megabytes=most)
    promise.proof_link, promise.done_on = link or None, done_on
    _close(promise, Action.FULFIL, words=said, actor=actor, now=now)
    publish(PromiseKept(promise_id=promise.id))
    return promise


def drop(promise: Promise, *, reason: str, actor: Actor, now: datetime) -> Promise:
    """It will not be done, and everybody reads why."""
    _lock(promise)
    policies.check(Action.DROP, actor, promise)
    said = _text("reason", reason, shortest=SHORTEST_REASON, now=now)
    _close(promise, Action.DROP, words=said, actor=actor, now=now)
    publish(PromiseDropped(promise_id=promise.id))
    return promise


def stands_in(quote: str, text: str) -> bool:
    """Whether the sentence stands word for word in the text; white space does not count."""
    return _spaced(quote) in _spaced(text)


def _close(promise: Promise, action: Action, *, words: str, actor: Actor, now: datetime) -> None:
    target = TRANSITIONS[action].target
    assert target is not None  # noqa: S101  these two close it
    promise.state, promise.closing_words = target, words
    promise.closed_at, promise.closed_by = now, actor.account_id
    _log(promise, action, actor=actor, now=now, words=words)


def _log(
    promise: Promise,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    was_due_on: date | None = None,
    due_on: date | None = None,
    words: str | None = None,
) -> None:
    promise.entries.append(
        PromiseEntry(
            action=action.value,
            at=now,
            by=actor.account_id or 0,
            was_due_on=was_due_on,
            due_on=due_on,
            words=words,
        )
    )
    record(actor, f"{action.value}_promise", subject=f"promise:{promise.id}", now=now)
    db.session.flush()


def _lock(promise: Promise) -> None:
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(promise, with_for_update={"of": Promise})


def _source(kind: str, number: int, actor: Actor) -> SourceText:
    text = source(kind, number, actor)
    if text is None:
        raise SourceGone(field="source", kind=kind, number=number)
    return text


def _checked(words: PromiseWords, text: SourceText, *, now: datetime) -> PromiseWords:
    quote = _text("quote", words.quote, shortest=SHORTEST_QUOTE, now=now)
    if not stands_in(quote, text.texts.get(words.language, "")):
        raise QuoteNotFound(field="quote", language=words.language)
    what = shown_line(words.what)
    _text("what", what, shortest=1, now=now)
    if words.due_on is None:
        raise DayRefused(field="due_on")
    return PromiseWords(what, quote, words.language, words.due_on)


def _check_is_new(kind: str, number: int, quote: str, *, but: Promise | None = None) -> None:
    entered = db.session.scalars(
        select(Promise).where(Promise.source_kind == kind, Promise.source_number == number)
    )
    for promise in entered:
        if promise is not but and _spaced(promise.quote) == _spaced(quote):
            raise AlreadyEntered(number=promise.number)


def _text(field: str, text: str, *, shortest: int, now: datetime) -> str:
    """The text as it is kept."""
    kept = shown(text)
    limit = council_rules_in_force(clock.today(now)).limits.promise_characters
    if len(kept) < shortest:
        raise TextMissing(field=field, shortest=shortest)
    if len(kept) > limit:
        raise TooLong(field=field, limit=limit, length=len(kept))
    return kept


def _spaced(text: str) -> str:
    return " ".join(visible(text).split())
