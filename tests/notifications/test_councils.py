"""Letters about public councils: to the room, to those who come, to those who follow, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access import ANONYMOUS, CLOCK
from app.consultations import events as draft_events
from app.control import events as control_events
from app.councils import events as council_events
from app.councils.models import Council, Member
from app.councils.services import deciding, forming, seating
from app.errors import NotFound
from app.gatherings import events as gathering_events
from app.gatherings import services as gatherings
from app.gatherings.models import GuestMode
from app.notifications import announcements
from app.notifications.announcements import ANNOUNCEMENTS
from app.notifications.audiences import AUDIENCES
from app.notifications.audiences.names import Audience
from app.notifications.jobs import announce
from app.notifications.labels import REASONS
from app.notifications.letters import Unwanted
from app.notifications.models import Delivery, Follow
from app.notifications.services import following
from app.notifications.services.following import FollowDetails
from app.promises import events as promise_events
from app.proposals import events as proposal_events
from app.recommendations import events as recommendation_events
from app.sittings import events, queries
from app.sittings.models import Examination, Sitting
from app.sittings.services import calling, examining
from app.subscriptions import SUBSCRIPTIONS
from tests import competitions, councils_cast, drafts, factories, sittings_cast
from tests.cast import Cast
from tests.notifications.council import BODY, CHAIR, DEPUTY, FOLLOWER, ROOM, SECRETARY, tell
from tests.notifications.people import check_letter, follower, letters
from tests.notifications.test_announcing import facts_of
from tests.notifications.test_following import post

REASON = "Мәжіліс залында жылу жоқ, басқа ғимаратқа көшеміз."
# These wake jobs, or say what another letter says.
SILENT = {
    gathering_events.GatheringPublished,
    events.SittingClosed,
    events.MinutesAsked,
    recommendation_events.RecommendationsIssued,
}


def examined(council: Council, cast: Cast) -> Examination:
    """A draft act came before the council."""
    (found,) = examining.notify_concerned(drafts.opened(cast), now=clock.now())
    return found


def test_every_fact_is_announced_or_left_out_on_purpose() -> None:
    modules = (
        council_events,
        events,
        gathering_events,
        recommendation_events,
        promise_events,
        proposal_events,
        control_events,
    )
    facts = {fact for module in modules for fact in facts_of(module)}
    assert facts - set(ANNOUNCEMENTS) == SILENT
    for fact in facts - SILENT:
        assert any(one.handler is announce for one in SUBSCRIPTIONS[fact]), fact
    assert set(AUDIENCES) == set(REASONS) - {Audience.ASKER, Audience.SEARCHER}
    names = [vars(announcements)[name] for name in vars(announcements) if name.startswith("OF_")]
    assert sum(len(table) for table in names) == len(ANNOUNCEMENTS)


def test_what_a_draft_sets_going(session: Any, council: Council, cast: Cast) -> None:
    for fact, name in (
        (draft_events.DraftAnnounced, "notify_councils"),
        (draft_events.DraftWithdrawn, "drop_draft"),
        (events.MinutesAsked, "make_minutes"),
    ):
        assert name in [one.handler.__name__ for one in SUBSCRIPTIONS[fact]]


def test_a_draft_comes_before_the_council(session: Any, council: Council, cast: Cast) -> None:
    examination = examined(council, cast)
    number = examination.draft.number
    made = tell(events.CouncilNotified(examination_id=examination.id))
    assert set(made) == ROOM
    english = made[CHAIR][2].text
    assert f"/en/drafts/{number}" in english and council.name_en in english
    assert "counts as agreed with the draft without remarks" in english
    by_email = {sittings_cast.account(member).email: member for member in council.members}
    rapporteur = by_email[DEPUTY]
    examining.assign(examination, rapporteur, actor=councils_cast.secretary(council).actor(), now=clock.now())
    fact = events.RapporteurAssigned(examination_id=examination.id, member_id=rapporteur.id)
    assert set(tell(fact)) == {DEPUTY}
    made = tell(events.TermEndsSoon(examination_id=examination.id))
    assert set(made) == ROOM
    assert "you report on this draft act" in made[DEPUTY][2].text
    assert "a member or the secretary" in made[CHAIR][2].text
    # Another one is named: the first one's letter, had it waited, would be wrong.
    examination.rapporteur_id = by_email[CHAIR].id
    with pytest.raises(Unwanted):
        letters(fact.key)


def test_silence_is_told_to_those_who_care_for_the_draft(session: Any, council: Council, cast: Cast) -> None:
    examination = examined(council, cast)
    follower(examination.draft, "drafts@example.kz")
    assert examining.end_terms(now=clock.now() + timedelta(days=60)) == 1
    made = tell(events.ConsentBySilence(examination_id=examination.id))
    assert set(made) == ROOM | BODY | {"drafts@example.kz"}
    assert "it gave no recommendations" in made["drafts@example.kz"][2].text
    # Its term is no news any more.
    announce(late := events.CouncilNotified(examination_id=examination.id))
    with pytest.raises(Unwanted):
        letters(late.key)


def move(sitting: Sitting, days: int) -> gathering_events.GatheringMoved:
    gathering = sitting.gathering
    calling.reschedule(
        sitting,
        starts_at=gathering.starts_at + timedelta(days=days),
        ends_at=None,
        place="Көкшетау, кітапхана",
        link=None,
        reason=f"{REASON} {days}",
        actor=councils_cast.secretary(sitting.council).actor(),
        now=clock.now(),
    )
    return gathering_events.GatheringMoved(gathering_id=gathering.id, move_id=gathering.moves[-1].id)


def test_a_sitting_is_called_moved_and_cancelled(session: Any, council: Council, cast: Cast) -> None:
    sitting = sittings_cast.called(
        council, [sittings_cast.other(), sittings_cast.on_draft(drafts.opened(cast))]
    )
    made = tell(events.SittingCalled(sitting_id=sitting.id))
    assert set(made) == ROOM | {FOLLOWER}
    kazakh, _russian, english = made[FOLLOWER]
    assert "1. Кеңестің жұмыс жоспары туралы" in kazakh.text and "мәжіліс залы" in kazakh.text
    assert f"/en/sittings/{sitting.number}" in english.text and "meet.example.kz" not in english.text
    assert english.headers["List-Unsubscribe"].startswith("<http://localhost/en/unsubscribe/")
    for guest in (cast.aigul, cast.bolat):
        actor = guest.actor()
        gatherings.register(
            sitting.gathering, mode=GuestMode.IN_PERSON, wants_to_speak=False, actor=actor, now=clock.now()
        )
    gatherings.withdraw(sitting.gathering, actor=cast.bolat.actor(), now=clock.now())
    session.expire_all()
    first = move(sitting, 3)
    made = tell(first)
    assert set(made) == ROOM | {FOLLOWER, "aigul@example.kz"}
    guest = made["aigul@example.kz"][2].text
    assert "you registered to attend" in guest and f"{REASON} 3" in guest and "кітапхана" in guest
    session.expire_all()
    # Moved once more before the first letter left: it says where the sitting is now.
    second = move(sitting, 2)
    assert f"{REASON} 2" in letters(first.key)["aigul@example.kz"][2].text
    assert set(tell(second)) == set(made)
    calling.cancel(sitting, reason=REASON, actor=councils_cast.secretary(council).actor(), now=clock.now())
    made = tell(gathering_events.GatheringCancelled(gathering_id=sitting.gathering_id))
    assert set(made) == ROOM | {FOLLOWER, "aigul@example.kz"}
    assert "does not take place" in made["aigul@example.kz"][2].text
    for key in (first.key, f"sitting:{sitting.id}:called"):
        with pytest.raises(Unwanted):
            letters(key)


def test_an_item_is_dropped_and_the_room_learns_why(session: Any, council: Council, cast: Cast) -> None:
    draft = drafts.opened(cast)
    sitting = sittings_cast.called(council, [sittings_cast.other(), sittings_cast.on_draft(draft)])
    examining.draft_withdrawn(draft, reason="Жоба қайта әзірленеді.", now=clock.now())
    item = sittings_cast.item_of(sitting, 2)
    made = tell(events.AgendaItemDropped(sitting_id=sitting.id, item_id=item.id))
    assert set(made) == ROOM
    assert "Жоба қайта әзірленеді." in made[CHAIR][0].text


def test_a_ruling_is_told_to_those_who_care_for_what_it_is_about(
    session: Any, council: Council, cast: Cast
) -> None:
    draft, petition = drafts.opened(cast), factories.registered(cast)
    follower(draft, "drafts@example.kz")
    follower(petition, "petitions@example.kz")
    on_petition = calling.ItemWords(kind=calling.ItemKind.PETITION, petition=petition)
    sitting = sittings_cast.in_session(council, [sittings_cast.on_draft(draft), on_petition])
    ruling = sittings_cast.ruled(sittings_cast.item_of(sitting, 1), recommendations=2)
    made = tell(events.RulingPublished(ruling_id=ruling.id))
    # The body learns of it by the letter about what it has to answer.
    assert set(made) == {FOLLOWER, "drafts@example.kz"}
    assert "2 recommendations" in made[FOLLOWER][2].text
    ruling = sittings_cast.ruled(sittings_cast.item_of(sitting, 2), recommendations=0)
    made = tell(events.RulingPublished(ruling_id=ruling.id))
    assert set(made) == {FOLLOWER, "petitions@example.kz", "aigul@example.kz"} | BODY
    assert f"/ru/rulings/{ruling.number}" in made["aigul@example.kz"][1].text
    session.expire_all()
    sittings_cast.closed(sitting)
    assert queries.minutes_of(sitting) is not None
    made = tell(events.MinutesPublished(sitting_id=sitting.id))
    assert set(made) == ROOM | {FOLLOWER}
    assert f"/kk/sittings/{sitting.number}/minutes" in made[CHAIR][0].text


def test_seats_are_given_in_a_competition(session: Any, council: Council, cast: Cast) -> None:
    head = councils_cast.approver(council)
    competition = competitions.announced(cast, council=council)
    made = tell(council_events.CompetitionAnnounced(competition_id=competition.id))
    assert set(made) == {FOLLOWER}
    candidates = ["chosen@example.kz", "reserve@example.kz"]
    for n, email in enumerate(candidates):
        person = competitions.person(n + 1)
        person.email = email
        competitions.apply(competition, person)
    competitions.close(competition)
    said = competitions.decisions(competition, competitions.CHOSEN, competitions.RESERVE)
    deciding.decide(competition, said, actor=cast.marat.actor(), now=clock.now())
    made = tell(council_events.CompetitionDecided(competition_id=competition.id))
    assert set(made) == {*candidates, FOLLOWER, head.email}
    assert "waits for your approval" in made[head.email][2].subject
    assert "Your application: Chosen" in made[candidates[0]][2].text
    assert "reserve list: 1" in made[candidates[1]][2].text
    assert "Your application" not in made[FOLLOWER][2].text
    deciding.approve(competition, actor=head.actor(), now=clock.now())
    made = tell(council_events.CompositionApproved(competition_id=competition.id))
    assert set(made) == {*candidates, *ROOM, FOLLOWER}


def test_a_competition_that_is_cancelled(session: Any, council: Council, cast: Cast) -> None:
    competition = competitions.announced(cast, council=council)
    person = competitions.person(1)
    person.email = "candidate@example.kz"
    competitions.apply(competition, person)
    actor = cast.marat.actor()
    forming.cancel(competition, reason="Қате шықты.", actor=actor, now=clock.now())
    made = tell(council_events.CompetitionCancelled(competition_id=competition.id))
    assert set(made) == {FOLLOWER, "candidate@example.kz"}
    assert "Қате шықты." in made[FOLLOWER][0].text


def test_a_seat_that_ends(session: Any, council: Council, cast: Cast) -> None:
    def end(member: Member, ground: str) -> dict[str, Any]:
        seating.remove(member, ground=ground, note="", on=clock.today(), actor=CLOCK, now=clock.now())
        return tell(council_events.MemberRemoved(member_id=member.id))

    by_email = {sittings_cast.account(member).email: member for member in council.members}
    made = end(by_email[DEPUTY], "own_wish")
    assert set(made) == {DEPUTY, SECRETARY}
    assert "Your seat" in made[DEPUTY][2].subject
    # Nobody writes to whoever died.
    assert set(end(by_email[CHAIR], "death")) == {SECRETARY}


def test_one_person_is_told_once_and_those_who_left_are_not(
    session: Any, council: Council, cast: Cast
) -> None:
    sitting = sittings_cast.called(council)
    follower(council, CHAIR.upper())
    (deputy,) = [one for one in council.members if sittings_cast.account(one).email == DEPUTY]
    deputy.ended_on, deputy.removal_ground = clock.today() - timedelta(days=1), "own_wish"
    fact = events.SittingCalled(sitting_id=sitting.id)
    assert set(tell(fact)) == {CHAIR, SECRETARY, FOLLOWER}
    before = session.scalar(select(func.count()).select_from(Delivery))
    announce(fact)
    assert session.scalar(select(func.count()).select_from(Delivery)) == before


def test_a_council_is_followed_by_the_same_two_steps(
    client: FlaskClient, session: Any, council: Council, unlimited: None
) -> None:
    address = f"/ru/councils/{council.slug}/follow"
    answer = post(client, address, email="new@example.kz", language="ru")
    assert answer.status_code == 303
    assert "new@example.kz" not in client.get(answer.location).text
    asked = session.scalars(select(Follow).where(Follow.email == "new@example.kz")).one()
    assert (asked.council_id, asked.draft_id, asked.confirmed_at) == (council.id, None, None)
    (made,) = letters(session.scalars(select(Delivery)).one().fact_key).values()
    assert f"/ru/follow/{asked.token}" in made[1].text
    check_letter(made[1], "ru")
    assert council.name_ru in client.get(f"/ru/follow/{asked.token}").text
    assert post(client, f"/ru/follow/{asked.token}").status_code == 303
    assert asked.confirmed_at is not None
    assert client.post(f"/ru/unsubscribe/{asked.token}").status_code == 200
    assert asked.ended_at is not None
    assert post(client, address, email="no address", language="ru").status_code == 422
    council.is_active = False
    assert client.get(address).status_code == 404
    with pytest.raises(NotFound):
        following.follow(
            council, details=FollowDetails("a@example.kz", "ru"), actor=ANONYMOUS, now=clock.now()
        )
    asked.petition_id = 1
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.web.ratelimit import limiter

    monkeypatch.setattr(limiter, "enabled", False)
