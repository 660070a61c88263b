"""Who may do which verb to a thread or a comment, over the whole cast and every state."""

import pytest

from app.access import ANONYMOUS, CLOCK
from app.comments import lifecycle, policies
from app.comments.actions import CommentAction, ThreadAction
from app.comments.lifecycle import State
from app.comments.services import hiding, posting, threads
from tests.cast import MONDAY
from tests.comments.conftest import open_thread, post

NAMES = ("aigul", "bolat", "dana", "yerlan", "saule", "marat", "gulnar", "timur", "asel")
REASON = "Басқа азаматты балағаттайды, ережеге қайшы."

THREAD_WHO = {
    ThreadAction.COMMENT: {"aigul", "bolat", "dana"},
    ThreadAction.SEE_DESK: {"marat", "gulnar"},
    ThreadAction.GROUP: {"marat", "gulnar"},
    ThreadAction.DRAFT_ANSWER: {"marat", "gulnar"},
    ThreadAction.APPROVE_ANSWERS: {"gulnar"},
}
# Of a comment that Aigul wrote and Yerlan hid.
COMMENT_WHO = {
    CommentAction.EDIT: {"aigul"},
    CommentAction.WITHDRAW: {"aigul"},
    CommentAction.APPEAL: {"aigul"},
    CommentAction.SAY_DIFFERENT: {"aigul"},
    CommentAction.REPLY: {"aigul", "bolat", "dana"},
    CommentAction.AGREE: {"bolat", "dana"},
    CommentAction.HIDE: {"yerlan", "saule"},
    CommentAction.DECIDE_APPEAL: {"saule"},
}
SHOWN, HIDDEN, APPEALED, UPHELD, RESTORED, WITHDRAWN, CLOSED, REPLY = (
    "shown",
    "hidden",
    "appealed",
    "upheld",
    "restored",
    "withdrawn",
    "shown in a closed thread",
    "reply",
)
C = CommentAction
# What exists at all at each moment of a comment's life; it is in no group.
EXISTS = {
    SHOWN: {C.EDIT, C.WITHDRAW, C.REPLY, C.AGREE, C.HIDE},
    HIDDEN: {C.WITHDRAW, C.APPEAL},
    APPEALED: {C.WITHDRAW, C.DECIDE_APPEAL},
    UPHELD: {C.WITHDRAW},
    RESTORED: {C.EDIT, C.WITHDRAW, C.REPLY, C.AGREE},
    WITHDRAWN: set(),
    CLOSED: {C.HIDE},
    REPLY: {C.EDIT, C.WITHDRAW, C.AGREE, C.HIDE},
}


def people(cast):
    return {name: getattr(cast, name).actor() for name in NAMES} | {"anonymous": ANONYMOUS, "clock": CLOCK}


def comment_in(moment, cast):
    aigul, yerlan, saule = (cast.aigul.actor(), cast.yerlan.actor(), cast.saule.actor())
    thread = open_thread()
    comment = post(thread, cast.aigul, now=MONDAY)
    if moment == REPLY:
        return posting.reply(comment, text="Келісемін.", language="kk", actor=aigul, now=MONDAY)
    if moment == WITHDRAWN:
        posting.withdraw(comment, actor=aigul, now=MONDAY)
    if moment == CLOSED:
        threads.close(thread, now=MONDAY)
    if moment in (HIDDEN, APPEALED, UPHELD, RESTORED):
        hiding.hide(comment, reason="insult", explanation=REASON, actor=yerlan, now=MONDAY)
    if moment in (APPEALED, UPHELD, RESTORED):
        hiding.appeal(comment, text="Ешкімді балағаттаған жоқпын, қайта қараңыз.", actor=aigul, now=MONDAY)
    if moment in (UPHELD, RESTORED):
        hiding.decide_appeal(comment, uphold=moment == UPHELD, reason=REASON, actor=saule, now=MONDAY)
    return comment


def test_every_verb_has_its_rules():
    assert set(policies.THREAD_RULES) == set(ThreadAction)
    assert set(policies.COMMENT_RULES) == set(lifecycle.SOURCES) == set(CommentAction)


def test_the_threads_table_over_the_whole_cast(cast, session):
    thread = open_thread()
    for action in ThreadAction:
        allowed = {name for name, actor in people(cast).items() if policies.may_thread(action, actor, thread)}
        assert allowed == THREAD_WHO[action], action
    threads.close(thread, now=MONDAY)
    assert not policies.may_thread(ThreadAction.COMMENT, cast.aigul.actor(), thread)
    assert policies.may_thread(ThreadAction.GROUP, cast.marat.actor(), thread)


@pytest.mark.parametrize("moment", EXISTS)
def test_the_comments_table_over_the_whole_cast(cast, session, moment):
    comment = comment_in(moment, cast)
    unhidden = {C.DECIDE_APPEAL: {"yerlan", "saule"}} if comment.hiding is None else {}
    for action in CommentAction:
        who = unhidden.get(action, COMMENT_WHO[action])
        for name, actor in people(cast).items():
            expected = name in who and action in EXISTS[moment]
            assert policies.may(action, actor, comment) is expected, (moment, action, name)


def test_hidden_words_are_read_by_their_author_moderators_and_the_body_only(cast, session):
    comment = comment_in(HIDDEN, cast)
    reads = {name for name, actor in people(cast).items() if policies.may_read(actor, comment)}
    assert reads == {"aigul", "yerlan", "saule", "marat", "gulnar"}
    withdrawn = comment_in(WITHDRAWN, cast)
    assert not any(policies.may_read(actor, withdrawn) for actor in people(cast).values())
    assert withdrawn.state is State.WITHDRAWN
