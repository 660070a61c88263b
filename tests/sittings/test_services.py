"""What a council does with what comes before it, and what it refuses: with a clear error, and a consistent record."""

from datetime import timedelta

import pytest

from app import clock
from app.access import CLOCK
from app.consultations.services import announcing
from app.councils.services import seating
from app.duties.models import ClockState
from app.duties.queries import clock_of
from app.recommendations.lifecycle import State as ListState
from app.recommendations.services import listing
from app.recommendations.services.listing import RowWords
from app.sittings import errors, queries
from app.sittings.lifecycle import (
    AttendanceKind,
    Choice,
    ExaminationState,
    ItemState,
    RulingState,
    State,
    VotingState,
)
from app.sittings.services import attending, calling, examining, minutes, ruling, voting
from tests import councils_cast, drafts, sittings_cast
from tests.cast import MONDAY

LONG_REASON = "Жоба толық қайта жазылатын болғандықтан кері қайтарылды."


@pytest.fixture
def council(cast):
    found = councils_cast.council()
    councils_cast.seated(found)
    return found


def secretary(council):
    return councils_cast.secretary(council).actor()


def chair(council):
    return councils_cast.chair(council).actor()


def actor_of(member):
    return sittings_cast.account(member).actor()


def on_a_draft(council, cast, *, present=None, remote=0):
    draft = drafts.opened(cast)
    examining.notify_concerned(draft, now=clock.now())
    sitting = sittings_cast.in_session(
        council, [sittings_cast.on_draft(draft)], present=present, remote=remote
    )
    return draft, sitting, sittings_cast.item_of(sitting)


class TestWhatComesBeforeTheCouncil:
    def test_a_draft_notifies_the_council_of_its_body_once_and_starts_its_term(self, cast, council):
        draft = drafts.opened(cast, now=MONDAY)
        (examination,) = examining.notify_concerned(draft, now=MONDAY)
        assert examining.notify_concerned(draft, now=MONDAY) == []
        duty = examination.duty
        assert (examination.council, duty.council, duty.agency) == (council, council, None)
        assert (duty.value, duty.unit, duty.subject_number) == (10, "working_days", draft.number)
        assert "art. 20" in duty.source

    def test_an_urgent_draft_leaves_three_working_days(self, cast, council):
        draft = drafts.opened(cast, now=MONDAY)
        draft.is_emergency = True
        (examination,) = examining.notify_concerned(draft, now=MONDAY)
        assert examination.duty.value == 3

    def test_silence_is_consent_and_nothing_is_overdue(self, cast, council):
        draft = drafts.opened(cast, now=MONDAY)
        (examination,) = examining.notify_concerned(draft, now=MONDAY)
        last_day = examination.duty.last_day
        assert examining.end_terms(now=MONDAY + (last_day - clock.today(MONDAY))) == 0
        after = MONDAY + (last_day - clock.today(MONDAY)) + timedelta(days=1)
        assert examining.end_terms(now=after) == 1
        assert examining.end_terms(now=after) == 0
        assert examination.state is ExaminationState.TACIT
        assert clock_of(examination.duty, today=clock.today(after)).state is ClockState.LAPSED

    def test_a_term_that_ends_soon_is_told_once(self, cast, council):
        draft = drafts.opened(cast, now=MONDAY)
        (examination,) = examining.notify_concerned(draft, now=MONDAY)
        late = MONDAY + (examination.duty.last_day - clock.today(MONDAY))
        assert examining.warn(now=MONDAY) == 0
        assert (examining.warn(now=late), examining.warn(now=late)) == (1, 0)

    def test_the_rapporteur_is_a_member_of_today(self, cast, council):
        draft = drafts.opened(cast)
        (examination,) = examining.notify_concerned(draft, now=clock.now())
        member = council.members[3]
        examining.assign(examination, member, actor=secretary(council), now=clock.now())
        assert examination.rapporteur is member
        gone = council.members[4]
        gone.ends_on = clock.today() - timedelta(days=1)
        with pytest.raises(examining.NotThisCouncils):
            examining.assign(examination, gone, actor=secretary(council), now=clock.now())


class TestAVote:
    def test_two_thirds_of_all_members_are_needed_and_ten_of_fifteen_are_enough(self, cast, council):
        _draft, sitting, item = on_a_draft(council, cast, present=9)
        assert (sitting.members_total, sitting.quorum) == (15, 10)
        with pytest.raises(errors.NoQuorum) as refused:
            sittings_cast.put_to_vote(item)
        assert refused.value.data == {"present": 9, "needed": 10}
        tenth = sittings_cast.seats(council)[9]
        attending.check_in(sitting, remote=True, actor=actor_of(tenth), now=clock.now())
        assert sittings_cast.put_to_vote(item).state is VotingState.OPEN

    def test_a_conflict_takes_the_member_out_of_that_vote_and_leaves_the_quorum(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast, present=10)
        aside = sittings_cast.seats(council)[9]
        voting.declare_conflict(
            item, aside, reason=sittings_cast.REASON, actor=actor_of(aside), now=clock.now()
        )
        put = sittings_cast.put_to_vote(item)
        with pytest.raises(errors.InConflict):
            voting.cast(put, choice=Choice.FOR, seen=None, actor=actor_of(aside), now=clock.now())
        sittings_cast.voted(item)
        assert (put.present, put.eligible, put.in_favour, put.is_adopted) == (10, 9, 9, True)

    def test_a_conflict_declared_during_the_vote_voids_the_voice_in_sight_of_everybody(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        put = sittings_cast.put_to_vote(item)
        member = sittings_cast.seats(council)[5]
        vote = voting.cast(put, choice=Choice.AGAINST, seen=None, actor=actor_of(member), now=clock.now())
        voting.declare_conflict(
            item, member, reason=sittings_cast.REASON, actor=actor_of(member), now=clock.now()
        )
        assert vote.voided_at is not None
        assert vote.void_reason == sittings_cast.REASON
        sittings_cast.voted(item)
        assert (put.eligible, put.in_favour, put.against) == (14, 14, 0)

    def test_nobody_votes_without_a_seat_or_with_one_that_ended_yesterday(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        put = sittings_cast.put_to_vote(item)
        with pytest.raises(errors.NotAMember):
            voting.cast(put, choice=Choice.FOR, seen=None, actor=cast.bolat.actor(), now=clock.now())
        with pytest.raises(errors.NotAMember):
            voting.cast(put, choice=Choice.FOR, seen=None, actor=secretary(council), now=clock.now())
        former = sittings_cast.seats(council)[7]
        former.ends_on = clock.today() - timedelta(days=1)
        with pytest.raises(errors.TermOver) as refused:
            voting.cast(put, choice=Choice.FOR, seen=None, actor=actor_of(former), now=clock.now())
        assert refused.value.data["on"] == former.ends_on

    def test_who_is_not_in_the_room_does_not_vote(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast, present=12)
        put = sittings_cast.put_to_vote(item)
        absent = sittings_cast.seats(council)[13]
        with pytest.raises(errors.NotPresent):
            voting.cast(put, choice=Choice.FOR, seen=None, actor=actor_of(absent), now=clock.now())

    def test_two_windows_do_not_overwrite_each_other(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        put = sittings_cast.put_to_vote(item)
        who = actor_of(sittings_cast.seats(council)[2])
        first = voting.cast(put, choice=Choice.FOR, seen=None, actor=who, now=clock.now())
        again = voting.cast(put, choice=Choice.FOR, seen=None, actor=who, now=clock.now())
        assert (again.id, again.revision) == (first.id, 1)
        with pytest.raises(errors.VotedElsewhere) as refused:
            voting.cast(put, choice=Choice.AGAINST, seen=None, actor=who, now=clock.now())
        assert refused.value.data["stored"] is Choice.FOR
        changed = voting.cast(put, choice=Choice.AGAINST, seen=Choice.FOR, actor=who, now=clock.now())
        assert (changed.choice, changed.revision) == (Choice.AGAINST, 2)

    def test_the_roll_call_does_not_overwrite_what_a_member_gave_alone(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        put = sittings_cast.put_to_vote(item)
        member = sittings_cast.seats(council)[2]
        voting.cast(put, choice=Choice.ABSTAINED, seen=None, actor=actor_of(member), now=clock.now())
        with pytest.raises(errors.VotedElsewhere):
            voting.call_out(put, member, choice=Choice.FOR, actor=secretary(council), now=clock.now())

    def test_a_closed_vote_is_final_and_a_slip_is_corrected_beside_it(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        members = sittings_cast.seats(council)
        put = sittings_cast.voted(item, {members[4].id: Choice.AGAINST})
        with pytest.raises(errors.VoteClosed):
            voting.cast(put, choice=Choice.FOR, seen=None, actor=actor_of(members[1]), now=clock.now())
        with pytest.raises(errors.VoteClosed):
            voting.close_vote(put, actor=chair(council), now=clock.now())
        entry = voting.correct(
            put,
            members[4],
            choice=Choice.ABSTAINED,
            reason="Хатшы жаңылып белгіледі.",
            actor=secretary(council),
            now=clock.now(),
        )
        assert (entry.was, entry.choice) == (Choice.AGAINST, Choice.ABSTAINED)
        assert (put.in_favour, put.against) == (14, 1)
        assert voting.standing_choices(put)[members[4].id] is Choice.ABSTAINED

    def test_a_correction_that_would_turn_the_result_is_refused(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        members = sittings_cast.seats(council)
        put = sittings_cast.voted(item, {member.id: Choice.AGAINST for member in members[8:]})
        assert (put.in_favour, put.against, put.is_adopted) == (8, 7, True)
        with pytest.raises(errors.WouldChangeTheResult):
            voting.correct(
                put,
                members[0],
                choice=Choice.AGAINST,
                reason="Хатшы жаңылып белгіледі.",
                actor=secretary(council),
                now=clock.now(),
            )

    def test_an_interest_that_is_declared_after_a_vote_leaves_it_as_it_was(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        members = sittings_cast.seats(council)
        put = sittings_cast.voted(item, {member.id: Choice.AGAINST for member in members[8:]})
        who = {"actor": secretary(council), "now": clock.now()}
        voting.declare_conflict(item, members[1], reason=sittings_cast.REASON, **who)
        voting.correct(put, members[9], choice=Choice.ABSTAINED, reason="Хатшы жаңылды.", **who)
        assert (put.in_favour, put.is_adopted) == (8, True)

    def test_a_tie_is_what_the_councils_regulation_says(self, cast, council):
        members = sittings_cast.seats(council)
        against = {member.id: Choice.AGAINST for member in members[7:14]}
        aside = {members[14].id: Choice.ABSTAINED}
        _draft, sitting, item = on_a_draft(council, cast)
        council.majority, council.tie = "more_than_half_of_voting", "chair_decides"
        put = sittings_cast.voted(item, against | aside)
        assert (put.in_favour, put.against, put.is_adopted, put.chair_decided) == (7, 7, True, True)
        council.tie = "not_adopted"
        item.state = ItemState.WAITING
        second = sittings_cast.put_to_vote(item)
        for member in members:
            choice = (against | aside).get(member.id, Choice.FOR)
            voting.call_out(second, member, choice=choice, actor=secretary(council), now=clock.now())
        result = voting.close_vote(second, actor=chair(council), now=clock.now())
        assert (result.is_adopted, result.chair_decided) == (False, False)
        assert sitting.state is State.IN_SESSION

    def test_the_deputy_presides_when_the_chair_is_absent(self, cast, council):
        sitting = sittings_cast.called(council)
        members = sittings_cast.seats(council)
        for member in members[1:]:
            attending.note(
                sitting,
                member,
                AttendanceKind.PRESENT,
                note=None,
                actor=secretary(council),
                now=clock.now(),
            )
        with pytest.raises(errors.PresidingAbsent):
            attending.open_sitting(sitting, presiding=members[0], actor=secretary(council), now=clock.now())
        deputy = next(m for m in members if m.account == councils_cast.deputy(council))
        attending.open_sitting(sitting, presiding=deputy, actor=actor_of(deputy), now=clock.now())
        assert sitting.presiding is deputy

    def test_only_who_was_outvoted_dissents(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        members = sittings_cast.seats(council)
        put = sittings_cast.voted(item, {members[3].id: Choice.AGAINST})
        words = {"text": "Қаржысы есептелмеген.", "language": "kk", "now": clock.now()}
        with pytest.raises(errors.NotOutvoted):
            voting.dissent(put, actor=actor_of(members[2]), **words)
        assert voting.dissent(put, actor=actor_of(members[3]), **words).member is members[3]

    def test_an_absent_member_writes_and_is_counted_as_none(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast, present=12)
        members = sittings_cast.seats(council)
        words = {"text": "Мен жобаны қолдаймын.", "language": "kk", "now": clock.now()}
        with pytest.raises(errors.PresentMembersVote):
            voting.give_opinion(item, actor=actor_of(members[0]), **words)
        voting.give_opinion(item, actor=actor_of(members[14]), **words)
        assert sittings_cast.voted(item).in_favour == 12


class TestARuling:
    def rows(self, n=3):
        return [RowWords(texts=sittings_cast.RECOMMENDATION) for _ in range(n)]

    def test_it_is_published_in_both_languages_and_the_body_owes_an_answer(self, cast, council):
        draft, _sitting, item = on_a_draft(council, cast)
        made = sittings_cast.ruled(
            item, outcome="support_with_remarks", recommendations=self.rows(), sign=False
        )
        one = {"kk": sittings_cast.TEXTS["kk"]}
        ruling.save(
            made,
            texts=one,
            rows=self.rows(),
            revision=made.revision,
            actor=secretary(council),
            now=clock.now(),
        )
        with pytest.raises(errors.OneLanguageMissing) as refused:
            ruling.sign(made, actor=chair(council), now=clock.now())
        assert refused.value.data["languages"] == ["ru"]
        with pytest.raises(errors.StaleRuling):
            ruling.save(
                made,
                texts=one,
                rows=[],
                revision=made.revision - 1,
                actor=secretary(council),
                now=clock.now(),
            )
        ruling.save(
            made,
            texts=sittings_cast.TEXTS,
            rows=self.rows(),
            revision=made.revision,
            actor=secretary(council),
            now=clock.now(),
        )
        ruling.sign(made, actor=chair(council), now=clock.now())
        (examination,) = queries.examinations_of(draft)
        assert (made.state, examination.state) == (RulingState.PUBLISHED, ExaminationState.RULED)
        assert examination.duty.fulfilled_at is not None
        owed = made.recommendations
        assert (owed.state, owed.agency, len(owed.rows)) == (ListState.ISSUED, draft.agency, 3)
        listing.start_duty(owed, deadline="council_agreed_reply", issued_on=clock.today(), now=clock.now())
        assert owed.duty is not None
        assert (owed.duty.agency, owed.duty.value, owed.duty.unit) == (draft.agency, 10, "working_days")

    def test_an_outcome_that_is_nothing_without_recommendations_needs_one(self, cast, council):
        _draft, _sitting, item = on_a_draft(council, cast)
        made = sittings_cast.ruled(item, outcome="do_not_support", recommendations=[], sign=False)
        with pytest.raises(errors.RecommendationsMissing):
            ruling.sign(made, actor=chair(council), now=clock.now())

    def test_a_draft_withdrawn_while_on_the_agenda_is_struck_out_and_its_vote_annulled(self, cast, council):
        draft, _sitting, item = on_a_draft(council, cast)
        put = sittings_cast.put_to_vote(item)
        announcing.withdraw(draft, reason=LONG_REASON, actor=cast.gulnar.actor(), now=clock.now())
        examining.draft_withdrawn(draft, reason=LONG_REASON, now=clock.now())
        (examination,) = queries.examinations_of(draft)
        assert (item.state, item.note) == (ItemState.DROPPED, LONG_REASON)
        assert (put.state, put.annulment_reason) == (VotingState.ANNULLED, LONG_REASON)
        assert examination.state is ExaminationState.WITHDRAWN
        assert examination.duty.cancelled_at is not None
        with pytest.raises(errors.NotPutToVote):
            sittings_cast.put_to_vote(item)

    def test_a_withdrawn_draft_takes_the_owed_answer_with_it(self, cast, council):
        draft, _sitting, item = on_a_draft(council, cast)
        made = sittings_cast.ruled(item, outcome="support_with_remarks")
        listing.start_duty(
            made.recommendations, deadline="council_agreed_reply", issued_on=clock.today(), now=clock.now()
        )
        announcing.withdraw(draft, reason=LONG_REASON, actor=cast.gulnar.actor(), now=clock.now())
        examining.draft_withdrawn(draft, reason=LONG_REASON, now=clock.now())
        assert made.recommendations.state is ListState.WITHDRAWN
        assert made.recommendations.duty.cancelled_at is not None


class TestTheNoticeAndTheMinutes:
    def test_a_sitting_is_moved_even_an_hour_before_and_says_so(self, cast, council):
        now = clock.now()
        sitting = sittings_cast.called(council, starts_at=now + timedelta(hours=1), now=now)
        before = sitting.gathering.starts_at
        calling.reschedule(
            sitting,
            starts_at=now + timedelta(days=3),
            ends_at=None,
            place="Көкшетау, Ғылыми кітапхана",
            link=None,
            reason="Залда жарық өшті, жөндеу жүріп жатыр.",
            actor=secretary(council),
            now=now,
        )
        (move,) = sitting.gathering.moves
        assert (move.was_at, move.reason) == (before, "Залда жарық өшті, жөндеу жүріп жатыр.")

    def test_a_sitting_without_an_agenda_is_not_called(self, cast, council):
        sitting = sittings_cast.agenda(council)
        calling.remove_item(sitting.items[0], actor=secretary(council), now=clock.now())
        with pytest.raises(errors.Unfinished) as refused:
            calling.call(sitting, actor=secretary(council), now=clock.now())
        assert refused.value.data["missing"] == ["agenda"]

    def test_minutes_need_two_signatures_and_an_addition_takes_them_back(self, cast, council):
        _draft, sitting, item = on_a_draft(council, cast)
        sittings_cast.ruled(item, outcome="support_with_remarks")
        sittings_cast.closed(sitting)
        now = clock.now()
        minutes.sign(sitting, actor=chair(council), now=now)
        with pytest.raises(errors.Unfinished) as refused:
            minutes.publish_minutes(sitting, actor=secretary(council), now=now)
        assert refused.value.data["missing"] == ["secretary"]
        minutes.add(sitting, text="Отырыс үзіліспен өтті.", language="kk", actor=secretary(council), now=now)
        assert minutes.of(sitting).chair_signed_at is None
        minutes.sign(sitting, actor=chair(council), now=now)
        minutes.sign(sitting, actor=secretary(council), now=now)
        published = minutes.publish_minutes(sitting, actor=secretary(council), now=now)
        assert (sitting.state, published.duty.fulfilled_on) == (State.RECORDED, clock.today(now))

    def test_a_sitting_is_not_closed_over_an_open_vote(self, cast, council):
        _draft, sitting, item = on_a_draft(council, cast)
        sittings_cast.put_to_vote(item)
        with pytest.raises(errors.VoteRunning):
            sittings_cast.closed(sitting)

    def test_a_seat_that_ended_takes_no_part_from_the_next_day_on(self, cast, council):
        member = council.members[6]
        seating.remove(
            member,
            ground="own_wish",
            note="Өз өтініші бойынша.",
            on=clock.today() - timedelta(days=1),
            actor=CLOCK,
            now=clock.now(),
        )
        sitting = sittings_cast.called(council)
        with pytest.raises(errors.TermOver):
            attending.check_in(sitting, remote=False, actor=actor_of(member), now=clock.now())
