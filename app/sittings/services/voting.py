"""A vote by roll call: opened, voices given, closed for good; conflicts, dissent, written opinions, corrections."""

from datetime import datetime

from app.access import Actor
from app.audit import record
from app.councils.models import Member
from app.db import db
from app.law import council_rules_version
from app.law.council_rules import CouncilRules, OutcomeSubject
from app.sittings import policies, queries, tallying
from app.sittings.actions import Action
from app.sittings.errors import (
    InConflict,
    NoQuorum,
    NothingToCorrect,
    NotOutvoted,
    NotPresent,
    NotPutToVote,
    PresentMembersVote,
    Unfinished,
    VoteClosed,
    VotedElsewhere,
    VoteRunning,
    WouldChangeTheResult,
)
from app.sittings.lifecycle import AttendanceKind, Choice, ItemKind, ItemState, State, VotingState
from app.sittings.models import AgendaItem, Conflict, Correction, Dissent, Opinion, Sitting, Vote, Voting
from app.sittings.services import examining
from app.sittings.services.attending import own_seat, seated
from app.sittings.services.transitions import account_of, lock
from app.sittings.tallying import Tally
from app.text.normalize import shown

SUBJECTS = {ItemKind.DRAFT: OutcomeSubject.DRAFT}


def rules_of(sitting: Sitting) -> CouncilRules:
    return council_rules_version(sitting.rules_version)


def subject_of(item: AgendaItem) -> OutcomeSubject:
    """By which outcomes the council rules: a draft's, or a petition's for everything else."""
    return SUBJECTS.get(item.kind, OutcomeSubject.PETITION)


def open_vote(
    item: AgendaItem, *, questions: dict[str, str], outcome: str | None, actor: Actor, now: datetime
) -> Voting:
    """Puts a question to the vote. `outcome` is what the council would rule if it is adopted.

    NoQuorum with too few in the room, NotPutToVote for an item that was dropped, postponed or decided, VoteRunning
    while another vote of the sitting is open.
    """
    sitting = lock(item.sitting)
    policies.check(Action.OPEN_VOTE, actor, sitting)
    db.session.refresh(item)
    if item.state is not ItemState.WAITING:
        raise NotPutToVote(state=item.state)
    if queries.open_voting_of(sitting) is not None:
        raise VoteRunning()
    rules, council = rules_of(sitting), sitting.council
    _see_quorum(item)
    if missing := [language for language in ("kk", "ru") if not questions.get(language)]:
        raise Unfinished(field=f"question_{missing[0]}", missing=missing)
    if outcome is not None:
        rules.outcome(subject_of(item), outcome)
    voting = Voting(
        item=item,
        position=len(queries.votings_of(item)) + 1,
        state=VotingState.OPEN,
        questions=questions,
        outcome=outcome,
        majority=council.majority or rules.default_majority.id.value,
        tie=council.tie or rules.default_tie.id.value,
        opened_at=now,
        opened_by=actor.account_id,
    )
    db.session.add(voting)
    db.session.flush()
    record(actor, Action.OPEN_VOTE.value, subject=f"sitting:{sitting.number}", now=now, voting=voting.id)
    return voting


def _see_quorum(item: AgendaItem, *, also: frozenset[int] = frozenset()) -> frozenset[int]:
    """Who is in the room; `also` were, when they voted. NoQuorum with fewer than two thirds of all members."""
    sitting = item.sitting
    there = frozenset(queries.in_the_room(sitting)) | also
    counted = tallying.present_for_quorum(
        len(there), len(queries.in_conflict(item) & there), rules_of(sitting)
    )
    if counted < (sitting.quorum or 0):
        raise NoQuorum(present=counted, needed=sitting.quorum)
    return there


def cast(
    voting: Voting, *, choice: Choice, reason: str = "", seen: Choice | None, actor: Actor, now: datetime
) -> Vote:
    """The member's own voice. `seen` is what the page showed as their voice so far: where it stands otherwise by now,
    it was cast in another window or recorded by the secretary, and VotedElsewhere says how. The same voice twice
    changes nothing."""
    sitting = voting.item.sitting
    member = own_seat(sitting, actor, now=now)
    policies.check(Action.VOTE, actor, sitting)
    return _give(voting, member, choice, reason=reason, seen=seen, actor=actor, now=now)


def call_out(
    voting: Voting, member: Member, *, choice: Choice, reason: str = "", actor: Actor, now: datetime
) -> Vote:
    """The secretary calls the roll and records a voice. A member who voted alone meanwhile keeps that voice:
    VotedElsewhere, unless it is the same."""
    sitting = voting.item.sitting
    policies.check(Action.ROLL_CALL, actor, sitting)
    seated(sitting, member, now=now)
    known = queries.vote_of(voting, member.id)
    own = known is not None and known.recorded_by == member.account_id
    seen = None if known is None or own else known.choice
    return _give(voting, member, choice, reason=reason, seen=seen, actor=actor, now=now)


def _give(
    voting: Voting,
    member: Member,
    choice: Choice,
    *,
    reason: str,
    seen: Choice | None,
    actor: Actor,
    now: datetime,
) -> Vote:
    # Against the closing only: two members' voices never wait for each other.
    db.session.refresh(voting, with_for_update={"read": True, "of": Voting})
    if voting.state is not VotingState.OPEN:
        raise VoteClosed(at=voting.closed_at, state=voting.state)
    if member.id in queries.in_conflict(voting.item):
        raise InConflict(member=member.id)
    there = queries.in_the_room(voting.item.sitting)
    if member.id not in there:
        raise NotPresent(member=member.id)
    # Two windows of one member wait here. Not against foreign keys: whoever notes a conflict of theirs in this moment
    # holds one, and waits for us.
    db.session.refresh(member, with_for_update={"key_share": True, "of": Member})
    stored = queries.vote_of(voting, member.id)
    remote = there[member.id] is AttendanceKind.REMOTE
    if stored is None:
        stored = Vote(
            voting_id=voting.id,
            member_id=member.id,
            choice=choice,
            reason=reason,
            is_remote=remote,
            cast_at=now,
            recorded_by=actor.account_id,
        )
        db.session.add(stored)
        db.session.flush()
        return stored
    if stored.choice is choice and (not reason or stored.reason == reason):
        return stored
    if stored.choice is not seen and stored.choice is not choice:
        raise VotedElsewhere(stored=stored.choice)
    stored.choice, stored.reason, stored.is_remote = choice, reason, remote
    stored.revision, stored.cast_at, stored.recorded_by = stored.revision + 1, now, account_of(actor)
    db.session.flush()
    return stored


def declare_conflict(
    item: AgendaItem, member: Member, *, reason: str, actor: Actor, now: datetime
) -> Conflict:
    """The member steps aside on this item. A voice given in a vote that is still open is voided, visibly; what was
    closed before stays as it is. A member declares for themselves; the secretary notes it for those in the room."""
    sitting = lock(item.sitting)
    policies.check(Action.DECLARE_CONFLICT, actor, sitting)
    seated(sitting, member, now=now)
    if not policies.is_secretary(actor, sitting):
        own_seat(sitting, actor, now=now)
        if member.account_id != actor.account_id:
            raise Unfinished(missing=["member"])
    if not reason:
        raise Unfinished(field="reason", missing=["reason"])
    db.session.refresh(item)
    known = next((conflict for conflict in item.conflicts if conflict.member_id == member.id), None)
    if known is not None:
        return known
    conflict = Conflict(item=item, member=member, reason=reason, at=now, declared_by=actor.account_id)
    db.session.add(conflict)
    voting = queries.open_voting(item)
    if voting is not None:
        db.session.refresh(voting, with_for_update={"of": Voting})
        vote = queries.vote_of(voting, member.id)
        if vote is not None and voting.state is VotingState.OPEN:
            vote.voided_at, vote.void_reason = now, reason
    db.session.flush()
    record(
        actor, Action.DECLARE_CONFLICT.value, subject=f"sitting:{sitting.number}", now=now, member=member.id
    )
    return conflict


def count(voting: Voting, *, corrected: bool = False) -> Tally:
    """The result as the voices stand now; of those in the room and those who voted before they left."""
    item, sitting = voting.item, voting.item.sitting
    rules = rules_of(sitting)
    choices = {vote.member_id: vote.choice for vote in voting.votes if vote.voided_at is None}
    if corrected:
        choices |= {entry.member_id: entry.choice for entry in voting.corrections}
    return tallying.tally(
        choices,
        present=frozenset(queries.in_the_room(sitting)) | frozenset(choices),
        in_conflict=queries.in_conflict(item),
        all_members=sitting.members_total or 0,
        presiding=sitting.presiding_id,
        majority=rules.majority(voting.majority),
        tie=rules.tie(voting.tie),
        rules=rules,
    )


def close_vote(voting: Voting, *, actor: Actor, now: datetime) -> Tally:
    """Closes the vote for good and fixes its figures. Adopted, the item is decided if the question was what to rule.

    NoQuorum if so many left that two thirds are not there any more: such a vote is annulled, not counted.
    """
    item = voting.item
    sitting = lock(item.sitting)
    policies.check(Action.CLOSE_VOTE, actor, sitting)
    db.session.refresh(voting, with_for_update={"of": Voting})
    if voting.state is not VotingState.OPEN:
        raise VoteClosed(at=voting.closed_at, state=voting.state)
    _see_quorum(item, also=frozenset(vote.member_id for vote in voting.votes))
    result = count(voting)
    # A voice that was given while this waited for it is counted, and is not younger than the result.
    voting.closed_at = max([now, *(vote.cast_at for vote in voting.votes)])
    voting.state, voting.closed_by = VotingState.CLOSED, actor.account_id
    voting.present, voting.eligible = result.present, result.eligible
    voting.in_favour, voting.against, voting.abstained = result.in_favour, result.against, result.abstained
    voting.needed, voting.is_adopted = result.needed, result.is_adopted
    voting.chair_decided = result.chair_decided
    if result.is_adopted and voting.outcome is not None:
        item.state = ItemState.DECIDED
    db.session.flush()
    record(actor, Action.CLOSE_VOTE.value, subject=f"sitting:{sitting.number}", now=now, voting=voting.id)
    return result


def annul(voting: Voting, *, reason: str, actor: Actor, now: datetime) -> None:
    """The open vote ends without a result, for a reason that everybody reads; the voices stay on record."""
    sitting = lock(voting.item.sitting)
    policies.check(Action.CLOSE_VOTE, actor, sitting)
    db.session.refresh(voting, with_for_update={"of": Voting})
    if voting.state is not VotingState.OPEN:
        raise VoteClosed(at=voting.closed_at, state=voting.state)
    if not reason:
        raise Unfinished(field="reason", missing=["reason"])
    examining.annul(voting, reason=reason, now=now)
    record(actor, "annul_vote", subject=f"sitting:{sitting.number}", now=now, voting=voting.id)


def correct(
    voting: Voting, member: Member, *, choice: Choice, reason: str, actor: Actor, now: datetime
) -> Correction:
    """A slip of the roll call, found after the vote was closed: a new entry that everybody sees beside the old one.

    WouldChangeTheResult where the corrected figures would turn the result round: then the question goes to a new vote.
    """
    sitting = lock(voting.item.sitting)
    policies.check(Action.CORRECT_VOTE, actor, sitting)
    # Corrections that were entered since the page was read count: each alone may be harmless, two may not.
    db.session.refresh(voting)
    if voting.state is not VotingState.CLOSED:
        raise VoteClosed(at=voting.closed_at, state=voting.state)
    if not reason:
        raise Unfinished(field="reason", missing=["reason"])
    stands = standing_choices(voting).get(member.id)
    if stands is None:
        raise NotPresent(member=member.id)
    if stands is choice:
        raise NothingToCorrect(field="choice")
    after = dict(standing_choices(voting)) | {member.id: choice}
    if _adopted(voting, after) is not voting.is_adopted:
        raise WouldChangeTheResult()
    entry = Correction(
        voting=voting,
        member=member,
        was=stands,
        choice=choice,
        reason=reason,
        at=now,
        by=actor.account_id,
    )
    db.session.add(entry)
    db.session.flush()
    record(actor, Action.CORRECT_VOTE.value, subject=f"sitting:{sitting.number}", now=now, voting=voting.id)
    return entry


def standing_choices(voting: Voting) -> dict[int, Choice]:
    """Member → voice, as it stands after the corrections; voided ones are none."""
    choices = {vote.member_id: vote.choice for vote in voting.votes if vote.voided_at is None}
    return choices | {entry.member_id: entry.choice for entry in voting.corrections}


def _adopted(voting: Voting, choices: dict[int, Choice]) -> bool:
    """What the result would be with other voices, on the figures that were fixed when the vote was closed: an interest
    that was declared later takes nobody out of it."""
    sitting, rules = voting.item.sitting, rules_of(voting.item.sitting)
    # Whoever was there without a voice, nameless: first those who could have voted, then those who stood aside.
    others = [-number for number in range(1, (voting.present or 0) - len(choices) + 1)]
    aside = others[(voting.eligible or 0) - len(choices) :]
    return tallying.tally(
        choices,
        present=[*choices, *others],
        in_conflict=aside,
        all_members=sitting.members_total or 0,
        presiding=sitting.presiding_id,
        majority=rules.majority(voting.majority),
        tie=rules.tie(voting.tie),
        rules=rules,
    ).is_adopted


def dissent(voting: Voting, *, text: str, language: str, actor: Actor, now: datetime) -> Dissent:
    """The opinion of a member who did not vote with the result, to stand beside the ruling. Sent again, it replaces
    the first one until the minutes are signed."""
    sitting = lock(voting.item.sitting)
    member = own_seat(sitting, actor, now=now)
    policies.check(Action.DISSENT, actor, sitting)
    db.session.refresh(voting)
    choice = standing_choices(voting).get(member.id)
    with_the_result = Choice.FOR if voting.is_adopted else Choice.AGAINST
    if voting.state is not VotingState.CLOSED or choice is None or choice is with_the_result:
        raise NotOutvoted()
    said = shown(text)
    if not said:
        raise Unfinished(field="text", missing=["text"])
    entry = next((one for one in voting.dissents if one.member_id == member.id), None)
    if entry is None:
        entry = Dissent(voting=voting, member=member, language=language, text=said, at=now)
        db.session.add(entry)
    entry.language, entry.text, entry.at = language, said, now
    db.session.flush()
    return entry


def give_opinion(item: AgendaItem, *, text: str, language: str, actor: Actor, now: datetime) -> Opinion:
    """What a member who cannot come thinks; shown apart from the votes and counted as none. Sent again before the
    item is decided, it replaces the first one."""
    sitting = lock(item.sitting)
    member = own_seat(sitting, actor, now=now)
    policies.check(Action.GIVE_OPINION, actor, sitting)
    db.session.refresh(item)
    if sitting.state is State.IN_SESSION and member.id in queries.in_the_room(sitting):
        raise PresentMembersVote()
    if item.state is not ItemState.WAITING:
        raise NotPutToVote(state=item.state)
    said = shown(text)
    if not said:
        raise Unfinished(field="text", missing=["text"])
    entry = next((one for one in item.opinions if one.member_id == member.id), None)
    if entry is None:
        entry = Opinion(item=item, member=member, language=language, text=said, at=now)
        db.session.add(entry)
    entry.language, entry.text, entry.at = language, said, now
    db.session.flush()
    return entry
