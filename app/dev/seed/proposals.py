"""Proposals of citizens and what became of them, as `proposals.toml` tells; supports are written like the crowd's
signatures, and counted by the beat."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.access import Actor
from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.db import db
from app.dev.seed import councils
from app.dev.seed.councils import Chambers, Row, moment
from app.dev.seed.sittings import Book, Deed, in_order
from app.dev.seed.stage import Stage, Tale
from app.dev.seed.voices import Public
from app.proposals.models import Proposal, ProposalSupport
from app.proposals.services import answering, counting, hiding, proposing


def all_proposals() -> list[Row]:
    return list(councils.read("proposals")["proposal"])


def tale(row: Row, stage: Stage, chambers: Chambers, public: Public, book: Book) -> Tale:
    """One proposal, from its first word to the last."""
    author = stage.people.actor(row["by"])
    now = yield moment(stage, row["at"])
    made = proposing.propose(
        title=row["title"],
        text=row["text"],
        language=row["language"],
        topic=row["topic"],
        region_code=row.get("region"),
        council=chambers.councils[row["council"]] if "council" in row else None,
        agency=agency_of(row["agency"]) if "agency" in row else None,
        actor=author,
        now=now,
    )
    book.proposals[row["key"]] = made
    people = [*public.known, *chambers.known]
    support(ProposalSupport, "proposal_id", made.id, people, author, row["supports"], now, stage)
    yield from in_order(list(steps(row, made, author, stage, chambers)))


def steps(
    row: Row, made: Proposal, author: Actor, stage: Stage, chambers: Chambers
) -> Iterator[tuple[datetime, Deed]]:
    """What its addressee, its author or a moderator did with it."""
    for said in row.get("steps", ()):
        addressee = chambers.secretary(row["council"])
        yield moment(stage, said["at"]), step(said, made, author, addressee, stage, chambers)


def step(
    said: Row, made: Proposal, author: Actor, addressee: Actor, stage: Stage, chambers: Chambers
) -> Deed:
    words: str = said.get("words", "")
    deeds: dict[str, Deed] = {
        "take_up": lambda now: answering.take_up(
            made, words=words, language=said["language"], actor=addressee, now=now
        ),
        "decline": lambda now: answering.decline(
            made, reason=words, language=said["language"], actor=addressee, now=now
        ),
        "report_result": lambda now: answering.report_result(
            made, words=words, link=said.get("link"), actor=addressee, now=now
        ),
        "forward": lambda now: answering.forward(
            made, to_council=chambers.councils[said["to_council"]], words=words, actor=addressee, now=now
        ),
        "withdraw": lambda now: proposing.withdraw(made, actor=author, now=now),
        "hide": lambda now: hiding.hide(
            made,
            reason=said["reason"],
            explanation=words,
            actor=stage.people.moderators[0].actor(),
            now=now,
        ),
    }
    return deeds[said["verb"]]


def support(
    table: Any,
    column: str,
    subject_id: int,
    people: Sequence[int],
    author: Actor,
    many: int,
    since: datetime,
    stage: Stage,
) -> None:
    """So many of `people`, but not the author, want it too, each at a moment of their own."""
    luck = stage.crowd.luck
    others = [number for number in people if number != author.account_id]
    chosen = luck.sample(others, many)
    if chosen:
        rows = [
            {column: subject_id, "account_id": number, "at": since + (stage.now - since) * luck.random()}
            for number in chosen
        ]
        db.session.execute(insert(table), rows)


def count(*, since: datetime) -> None:
    """As the beat does, looking back to the beginning."""
    counting.run(since - timedelta(days=1))


def agency_of(slug: str) -> Agency:
    found = agencies.by_slug(slug)
    if found is None:
        raise LookupError(slug)
    return found


def misplaced(book: Book) -> list[str]:
    """The keys of the proposals that are not where their file says."""
    return councils.differing({key: one.state.value for key, one in book.proposals.items()}, all_proposals())
