"""Pages of comments: three orders by keyset, groups shown once, stubs in place, nothing asked twice."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.comments import labels, queries
from app.comments.lifecycle import AnswerKind, AnswerState, State
from app.comments.models import AuthorKind, GroupState
from app.comments.queries import people, reading
from app.comments.queries.reading import Order
from app.comments.services import hiding, posting
from app.db import db
from tests.cast import MONDAY, citizen
from tests.comments.conftest import KEY, at, count, post
from tests.comments.test_counting import REASON, answer, group


def ids(page):
    return [item.comment.id for item in page.rows]


def walk(thread, size=2, **wish):
    """All pages forwards, and back again."""
    found, page = [], reading.page(thread, size=size, **wish)
    while True:
        found += ids(page)
        if page.next is None:
            break
        page = reading.page(thread, size=size, after=page.next, **wish)
    back = ids(page)
    while page.previous is not None:
        page = reading.page(thread, size=size, after=page.previous, **wish)
        back = ids(page) + back
    assert back == found
    return found


@contextmanager
def statements():
    seen = []

    def note(conn, cursor, statement, *_):
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def comments(cast, thread):
    made = [
        post(thread, cast.aigul, f"Пікір {number}.", now=MONDAY + timedelta(minutes=number), anchor=at())
        for number in range(5)
    ]
    for number, agreeing in ((1, (cast.bolat, cast.dana)), (3, (cast.bolat,))):
        for person in agreeing:
            posting.agree(made[number], actor=person.actor(), now=MONDAY + timedelta(hours=1))
    answer(thread, cast.marat, comment=made[4])
    count()
    return made


def test_every_order_reads_the_same_forwards_and_back(thread, comments):
    of = [comment.id for comment in comments]
    assert walk(thread, order=Order.NEWEST) == of[::-1]
    assert walk(thread, order=Order.BEST) == [of[1], of[3], of[4], of[2], of[0]]
    assert walk(thread, order=Order.UNANSWERED) == [of[3], of[2], of[1], of[0], of[4]]
    assert ids(reading.page(thread, order=Order.BEST, after="bm9uc2Vuc2U")) == walk(thread, size=9)


def test_a_place_and_words_narrow_the_list(cast, thread, comments):
    elsewhere = post(thread, cast.bolat, "Ветеринария пунктін ашу керек.", anchor=at("article-3"))
    count()
    assert elsewhere.id not in walk(thread, anchor_key=KEY)
    assert walk(thread, anchor_key="k3") == [elsewhere.id]
    assert walk(thread, words="ветеринария") == [elsewhere.id]
    assert walk(thread, words="ветеринария", anchor_key=KEY) == []


def test_letters_of_a_group_stand_once_and_all_can_be_unfolded(cast, thread):
    sent = [post(thread, citizen(n), f"Хат {n}.", anchor=at()) for n in range(20, 24)]
    alone = post(thread, cast.aigul, "Жалғыз.")
    letters = group(thread, *sent)
    count()
    items = reading.page(thread, order=Order.NEWEST).rows
    assert [(i.comment, i.group and i.group.people) for i in items] == [(alone, None), (sent[0], 4)]
    assert walk(thread, order=Order.NEWEST, every=True) == [alone.id, *(c.id for c in sent[::-1])]
    assert reading.of_group(letters).rows == sent[::-1]
    assert set(reading.groups_of(sent + [alone]).values()) == {letters}
    assert reading.group_by_id(letters.id) is letters


def test_a_copy_whose_sample_is_not_on_the_list_stands_by_itself(cast, thread):
    sample = post(thread, cast.aigul, "Көшеде иттер көп.", anchor=at("article-3"))
    copy = post(thread, cast.bolat, "Көшеде иттер көп, мектеп жанында.", anchor=at())
    group(thread, sample, copy)
    count()
    assert walk(thread) == [sample.id]
    assert walk(thread, anchor_key=KEY) == [copy.id]
    assert walk(thread, words="мектеп") == [copy.id]
    hiding.hide(sample, reason="insult", explanation=REASON, actor=cast.yerlan.actor(), now=MONDAY)
    count()
    assert sorted(walk(thread)) == [sample.id, copy.id], "the stub and the copy"
    assert walk(thread, words="иттер") == [copy.id], "hidden words are not found"


def test_a_withdrawn_comment_leaves_a_stub_only_where_people_replied(cast, thread):
    replied, plain = post(thread, cast.aigul, "Бірінші."), post(thread, cast.aigul, "Екінші.")
    posting.reply(replied, text="Иә.", language="kk", actor=cast.bolat.actor(), now=MONDAY)
    for comment in (replied, plain):
        posting.withdraw(comment, actor=cast.aigul.actor(), now=MONDAY)
    assert walk(thread) == [replied.id]


def test_replies_come_in_order_and_answers_by_comment(cast, thread, comments):
    texts = ["Бір.", "Екі.", "Үш."]
    for text in texts:
        posting.reply(comments[0], text=text, language="kk", actor=cast.bolat.actor(), now=MONDAY)
    found = reading.replies_of(comments)
    assert {key: [r.text for r in replies] for key, replies in found.items()} == {comments[0].id: texts}
    assert [r.text for r in reading.replies_of(comments, each=2)[comments[0].id]] == texts[:2]
    letters = group(thread, comments[0], comments[1])
    shared = answer(thread, cast.marat, "Ортақ жауап.", group=letters)
    answer(thread, cast.marat, "Әзірленуде.", comment=comments[2], state=AnswerState.DRAFT)
    own = reading.answers_of(comments)
    assert {key: a.text for key, a in own.items()} == {
        comments[0].id: "Ортақ жауап.",
        comments[1].id: "Ортақ жауап.",
        comments[4].id: "Жауап.",
    }
    left = comments[1]
    left.group_id, left.left_group_id = None, letters.id
    assert reading.answers_of([left]) == {left.id: shared}
    assert reading.replies_of([]) == reading.answers_of([]) == reading.groups_of([]) == {}
    mine = people.written_by(cast.aigul.actor()).rows
    assert [(c.id, a and a.text) for c, a in mine][0] == (comments[4].id, "Жауап.")


def test_a_page_costs_the_same_however_many_comments_it_shows(cast, thread, comments):
    group(thread, *comments[:2])
    hiding.hide(comments[2], reason="insult", explanation=REASON, actor=cast.yerlan.actor(), now=MONDAY)
    posting.reply(comments[3], text="Иә.", language="kk", actor=cast.bolat.actor(), now=MONDAY)
    count()
    thread_id = thread.id

    def read(size):
        db.session.expunge_all()
        known = queries.thread_by_id(thread_id)
        with statements() as seen:
            shown = [item.comment for item in reading.page(known, size=size, every=True).rows]
            reading.replies_of(shown), reading.answers_of(shown), reading.groups_of(shown)
            for comment in shown:
                assert comment.hiding is None or comment.state is State.HIDDEN
                assert comment.attachment is None and comment.thread is known
        return len(seen)

    assert read(1) <= read(5) <= 4


def test_every_word_that_a_page_needs_is_there():
    assert set(labels.AUTHOR_KINDS) == set(AuthorKind)
    assert set(labels.STATES) == set(State)
    assert set(labels.ANSWER_STATES) == set(AnswerState)
    assert set(labels.ANSWER_KINDS) == set(AnswerKind)
    assert set(labels.GROUP_STATES) == set(GroupState)
    assert set(labels.ORDERS) == set(Order)
