"""Answers: written by officers without overwriting each other, approved and published by the head, never changed."""

import pytest

from app import clock
from app.comments.errors import (
    AlreadyAnswered,
    EditedMeanwhile,
    GroupNotConfirmed,
    NoAnswerOwed,
    NotApproved,
    PlaceGone,
    TextMissing,
    TooLong,
)
from app.comments.lifecycle import AnswerKind, AnswerState
from app.comments.models import Answer
from app.comments.queries import desk
from app.comments.services import answering, grouping, posting, templates
from app.comments.services.answering import AnswerDraft
from app.comments.services.templates import TemplateWords
from app.db import db
from app.errors import Forbidden, InvalidInput, NotFound
from tests.cast import addressee, citizen
from tests.comments.conftest import KEY, PATH, at, count, open_thread, post
from tests.comments.test_grouping import LETTER, OTHER, letters

ACCEPTED = "Мерзім ұзартылды: жиырма күн болып бекітілді."
NOTED = "Пікіріңіз ескерілді, ереже келесі жылы қаралады."


def draft(text=ACCEPTED, **more):
    return AnswerDraft(more.pop("kind", AnswerKind.ACCEPTED), more.pop("language", "kk"), text, **more)


@pytest.fixture
def marat(cast):
    return cast.marat.actor()


@pytest.fixture
def gulnar(cast):
    return cast.gulnar.actor()


@pytest.fixture
def comment(thread, cast):
    return post(thread, cast.aigul)


def save(comment, actor, **more):
    return answering.save(comment.thread, comment=comment, draft=draft(**more), actor=actor, now=clock.now())


def published(comment, marat, gulnar, **more):
    answer = save(comment, marat, **more)
    answering.approve([answer], actor=gulnar, now=clock.now())
    answering.publish([answer], actor=gulnar, now=clock.now())
    return answer


def test_an_answer_is_written_approved_and_published(comment, marat, gulnar):
    answer = published(comment, marat, gulnar, changed_key=PATH, changed_version=2)
    assert (answer.state, answer.changed_key, answer.changed_version) == (AnswerState.PUBLISHED, KEY, 2)
    assert (answer.drafted_by, answer.approved_by) == (marat.account_id, gulnar.account_id)
    count()
    assert comment.is_answered


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"text": "Жоқ."}, TextMissing),
        ({"text": "ж" * 10_001}, TooLong),
        ({"kind": None}, InvalidInput),
        ({"language": "de"}, InvalidInput),
        ({"changed_key": "article-99"}, PlaceGone),
        ({"changed_key": PATH, "language": "ru", "changed_version": 1}, PlaceGone),
    ],
)
def test_what_is_no_answer_is_refused(comment, marat, more, error):
    with pytest.raises(error):
        save(comment, marat, **more)
    assert db.session.query(Answer).count() == 0


def test_the_second_officer_sees_what_the_first_wrote(comment, marat, gulnar, cast):
    save(comment, marat)
    with pytest.raises(EditedMeanwhile) as refused:
        save(comment, gulnar, text=NOTED, kind=AnswerKind.NOTED)
    data = refused.value.data
    assert (data["revision"], data["text"], data["kind"], data["by"]) == (
        1,
        ACCEPTED,
        AnswerKind.ACCEPTED,
        cast.marat.name,
    )
    assert save(comment, gulnar, text=NOTED, revision=1).revision == 2


def test_a_saved_answer_waits_for_approval_anew(comment, marat, gulnar):
    answer = save(comment, marat)
    answering.approve([answer], actor=gulnar, now=clock.now())
    save(comment, marat, text=NOTED, revision=1)
    assert (answer.state, answer.approved_at) == (AnswerState.DRAFT, None)
    with pytest.raises(NotApproved):
        answering.publish([answer], actor=gulnar, now=clock.now())


def test_the_head_approves_what_was_read(comment, marat, gulnar):
    answer = save(comment, marat)
    with pytest.raises(EditedMeanwhile):
        answering.approve([answer], revisions={answer.id: 7}, actor=gulnar, now=clock.now())
    assert answer.state is AnswerState.DRAFT


def test_an_answer_that_was_sent_back_says_why(comment, marat, gulnar):
    answer = save(comment, marat)
    answering.approve([answer], actor=gulnar, now=clock.now())
    answering.send_back([answer], reason="Қай бап өзгергенін де жазыңыз.", actor=gulnar, now=clock.now())
    assert [one.id for one in desk.sent_back(comment.thread).rows] == [answer.id]
    assert desk.answers_in(comment.thread, AnswerState.DRAFT).rows == []
    save(comment, marat, text=NOTED, revision=1)
    assert answer.sent_back_reason is None
    assert desk.tabs(comment.thread).to_approve == 1


def test_a_published_answer_never_changes(comment, marat, gulnar):
    answer = published(comment, marat, gulnar)
    with pytest.raises(AlreadyAnswered):
        save(comment, marat, text=NOTED, revision=answer.revision)
    with pytest.raises(AlreadyAnswered):
        answering.send_back([answer], reason="Қай бап өзгергенін де жазыңыз.", actor=gulnar, now=clock.now())
    at_first = answer.published_at
    answering.publish([answer], actor=gulnar, now=clock.now())
    assert (answer.text, answer.published_at) == (ACCEPTED, at_first)


@pytest.mark.parametrize("name", ["timur", "aigul", "yerlan", "asel"])
def test_others_answer_nothing(comment, cast, name):
    with pytest.raises(Forbidden):
        save(comment, getattr(cast, name).actor())


def test_an_officer_approves_and_publishes_nothing(comment, marat):
    answer = save(comment, marat)
    for act in (answering.approve, answering.publish):
        with pytest.raises(Forbidden):
            act([answer], actor=marat, now=clock.now())


def test_replies_and_withdrawn_comments_get_no_answer(comment, cast, marat):
    reply = posting.reply(
        comment, text="Мен де осылай ойлаймын.", language="kk", actor=cast.bolat.actor(), now=clock.now()
    )
    posting.withdraw(comment, actor=cast.aigul.actor(), now=clock.now())
    for one in (reply, comment):
        with pytest.raises(NoAnswerOwed):
            save(one, marat)


def test_a_comment_of_another_thread_is_not_found(comment, marat):
    with pytest.raises(NotFound):
        answering.save(open_thread(), comment=comment, draft=draft(), actor=marat, now=clock.now())


def test_a_letter_of_a_group_gets_the_groups_answer_once_somebody_looked(thread, marat, gulnar):
    first, second = letters(thread, LETTER, LETTER)
    answer = save(second, marat)
    assert (answer.comment_id, answer.group_id) == (None, first.group_id)
    with pytest.raises(GroupNotConfirmed):
        answering.approve([answer], actor=gulnar, now=clock.now())
    grouping.confirm(answer.group, actor=marat, now=clock.now())
    answering.approve([answer], actor=gulnar, now=clock.now())
    answering.publish([answer], actor=gulnar, now=clock.now())
    count()
    assert first.is_answered and second.is_answered


def test_one_text_for_many_is_one_answer_each(thread, marat):
    first, second, third = letters(thread, LETTER, LETTER, OTHER)
    answers = answering.answer_many(
        thread, [first.id, second.id, third.id], draft=draft(), actor=marat, now=clock.now()
    )
    assert {(one.comment_id, one.group_id) for one in answers} == {(None, first.group_id), (third.id, None)}
    assert len({one.text_hash for one in answers}) == 1
    fourth = post(thread, citizen(400), "Мүлде басқа мәселе туралы жеке пікір.")
    with pytest.raises(AlreadyAnswered) as refused:
        answering.answer_many(thread, [first.id, fourth.id], draft=draft(NOTED), actor=marat, now=clock.now())
    assert refused.value.data["comments"] == [first.id]
    assert desk.answer_of_comment(fourth) is None


def test_the_desk_shows_groups_as_one_row_in_three_orders(thread, marat):
    whole = post(thread, citizen(300), "Жоба туралы жалпы пікірім: түсінікті жазылған.")
    late = post(thread, citizen(301), "Үшінші бап бұлыңғыр жазылған, түсіндіріңіз.", anchor=at("article-3"))
    early = post(thread, citizen(302), "Екінші баптағы мерзім туралы ұсынысым бар.", anchor=at())
    first, second = letters(thread, LETTER, LETTER)
    count()

    def rows(order, **more):
        return [one.comment.id for one in desk.unanswered(thread, order=order, language="kk", **more).rows]

    assert rows(desk.Order.DUE) == [whole.id, late.id, early.id, first.id]
    assert rows(desk.Order.CLAUSE) == [whole.id, first.id, early.id, late.id]
    assert rows(desk.Order.GROUPS) == [first.id]
    page = desk.unanswered(thread, order=desk.Order.CLAUSE, language="kk", size=3)
    rest = desk.unanswered(thread, order=desk.Order.CLAUSE, language="kk", size=3, after=page.next)
    assert [one.comment.id for one in rest.rows] == [late.id]
    assert rest.rows[0].place == "3-бап"
    group = desk.unanswered(thread, order=desk.Order.GROUPS, language="kk").rows[0]
    assert group.people == 2
    assert desk.item_of(thread, second, language="kk").comment.id == first.id
    assert desk.tabs(thread).unanswered == 4


def test_templates_belong_to_the_body(cast, marat):
    words = TemplateWords("Қабылданды", AnswerKind.ACCEPTED, "kk", ACCEPTED)
    template = templates.add(addressee().id, words=words, actor=marat, now=clock.now())
    with pytest.raises(Forbidden):
        templates.delete(template, actor=cast.timur.actor())
    with pytest.raises(TextMissing):
        templates.change(
            template,
            words=TemplateWords("Қысқа", AnswerKind.NOTED, "kk", "Жоқ."),
            actor=marat,
            now=clock.now(),
        )
    assert [one.title for one in desk.templates_of(marat.agency_ids)] == ["Қабылданды"]
    templates.delete(template, actor=marat)
    assert desk.templates_of(marat.agency_ids) == []


def test_approval_is_asked_once_a_day(thread, comment, marat):
    save(comment, marat)
    for _ in range(2):
        answering.ask_approval(thread, actor=marat, now=clock.now())
