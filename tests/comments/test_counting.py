"""The sums: made anew from the rows, by one counter at a time, while nobody waits."""

import threading
from datetime import date, timedelta
from hashlib import blake2b
from math import sqrt

import pytest
import sqlalchemy as sa

from app import clock
from app.comments import queries
from app.comments.lifecycle import AnswerKind, AnswerState
from app.comments.models import Answer, Comment, Group, ThreadChange, ThreadFigures
from app.comments.queries import figures
from app.comments.queries.figures import Figures
from app.comments.services import counting, hiding, posting, threads
from app.db import db, transaction
from app.duties import services as duties
from app.duties.models import DutyKind
from app.law import consultation_rules_in_force
from tests.cast import MONDAY, Cast, addressee, citizen
from tests.comments.conftest import KEY, at, count, open_thread, post

REASON = "Басқа азаматты балағаттайды, ережеге қайшы."


def group(thread, *comments, changed=()):
    made = Group(thread_id=thread.id, sample_id=comments[0].id, language="kk", created_at=MONDAY)
    db.session.add(made)
    db.session.flush()
    for comment in comments:
        comment.group_id, comment.is_changed = made.id, comment in changed
    return made


def answer(
    thread, officer, text="Жауап.", *, comment=None, group=None, at=MONDAY, state=AnswerState.PUBLISHED
):
    given = Answer(
        thread_id=thread.id,
        comment_id=comment.id if comment else None,
        group_id=group.id if group else None,
        state=state,
        kind=AnswerKind.NOTED,
        language="kk",
        text=text,
        text_hash=blake2b(text.encode(), digest_size=16).digest(),
        drafted_by=officer.id,
        drafted_at=at,
        approved_at=None if state is AnswerState.DRAFT else at,
        published_at=at if state is AnswerState.PUBLISHED else None,
    )
    db.session.add(given)
    db.session.flush()
    return given


def wilson(k, n, z=1.96):
    p = k / n
    return (p + z * z / (2 * n) - z * sqrt((p * (1 - p) + z * z / (4 * n)) / n)) / (1 + z * z / n)


def test_a_thread_is_counted_in_people_texts_and_places(cast, thread):
    comments = [
        post(thread, cast.aigul, "Бірінші.", anchor=at()),
        post(thread, cast.aigul, "Екінші.", anchor=at()),
        post(thread, cast.bolat, "Үшінші.", anchor=at()),
        post(thread, cast.dana, "Төртінші.", anchor=at("article-3")),
    ]
    letters = group(thread, *comments[1:3], changed=comments[2:3])
    posting.reply(comments[0], text="Иә.", language="kk", actor=cast.dana.actor(), now=MONDAY)
    assert figures.of(thread) == Figures() and figures.anchor_counts(thread) == {}
    assert count() == 1
    assert figures.of(thread) == Figures(comments=4, replies=1, people=3, texts=3)
    assert figures.anchor_counts(thread) == {KEY: 3, "k3": 1}
    assert (letters.people, letters.changed) == (2, 1)
    assert count() == 0, "nothing changed since"
    hiding.hide(comments[3], reason="insult", explanation=REASON, actor=cast.yerlan.actor(), now=MONDAY)
    posting.withdraw(comments[2], actor=cast.bolat.actor(), now=MONDAY)
    count()
    assert figures.of(thread) == Figures(comments=2, replies=1, people=1, texts=2)
    assert figures.anchor_counts(thread) == {KEY: 2}
    assert (letters.people, letters.changed) == (1, 0)
    assert figures.of(thread).unanswered == 2


def test_answers_are_counted_for_their_own_comment_or_for_every_letter(cast, thread):
    comments = [
        post(thread, person, text)
        for person in (cast.aigul, cast.bolat)
        for text in ("Бірінші.", "Екінші.", "Үшінші.")
    ]
    letters = group(thread, comments[0], comments[3], comments[4])
    answer(thread, cast.marat, group=letters)
    # An own answer goes before the group's, and makes no second one of it.
    answer(thread, cast.marat, "Өзіңізге бөлек жауап.", comment=comments[4])
    answer(thread, cast.marat, "Әлі жарияланбады.", comment=comments[1], state=AnswerState.DRAFT)
    counting.changed(thread.id)
    count()
    found = figures.of(thread)
    assert (found.comments, found.answered, found.answered_people, found.answered_texts) == (6, 3, 2, 1)
    assert (found.on_time, found.late, found.formal) == (3, 0, 0)
    assert [c.is_answered for c in comments] == [True, False, False, True, True, False]
    db.session.execute(sa.delete(Answer))
    counting.changed(thread.id)
    count()
    assert figures.of(thread).answered == 0 and not comments[0].is_answered


def test_the_last_day_ends_at_midnight_in_almaty(cast, thread):
    rules = consultation_rules_in_force(clock.today(MONDAY))
    duty = duties.start(
        DutyKind.COMMENT_ANSWERS,
        agency=addressee(),
        subject_kind="test",
        subject_number=1,
        deadline=rules.deadline("answers"),
        rules_version=rules.id,
        started_on=date(2026, 10, 5),
    )
    midnight = clock.end_of(duty.last_day)
    first, second = post(thread, cast.aigul), post(thread, cast.bolat)
    answer(thread, cast.marat, "Бірінші.", comment=first, at=midnight - timedelta(seconds=1))
    answer(thread, cast.marat, "Екінші.", comment=second, at=midnight)
    count()
    assert (figures.of(thread).on_time, figures.of(thread).late) == (2, 0), "no day was set"
    threads.owe(thread, duty)
    count()
    assert (figures.of(thread).on_time, figures.of(thread).late) == (1, 1)
    assert figures.by_agency([addressee().id])[addressee().id].answered == 2
    assert figures.of_threads([thread])[thread.id].answered == 2


@pytest.mark.parametrize(
    ("texts", "formal"),
    [("A", 0), ("AB", 0), ("AA", 2), ("AABC", 0), ("AABCD", 0), ("AAABCD", 3), ("AAABBBCDE", 0)],
)
def test_answers_like_more_than_a_third_of_the_others_are_formal(cast, thread, texts, formal):
    for number, text in enumerate(texts):
        comment = post(thread, cast.aigul, f"Пікір {number}.")
        answer(thread, cast.marat, text, comment=comment)
    count()
    assert figures.of(thread).formal == formal


def test_a_comment_is_ranked_by_those_who_came_after_it(cast, thread):
    """Five people: each comment is judged by those of them who were there since, without its author."""
    eve, farida = citizen(11), citizen(12)
    old = post(thread, cast.aigul, "Ескі.", now=MONDAY)
    post(thread, eve, "Ертерек кеткен.", now=MONDAY + timedelta(minutes=1))
    new = post(thread, cast.bolat, "Жаңа.", now=MONDAY + timedelta(hours=1))
    later = MONDAY + timedelta(hours=2)
    posting.reply(new, text="Жауап.", language="kk", actor=cast.dana.actor(), now=later)
    posting.agree(new, actor=farida.actor(), now=later)
    posting.agree(new, actor=cast.aigul.actor(), now=later)
    posting.agree(old, actor=farida.actor(), now=later)
    count()
    # Since the new one: Aigul, Dana, Farida. Since the old one also Bolat and Eve, without Aigul: four.
    assert (new.agreements, old.agreements) == (2, 1)
    assert new.score == pytest.approx(wilson(2, 3), rel=5e-3)
    assert old.score == pytest.approx(wilson(1, 4), rel=5e-3)
    posting.take_agreement_back(new, actor=farida.actor())
    posting.take_agreement_back(old, actor=farida.actor())
    count()
    assert (new.agreements, old.agreements, old.score) == (1, 0, 0.0)
    assert new.score == pytest.approx(wilson(1, 2), rel=5e-3)


def test_letters_without_an_account_are_a_person_each(cast, thread):
    for number in range(3):
        letter = post(thread, cast.aigul, f"Хат {number}.")
        letter.author_id, letter.source = None, f"archive:{number}"
    count()
    assert figures.of(thread).people == 3


def test_a_long_thread_rests_between_counts(cast, thread):
    post(thread, cast.aigul)
    count(MONDAY)
    db.session.execute(sa.update(ThreadFigures).values(comments=50_000))
    counting.changed(thread.id)
    assert count(MONDAY + timedelta(seconds=9)) == 0
    assert count(MONDAY + timedelta(seconds=10)) == 1


def test_counters_and_writers_at_once_lose_nothing(own_database):
    with transaction():
        cast = Cast()
        thread_id, author_ids = open_thread().id, [cast.aigul.id, cast.bolat.id, cast.dana.id]
    barrier, failed = threading.Barrier(5), []

    def work(act) -> None:
        with own_database.app_context():
            barrier.wait()
            try:
                for number in range(6):
                    with transaction():
                        act(number)
            except Exception as error:
                failed.append(error)

    def write(account_id):
        from app.accounts.models import Account

        def act(number):
            author = db.session.get(Account, account_id)
            comment = post(queries.thread_by_id(thread_id), author, f"Пікір {number}.", anchor=at())
            others = db.session.scalars(
                sa.select(Comment).where(Comment.author_id != account_id).limit(3)
            ).all()
            for other in others:
                posting.agree(other, actor=author.actor(), now=clock.now())
            if number == 5:
                posting.withdraw(comment, actor=author.actor(), now=clock.now())

        return act

    acts = [*map(write, author_ids), *[lambda _: counting.run(clock.now())] * 2]
    workers = [threading.Thread(target=work, args=[act]) for act in acts]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert failed == []
    with transaction():
        while counting.run(clock.now()):
            pass
        found = figures.of(queries.thread_by_id(thread_id))
        assert (found.comments, found.people) == (15, 3)
        assert figures.anchor_counts(queries.thread_by_id(thread_id)) == {KEY: 15}
        wrong = db.session.execute(
            sa.text(
                "SELECT id FROM comment WHERE agreements <>"
                " (SELECT count(*) FROM comment_agreement WHERE comment_id = comment.id)"
            )
        ).all()
        assert wrong == []
        assert db.session.scalar(sa.select(sa.func.count()).select_from(ThreadChange)) == 0


def test_what_a_request_holds_is_left_for_the_next_count(own_database):
    with transaction():
        cast = Cast()
        thread = open_thread()
        comment = post(thread, cast.aigul)
        posting.agree(comment, actor=cast.bolat.actor(), now=clock.now())
        comment_id = comment.id
    with db.engine.connect() as other:
        other.execute(sa.text("SELECT FROM comment WHERE id = :id FOR UPDATE"), {"id": comment_id})
        with transaction():
            assert counting.run(clock.now()) == 1
        assert queries.by_id(comment_id).agreements == 0
        db.session.rollback()
        other.rollback()
    with transaction():
        assert counting.run(clock.now()) == 1, "it said so itself"
    assert queries.by_id(comment_id).agreements == 1
