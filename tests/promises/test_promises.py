"""A promise from its sentence to its end: only words that stand in a published text, and nothing done without proof."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.access import Actor
from app.errors import Forbidden
from app.promises import policies, queries, services
from app.promises.errors import (
    AlreadyEntered,
    DayRefused,
    ProofMissing,
    QuoteNotFound,
    SourceGone,
    TextMissing,
)
from app.promises.labels import DONE_LATE, DONE_ON_TIME, LATE, OPEN, state_of
from app.promises.lifecycle import Action, State
from app.promises.policies import NotInThisState
from app.promises.queries import Facet, Wish
from app.promises.services import PromiseWords
from app.promises.sources import source
from tests import councils_cast, drafts, factories
from tests.promises.factories import QUOTE, REASON, WHAT, entered, promised
from tests.recommendations.factories import answered, filled, in_days, issued


def test_who_may_do_what(session: Any, cast: Any) -> None:
    promise = promised(cast)
    people = {
        name: getattr(cast, name).actor() for name in ("aigul", "marat", "gulnar", "timur", "yerlan", "asel")
    }
    people["nobody"] = Actor()
    body = {"marat", "gulnar"}
    table = {Action.PUT_OFF: body, Action.FULFIL: body, Action.DROP: body, Action.CORRECT: {"marat"}}
    with session.no_autoflush:
        for state in State:
            promise.state = state
            for action, allowed in table.items():
                found = {name for name, actor in people.items() if policies.may(action, actor, promise)}
                assert found == (allowed if state is State.OPEN else set()), (action, state)
        promise.state = State.OPEN
        promise.entered_at -= timedelta(days=1)
        assert not policies.may(Action.CORRECT, cast.marat.actor(), promise)
    session.expire(promise)


def test_who_may_enter_from_which_text(session: Any, cast: Any) -> None:
    listed = answered(cast, 1)
    petition = factories.decided(cast)
    comment = drafts.comment(drafts.opened(cast), cast.bolat)
    reply = drafts.answered(comment, cast)
    secretary = councils_cast.secretary(listed.council)
    people = {
        name: getattr(cast, name).actor() for name in ("aigul", "marat", "gulnar", "timur", "yerlan", "asel")
    }
    people["secretary"] = secretary.actor()
    texts = {
        ("recommendation", listed.rows[0].answer.id): {"marat", "gulnar", "yerlan", "secretary"},
        ("decision", petition.number): {"marat", "gulnar", "yerlan"},
        ("comment_answer", reply.id): {"marat", "gulnar", "yerlan"},
    }
    for (kind, number), allowed in texts.items():
        found = {name for name, actor in people.items() if source(kind, number, actor).may_enter}
        assert found == allowed, kind


def test_only_published_texts_promise_anything(app: Any, session: Any, cast: Any) -> None:
    listed = filled(issued(1), cast.marat)
    assert source("recommendation", listed.rows[0].answer.id, cast.marat.actor()) is None
    petition = factories.reviewed(cast)
    assert source("decision", petition.number, cast.marat.actor()) is None
    for kind in ("recommendation", "decision", "comment_answer", "anything"):
        with pytest.raises(SourceGone):
            entered(cast, kind, 2**31 - 1)


def test_the_sentence_stands_in_the_text_word_for_word(session: Any, cast: Any) -> None:
    answer = answered(cast, 1).rows[0].answer
    for quote in ("жаңа мәтін жарияланбайды", "Тармақ жаңа мәтін"):
        with pytest.raises(QuoteNotFound):
            entered(cast, "recommendation", answer.id, quote=quote)
    promise = entered(cast, "recommendation", answer.id, quote="өзгертіледі,\n жаңа   мәтін")
    with pytest.raises(AlreadyEntered) as refusal:
        entered(cast, "recommendation", answer.id, quote="өзгертіледі, жаңа мәтін")
    assert refusal.value.data["number"] == promise.number
    with pytest.raises(Forbidden):
        services.enter(
            "recommendation",
            answer.id,
            what=WHAT,
            quote=QUOTE,
            language="kk",
            due_on=in_days(3),
            actor=cast.timur.actor(),
            now=clock.now(),
        )


def test_nothing_is_done_without_proof(session: Any, cast: Any) -> None:
    promise = promised(cast, due=-2)
    acts = {"actor": cast.marat.actor(), "now": clock.now()}
    assert state_of(promise) is LATE
    with pytest.raises(ProofMissing):
        services.fulfil(promise, words=REASON, done_on=in_days(0), **acts)
    with pytest.raises(DayRefused):
        services.fulfil(promise, words=REASON, link="https://adilet.zan.kz", done_on=in_days(1), **acts)
    services.fulfil(promise, words=REASON, link="https://adilet.zan.kz", done_on=in_days(0), **acts)
    assert (promise.state, state_of(promise)) == (State.DONE, DONE_LATE)
    promise.done_on = promise.due_on
    assert state_of(promise) is DONE_ON_TIME
    with pytest.raises(NotInThisState):
        services.drop(promise, reason=REASON, **acts)


def test_putting_off_keeps_the_first_day(session: Any, cast: Any) -> None:
    promise = promised(cast, due=5)
    acts = {"actor": cast.gulnar.actor(), "now": clock.now()}
    first = promise.due_on
    with pytest.raises(DayRefused):
        services.put_off(promise, due_on=first, reason=REASON, **acts)
    with pytest.raises(TextMissing):
        services.put_off(promise, due_on=in_days(9), reason="Керек", **acts)
    services.put_off(promise, due_on=in_days(20), reason=REASON, **acts)
    services.put_off(promise, due_on=in_days(40), reason=REASON, **acts)
    days = [(entry.action, entry.was_due_on, entry.due_on) for entry in promise.entries]
    assert days == [
        ("enter", None, first),
        ("put_off", first, in_days(20)),
        ("put_off", in_days(20), in_days(40)),
    ]
    services.drop(promise, reason=REASON, **acts)
    assert (promise.state, promise.closing_words) == (State.DROPPED, REASON)


def test_a_slip_is_mended_on_the_same_day(session: Any, cast: Any) -> None:
    promise = promised(cast)
    words = PromiseWords("Мәтінді жариялау", "жаңа мәтін жарияланады", "kk", in_days(10))
    services.correct(promise, words=words, actor=cast.marat.actor(), now=clock.now())
    with pytest.raises(Forbidden):
        services.correct(promise, words=words, actor=cast.gulnar.actor(), now=clock.now())
    assert (promise.what, promise.due_on) == ("Мәтінді жариялау", in_days(10))
    assert [entry.action for entry in promise.entries] == ["enter", "correct"]


def test_it_is_late_once_for_each_day_that_was_promised(session: Any, cast: Any) -> None:
    promise = promised(cast, due=3)
    now = clock.now()
    assert services.find_late(now=now + timedelta(days=3)) == 0
    assert [services.find_late(now=now + timedelta(days=days)) for days in (4, 5)] == [1, 0]
    services.put_off(promise, due_on=in_days(30), reason=REASON, actor=cast.marat.actor(), now=now)
    assert services.find_late(now=now + timedelta(days=10)) == 0
    assert [services.find_late(now=now + timedelta(days=days)) for days in (31, 32)] == [1, 0]


def test_the_body_is_reminded_once_when_the_day_comes_near(session: Any, cast: Any) -> None:
    promised(cast, due=30)
    now = clock.now()
    found = [services.remind(now=now + timedelta(days=days)) for days in (1, *range(20, 31))]
    assert found[0] == 0
    assert sum(found) == 1


def test_lists_and_figures(session: Any, cast: Any) -> None:
    open_one, late, done, dropped = (promised(cast, due=due) for due in (30, -1, 5, 6))
    acts = {"actor": cast.marat.actor(), "now": clock.now()}
    services.fulfil(done, words=REASON, link="https://adilet.zan.kz", done_on=in_days(0), **acts)
    services.drop(dropped, reason=REASON, **acts)
    today = clock.today()
    figures = queries.figures_by_agency(today=today)[open_one.agency_id]
    assert figures == queries.Figures(open=1, late=1, done=1, done_late=0, dropped=1)
    assert figures == queries.figures(Wish(council_id=late.council_id), today=today)
    expected = {
        Facet.ALL: [dropped, done, late, open_one],
        Facet.OPEN: [open_one],
        Facet.LATE: [late],
        Facet.DONE: [done],
        Facet.DROPPED: [dropped],
    }
    for facet, rows in expected.items():
        assert queries.page_of(Wish(facet), today=today, position=None).rows == rows
    assert state_of(open_one) is OPEN
