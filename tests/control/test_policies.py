"""Cast × verb × state: who may do what to an act of public control, and when."""

from types import SimpleNamespace
from typing import Any

import pytest

from app import clock
from app.access import Actor, Role
from app.control import policies
from app.control.lifecycle import Action, Form, State
from app.councils.models import OfficeKind
from app.errors import Forbidden

COUNCIL_BODY, OTHER_BODY = 7, 8
CAST = {
    "anonymous": Actor(),
    "citizen": Actor(account_id=1, roles=frozenset({Role.CITIZEN})),
    "secretary": Actor(account_id=2, roles=frozenset({Role.SECRETARY})),
    "former secretary": Actor(account_id=6, roles=frozenset({Role.SECRETARY})),
    "chair": Actor(account_id=3, roles=frozenset({Role.CITIZEN})),
    "officer of the body": Actor(
        account_id=4, roles=frozenset({Role.OFFICER}), officer_of=frozenset({COUNCIL_BODY})
    ),
    "officer of another": Actor(
        account_id=5, roles=frozenset({Role.OFFICER}), officer_of=frozenset({OTHER_BODY})
    ),
    "moderator": Actor(account_id=9, roles=frozenset({Role.MODERATOR})),
}
S = State
BEFORE, AFTER = {S.PREPARING}, {S.HELD, S.CONCLUDED}
# verb: who, in which states
ALLOWED: dict[Action, tuple[set[str], set[State]]] = {
    Action.EDIT: ({"secretary", "chair"}, BEFORE),
    Action.ANNOUNCE: ({"secretary", "chair"}, BEFORE),
    Action.MOVE: ({"secretary", "chair"}, {S.ANNOUNCED}),
    Action.ADD_DOCUMENT: ({"secretary", "chair"}, {S.PREPARING, S.ANNOUNCED, S.HELD}),
    # Whoever presides is a citizen too.
    Action.ASK: ({"citizen", "chair"}, {S.ANNOUNCED}),
    Action.SUPPORT_QUESTION: ({"citizen", "chair"}, {S.ANNOUNCED}),
    Action.HIDE_QUESTION: ({"moderator"}, {S.ANNOUNCED, *AFTER}),
    Action.ANSWER_QUESTION: ({"secretary", "chair", "officer of the body"}, {S.ANNOUNCED, S.HELD}),
    Action.NOTE_VISIT: (set(), {S.ANNOUNCED}),
    Action.HOLD: ({"secretary", "chair"}, {S.ANNOUNCED}),
    Action.DRAFT_DOCUMENT: ({"secretary", "chair"}, {S.HELD}),
    Action.CONCLUDE: ({"chair"}, {S.HELD}),
    Action.CANCEL: ({"secretary", "chair"}, {S.PREPARING, S.ANNOUNCED}),
    Action.FOLLOW: (set(CAST), {S.ANNOUNCED, *AFTER}),
}


def act(state: State = State.ANNOUNCED, form: Form = Form.HEARING) -> Any:
    today = clock.today()
    member = SimpleNamespace(account_id=3)
    council = SimpleNamespace(
        agency_id=COUNCIL_BODY,
        secretaries=[
            SimpleNamespace(account_id=2, from_on=today, until_on=None),
            SimpleNamespace(
                account_id=6, from_on=today.replace(year=2025), until_on=today.replace(year=2025)
            ),
        ],
        offices=[SimpleNamespace(kind=OfficeKind.CHAIR, member=member, is_held_on=lambda _: True)],
    )
    announced = None if state is State.PREPARING else clock.now()
    return SimpleNamespace(
        state=state, form=form, council=council, agency_id=COUNCIL_BODY, announced_at=announced
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Action)
def test_every_verb_is_for_its_people_in_its_states(verb: Action, state: State) -> None:
    people, states = ALLOWED[verb]
    may = {name for name, actor in CAST.items() if policies.may(verb, actor, act(state))}
    assert may == (people if state in states else set())


def test_visits_are_noted_by_a_monitoring_group_alone() -> None:
    may = {n for n, a in CAST.items() if policies.may(Action.NOTE_VISIT, a, act(form=Form.MONITORING))}
    assert may == {"secretary", "chair"}


def test_nobody_asks_a_group_or_experts() -> None:
    for form in (Form.MONITORING, Form.EXPERTISE):
        assert not policies.may(Action.ASK, CAST["citizen"], act(form=form))


def test_before_it_is_announced_only_those_who_lead_it_know() -> None:
    prepared = act(State.PREPARING)
    assert {n for n, a in CAST.items() if policies.may_know(a, prepared)} == {"secretary", "chair"}
    assert all(policies.may_know(a, act()) for a in CAST.values())


def test_the_wrong_state_and_the_wrong_person_are_told_apart() -> None:
    with pytest.raises(policies.NotInThisState):
        policies.check(Action.CONCLUDE, CAST["chair"], act())
    with pytest.raises(Forbidden):
        policies.check(Action.CONCLUDE, CAST["secretary"], act(State.HELD))
