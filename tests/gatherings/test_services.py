from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.gatherings import queries, services
from app.gatherings.errors import (
    EndsBeforeStart,
    InThePast,
    ModeImpossible,
    NotOpen,
    Over,
    PlaceMissing,
    ReasonMissing,
    RoomFull,
)
from app.gatherings.models import Gathering, GatheringKind, GuestMode
from app.gatherings.queries import When, Wish
from tests import councils_cast
from tests.cast import Cast, actor

REASON = "Ғимаратта жылу жоқ, басқа күнге қалдырамыз."


def gathering(
    *, places: int | None = None, link: str | None = None, days: int = 20, **more: Any
) -> Gathering:
    now = clock.now()
    return services.arrange(
        kind=more.pop("kind", GatheringKind.HEARING),
        number=more.pop("number", 1),
        titles={"kk": "Тыңдау", "ru": "Слушания"},
        starts_at=now + timedelta(days=days),
        place=more.pop("place", "Абай көшесі, 1"),
        link=link,
        places=places,
        now=now,
        **more,
    )


def published(**more: Any) -> Gathering:
    return services.publish(gathering(**more), now=clock.now())


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The topics of all facts, whoever listens."""
    topics: list[str] = []
    monkeypatch.setattr(services, "publish_fact", lambda fact: topics.append(fact.topic))
    return topics


def moved(made: Gathering, cast: Cast, *, to: Any, now: Any = None, reason: str = REASON) -> Any:
    return services.move(
        made,
        starts_at=to,
        ends_at=None,
        place="Басқа зал",
        link=None,
        reason=reason,
        actor=actor(cast.asel),
        now=now or clock.now(),
    )


def test_the_room_takes_as_many_as_it_has_places_and_a_withdrawn_one_is_free_again(session: Any) -> None:
    cast, now = Cast(), clock.now()
    made = published(places=1, link="https://meet.example.kz/1")
    register = services.register
    register(made, mode=GuestMode.IN_PERSON, wants_to_speak=True, actor=actor(cast.bolat), now=now)
    # Twice takes no second place.
    register(made, mode=GuestMode.IN_PERSON, wants_to_speak=False, actor=actor(cast.bolat), now=now)
    with pytest.raises(RoomFull):
        register(made, mode=GuestMode.IN_PERSON, wants_to_speak=False, actor=actor(cast.dana), now=now)
    register(made, mode=GuestMode.ONLINE, wants_to_speak=False, actor=actor(cast.dana), now=now)
    assert queries.count_guests(made) == queries.GuestCount(in_person=1, online=1, speakers=0)
    services.withdraw(made, actor=actor(cast.bolat), now=now)
    assert queries.places_left(made) == 1
    register(made, mode=GuestMode.IN_PERSON, wants_to_speak=False, actor=actor(cast.dana), now=now)
    assert [guest.account_id for guest in queries.guests(made)] == [cast.dana.id]
    (own,) = queries.everything_about(cast.bolat)["registrations"]
    assert own["withdrawn_at"] == now.isoformat()


def test_nobody_registers_for_what_is_not_public_has_begun_or_was_cancelled(session: Any) -> None:
    cast, now = Cast(), clock.now()
    who = {"mode": GuestMode.IN_PERSON, "wants_to_speak": False, "actor": actor(cast.bolat)}
    made = gathering()
    with pytest.raises(NotOpen):
        services.register(made, now=now, **who)  # type: ignore[arg-type]
    services.publish(made, now=now)
    with pytest.raises(ModeImpossible):
        services.register(made, now=now, **{**who, "mode": GuestMode.ONLINE})  # type: ignore[arg-type]
    with pytest.raises(NotOpen):
        services.register(made, now=made.starts_at, **who)  # type: ignore[arg-type]
    services.cancel(made, reason=REASON, actor=actor(cast.asel), now=now)
    with pytest.raises(NotOpen):
        services.register(made, now=now, **who)  # type: ignore[arg-type]


def test_moved_an_hour_before_it_says_that_people_learnt_of_it_late(session: Any, told: list[str]) -> None:
    cast = Cast()
    made = published()
    early = moved(made, cast, to=made.starts_at + timedelta(days=1))
    late = moved(made, cast, to=made.starts_at + timedelta(days=1), now=made.starts_at - timedelta(hours=1))
    assert [queries.is_short_notice(move) for move in (early, late)] == [False, True]
    assert made.revision == 2
    assert told == ["gathering.published", "gathering.moved", "gathering.moved"]
    with pytest.raises(Over):
        moved(made, cast, to=made.starts_at + timedelta(days=9), now=made.starts_at)


def test_a_kind_without_a_term_of_notice_is_never_late(session: Any) -> None:
    made = published(kind=GatheringKind.EXPERTISE)
    late = moved(
        made, Cast(), to=made.starts_at + timedelta(hours=2), now=made.starts_at - timedelta(hours=1)
    )
    assert not queries.is_short_notice(late)


def test_what_cannot_be_is_refused_at_its_field(session: Any, told: list[str]) -> None:
    cast, now = Cast(), clock.now()
    made = published()
    with pytest.raises(ReasonMissing):
        moved(made, cast, to=made.starts_at, reason="қар")
    with pytest.raises(InThePast):
        moved(made, cast, to=now - timedelta(hours=1))
    with pytest.raises(ReasonMissing):
        services.cancel(made, reason=" ", actor=actor(cast.asel), now=now)
    with pytest.raises(PlaceMissing):
        published(place="", number=2)
    with pytest.raises(EndsBeforeStart):
        gathering(number=3, ends_at=now)
    services.cancel(made, reason=REASON, actor=actor(cast.asel), now=now)
    with pytest.raises(Over):
        services.note_held(made, now=now)
    assert told[-1] == "gathering.cancelled"


def test_the_calendar_shows_what_is_public_by_kind_region_and_council(session: Any) -> None:
    council, now = councils_cast.council(), clock.now()
    near = published(council=council, days=3)
    far = published(number=2, days=30, kind=GatheringKind.HEAD_REPORT)
    gathering(number=3)
    wish = Wish()
    page = queries.upcoming(wish, now=now, size=1)
    assert page.rows == [near]
    assert queries.upcoming(wish, now=now, position=page.next, size=1).rows == [far]
    assert queries.upcoming(Wish(council_id=council.id), now=now).rows == [near]
    assert queries.upcoming(Wish(region="KZ-11"), now=now).rows == [near]
    assert queries.upcoming(Wish(region="KZ-75"), now=now).rows == []
    assert queries.kind_counts(wish, now=now) == {GatheringKind.HEARING: 1, GatheringKind.HEAD_REPORT: 1}
    later = now + timedelta(days=40)
    assert queries.past(Wish(when=When.PAST), now=later).rows == [far, near]
