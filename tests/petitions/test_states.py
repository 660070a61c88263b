"""Every state can be reached by the services, and the tables of verbs agree with themselves."""

import pytest

from app.access import ANONYMOUS, CLOCK
from app.errors import DomainError
from app.petitions import lifecycle, policies
from app.petitions.actions import Action
from app.petitions.lifecycle import State
from tests import factories


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_reached(cast, state):
    factories.in_state(state, cast)


def test_every_action_has_a_rule_and_a_transition():
    assert set(policies.RULES) == set(Action) == set(lifecycle.TRANSITIONS)


def test_every_state_but_the_first_is_a_target():
    targets = {t.target for t in lifecycle.TRANSITIONS.values() if t.target}
    assert targets == set(State) - {State.DRAFT}


# Who may do what, before and after: the cast's names, and the states in which the verb exists.
WHO = {
    Action.EDIT: {"aigul"},
    Action.SUBMIT: {"aigul"},
    Action.WITHDRAW: {"aigul"},
    Action.CORRECT: {"aigul"},
    Action.INVITE: {"aigul"},
    Action.SIGN: {"aigul", "bolat"},
    Action.WITHDRAW_SIGNATURE: {"aigul", "bolat"},
    Action.RATE: {"aigul", "bolat"},
    Action.SEE_CHECK: {"yerlan"},
    Action.PASS_CHECK: {"yerlan"},
    Action.REJECT: {"yerlan"},
    Action.INVALIDATE: {"yerlan"},
    Action.CLOSE: {"yerlan"},
    Action.REMOVE: {"asel"},
    Action.PUBLISH: {"yerlan", "clock"},
    Action.FAIL_FIRST_SUPPORT: {"clock"},
    Action.SUPPORT: {"clock"},
    Action.FORWARD: {"clock"},
    Action.RETURN: {"clock"},
    Action.SEE_FILE: {"marat", "gulnar"},
    Action.REGISTER: {"marat", "gulnar"},
    Action.RECORD_STEP: {"marat", "gulnar"},
    Action.EXTEND: {"gulnar"},
    Action.DRAFT_DECISION: {"marat", "gulnar"},
    Action.DECIDE: {"gulnar"},
    Action.MAKE_STATEMENT: {"marat", "gulnar"},
    Action.ANSWER_LETTER: {"gulnar"},
    Action.FOLLOW: {"aigul", "bolat", "yerlan", "marat", "gulnar", "timur", "asel", "anonymous", "clock"},
}


def test_the_policy_table_over_the_whole_cast(cast):
    people = {
        name: getattr(cast, name).actor()
        for name in ["aigul", "bolat", "yerlan", "marat", "gulnar", "timur", "asel"]
    }
    people |= {"anonymous": ANONYMOUS, "clock": CLOCK}
    petition = factories.published(cast)
    for action in Action:
        allowed = {name for name, actor in people.items() if policies.RULES[action](actor, petition)}
        assert allowed == WHO[action], action


def test_a_moderator_cannot_check_a_petition_of_their_own(cast):
    petition = factories.submitted(cast)
    petition.author_id = cast.yerlan.id
    with pytest.raises(DomainError):
        policies.check(Action.PASS_CHECK, cast.yerlan.actor(), petition)


@pytest.mark.parametrize("state", list(State))
def test_a_verb_outside_its_states_is_refused(cast, state):
    petition = factories.in_state(state, cast)
    for action, transition in lifecycle.TRANSITIONS.items():
        name = next(iter(WHO[action] - {"anonymous"}))
        actor = CLOCK if name == "clock" else getattr(cast, name).actor()
        if state in transition.sources:
            policies.check(action, actor, petition)
        else:
            with pytest.raises(policies.NotInThisState):
                policies.check(action, actor, petition)


def test_private_petitions_are_known_to_their_author_and_moderators_only(cast):
    for state in lifecycle.PRIVATE_STATES:
        petition = factories.in_state(state, cast)
        knows = {
            name
            for name in ["aigul", "bolat", "yerlan", "marat", "timur", "asel"]
            if policies.may_know(getattr(cast, name).actor(), petition)
        }
        assert knows == ({"aigul"} if state is State.DRAFT else {"aigul", "yerlan", "asel"}), state
        assert not policies.may_know(ANONYMOUS, petition)
