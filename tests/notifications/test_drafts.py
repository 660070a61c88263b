"""Letters about draft acts: to the body, to those who spoke, to those who follow, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access import ANONYMOUS
from app.comments.models import Comment
from app.comments.services import posting
from app.consultations import events, queries
from app.consultations.models import DraftAct, Fate
from app.consultations.policies import NotInThisState
from app.consultations.services import announcing, carrying
from app.notifications.announcements import OF_DRAFTS
from app.notifications.jobs import announce
from app.notifications.letters import Unwanted
from app.notifications.models import Delivery, Follow
from app.notifications.services import following
from app.notifications.services.following import FollowDetails
from app.outbox import Fact
from app.subscriptions import SUBSCRIPTIONS
from tests import drafts, factories
from tests.cast import Cast
from tests.notifications.people import check_letter, follower, letters, with_mailboxes
from tests.notifications.test_following import post

REASON = "Жобаны қарауға көбірек уақыт беру үшін мерзім ұзартылды."


@pytest.fixture
def cast(session: Any) -> Cast:
    made = with_mailboxes(Cast(), "aigul", "bolat", "dana")
    for person in (made.marat, made.gulnar, made.timur, made.yerlan):
        assert person.id
    return made


def tell(fact: Fact) -> dict[str, Any]:
    announce(fact)
    return letters(fact.key)


def test_every_announced_fact_of_a_draft_wakes_the_announcer() -> None:
    for fact in OF_DRAFTS:
        assert any(s.handler is announce for s in SUBSCRIPTIONS[fact]), fact


def test_the_body_learns_what_waits_and_until_when(session: Any, cast: Cast) -> None:
    draft = drafts.opened(cast, now=clock.now() - timedelta(days=40))
    drafts.comment(draft, cast.aigul)
    drafts.comment(draft, cast.bolat, "Алаңда жарық болсын, кешке балалар құламасын.")
    announcing.close(draft, now=clock.now())
    drafts.counted()
    made = tell(events.DraftClosed(draft_id=draft.id))
    assert set(made) == {"marat@example.kz", "gulnar@example.kz"}
    english = made["marat@example.kz"][2]
    assert "2 comments wait for an answer" in english.text
    assert f"/en/desk/threads/{draft.thread_id}" in english.text
    late = tell(events.AnswersOverdue(draft_id=draft.id))
    assert set(late) == {"marat@example.kz", "gulnar@example.kz"}
    assert "2 comments are still without one" in late["gulnar@example.kz"][2].text


def test_where_nobody_commented_nothing_waits(session: Any, cast: Cast) -> None:
    draft = drafts.closed(cast)
    made = tell(events.DraftClosed(draft_id=draft.id))
    english = made["marat@example.kz"][2].text
    assert "No comment waits for an answer." in english and "/desk/threads/" not in english


def test_who_spoke_and_who_follows_are_told_once(session: Any, cast: Cast) -> None:
    now = clock.now()
    draft = drafts.opened(cast, now=now)
    comment = drafts.comment(draft, cast.aigul)
    posting.reply(comment, text="Мен де солай ойлаймын.", language="kk", actor=cast.bolat.actor(), now=now)
    gone = drafts.comment(draft, cast.dana, "Қайтып алынатын пікір.")
    posting.withdraw(gone, actor=cast.dana.actor(), now=now)
    reader = follower(draft, "reader@example.kz")
    follower(draft, "Aigul@Example.kz")
    follower(draft, "undecided@example.kz", confirmed=False)
    announcing.prolong(
        draft,
        closes_on=(draft.closes_on or clock.today()) + timedelta(days=9),
        reason=REASON,
        actor=cast.gulnar.actor(),
        now=now,
    )
    fact = events.DraftProlonged(draft_id=draft.id, closes_on=str(draft.closes_on))
    made = tell(fact)
    assert set(made) == {"aigul@example.kz", "bolat@example.kz", "reader@example.kz"}
    assert REASON in made["aigul@example.kz"][0].text
    stop = f"<http://localhost/ru/unsubscribe/{reader.token}>"
    assert made["reader@example.kz"][1].headers["List-Unsubscribe"] == stop
    assert "List-Unsubscribe" not in made["aigul@example.kz"][1].headers
    # Of several facts, several letters; of one fact, one, however often it comes.
    before = session.scalar(select(func.count()).select_from(Delivery))
    announce(fact)
    assert session.scalar(select(func.count()).select_from(Delivery)) == before


def test_the_end_of_a_draft_is_told(session: Any, cast: Cast) -> None:
    draft = drafts.opened(cast)
    drafts.comment(draft, cast.aigul)
    follower(draft, "reader@example.kz")
    everybody = {"aigul@example.kz", "reader@example.kz"}
    draft.adopted_title, draft.adopted_on = "Ойын алаңдарын күтіп ұстау қағидалары", clock.today()
    draft.withdrawal_reason = REASON
    for fact in (events.ReportPublished, events.DraftAdopted, events.DraftWithdrawn):
        made = tell(fact(draft_id=draft.id))
        assert set(made) == everybody, fact
        for message in made["aigul@example.kz"]:
            assert str(draft.number) in message.subject
            assert draft.titles["kk"] not in message.subject
    opened = tell(events.DraftOpened(draft_id=draft.id))
    assert set(opened) == {"reader@example.kz"}


def test_a_new_version_is_told_to_followers_and_to_whose_clause_changed(session: Any, cast: Cast) -> None:
    draft = drafts.opened(cast)
    edited = drafts.comment(draft, cast.aigul, path="clause-3")
    moved = drafts.comment(draft, cast.aigul, "Журнал электронды болсын.", path="clause-5")
    removed = drafts.comment(draft, cast.aigul, "Ұйым деген кім, анықталсын.", path="clause-2.sub-2")
    drafts.comment(draft, cast.bolat, "Бірінші тармақ дұрыс жазылған.", path="clause-1")
    drafts.comment(draft, cast.dana, "Жалпы алғанда жақсы жоба екен.", path=None)
    follower(draft, "reader@example.kz")
    version = drafts.second_version(draft, cast)
    made = tell(events.VersionPublished(draft_id=draft.id, version_id=version.id))
    assert set(made) == {"reader@example.kz"}
    fact = events.CommentsCarried(draft_id=draft.id, version_id=version.id)
    made = tell(fact)
    assert set(made) == {"aigul@example.kz"}
    row = session.scalars(select(Delivery).where(Delivery.fact_key == fact.key)).one()
    assert row.values["comment_ids"] == [edited.id, moved.id, removed.id]
    english = made["aigul@example.kz"][2].text
    assert "Clause 3: changed after your comment." in english
    assert "Clause 5: moved after your comment." in english
    assert "Sub-clause 2: is no longer in the text." in english
    assert f"/en/drafts/{draft.number}/clauses/clause-3?" in english
    assert "Бірінші тармақ" not in english


def test_a_doubtful_place_is_told_once_a_person_has_settled_it(session: Any, cast: Cast) -> None:
    draft = drafts.opened(cast)
    comment = drafts.comment(draft, cast.aigul, path="clause-4")
    version = drafts.second_version(draft, cast)
    place = queries.carried(version, comment.id)
    assert place is not None
    place.fate = Fate.DOUBTFUL
    session.flush()
    assert tell(events.CommentsCarried(draft_id=draft.id, version_id=version.id)) == {}
    carrying.settle(
        version, comment_id=comment.id, clause_key=None, actor=cast.marat.actor(), now=clock.now()
    )
    fact = events.PlaceSettled(draft_id=draft.id, version_id=version.id, carried_id=place.id)
    made = tell(fact)
    assert set(made) == {"aigul@example.kz"}
    assert "Clause 4: is no longer in the text." in made["aigul@example.kz"][2].text


def test_a_comment_that_was_taken_back_since_is_not_spoken_of(session: Any, cast: Cast) -> None:
    draft = drafts.opened(cast)
    comment = drafts.comment(draft, cast.aigul, path="clause-3")
    version = drafts.second_version(draft, cast)
    fact = events.CommentsCarried(draft_id=draft.id, version_id=version.id)
    announce(fact)
    posting.withdraw(session.get_one(Comment, comment.id), actor=cast.aigul.actor(), now=clock.now())
    with pytest.raises(Unwanted):
        letters(fact.key)


def test_letters_of_an_archive_go_to_nobody(session: Any, cast: Cast) -> None:
    draft = drafts.opened(cast)
    comment = drafts.comment(draft, cast.aigul, path="clause-3")
    comment.author_id, comment.source = None, "archive:1"
    session.flush()
    version = drafts.second_version(draft, cast)
    announce(events.CommentsCarried(draft_id=draft.id, version_id=version.id))
    announce(events.ReportPublished(draft_id=draft.id))
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0


def test_a_draft_is_followed_by_the_same_two_steps(
    client: FlaskClient, session: Any, cast: Cast, unlimited: None
) -> None:
    draft = drafts.announced(cast)
    address = f"/ru/drafts/{draft.number}/follow"
    answer = post(client, address, email="reader@example.kz", language="ru")
    assert answer.status_code == 303
    assert "reader@example.kz" not in client.get(answer.location).text
    (asked,) = session.scalars(select(Follow))
    assert (asked.draft_id, asked.petition_id, asked.confirmed_at) == (draft.id, None, None)
    (row,) = session.scalars(select(Delivery))
    (made,) = letters(row.fact_key).values()
    assert f"/ru/follow/{asked.token}" in made[1].text
    check_letter(made[1], "ru")
    assert draft.titles["ru"] in client.get(f"/ru/follow/{asked.token}").text
    assert post(client, f"/ru/follow/{asked.token}").status_code == 303
    assert asked.confirmed_at is not None
    assert client.post(f"/ru/unsubscribe/{asked.token}").status_code == 200
    assert asked.ended_at is not None
    assert post(client, address, email="no address", language="ru").status_code == 422


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.web.ratelimit import limiter

    monkeypatch.setattr(limiter, "enabled", False)


def test_what_is_not_public_or_over_cannot_be_followed(client: FlaskClient, session: Any, cast: Cast) -> None:
    details = FollowDetails("a@example.kz", "ru")
    for make, status in ((drafts.preparing, 404), (drafts.withdrawn, 409)):
        draft: DraftAct = make(cast)
        assert client.get(f"/ru/drafts/{draft.number}/follow").status_code == status
        with pytest.raises(NotInThisState):
            following.follow(draft, details=details, actor=ANONYMOUS, now=clock.now())


def test_a_subscription_is_to_one_thing(session: Any, cast: Cast) -> None:
    petition, draft = factories.published(cast), drafts.opened(cast)
    both = follower(draft, "both@example.kz")
    both.petition_id = petition.id
    with pytest.raises(IntegrityError):
        session.flush()
