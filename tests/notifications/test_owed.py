"""Letters about what is owed: answers to recommendations, promises, proposals, and public control."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from app import clock
from app.control import events as control_events
from app.control.lifecycle import Form
from app.control.lifecycle import State as ControlState
from app.control.models import ControlAct, Question
from app.control.services import preparing
from app.control.services.preparing import Card
from app.councils.models import Council
from app.gatherings.events import GatheringMoved
from app.gatherings.models import Move
from app.notifications.letters import Unwanted
from app.notifications.models import Delivery
from app.promises import events as promise_events
from app.promises.models import Promise
from app.promises.services import drop, enter, fulfil, put_off
from app.proposals import events as proposal_events
from app.proposals.lifecycle import State
from app.proposals.services import answering as answering_proposals
from app.recommendations import events as recommendation_events
from app.recommendations.services import listing
from tests import drafts, factories
from tests.cast import Cast, addressee, other_body
from tests.notifications.council import BODY, CHAIR, DEPUTY, FOLLOWER, ROOM, SECRETARY, tell
from tests.notifications.people import follower, letters
from tests.proposals import proposing
from tests.recommendations.factories import answered, in_days, issued

WHY = "Құрылысқа қосымша уақыт керек болды."
QUOTE = "жаңа мәтін жарияланады"


def test_recommendations_are_received_signed_answered_and_late(
    session: Any, council: Council, cast: Cast
) -> None:
    draft = drafts.opened(cast)
    follower(draft, "drafts@example.kz")
    listed = issued(3, subject_kind="draft", subject_number=draft.number)
    made = tell(recommendation_events.RecommendationsReceived(list_id=listed.id))
    assert set(made) == BODY
    english = made["marat@example.kz"][2].text
    assert "3 recommendations" in english and f"/en/desk/recommendations/{listed.id}" in english
    assert "Қосымшаны екі тілде жариялау." in made["marat@example.kz"][0].text
    asked = recommendation_events.SignatureAsked(list_id=listed.id, attempt="1")
    assert set(tell(asked)) == {"gulnar@example.kz"}
    late = recommendation_events.RecommendationsOverdue(list_id=listed.id)
    made = tell(late)
    assert set(made) == BODY | {SECRETARY}
    assert "has not done it" in made[SECRETARY][2].text
    listing.withdraw(listed, now=clock.now())
    with pytest.raises(Unwanted):
        letters(late.key)
    listed = answered(cast, 2, subject_kind="draft", subject_number=draft.number)
    made = tell(recommendation_events.RecommendationsAnswered(list_id=listed.id))
    assert set(made) == ROOM | {FOLLOWER, "drafts@example.kz"}
    assert "Accepted: 1. Accepted in part: 0. Refused: 1." in made[FOLLOWER][2].text


def test_a_successor_is_told_in_place_of_the_body_that_is_no_more(
    session: Any, council: Council, cast: Cast
) -> None:
    listed = issued(1)
    body = addressee()
    body.is_active, body.successor_id = False, other_body().id
    made = tell(recommendation_events.RecommendationsReceived(list_id=listed.id))
    assert set(made) == {"timur@example.kz"}


def promised(cast: Cast, *, due: int = 30, **about: Any) -> Promise:
    answer = answered(cast, 1, **about).rows[0].answer
    assert answer is not None
    return enter(
        "recommendation",
        answer.id,
        what="Мәтінді өзгерту",
        quote=QUOTE,
        language="kk",
        due_on=in_days(due),
        actor=cast.marat.actor(),
        now=clock.now(),
    )


def test_a_promise_is_followed_to_its_end(session: Any, council: Council, cast: Cast) -> None:
    petition = factories.registered(cast)
    follower(petition, "petitions@example.kz")
    about = {"subject_kind": "petition", "subject_number": petition.number}
    readers = {FOLLOWER, "petitions@example.kz", "aigul@example.kz"}
    promise, actor, now = promised(cast, **about), cast.marat.actor(), clock.now()
    due_on = str(promise.due_on)
    made = tell(promise_events.PromiseEntered(promise_id=promise.id))
    assert set(made) == BODY | readers
    assert "Мәтінді өзгерту" in made[FOLLOWER][2].text
    due = promise_events.PromiseDue(promise_id=promise.id, due_on=due_on)
    assert set(tell(due)) == BODY
    put_off(promise, due_on=in_days(60), reason=WHY, actor=actor, now=now)
    made = tell(promise_events.PromisePutOff(promise_id=promise.id, due_on=str(promise.due_on)))
    assert set(made) == readers
    assert WHY in made[FOLLOWER][1].text
    # The reminder was about a day that is no more.
    with pytest.raises(Unwanted):
        letters(due.key)
    promise.due_on = in_days(-1)
    late = promise_events.PromiseLate(promise_id=promise.id, due_on=str(promise.due_on))
    made = tell(late)
    assert set(made) == BODY | readers
    assert f"/en/desk/promises/{promise.number}" in made["marat@example.kz"][2].text
    assert f"/en/promises/{promise.number}" in made[FOLLOWER][2].text
    drop(promise, reason=WHY, actor=actor, now=now)
    assert set(tell(promise_events.PromiseDropped(promise_id=promise.id))) == readers
    with pytest.raises(Unwanted):
        letters(late.key)
    other = promised(cast, **about)
    fulfil(
        other,
        words="Жаңа мәтін жарияланды.",
        link="https://adilet.zan.kz/kaz",
        upload=None,
        done_on=clock.today(),
        actor=actor,
        now=now,
    )
    made = tell(promise_events.PromiseKept(promise_id=other.id))
    assert set(made) == readers


def test_a_proposal_goes_to_whoever_answers_and_comes_back(
    session: Any, council: Council, cast: Cast
) -> None:
    proposal = proposing.proposed(cast, to=council)
    received = proposal_events.ProposalMade(proposal_id=proposal.id)
    made = tell(received)
    # The deputy is a member as others are: chair and secretary answer.
    assert set(made) == {CHAIR, SECRETARY} and DEPUTY not in made
    assert f"/en/desk/proposals/{proposal.number}" in made[CHAIR][2].text
    overdue = proposal_events.ProposalOverdue(proposal_id=proposal.id, duty_id=proposal.duty_id)
    assert set(tell(overdue)) == {CHAIR, SECRETARY, "aigul@example.kz"}
    chair = next(m.account for m in council.members if m.account and m.account.email == CHAIR)
    answering_proposals.forward(
        proposal, to_agency=addressee(), words=proposing.WHY, actor=chair.actor(), now=clock.now()
    )
    made = tell(proposal_events.ProposalForwarded(proposal_id=proposal.id))
    assert set(made) == BODY | {"aigul@example.kz"}
    for key in (received.key, overdue.key):
        with pytest.raises(Unwanted):
            letters(key)
    for state, fact in (
        (State.TAKEN_UP, proposal_events.ProposalTakenUp),
        (State.DECLINED, proposal_events.ProposalDeclined),
        (State.DONE, proposal_events.ProposalDone),
        (State.HIDDEN, proposal_events.ProposalHidden),
    ):
        proposal = proposing.in_state(state, cast)
        made = tell(fact(proposal_id=proposal.id))
        assert set(made) == {"aigul@example.kz"}, fact
        is_told = proposal.title in made["aigul@example.kz"][0].text
        assert is_told == (state is not State.HIDDEN)


def act_of(council: Council, form: Form, secretary: Any) -> ControlAct:
    words = {"kk": "Жолдарды жөндеу туралы", "ru": "О ремонте дорог"}
    card = Card(
        agency=addressee(),
        starts_at=clock.now() + timedelta(days=20),
        place="Көкшетау қаласы, Абай көшесі, 83",
        titles=words,
        subjects=words,
        programmes=words,
    )
    act = preparing.begin(council, form=form, card=card, actor=secretary.actor(), now=clock.now())
    act.state, act.announced_at = ControlState.ANNOUNCED, clock.now()
    act.gathering.published_at = clock.now()
    return act


def test_public_control_from_its_notice_to_its_document(session: Any, council: Council, cast: Cast) -> None:
    secretary = council.secretaries[0].account
    act = act_of(council, Form.HEAD_REPORT, secretary)
    question = Question(
        act=act,
        author_id=cast.aigul.id,
        author_name="Айгүл С.",
        language="kk",
        text="Көпір қашан жөнделеді?",
        asked_at=clock.now(),
    )
    session.add(question)
    announced = control_events.ControlAnnounced(act_id=act.id)
    made = tell(announced)
    assert set(made) == BODY | ROOM | {FOLLOWER}
    assert f"/ru/control/{act.number}" in made["marat@example.kz"][1].text
    move = Move(
        gathering=act.gathering,
        was_at=act.gathering.starts_at - timedelta(days=2),
        was_place="Көкшетау",
        reason=WHY,
        at=clock.now(),
        by=secretary.id,
    )
    session.add(move)
    session.flush()
    moved = GatheringMoved(gathering_id=act.gathering_id, move_id=move.id)
    made = tell(moved)
    assert set(made) == BODY | ROOM | {FOLLOWER, "aigul@example.kz"}
    assert "you sent a question" in made["aigul@example.kz"][2].text
    assert "Көпір" not in made[FOLLOWER][0].text
    act.state, act.held_on = ControlState.HELD, clock.today()
    act.gathering.held_at = clock.now()
    assert set(tell(control_events.ControlDocumentOverdue(act_id=act.id))) == {SECRETARY}
    for key in (announced.key, moved.key):
        with pytest.raises(Unwanted):
            letters(key)
    act.state, act.concluded_at, act.signed_name = ControlState.CONCLUDED, clock.now(), "Асқар Бекенов"
    act.final_texts = {"kk": "Баға: жақсы.", "ru": "Оценка: хорошо."}
    made = tell(control_events.ControlConcluded(act_id=act.id))
    assert set(made) == BODY | {FOLLOWER, "aigul@example.kz"}
    # With recommendations the body learns of it by the letter about what it has to answer.
    listed = issued(2, of=council)
    listed.source_kind, listed.source_number = "control", act.number
    act.recommendations = listed
    session.flush()
    fact = control_events.ControlConcluded(act_id=act.id)
    session.execute(delete(Delivery).where(Delivery.fact_key == fact.key))
    assert set(tell(fact)) == {FOLLOWER, "aigul@example.kz"}
    made = tell(recommendation_events.RecommendationsReceived(list_id=listed.id))
    assert set(made) == BODY
    assert f"Public control No. {act.number}" in made["marat@example.kz"][2].subject
