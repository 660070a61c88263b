"""Moderation after publication: a stub with the class of the reason, one appeal, another moderator, one winner."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app import clock
from app.accounts.models import Account
from app.audit.models import AuditRecord
from app.comments import queries
from app.comments.errors import (
    AlreadyDecided,
    AlreadyHidden,
    AppealTooLate,
    ReasonUnknown,
    TextMissing,
    TooLong,
)
from app.comments.labels import hiding_reason
from app.comments.lifecycle import State
from app.comments.models import Hiding
from app.comments.policies import NotInThisState
from app.comments.queries import moderation, reading
from app.comments.services import hiding, posting
from app.db import db, transaction
from app.errors import Forbidden
from app.i18n import use_language
from tests.cast import MONDAY, Cast
from tests.comments.conftest import open_thread, post

REASON = "Басқа азаматты балағаттайды, ережеге қайшы."
PLEA = "Ешкімді балағаттаған жоқпын, қайта қараңыз."


def hide(comment, moderator, *, reason="insult", explanation=REASON, now=MONDAY):
    return hiding.hide(comment, reason=reason, explanation=explanation, actor=moderator.actor(), now=now)


@pytest.fixture
def hidden(cast, thread):
    comment = post(thread, cast.aigul, now=MONDAY)
    hide(comment, cast.yerlan)
    return comment


def test_a_hidden_comment_leaves_a_stub_in_its_place(cast, thread, hidden):
    assert hidden.state is State.HIDDEN and hidden.hiding.may_appeal_until == date(2026, 10, 19)
    assert [item.comment for item in reading.page(thread).rows] == [hidden]
    with use_language("en"):
        assert hiding_reason(hidden.hiding) == "It insults a person or a group of people."
    acts = db.session.scalars(
        sa.select(AuditRecord.act).where(AuditRecord.subject == f"comment:{hidden.id}")
    ).all()
    assert acts == ["hide"]
    assert [c.id for c in moderation.hidden().rows] == [hidden.id]
    assert moderation.latest().rows == [] or hidden not in moderation.latest().rows


def test_a_reason_is_one_of_the_rules_and_is_explained(cast, thread):
    comment = post(thread, cast.aigul)
    with pytest.raises(ReasonUnknown):
        hide(comment, cast.yerlan, reason="dislike")
    with pytest.raises(TextMissing):
        hide(comment, cast.yerlan, explanation="Жоқ.")
    assert comment.state is State.SHOWN and comment.hiding is None


def test_the_second_moderator_is_told_who_was_first(cast, hidden):
    with pytest.raises(AlreadyHidden) as refused:
        hide(hidden, cast.saule, reason="flooding")
    assert refused.value.data == {"reason": "insult", "by_other": True}


def test_an_appeal_is_made_once_and_in_time(cast, hidden):
    author = cast.aigul.actor()
    with pytest.raises(TextMissing):
        hiding.appeal(hidden, text="Неге?", actor=author, now=MONDAY)
    with pytest.raises(TooLong):
        hiding.appeal(hidden, text="н" * 2001, actor=author, now=MONDAY)
    last_minute = clock.end_of(date(2026, 10, 19)) - timedelta(minutes=1)
    assert hiding.may_still_appeal(hidden, now=last_minute)
    with pytest.raises(AppealTooLate):
        hiding.appeal(hidden, text=PLEA, actor=author, now=last_minute + timedelta(minutes=1))
    hiding.appeal(hidden, text=PLEA, actor=author, now=last_minute)
    # Monday the 26th is the Republic's substitute day off; the fifth working day is counted by the calendar.
    assert hidden.hiding.appeal_due_on > date(2026, 10, 23)
    assert not hiding.may_still_appeal(hidden, now=last_minute)
    with pytest.raises(NotInThisState):
        hiding.appeal(hidden, text=PLEA, actor=author, now=last_minute)


def test_another_moderator_decides_and_a_restored_comment_stays_shown(cast, thread, hidden):
    hiding.appeal(hidden, text=PLEA, actor=cast.aigul.actor(), now=MONDAY)
    assert moderation.appeals() == [hidden]
    assert moderation.appeals_count() == moderation.appeals_count(for_actor=cast.saule.actor()) == 1
    assert moderation.appeals_count(for_actor=cast.yerlan.actor()) == 0
    with pytest.raises(Forbidden):
        hiding.decide_appeal(hidden, uphold=True, reason=REASON, actor=cast.yerlan.actor(), now=MONDAY)
    hiding.decide_appeal(hidden, uphold=False, reason=PLEA, actor=cast.saule.actor(), now=MONDAY)
    assert hidden.state is State.SHOWN and moderation.appeals() == []
    with pytest.raises(AlreadyDecided):
        hiding.decide_appeal(hidden, uphold=True, reason=REASON, actor=cast.saule.actor(), now=MONDAY)
    with pytest.raises(NotInThisState):
        hide(hidden, cast.yerlan)


def test_an_upheld_hiding_stays(cast, hidden):
    hiding.appeal(hidden, text=PLEA, actor=cast.aigul.actor(), now=MONDAY)
    hiding.decide_appeal(hidden, uphold=True, reason=REASON, actor=cast.saule.actor(), now=MONDAY)
    assert hidden.state is State.HIDDEN
    assert hidden.hiding.is_upheld and hidden.hiding.appeal_decided_by == cast.saule.id


def test_an_appeal_falls_with_a_comment_that_is_taken_back(cast, hidden):
    hiding.appeal(hidden, text=PLEA, actor=cast.aigul.actor(), now=MONDAY)
    posting.withdraw(hidden, actor=cast.aigul.actor(), now=MONDAY)
    assert moderation.appeals() == [] and moderation.appeals_count() == 0


def test_of_moderators_at_once_one_hides_and_the_others_are_told(own_database):
    with transaction():
        cast = Cast()
        comment_id = post(open_thread(), cast.aigul).id
        moderators = [cast.yerlan.id, cast.saule.id] * 2
    barrier, ends = threading.Barrier(len(moderators)), []

    def press(account_id: int) -> None:
        with own_database.app_context():
            try:
                with transaction():
                    comment = queries.by_id(comment_id)
                    moderator = db.session.get(Account, account_id)
                    barrier.wait()
                    hide(comment, moderator)
                ends.append("hidden")
            except AlreadyHidden:
                ends.append("told")

    presses = [threading.Thread(target=press, args=[one]) for one in moderators]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert sorted(ends) == ["hidden", "told", "told", "told"]
    with transaction():
        assert len(db.session.scalars(sa.select(Hiding.id)).all()) == 1
