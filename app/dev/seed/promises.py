"""Promises found in answers and decisions, and what became of them, as `promises.toml` tells."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from app.access import Actor
from app.comments.models import Answer
from app.db import db
from app.dev.seed import councils
from app.dev.seed.acts import all_acts
from app.dev.seed.councils import Row, day
from app.dev.seed.proposals import agency_of
from app.dev.seed.sittings import Book, Deed, in_order, petition_of
from app.dev.seed.stage import Stage, Tale
from app.promises import services as promises
from app.promises.lifecycle import Action, State
from app.promises.models import Promise

KINDS = {"recommendation": "recommendation", "decision": "decision", "comment": "comment_answer"}


def all_promises() -> list[Row]:
    return list(councils.read("promises")["promise"])


def tale(row: Row, stage: Stage, book: Book) -> Tale:
    """One promise, from the sentence in which it was made to its end."""
    officer = stage.people.officer_of(agency_of(row["agency"]).id)
    now = yield stage.when.working_days_ago(row["entered"], 10, 40)
    kind, *place = row["source"]
    promise = promises.enter(
        KINDS[kind],
        source_number(kind, place, book),
        what=row["what"],
        quote=row["quote"],
        language=row["language"],
        due_on=day(stage, row["due"]),
        actor=officer,
        now=now,
    )
    book.promises.append((row, promise))
    yield from in_order(list(ends(row, promise, officer, stage)))


def source_number(kind: str, place: list[str | int], book: Book) -> int:
    """By which number the text is known in which the promise stands."""
    if kind == "recommendation":
        sitting, item, row = place
        listed = book.rulings[str(sitting), int(item)].recommendations
        answer = listed.rows[int(row) - 1].answer
        if answer is None:
            raise LookupError(f"nothing was answered in {place}")
        return answer.id
    if kind == "decision":
        return petition_of(str(place[0])).number
    act = next(act for act in all_acts() if act.key == place[0])
    words = next(reaction.text for reaction in act.answers if reaction.to == place[1])
    return db.session.scalars(select(Answer.id).where(Answer.text == words)).one()


def ends(row: Row, promise: Promise, officer: Actor, stage: Stage) -> Iterator[tuple[datetime, Deed]]:
    if "put_off" in row:
        put_off = row["put_off"]
        yield (
            stage.when.working_days_ago(put_off["at"], 16, 30),
            lambda now: promises.put_off(
                promise, due_on=day(stage, put_off["to"]), reason=put_off["reason"], actor=officer, now=now
            ),
        )
    if "done" in row:
        done = row["done"]
        yield (
            stage.when.working_days_ago(done["at"], 12, 15),
            lambda now: promises.fulfil(
                promise,
                words=done["words"],
                link=done["link"],
                done_on=day(stage, done["at"]),
                actor=officer,
                now=now,
            ),
        )
    if "dropped" in row:
        dropped = row["dropped"]
        yield (
            stage.when.working_days_ago(dropped["at"], 17, 0),
            lambda now: promises.drop(promise, reason=dropped["reason"], actor=officer, now=now),
        )


def misplaced(stage: Stage, book: Book) -> list[str]:
    """The promises that did not come to what their file says."""
    return [row["what"] for row, promise in book.promises if outcome(promise, stage) != row["ends"]]


def outcome(promise: Promise, stage: Stage) -> str:
    if promise.state is not State.OPEN:
        return promise.state.value
    if promise.is_late(stage.when.today):
        return "late"
    was_put_off = any(entry.action == Action.PUT_OFF for entry in promise.entries)
    return "put_off" if was_put_off else "open"
