"""Saying something: limits, places, versions, second presses, edits with and without a trace, agreement."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from app import clock
from app.comments import queries
from app.comments.errors import (
    OrganisationMissing,
    PlaceGone,
    ProposalWithoutPlace,
    SelectionGone,
    TextMissing,
    TooLong,
)
from app.comments.lifecycle import State
from app.comments.models import Agreement, AuthorKind, Comment, ThreadChange
from app.comments.policies import NotInThisState
from app.comments.queries import people
from app.comments.services import anchoring, posting, threads
from app.db import db, transaction
from app.errors import Forbidden
from app.files.errors import AttachmentRefused
from app.law import consultation_rules_in_force
from app.text.near_duplicates import sketch
from tests.cast import MONDAY, Cast
from tests.comments.conftest import KEY, LABEL, NEW, OLD, PATH, RUSSIAN, at, open_thread, post, words

LIMITS = consultation_rules_in_force(clock.today(MONDAY)).limits


def test_a_comment_on_the_whole_is_kept_as_it_is_shown(cast, thread):
    comment = post(thread, cast.aigul, "  Бес күн\u200b аз.\r\n\r\n\r\n\r\n\r\nКөбейтіңіз.  ", now=MONDAY)
    assert comment.text == "Бес күн аз.\n\n\nКөбейтіңіз."
    assert (comment.shown_as, comment.author_kind, comment.anchor) == ("Айгүл С.", AuthorKind.CITIZEN, None)
    assert comment.sketch == list(sketch(comment.text)) != []
    assert queries.by_id(comment.id) is comment and queries.by_ids([comment.id]) == [comment]
    assert db.session.scalar(
        sa.select(sa.func.count()).select_from(ThreadChange).where(ThreadChange.thread_id == thread.id)
    )


def test_a_comment_of_a_megabyte_is_refused_whole_and_nothing_is_cut(cast, thread):
    with pytest.raises(TooLong) as refused:
        post(thread, cast.aigul, "сөз " * 262_144)
    assert refused.value.data == {
        "field": "text",
        "limit": LIMITS.comment_characters,
        "length": 1_048_575,
    }
    assert post(thread, cast.aigul, "а" * LIMITS.comment_characters).id
    with pytest.raises(TextMissing):
        post(thread, cast.aigul, " \u200b\n ")


def test_selected_words_are_kept_as_the_text_has_them(cast, thread):
    selection = at(exact="содержатся в  пункте\nотлова двадцать дней. Корм дают два раза", start=3)
    comment = post(thread, cast.aigul, "Двадцать дней это правильно.", anchor=selection, language="kk")
    anchor = comment.anchor
    assert (anchor.key, anchor.path, anchor.version) == (KEY, PATH, 2)
    assert anchor.exact == "содержатся в пункте отлова двадцать дней. Корм дают\nдва раза"
    assert RUSSIAN[anchor.start :].startswith(anchor.exact)
    assert (anchor.prefix, anchor.suffix) == ("Безнадзорные собаки ", " в день.")


def test_equal_words_are_told_apart_by_what_is_around(cast, thread):
    first, second = "Бұл ереже бұл аймақта".lower().index("бұл"), "Бұл ереже бұл аймақта".index("бұл", 1)
    assert (first, second) == (0, 10)
    near_text = at("article-3", exact="бұл", prefix="ереже ", suffix=" аймақта", start=0)
    assert post(thread, cast.aigul, anchor=near_text).anchor.start == second


def test_words_that_are_gone_or_cross_clauses_offer_the_clause(cast, thread):
    for exact in ("бес күн ұсталады", "екі рет беріледі. Бұл ереже"):
        with pytest.raises(SelectionGone) as refused:
            post(thread, cast.aigul, anchor=at(exact=exact))
        assert refused.value.data == {
            "field": "anchor",
            "path": PATH,
            "version": 2,
            "label": LABEL,
            "quote": exact,
        }
        whole = anchoring.without_selection(at(exact=exact))
        assert post(thread, cast.aigul, anchor=whole).quote_exact is None
    with pytest.raises(PlaceGone):
        post(thread, cast.aigul, anchor=at("article-9"))
    with pytest.raises(TooLong):
        post(thread, cast.aigul, anchor=at(exact="я" * (LIMITS.quote_characters + 1)))


def test_a_comment_stays_on_the_version_that_its_author_read(cast, thread):
    comment = post(thread, cast.aigul, anchor=at(version=1, exact="бес күн ұсталады"))
    assert comment.anchor.version == 1
    assert OLD[comment.anchor.start :].startswith("бес күн")
    assert "бес күн ұсталады" not in NEW


def test_a_wording_is_proposed_in_place_of_something(cast, thread):
    comment = post(thread, cast.aigul, anchor=at(exact="жиырма күн"), proposed=" отыз күн ")
    assert comment.proposed == "отыз күн"
    assert post(thread, cast.aigul, "Басқа пікір.", proposed="  ").proposed is None
    with pytest.raises(ProposalWithoutPlace):
        post(thread, cast.aigul, "Үшінші пікір.", proposed="отыз күн")


def test_who_speaks_for_a_body_says_for_which(cast, thread):
    for kind in (AuthorKind.ORGANISATION, AuthorKind.COUNCIL, AuthorKind.CHAMBER):
        with pytest.raises(OrganisationMissing):
            post(thread, cast.aigul, author_kind=kind)
    spoken = post(thread, cast.aigul, author_kind=AuthorKind.CHAMBER, organisation=" Атамекен \n палатасы ")
    assert spoken.shown_as == "Атамекен палатасы"
    expert = post(thread, cast.bolat, author_kind=AuthorKind.EXPERT)
    assert expert.shown_as == "Болат Н."
    with pytest.raises(TooLong):
        post(thread, cast.bolat, "Ұзақ.", author_kind=AuthorKind.EXPERT, organisation="ұ" * 201)


def test_a_file_is_kept_with_it_and_a_bad_one_keeps_nothing(cast, thread):
    def upload(content, name):
        return FileStorage(BytesIO(content), filename=name, content_type="application/pdf")

    def send(content):
        return posting.post(
            thread,
            words=words(),
            anchor=None,
            upload=upload(content, "есеп.pdf"),
            actor=cast.aigul.actor(),
            now=MONDAY,
        )

    with pytest.raises(AttachmentRefused):
        send(b"not a pdf at all")
    assert people.written_by(cast.aigul.actor()).rows == []


def test_a_second_press_of_the_button_returns_the_first_comment(cast, thread):
    anchor = at(exact="жиырма күн")
    first = post(thread, cast.aigul, anchor=anchor, now=MONDAY)
    assert post(thread, cast.aigul, anchor=anchor, now=MONDAY + timedelta(seconds=59)) is first
    assert post(thread, cast.aigul, anchor=at(), now=MONDAY) is not first
    assert post(thread, cast.bolat, anchor=anchor, now=MONDAY) is not first
    assert post(thread, cast.aigul, anchor=anchor, now=MONDAY + timedelta(minutes=2)) is not first


def test_a_closed_thread_takes_nothing(cast, thread):
    comment = post(thread, cast.aigul)
    threads.close(thread, now=MONDAY)
    closed_at = thread.closed_at
    threads.close(thread, now=MONDAY + timedelta(days=1))
    assert thread.closed_at == closed_at
    with pytest.raises(NotInThisState):
        post(thread, cast.bolat)
    for act in (
        lambda: posting.reply(comment, text="Иә.", language="kk", actor=cast.bolat.actor(), now=MONDAY),
        lambda: posting.agree(comment, actor=cast.bolat.actor(), now=MONDAY),
        lambda: posting.edit(comment, text="Жоқ.", proposed=None, actor=cast.aigul.actor(), now=MONDAY),
        lambda: posting.withdraw(comment, actor=cast.aigul.actor(), now=MONDAY),
    ):
        with pytest.raises(NotInThisState):
            act()
    threads.reopen(thread)
    assert post(thread, cast.bolat).id


def test_a_thread_is_opened_once(cast, thread):
    same = threads.open_thread(
        subject_kind=thread.subject_kind, subject_number=thread.subject_number, agency=None, now=MONDAY
    )
    assert same is thread and thread.is_open and not thread.needs_answers


def test_replies_are_one_level_deep_and_only_to_what_is_shown(cast, thread):
    comment = post(thread, cast.aigul)
    reply = posting.reply(comment, text="Келісемін.", language="kk", actor=cast.bolat.actor(), now=MONDAY)
    assert (reply.parent_id, reply.sketch, reply.shown_as) == (comment.id, [], "Болат Н.")
    again = posting.reply(comment, text="Келісемін.", language="kk", actor=cast.bolat.actor(), now=MONDAY)
    assert again is reply
    with pytest.raises(NotInThisState):
        posting.reply(reply, text="Мен де.", language="kk", actor=cast.dana.actor(), now=MONDAY)
    with pytest.raises(TooLong):
        long = "а" * (LIMITS.reply_characters + 1)
        posting.reply(comment, text=long, language="kk", actor=cast.dana.actor(), now=MONDAY)
    with pytest.raises(Forbidden):
        posting.reply(comment, text="Жауап.", language="kk", actor=cast.marat.actor(), now=MONDAY)
    posting.withdraw(comment, actor=cast.aigul.actor(), now=MONDAY)
    with pytest.raises(NotInThisState):
        posting.reply(comment, text="Неге?", language="kk", actor=cast.dana.actor(), now=MONDAY)


def test_a_quarter_of_an_hour_edits_leave_no_trace_and_later_ones_do(cast, thread):
    comment = post(thread, cast.aigul, "Бес күн аз.", now=MONDAY)
    before = comment.sketch

    def edit(text, minutes):
        now = MONDAY + timedelta(minutes=minutes)
        return posting.edit(comment, text=text, proposed=None, actor=cast.aigul.actor(), now=now)

    edit("Бес күн тым аз.", LIMITS.edit_window_minutes - 1)
    assert (comment.text, comment.edited_at, queries.edits_of(comment)) == ("Бес күн тым аз.", None, [])
    assert comment.sketch != before
    edit("Он күн де аз.", LIMITS.edit_window_minutes)
    edit("Он күн де аз.", 200)
    trace = queries.edits_of(comment)
    assert [row.text_before for row in trace] == ["Бес күн тым аз."]
    assert comment.edited_at == trace[0].at == posting.quiet_until(comment)
    with pytest.raises(ProposalWithoutPlace):
        posting.edit(comment, text="Жиырма.", proposed="жиырма", actor=cast.aigul.actor(), now=MONDAY)
    with pytest.raises(Forbidden):
        posting.edit(comment, text="Жиырма.", proposed=None, actor=cast.bolat.actor(), now=MONDAY)


def test_what_was_taken_back_is_neither_listed_nor_found(cast, thread):
    comment = post(thread, cast.aigul)
    posting.withdraw(comment, actor=cast.aigul.actor(), now=MONDAY)
    assert (comment.state, comment.withdrawn_at) == (State.WITHDRAWN, MONDAY)
    assert people.written_by(cast.aigul.actor()).rows == []
    kept = people.everything_about(cast.aigul)
    assert [row["state"] for row in kept["comments"]] == ["withdrawn"]


def test_one_agrees_once_and_not_with_oneself(cast, thread):
    comment = post(thread, cast.aigul)
    assert posting.agree(comment, actor=cast.bolat.actor(), now=MONDAY)
    assert not posting.agree(comment, actor=cast.bolat.actor(), now=MONDAY)
    assert queries.agreed_by(cast.bolat.actor(), [comment]) == {comment.id}
    assert queries.agreed_by(cast.aigul.actor(), [comment]) == frozenset()
    with pytest.raises(Forbidden):
        posting.agree(comment, actor=cast.aigul.actor(), now=MONDAY)
    assert posting.take_agreement_back(comment, actor=cast.bolat.actor())
    assert not posting.take_agreement_back(comment, actor=cast.bolat.actor())


def test_many_presses_at_once_write_one_comment_and_one_agreement(own_database):
    with transaction():
        cast = Cast()
        thread_id, author_id = open_thread().id, cast.aigul.id
        liked_id, agreeing_id = (
            post(queries.thread_by_id(thread_id), cast.aigul, "Басқа пікір.").id,
            cast.bolat.id,
        )
    barrier, failed = threading.Barrier(6), []

    def press() -> None:
        with own_database.app_context():
            barrier.wait()
            try:
                with transaction():
                    from app.accounts.models import Account

                    author = db.session.get(Account, author_id)
                    post(queries.thread_by_id(thread_id), author, anchor=at())
                    agreeing = db.session.get(Account, agreeing_id).actor()
                    posting.agree(queries.by_id(liked_id), actor=agreeing, now=clock.now())
            except Exception as error:
                failed.append(error)

    presses = [threading.Thread(target=press) for _ in range(6)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert failed == []
    with transaction():
        at_the_clause = sa.select(Comment.id).where(Comment.anchor_key == KEY)
        assert len(db.session.scalars(at_the_clause).all()) == 1
        assert len(db.session.scalars(sa.select(Agreement.id)).all()) == 1
