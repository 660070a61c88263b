"""Letters about comments and answers: each author of their own, moderators of appeals, the head of what waits."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.comments import events
from app.comments.lifecycle import AnswerKind
from app.comments.models import Comment
from app.comments.services import answering, grouping, hiding, posting
from app.comments.services.answering import AnswerDraft
from app.consultations.models import DraftAct
from app.law import consultation_rules_in_force
from app.notifications.announcements import OF_COMMENTS
from app.notifications.jobs import announce
from app.notifications.letters import Unwanted
from app.outbox import Fact
from app.subscriptions import SUBSCRIPTIONS
from tests import drafts, factories
from tests.cast import Cast, iin
from tests.notifications.people import letters, with_mailboxes

LETTER = (
    "Біз аула тұрғындары ойын алаңдарын аптасына бір рет тексеруді сұраймыз, өйткені сынған әткеншектен "
    "балалар жарақат алып жатыр және оны ешкім айлар бойы жөндемейді."
)
ANSWER = "Ұсыныс қабылданды: тексеру аптасына бір рет жүргізіледі."
EXPLANATION = "Пікірде басқа адамның мекенжайы мен телефоны жазылған."


@pytest.fixture
def cast(session: Any) -> Cast:
    made = with_mailboxes(Cast(), "aigul", "bolat", "dana")
    for person in (made.marat, made.gulnar, made.timur, made.yerlan, made.saule):
        assert person.id
    return made


@pytest.fixture
def draft(cast: Cast) -> DraftAct:
    return drafts.opened(cast, now=clock.now() - timedelta(days=1))


def tell(fact: Fact) -> dict[str, Any]:
    announce(fact)
    return letters(fact.key)


def answer(cast: Cast, **target: Any) -> int:
    now = clock.now()
    words = AnswerDraft(AnswerKind.ACCEPTED, "kk", ANSWER)
    thread = next(iter(target.values())).thread
    made = answering.save(thread, **target, draft=words, actor=cast.marat.actor(), now=now)
    answering.approve([made], actor=cast.gulnar.actor(), now=now)
    answering.publish([made], actor=cast.gulnar.actor(), now=now)
    return made.id


def hidden(cast: Cast, comment: Comment) -> Comment:
    reason = consultation_rules_in_force(clock.today()).hiding_reasons[0].id
    hiding.hide(comment, reason=reason, explanation=EXPLANATION, actor=cast.yerlan.actor(), now=clock.now())
    return comment


def test_every_announced_fact_of_a_comment_wakes_the_announcer() -> None:
    for fact in OF_COMMENTS:
        assert any(s.handler is announce for s in SUBSCRIPTIONS[fact]), fact


def test_the_author_gets_the_answer(session: Any, cast: Cast, draft: DraftAct) -> None:
    comment = drafts.comment(draft, cast.aigul)
    drafts.comment(draft, cast.bolat, "Журнал электронды болсын.", path="clause-5")
    made = tell(events.AnswerPublished(answer_id=answer(cast, comment=comment)))
    assert set(made) == {"aigul@example.kz"}
    english = made["aigul@example.kz"][2]
    assert ANSWER in english.text and f"/en/comments/{comment.id}" in english.text
    assert f"Draft act No. {draft.number}" in english.subject and "/different" not in english.text
    for text in (english.text, english.html):
        assert "Нұрланов" not in text and iin(2) not in text


def test_each_author_of_a_campaign_gets_the_group_s_answer_as_their_own(
    session: Any, cast: Cast, draft: DraftAct
) -> None:
    sent = [drafts.comment(draft, who, LETTER) for who in (cast.aigul, cast.bolat, cast.dana)]
    for comment in sent:
        grouping.join(comment.id, now=clock.now())
    session.flush()
    session.expire_all()
    group_id = sent[0].group_id
    assert group_id is not None and {c.group_id for c in sent} == {group_id}
    from app.comments.models import Group

    group = session.get_one(Group, group_id)
    grouping.confirm(group, actor=cast.marat.actor(), now=clock.now())
    confirmed = events.GroupConfirmed(group_id=group_id)
    made = tell(confirmed)
    assert set(made) == {"aigul@example.kz", "bolat@example.kz", "dana@example.kz"}
    english = made["bolat@example.kz"][2].text
    assert "together with 2 others" in english
    assert f"/en/comments/{sent[1].id}/different" in english
    assert f"/comments/{sent[0].id}/" not in english
    made = tell(events.AnswerPublished(answer_id=answer(cast, group=group)))
    assert len(made) == 3
    assert f"/en/comments/{sent[2].id}\n" in made["dana@example.kz"][2].text
    assert "2 other letters" in made["dana@example.kz"][2].text
    # Who said that theirs is different is no longer told of the group.
    grouping.say_different(sent[0], actor=cast.aigul.actor(), now=clock.now())
    with pytest.raises(Unwanted):
        letters(confirmed.key)


def test_a_hidden_comment_its_appeal_and_the_decision_are_told(
    session: Any, cast: Cast, draft: DraftAct
) -> None:
    comment = hidden(cast, drafts.comment(draft, cast.aigul))
    made = tell(events.CommentHidden(comment_id=comment.id))
    assert set(made) == {"aigul@example.kz"}
    english = made["aigul@example.kz"][2].text
    assert EXPLANATION in english and f"/en/comments/{comment.id}/appeal" in english
    hiding.appeal(
        comment,
        text="Бұл менің өз мекенжайым, басқа ешкімдікі емес.",
        actor=cast.aigul.actor(),
        now=clock.now(),
    )
    fact = events.AppealMade(comment_id=comment.id)
    made = tell(fact)
    assert set(made) == {"saule@example.kz"}
    assert f"/ru/desk/comments/{comment.id}/appeal" in made["saule@example.kz"][1].text
    hiding.decide_appeal(
        comment,
        uphold=False,
        reason="Автор өз мекенжайын жазған, оған құқығы бар.",
        actor=cast.saule.actor(),
        now=clock.now(),
    )
    with pytest.raises(Unwanted):
        letters(fact.key)
    made = tell(events.AppealDecided(comment_id=comment.id))
    assert set(made) == {"aigul@example.kz"}
    assert "shown again" in made["aigul@example.kz"][2].text


def test_a_reply_is_told_to_the_author_it_answers_but_not_an_own_one(
    session: Any, cast: Cast, draft: DraftAct
) -> None:
    comment, now = drafts.comment(draft, cast.aigul), clock.now()
    own = posting.reply(comment, text="Толықтырамын.", language="kk", actor=cast.aigul.actor(), now=now)
    other = posting.reply(comment, text="Қосыламын.", language="kk", actor=cast.bolat.actor(), now=now)
    assert tell(events.CommentReplied(comment_id=own.id)) == {}
    fact = events.CommentReplied(comment_id=other.id)
    made = tell(fact)
    assert set(made) == {"aigul@example.kz"}
    # What another person wrote is read on the page, where it can be hidden.
    assert "Қосыламын" not in made["aigul@example.kz"][0].text
    hidden(cast, other)
    with pytest.raises(Unwanted):
        letters(fact.key)


def test_the_head_learns_that_answers_wait(session: Any, cast: Cast, draft: DraftAct) -> None:
    comment = drafts.comment(draft, cast.aigul)
    words = AnswerDraft(AnswerKind.ACCEPTED, "kk", ANSWER)
    thread = comment.thread
    answering.save(thread, comment=comment, draft=words, actor=cast.marat.actor(), now=clock.now())
    made = tell(events.AnswersApprovalAsked(thread_id=thread.id, day="2026-11-20"))
    assert set(made) == {"gulnar@example.kz"}
    assert "1 answer to comments is written" in made["gulnar@example.kz"][2].text
    assert f"/en/desk/threads/{thread.id}?view=approval" in made["gulnar@example.kz"][2].text


def test_a_comment_on_a_petition_is_told_of_like_any_other(session: Any, cast: Cast) -> None:
    petition = factories.published(cast)
    session.flush()
    assert petition.thread is not None
    now = clock.now()
    comment = posting.post(
        petition.thread,
        words=posting.CommentWords(text="Жарық өте қажет.", language="kk"),
        anchor=None,
        actor=cast.bolat.actor(),
        now=now,
    )
    reply = posting.reply(comment, text="Рас айтасыз.", language="kk", actor=cast.dana.actor(), now=now)
    made = tell(events.CommentReplied(comment_id=reply.id))
    assert set(made) == {"bolat@example.kz"}
    assert f"Petition No. {petition.number}" in made["bolat@example.kz"][2].subject


def test_two_people_with_one_mailbox_get_one_letter_about_both_comments(
    session: Any, cast: Cast, draft: DraftAct
) -> None:
    cast.bolat.email = "Aigul@example.kz"
    comments = [drafts.comment(draft, who, LETTER) for who in (cast.aigul, cast.bolat)]
    for comment in comments:
        grouping.join(comment.id, now=clock.now())
    session.expire_all()
    group_id = comments[0].group_id
    assert group_id is not None
    (made,) = tell(events.GroupConfirmed(group_id=group_id)).values()
    for comment in comments:
        assert f"/comments/{comment.id}/different" in made[0].text
