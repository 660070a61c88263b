"""Two people at one thing in the same moment, each in a transaction of their own on a real database."""

import threading
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app import clock
from app.consultations import queries as drafts_by
from app.councils.queries import by_slug
from app.db import db, transaction
from app.duties.models import ClockState
from app.duties.queries import clock_of
from app.gatherings import queries as gatherings
from app.gatherings import services as guests
from app.gatherings.errors import RoomFull
from app.gatherings.models import GuestMode
from app.sittings import errors, queries
from app.sittings.lifecycle import Choice, ExaminationState, ItemState, RulingState, VotingState
from app.sittings.models import AgendaItem, Vote
from app.sittings.services import calling, examining, ruling, voting
from tests import councils_cast, drafts, sittings_cast
from tests.cast import Cast
from tests.conftest import database_of_its_own

SLUG = "akmola-region"


@pytest.fixture(scope="module")
def house(postgres, valkey, template, tmp_path_factory):
    """A council with fifteen members, really committed; made once for all the races."""
    with database_of_its_own(postgres, valkey, template, tmp_path_factory.mktemp("races")) as app:
        with transaction():
            app.cast = Cast()
            app.people = [app.cast.aigul.actor(), app.cast.bolat.actor()]
            councils_cast.seated(councils_cast.council(SLUG))
        yield app


class Room:
    """One sitting with a vote that runs, by ids: every thread loads its own rows."""

    def __init__(self, house, *, on_draft=False):
        with transaction():
            council = by_slug(SLUG)
            self.draft = None
            items = [sittings_cast.other(), sittings_cast.other("Екінші", "Второй")]
            if on_draft:
                draft = drafts.opened(Cast())
                (examination,) = examining.notify_concerned(draft, now=clock.now())
                self.draft, self.examination = draft.id, examination.id
                items = [sittings_cast.on_draft(draft)]
            sitting = sittings_cast.in_session(council, items)
            self.sitting = sitting.id
            self.items = [item.id for item in sitting.items]
            self.secretary = councils_cast.secretary(council).actor()
            self.chair = councils_cast.chair(council).actor()
            self.members = [(m.id, m.account.actor()) for m in sittings_cast.seats(council)]
            self.voting = sittings_cast.put_to_vote(sittings_cast.item_of(sitting)).id

    def cast(self, place, choice, *, seen=None):
        return lambda: voting.cast(
            queries.voting_by_id(self.voting),
            choice=choice,
            seen=seen,
            actor=self.members[place][1],
            now=clock.now(),
        )

    def call(self, place, choice):
        return lambda: voting.call_out(
            queries.voting_by_id(self.voting),
            self.member(place),
            choice=choice,
            actor=self.secretary,
            now=clock.now(),
        )

    def close(self):
        return voting.close_vote(queries.voting_by_id(self.voting), actor=self.secretary, now=clock.now())

    def aside(self, place):
        def act():
            item = queries.voting_by_id(self.voting).item
            voting.declare_conflict(
                item,
                self.member(place),
                reason=sittings_cast.REASON,
                actor=self.secretary,
                now=clock.now(),
            )

        return act

    def member(self, place):
        from app.councils.models import Member

        return db.session.get(Member, self.members[place][0])

    def everybody(self, choices=None):
        """All the voices, one after the other; unless `choices` says so, for."""
        with transaction():
            for place in range(len(self.members)):
                self.call(place, (choices or {}).get(place, Choice.FOR))()

    def voices(self):
        rows = db.session.scalars(sa.select(Vote).where(Vote.voting_id == self.voting)).all()
        return {vote.member_id: vote for vote in rows}


def meanwhile(house, first, second):
    """`second` comes while `first` is done and not yet committed; what each of them yields or was refused with."""
    outcomes, done, go = {}, threading.Event(), threading.Event()

    def run(name, act, *, waits=False):
        with house.app_context():
            try:
                with transaction():
                    outcomes[name] = act()
                    if waits:
                        done.set()
                        go.wait(10)
                    outcomes[name] = None
            except Exception as error:
                outcomes[name] = error
            finally:
                done.set()

    one = threading.Thread(target=run, args=("first", first), kwargs={"waits": True})
    two = threading.Thread(target=run, args=("second", second))
    one.start()
    assert done.wait(10)
    two.start()
    with db.engine.connect() as watch:
        until = time.monotonic() + 10
        while two.is_alive() and time.monotonic() < until and not _somebody_waits(watch):
            time.sleep(0.01)
    go.set()
    one.join(10)
    two.join(10)
    return outcomes["first"], outcomes["second"]


def _somebody_waits(watch):
    waiting = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"
    found = watch.execute(sa.text(waiting)).scalar()
    watch.rollback()
    return found


def all_at_once(house, acts):
    outcomes, barrier = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        with house.app_context():
            barrier.wait(10)
            try:
                with transaction():
                    act()
            except Exception as error:
                outcomes[place] = error

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes


def test_two_windows_of_one_member_leave_one_voice(house):
    room = Room(house)
    first, second = meanwhile(house, room.cast(3, Choice.FOR), room.cast(3, Choice.AGAINST))
    assert first is None and isinstance(second, errors.VotedElsewhere)
    with transaction():
        assert [vote.choice for vote in room.voices().values()] == [Choice.FOR]


def test_the_roll_call_never_overwrites_a_voice_that_its_member_changed_meanwhile(house):
    room = Room(house)
    with transaction():
        room.call(3, Choice.FOR)()
    first, second = meanwhile(
        house, room.cast(3, Choice.AGAINST, seen=Choice.FOR), room.call(3, Choice.ABSTAINED)
    )
    assert first is None and isinstance(second, errors.VotedElsewhere)
    with transaction():
        (voice,) = room.voices().values()
        assert (voice.choice, voice.revision) == (Choice.AGAINST, 2)


def test_a_voice_that_came_before_the_result_is_counted_and_one_after_it_refused(house):
    room = Room(house)
    room.everybody({14: Choice.AGAINST})
    first, second = meanwhile(house, room.cast(14, Choice.FOR, seen=Choice.AGAINST), room.close)
    # The secretary gave that voice: its member changes it, and the result waits for them.
    assert (first, second) == (None, None)
    with transaction():
        put = queries.voting_by_id(room.voting)
        assert (put.in_favour, put.against) == (15, 0)
        assert all(vote.cast_at <= put.closed_at for vote in put.votes)
    room = Room(house)
    room.everybody()
    first, second = meanwhile(house, room.close, room.cast(14, Choice.AGAINST, seen=Choice.FOR))
    assert first is None and isinstance(second, errors.VoteClosed)
    with transaction():
        assert room.voices()[room.members[14][0]].choice is Choice.FOR


def test_voices_conflicts_and_the_result_at_once_add_up(house):
    room = Room(house)
    voices = [room.cast(place, Choice.FOR) for place in range(12)]
    aside = [room.aside(place) for place in (0, 1, 2)]
    outcomes = all_at_once(house, [*voices, *aside, room.close])
    refused = {type(one) for one in outcomes if one is not None}
    assert refused <= {errors.InConflict, errors.VoteClosed}
    with transaction():
        put = queries.voting_by_id(room.voting)
        counted = [vote for vote in put.votes if vote.voided_at is None]
        assert put.state is VotingState.CLOSED
        before = {one.member_id for one in put.item.conflicts if one.at <= put.closed_at}
        assert put.in_favour == len(counted)
        assert not any(vote.member_id in before for vote in counted if vote.cast_at > put.closed_at)


def test_one_question_at_a_time_also_for_two_secretaries(house):
    room = Room(house)
    with transaction():
        voting.annul(
            queries.voting_by_id(room.voting), reason="Қайта қойылады.", actor=room.secretary, now=clock.now()
        )

    def put(item_id):
        return lambda: sittings_cast.put_to_vote(db.session.get(AgendaItem, item_id))

    first, second = meanwhile(house, put(room.items[0]), put(room.items[1]))
    assert first is None and isinstance(second, errors.VoteRunning)


def test_two_corrections_that_are_harmless_alone_do_not_turn_the_result_together(house):
    room = Room(house)
    room.everybody(dict.fromkeys(range(9, 15), Choice.AGAINST))
    with transaction():
        room.close()

    def correct(place):
        def act():
            put = queries.voting_by_id(room.voting)
            # The page that shows the form has read them all.
            voting.standing_choices(put)
            voting.correct(
                put,
                room.member(place),
                choice=Choice.AGAINST,
                reason="Хатшы қате естіді.",
                actor=room.secretary,
                now=clock.now(),
            )

        return act

    with transaction():
        result = queries.voting_by_id(room.voting)
        spare = result.in_favour - result.needed if result.is_adopted else 0
    for place in range(spare - 1):
        with transaction():
            correct(place)()
    first, second = meanwhile(house, correct(7), correct(8))
    assert first is None and isinstance(second, errors.WouldChangeTheResult)


def test_a_vote_that_is_closed_stays_closed_when_the_draft_is_withdrawn_meanwhile(house):
    room = Room(house, on_draft=True)
    room.everybody()

    def withdraw():
        examining.draft_withdrawn(drafts_by.by_id(room.draft), reason="Кері қайтарылды.", now=clock.now())

    assert meanwhile(house, room.close, withdraw) == (None, None)
    with transaction():
        put = queries.voting_by_id(room.voting)
        assert (put.state, put.item.state) == (VotingState.CLOSED, ItemState.DECIDED)
        assert queries.examination_by_id(room.examination).state is ExaminationState.WITHDRAWN


def test_a_term_that_ends_while_the_ruling_is_signed_ended_in_silence(house):
    room = Room(house, on_draft=True)
    room.everybody()
    with transaction():
        room.close()
        made = sittings_cast.ruled(queries.voting_by_id(room.voting).item, sign=False).id
        last_day = queries.examination_by_id(room.examination).duty.last_day
    over = clock.now() + (last_day - clock.today()) + timedelta(days=1)
    first, second = meanwhile(
        house,
        lambda: examining.end_terms(now=over),
        lambda: ruling.sign(queries.ruling_by_id(made), actor=room.chair, now=clock.now()),
    )
    assert (first, second) == (None, None)
    with transaction():
        examination = queries.examination_by_id(room.examination)
        assert queries.ruling_by_id(made).state is RulingState.PUBLISHED
        assert examination.state is ExaminationState.TACIT
        assert clock_of(examination.duty, today=clock.today(over)).state is ClockState.LAPSED


def test_the_last_place_is_given_once(house):
    with transaction():
        sitting = sittings_cast.agenda(by_slug(SLUG))
        sitting.gathering.places = 1
        calling.call(sitting, actor=councils_cast.secretary(sitting.council).actor(), now=clock.now())
        gathering_id = sitting.gathering.id

    def come(actor):
        return lambda: guests.register(
            gatherings.by_id(gathering_id),
            mode=GuestMode.IN_PERSON,
            wants_to_speak=False,
            actor=actor,
            now=clock.now(),
        )

    first, second = meanwhile(house, *map(come, house.people))
    assert first is None and isinstance(second, RoomFull)
