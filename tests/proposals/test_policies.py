"""Who may do what to a proposal, in which state: everybody, every verb, every state; no database."""

from dataclasses import replace
from datetime import date

import pytest

from app import clock
from app.access import ANONYMOUS, Actor, Role
from app.agencies.models import Agency
from app.councils.models import Council, Member, Office, OfficeKind, Secretary
from app.duties.models import Duty
from app.proposals import policies
from app.proposals.lifecycle import LISTED_STATES, PUBLIC_STATES, TRANSITIONS, Action, State
from app.proposals.models import Proposal, ProposalStep

AUTHOR = Actor(account_id=1, roles=frozenset({Role.CITIZEN}), person_tag=b"1")
CITIZEN = Actor(account_id=2, roles=frozenset({Role.CITIZEN}), person_tag=b"2")
MODERATOR = Actor(account_id=3, roles=frozenset({Role.MODERATOR}))
OFFICER = Actor(account_id=4, roles=frozenset({Role.OFFICER}), officer_of=frozenset({7}))
HEAD = Actor(account_id=5, roles=frozenset({Role.HEAD}), head_of=frozenset({7}))
STRANGER = Actor(account_id=6, roles=frozenset({Role.OFFICER}), officer_of=frozenset({8}))
SECRETARY = Actor(account_id=7, roles=frozenset({Role.SECRETARY}))
CHAIR = Actor(account_id=8, roles=frozenset({Role.CITIZEN}), person_tag=b"8")
MEMBER = Actor(account_id=9, roles=frozenset({Role.CITIZEN}), person_tag=b"9")
FORMER = Actor(account_id=10, roles=frozenset({Role.SECRETARY}))
ADMINISTRATOR = Actor(account_id=11, roles=frozenset({Role.ADMINISTRATOR}))
CAST = {
    "visitor": ANONYMOUS,
    "author": AUTHOR,
    "citizen": CITIZEN,
    "moderator": MODERATOR,
    "officer": OFFICER,
    "head": HEAD,
    "stranger": STRANGER,
    "secretary": SECRETARY,
    "chair": CHAIR,
    "member": MEMBER,
    "former": FORMER,
    "administrator": ADMINISTRATOR,
}
EVERYBODY = set(CAST)
SUPPORTERS = {"citizen", "chair", "member"}
ANSWERING = {Action.TAKE_UP, Action.FORWARD, Action.DECLINE, Action.REPORT_RESULT}
LONG_AGO, FAR = date(2020, 1, 1), date(2090, 1, 1)


def council() -> Council:
    chair = Member(account_id=8, starts_on=LONG_AGO, ends_on=FAR)
    member = Member(account_id=9, starts_on=LONG_AGO, ends_on=FAR)
    return Council(
        members=[chair, member],
        offices=[Office(kind=OfficeKind.CHAIR, member=chair, from_on=LONG_AGO)],
        secretaries=[
            Secretary(account_id=7, from_on=LONG_AGO),
            Secretary(account_id=10, from_on=LONG_AGO, until_on=LONG_AGO),
        ],
    )


def proposal(state: State, *, to_council: bool, forwarded: bool = False) -> Proposal:
    steps = [ProposalStep(action=Action.FORWARD.value)] if forwarded else []
    if to_council:
        return Proposal(state=state, author_id=1, council=council(), duty=Duty(), steps=steps)
    return Proposal(
        state=state, author_id=1, agency=Agency(), agency_id=7, duty=Duty(agency_id=7), steps=steps
    )


def expected(action: Action, *, to_council: bool) -> set[str]:
    """Whoever may do it in a state that has the verb."""
    if action in ANSWERING:
        return {"secretary", "chair"} if to_council else {"officer", "head"}
    return {
        Action.SUPPORT: SUPPORTERS,
        Action.WITHDRAW: {"author"},
        Action.HIDE: {"moderator"},
        Action.FOLLOW: EVERYBODY,
    }[action]


@pytest.mark.parametrize("to_council", [True, False], ids=["council", "body"])
@pytest.mark.parametrize("action", Action)
def test_the_table_of_who_may_do_what_in_which_state(action: Action, to_council: bool) -> None:
    for state in State:
        subject = proposal(state, to_council=to_council)
        may = {name for name, actor in CAST.items() if policies.may(action, actor, subject)}
        allowed = expected(action, to_council=to_council) if state in TRANSITIONS[action].sources else set()
        assert may == allowed, state


def test_every_verb_has_a_rule_and_every_state_can_be_reached() -> None:
    assert set(policies.RULES) == set(Action) == set(TRANSITIONS)
    assert {t.target for t in TRANSITIONS.values() if t.target} | {State.OPEN} == set(State)
    assert LISTED_STATES < PUBLIC_STATES < set(State)


def test_it_is_forwarded_once() -> None:
    sent_on = proposal(State.OPEN, to_council=True, forwarded=True)
    assert not policies.may(Action.FORWARD, SECRETARY, sent_on)
    assert policies.may(Action.DECLINE, SECRETARY, sent_on)
    with pytest.raises(policies.AlreadyForwarded):
        policies.check(Action.FORWARD, SECRETARY, sent_on)


def test_nobody_answers_their_own_proposal() -> None:
    own = proposal(State.OPEN, to_council=True)
    own.author_id = CHAIR.account_id
    assert not policies.may(Action.DECLINE, CHAIR, own)
    assert policies.may(Action.DECLINE, SECRETARY, own)
    assert not policies.may(Action.SUPPORT, CHAIR, own)
    assert not policies.may(Action.HIDE, replace(MODERATOR, account_id=CHAIR.account_id), own)


def test_hidden_words_are_read_by_author_moderators_and_addressee() -> None:
    hidden = proposal(State.HIDDEN, to_council=False)
    readers = {name for name, actor in CAST.items() if policies.may_read(actor, hidden)}
    assert readers == {"author", "moderator", "officer", "head"}
    assert all(policies.may_know(actor, hidden) for actor in CAST.values())


def test_a_successor_answers_what_a_dissolved_body_owed() -> None:
    taken_over = proposal(State.OPEN, to_council=False)
    taken_over.duty = Duty(agency_id=8)
    assert policies.may(Action.DECLINE, STRANGER, taken_over)


def test_the_day_decides_who_presides(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = proposal(State.OPEN, to_council=True)
    monkeypatch.setattr(clock, "today", lambda *_: date(2095, 1, 1))
    assert not policies.may(Action.DECLINE, CHAIR, subject)
    assert policies.may(Action.DECLINE, SECRETARY, subject)
