"""Who may do which verb at a sitting: the whole cast, every verb, before, during and after."""

from datetime import timedelta

import pytest

from app import clock
from app.access import ANONYMOUS, CLOCK
from app.sittings import lifecycle, policies
from app.sittings.actions import Action as A
from app.sittings.lifecycle import State
from app.sittings.services import attending, minutes
from tests import councils_cast, sittings_cast

ALL = frozenset(A)
OF_SECRETARY = frozenset(
    {
        A.PREPARE,
        A.CALL,
        A.MOVE,
        A.CANCEL,
        A.NOTE_ATTENDANCE,
        A.ROLL_CALL,
        A.NOTE_PROCEEDINGS,
        A.ADD_TO_MINUTES,
        A.DRAFT_RULING,
        A.OPEN,
        A.OPEN_VOTE,
        A.CLOSE_VOTE,
        A.CORRECT_VOTE,
        A.CLOSE,
        A.SIGN_MINUTES,
        A.PUBLISH_MINUTES,
        A.DECLARE_CONFLICT,
        A.SEE_ROOM,
    }
)
OF_MEMBER = frozenset({A.CHECK_IN, A.DECLARE_CONFLICT, A.VOTE, A.DISSENT, A.GIVE_OPINION, A.SEE_ROOM})
OF_PRESIDING = frozenset(
    {
        A.ADD_TO_MINUTES,
        A.DRAFT_RULING,
        A.OPEN_VOTE,
        A.CLOSE_VOTE,
        A.CLOSE,
        A.SIGN_MINUTES,
        A.SIGN_RULING,
    }
)
CALLS = frozenset({A.CALL, A.CANCEL, A.OPEN})
# The deputy presides at this sitting; the chair is in the room.
WHO = {
    "secretary": OF_SECRETARY,
    "chair": OF_MEMBER | CALLS | {A.SIGN_RULING},
    "deputy": OF_MEMBER | CALLS | OF_PRESIDING,
    "member": OF_MEMBER,
    "former member": frozenset(),
    "member of another council": frozenset(),
    "secretary of another council": frozenset(),
    "asel": frozenset({A.SEE_ROOM}),
    "marat": frozenset(),
    "gulnar": frozenset(),
    "yerlan": frozenset(),
    "bolat": frozenset(),
    "anonymous": frozenset(),
    "clock": frozenset(),
}
BEFORE = frozenset({A.PREPARE, A.CALL, A.CANCEL, A.SEE_ROOM})
CALLED = frozenset(
    {
        A.PREPARE,
        A.MOVE,
        A.CANCEL,
        A.OPEN,
        A.CHECK_IN,
        A.NOTE_ATTENDANCE,
        A.DECLARE_CONFLICT,
        A.GIVE_OPINION,
        A.SEE_ROOM,
    }
)
DURING = frozenset(
    {
        A.CHECK_IN,
        A.NOTE_ATTENDANCE,
        A.DECLARE_CONFLICT,
        A.GIVE_OPINION,
        A.OPEN_VOTE,
        A.VOTE,
        A.ROLL_CALL,
        A.CLOSE_VOTE,
        A.NOTE_PROCEEDINGS,
        A.CLOSE,
        A.CORRECT_VOTE,
        A.DISSENT,
        A.DRAFT_RULING,
        A.SIGN_RULING,
        A.SEE_ROOM,
    }
)
CLOSED = frozenset(
    {
        A.CORRECT_VOTE,
        A.DISSENT,
        A.DRAFT_RULING,
        A.SIGN_RULING,
        A.ADD_TO_MINUTES,
        A.SIGN_MINUTES,
        A.PUBLISH_MINUTES,
        A.SEE_ROOM,
    }
)
EXISTS = {
    State.PREPARING: BEFORE,
    State.CALLED: CALLED,
    State.IN_SESSION: DURING,
    State.CLOSED: CLOSED,
    State.RECORDED: frozenset({A.DRAFT_RULING, A.SIGN_RULING, A.ADD_TO_MINUTES, A.SEE_ROOM}),
    State.CANCELLED: frozenset({A.SEE_ROOM}),
}


def people(cast, council):
    leading = {councils_cast.chair(council).id, councils_cast.deputy(council).id}
    ordinary = [m for m in sittings_cast.seats(council) if m.account_id not in leading]
    other = councils_cast.council("ministry", agency="ministry-of-justice")
    elsewhere = councils_cast.seated(other, n=3, civil=3, with_offices=False)
    member, former = ordinary[:2]
    former.ends_on = clock.today() - timedelta(days=1)
    return {
        "secretary": councils_cast.secretary(council).actor(),
        "chair": councils_cast.chair(council).actor(),
        "deputy": councils_cast.deputy(council).actor(),
        "member": sittings_cast.account(member).actor(),
        "former member": sittings_cast.account(former).actor(),
        "member of another council": sittings_cast.account(elsewhere[0]).actor(),
        "secretary of another council": councils_cast.secretary(other).actor(),
        **{name: getattr(cast, name).actor() for name in ("asel", "marat", "gulnar", "yerlan", "bolat")},
        "anonymous": ANONYMOUS,
        "clock": CLOCK,
    }


def presided_by_the_deputy(council):
    sitting = sittings_cast.in_session(council)
    deputy = councils_cast.deputy(council)
    member = next(m for m in sittings_cast.seats(council) if m.account_id == deputy.id)
    attending.hand_over(
        sitting, presiding=member, actor=councils_cast.secretary(council).actor(), now=clock.now()
    )
    return sitting


@pytest.fixture
def sitting(cast):
    council = councils_cast.council()
    councils_cast.seated(council)
    return presided_by_the_deputy(council)


def test_the_table_of_states_is_the_lifecycle():
    assert {state: frozenset(a for a in A if lifecycle.allows(a, state)) for state in State} == EXISTS


def test_everybody_may_what_the_table_says_before_during_and_after(cast, sitting):
    cast_of = people(cast, sitting.council)
    assert set(cast_of) == set(WHO)
    for state in State:
        sitting.state = state
        for name, actor in cast_of.items():
            may = {action for action in A if policies.may(action, actor, sitting)}
            assert may == WHO[name] & EXISTS[state], (name, state)


def test_before_its_notice_only_the_council_knows_of_a_sitting(cast):
    council = councils_cast.council()
    councils_cast.seated(council)
    sitting = sittings_cast.agenda(council)
    knowing = {name for name, actor in people(cast, council).items() if policies.may_know(actor, sitting)}
    assert knowing == {"secretary", "chair", "deputy", "member", "asel"}
    sitting.state, sitting.called_at = State.CALLED, clock.now()
    assert policies.may_know(ANONYMOUS, sitting)


def test_every_verb_has_a_rule():
    assert set(policies.RULES) == ALL


def test_whoever_presided_signs_even_when_their_seat_ended_since(cast, sitting):
    deputy = councils_cast.deputy(sitting.council).actor()
    sittings_cast.closed(sitting)
    assert sitting.presiding is not None
    sitting.presiding.ends_on = clock.today() - timedelta(days=1)
    signed = minutes.sign(sitting, actor=deputy, now=clock.now())
    assert signed.chair_id == sitting.presiding_id
