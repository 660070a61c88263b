"""Forming a council: who may do what when, the working group, applications, the decision, the reserve list."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import ANONYMOUS, CLOCK, Actor, Role
from app.councils import errors, policies
from app.councils.actions import CompetitionAction as A
from app.councils.errors import BarredBy, Missing, Problem
from app.councils.lifecycle import CandidacyState, CompetitionState
from app.councils.models import CandidacyFile, Competition, Council, CouncilLevel, WorkingGroupMember
from app.councils.queries import everything_about
from app.councils.queries import forming as queries
from app.councils.services import candidacies, deciding, forming, seating
from app.councils.services.forming import GroupPerson
from app.db import db
from app.errors import Forbidden
from app.files.models import Attachment
from tests import competitions, councils_cast
from tests.competitions import BODY, CHOSEN, CIVIL, DECLINED, RESERVE

BODY_ID, APPROVER_ID = 1, 2
CAST = {
    "visitor": ANONYMOUS,
    "citizen": Actor(account_id=10, roles=frozenset({Role.CITIZEN})),
    "group": Actor(account_id=11, roles=frozenset({Role.CITIZEN})),
    "officer": Actor(account_id=12, roles=frozenset({Role.OFFICER}), officer_of=frozenset({BODY_ID})),
    "body_head": Actor(account_id=13, roles=frozenset({Role.HEAD}), head_of=frozenset({BODY_ID})),
    "approver": Actor(account_id=14, roles=frozenset({Role.HEAD}), head_of=frozenset({APPROVER_ID})),
    "stranger": Actor(account_id=15, roles=frozenset({Role.HEAD}), head_of=frozenset({9})),
    "moderator": Actor(account_id=16, roles=frozenset({Role.MODERATOR})),
    "administrator": Actor(account_id=17, roles=frozenset({Role.ADMINISTRATOR})),
    "clock": CLOCK,
}
RUNS = {"officer", "body_head", "approver"}
CITIZENS = {"citizen", "group"}
S = CompetitionState
# Verb: who may ever, in which states.
TABLE = {
    A.EDIT: (RUNS, {S.PREPARING}),
    A.ANNOUNCE: (RUNS, {S.PREPARING}),
    A.APPLY: (CITIZENS, {S.ANNOUNCED}),
    A.WITHDRAW_APPLICATION: (CITIZENS, {S.ANNOUNCED, S.CLOSED}),
    A.CLOSE: ({"clock"}, {S.ANNOUNCED}),
    A.DECIDE: (RUNS, {S.CLOSED}),
    A.APPROVE: ({"approver"}, {S.DECIDED}),
    A.CANCEL: (RUNS, {S.PREPARING, S.ANNOUNCED, S.CLOSED, S.DECIDED}),
    A.SEE_FILE: (RUNS | {"group", "administrator"}, set(S)),
    A.SEE_DOCUMENTS: (RUNS | {"group"}, {S.CLOSED, S.DECIDED}),
    A.FILL_SEAT: ({"approver", "administrator"}, {S.APPROVED}),
}


def test_the_table_of_who_may_what_when():
    assert set(TABLE) == set(A)
    council = Council(agency_id=BODY_ID, approver_id=APPROVER_ID, level=CouncilLevel.REGIONAL)
    group = [
        WorkingGroupMember(account_id=11, name="Қанат", origin=CIVIL),
        WorkingGroupMember(name="Р", origin=CIVIL),
    ]
    for state in S:
        competition = Competition(council=council, state=state, working_group=group)
        for verb, (people, states) in TABLE.items():
            may = {
                name for name, actor in CAST.items() if policies.may_in_competition(verb, actor, competition)
            }
            assert may == (people if state in states else set()), (verb, state)


def test_before_the_announcement_only_those_who_prepare_it_know_of_it():
    council = Council(agency_id=BODY_ID, approver_id=APPROVER_ID, level=CouncilLevel.REGIONAL)
    competition = Competition(council=council, state=S.PREPARING, working_group=[])
    knows = {name for name, actor in CAST.items() if policies.may_know_competition(actor, competition)}
    assert knows == RUNS
    competition.state, competition.announced_at = S.CANCELLED, None
    assert not any(policies.may_know_competition(actor, competition) for actor in CAST.values())


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"texts": {"ru": "Объявлен конкурс."}}, [Missing.TEXT_KK]),
        ({"texts": {"kk": "Конкурс жарияланады.", "ru": "  "}}, [Missing.TEXT_RU]),
        ({"working_group": []}, [Missing.GROUP]),
        (
            {
                "working_group": [
                    GroupPerson("А", CIVIL, is_head=True),
                    GroupPerson("Б", CIVIL),
                    GroupPerson("В", BODY),
                    GroupPerson("Г", BODY),
                ]
            },
            [Missing.STATE_SHARE],
        ),
        ({"working_group": [GroupPerson("А", CIVIL), GroupPerson("Б", CIVIL)]}, [Missing.HEAD]),
        (
            {
                "working_group": [
                    GroupPerson("А", CIVIL),
                    GroupPerson("Б", CIVIL),
                    GroupPerson("В", BODY, is_head=True),
                ]
            },
            [Missing.HEAD_OF_CIVIL_SOCIETY],
        ),
    ],
    ids=[
        "whole",
        "russian alone",
        "kazakh alone",
        "no group",
        "half of the state",
        "no head",
        "head of the state",
    ],
)
def test_it_is_announced_when_nothing_is_missing(session, cast, changes, missing):
    competition = competitions.preparing(cast, **changes)
    assert forming.missing(competition, today=clock.today()) == missing
    if not missing:
        forming.announce(competition, actor=cast.marat.actor(), now=clock.now())
        assert competition.state is S.ANNOUNCED
        return
    with pytest.raises(errors.CompetitionUnfinished):
        forming.announce(competition, actor=cast.marat.actor(), now=clock.now())
    assert competition.state is S.PREPARING


def test_days_out_of_order_and_too_many_seats_are_refused(session, cast):
    today = clock.today()
    for changes, refused in (
        ({"applications_until": today - timedelta(days=1)}, errors.TermOutOfOrder),
        ({"term_from": today + timedelta(days=20)}, errors.TermOutOfOrder),
    ):
        with pytest.raises(refused):
            competitions.preparing(cast, **changes)
    council = councils_cast.council()
    council.seats = 15
    with pytest.raises(errors.TooManySeats):
        competitions.preparing(cast, seats=16)
    competitions.preparing(cast, seats=15)
    with pytest.raises(errors.CompetitionRunning):
        competitions.preparing(cast)


def test_an_application_keeps_the_checklist_and_a_certificate_for_each_requirement(session, cast):
    competition = competitions.announced(cast)
    candidacy = competitions.apply(competition, cast.aigul, ngo=" «Жасыл қала» ")
    asked = forming.rules_of(competition).requirements_at(competition.council.level)
    assert candidacy.checklist == [one.id for one in asked]
    assert {file.requirement for file in candidacy.files} == {one.id for one in asked if one.is_certified}
    assert (candidacy.name, candidacy.ngo) == (cast.aigul.name, "«Жасыл қала»")
    with pytest.raises(errors.AlreadyApplied):
        competitions.apply(competition, cast.aigul)
    (own,) = everything_about(cast.aigul)["applications"]
    assert (own["competition"], own["statement"]) == (competition.id, candidacy.statement)


def test_everything_of_the_checklist_is_needed(session, cast):
    competition = competitions.announced(cast)
    with pytest.raises(errors.RequirementUnmet) as unmet:
        competitions.apply(competition, cast.aigul, checklist=["citizen", "adult"])
    assert "resident" in unmet.value.data["requirements"]
    uploads = competitions.certificates(competition)
    uploads.pop("no_conviction")
    with pytest.raises(errors.DocumentMissing) as lacking:
        competitions.apply(competition, cast.aigul, uploads=uploads)
    assert lacking.value.data["requirements"] == ["no_conviction"]
    with pytest.raises(errors.StatementMissing):
        competitions.apply(competition, cast.aigul, statement=" ")


def test_who_cannot_be_a_candidate(session, cast):
    competition = competitions.announced(cast)
    today = clock.today()
    eighteen_tomorrow = (today + timedelta(days=1)).replace(year=today.year - 18)
    minor = competitions.person(31, born=eighteen_tomorrow.strftime("%y%m%d"), century_and_sex="6")
    elsewhere = competitions.person(32)
    elsewhere.region_code = "KZ-75"
    for account, bar in (
        (minor, BarredBy.UNDER_AGE),
        (competitions.kanat(), BarredBy.WORKING_GROUP),
        (elsewhere, BarredBy.OTHER_REGION),
        (councils_cast.secretary(competition.council), None),
    ):
        if bar is None:
            assert (
                candidacies.bar_of(competition, account, today=today) is BarredBy.UNDER_AGE
            )  # no birthday: staff
            continue
        with pytest.raises(errors.Barred) as barred:
            competitions.apply(competition, account)
        assert barred.value.data["by"] is bar
    eighteen_today = today.replace(year=today.year - 18)
    adult = competitions.person(33, born=eighteen_today.strftime("%y%m%d"), century_and_sex="6")
    assert competitions.apply(competition, adult)


def test_two_terms_in_a_row_bar_from_a_third(session, cast):
    council, today = councils_cast.council(), clock.today()
    veteran = competitions.person(34)
    for years in (6, 3):
        start = today.replace(day=1, year=today.year - years)
        seating.seat(
            council,
            name=veteran.name,
            origin=CIVIL,
            account_id=veteran.id,
            starts_on=start,
            actor=CLOCK,
            now=clock.now(),
        )
    competition = competitions.announced(cast)
    with pytest.raises(errors.Barred) as barred:
        competitions.apply(competition, veteran)
    assert barred.value.data["by"] is BarredBy.TWO_TERMS


def test_an_application_comes_too_late_even_before_the_clock_has_closed_it(session, cast):
    competition = competitions.announced(cast)
    last_day = clock.now() + timedelta(days=20)
    competitions.apply(competition, cast.aigul, now=last_day)
    with pytest.raises(errors.ApplicationsOver):
        competitions.apply(competition, cast.bolat, now=last_day + timedelta(days=1))
    assert forming.close_due(now=last_day) == 0
    assert forming.close_due(now=last_day + timedelta(days=1)) == 1
    assert competition.state is S.CLOSED
    assert forming.close_due(now=last_day + timedelta(days=1)) == 0


def test_an_application_taken_back_leaves_no_documents_and_may_be_sent_again(session, cast):
    competition = competitions.announced(cast)
    competitions.apply(competition, cast.aigul)
    before = db.session.scalar(select(func.count()).select_from(Attachment))
    candidacies.withdraw(competition, actor=cast.aigul.actor(), now=clock.now())
    assert queries.count_candidates(competition) == 0
    assert db.session.scalar(select(func.count()).select_from(CandidacyFile)) == 0
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == before - 3
    assert competitions.apply(competition, cast.aigul).state is CandidacyState.APPLIED


def problems(competition, said):
    found = deciding.problems_of(competition, queries.candidates(competition), said, today=clock.today())
    return {problem for problem, _one, _values in found}


def test_the_decision_names_all_that_is_wrong_with_it(session, cast):
    competition = competitions.closed(cast, 4)
    said = competitions.decisions(competition, CHOSEN, CHOSEN, RESERVE, DECLINED)
    first, second, third, last = said
    change = deciding.Decision
    assert not problems(competition, said)
    assert problems(competition, {first: said[first]}) == {Problem.UNDECIDED, Problem.VOTES_MISSING}
    for key, wrong, problem in (
        (third, change(CHOSEN, "", 2, 1), Problem.TOO_MANY_CHOSEN),
        (last, change(DECLINED, " ", 2, 1), Problem.REASON_MISSING),
        (second, change(CHOSEN, "", 2, None), Problem.VOTES_MISSING),
        (second, change(CHOSEN, "", 3, 1), Problem.TOO_MANY_VOTES),
        (third, change(RESERVE, "", 2, 1, 2), Problem.RESERVE_PLACES),
        (last, change(RESERVE, "", 2, 1, 1), Problem.RESERVE_PLACES),
        (third, change(RESERVE, "", 2, 1), Problem.RESERVE_PLACES),
    ):
        assert problems(competition, {**said, key: wrong}) == {problem}, (key, wrong)
    with pytest.raises(errors.DecisionRefused):
        deciding.decide(competition, {}, actor=cast.marat.actor(), now=clock.now())
    assert competition.state is S.CLOSED


def test_an_organisation_gets_one_seat_of_its_several_candidates(session, cast):
    competition = competitions.announced(cast)
    for n in (1, 2):
        competitions.apply(
            competition, competitions.person(n), ngo="«Қамқор» қоры" if n == 1 else "«ҚАМҚОР»  қоры"
        )
    competitions.close(competition)
    assert problems(competition, competitions.decisions(competition, CHOSEN, CHOSEN)) == {Problem.NGO_TWICE}
    assert not problems(competition, competitions.decisions(competition, CHOSEN, RESERVE))


def test_a_seat_elsewhere_in_the_country_bars_from_a_second_republican_one(session, cast):
    ministry = councils_cast.council("council-of-justice", "ministry-of-justice")
    other = councils_cast.council("council-of-health", None)
    person = competitions.person(1)
    seating.seat(
        other,
        name=person.name,
        origin=CIVIL,
        account_id=person.id,
        starts_on=clock.today(),
        actor=CLOCK,
        now=clock.now(),
    )
    competition = forming.open_competition(
        ministry, **competitions.plan(), actor=cast.timur.actor(), now=clock.now()
    )
    forming.announce(competition, actor=cast.timur.actor(), now=clock.now())
    competitions.apply(competition, person)
    competitions.close(competition)
    assert problems(competition, competitions.decisions(competition, CHOSEN)) == {Problem.CANNOT_SIT}


def test_the_head_approves_and_the_chosen_sit(session, cast):
    competition = competitions.decided(cast)
    for account in (cast.marat, cast.gulnar, cast.timur, cast.asel):
        with pytest.raises(Forbidden):
            deciding.approve(competition, actor=account.actor(), now=clock.now())
    head = competitions.approver(competition.council)
    deciding.approve(competition, actor=head.actor(), now=clock.now())
    assert (competition.state, competition.approved_by) == (S.APPROVED, head.id)
    seated = [one for one in queries.candidates(competition) if one.member_id]
    assert {one.state for one in seated} == {CHOSEN}
    members = {m.account_id: m for m in competition.council.members}
    assert set(members) == {one.account_id for one in seated}
    first = members[seated[0].account_id]
    assert first.starts_on == competition.term_from
    assert first.ends_on == competition.term_from.replace(year=competition.term_from.year + 3) - timedelta(
        days=1
    )
    assert queries.newest(competition.council) is competition


def test_nobody_sits_if_one_of_the_chosen_cannot(session, cast):
    competition = competitions.decided(cast)
    taken = queries.candidates(competition)[1]
    seating.seat(
        competition.council,
        name="Басқа",
        origin=CIVIL,
        ngo=taken.ngo,
        starts_on=competition.term_from,
        actor=CLOCK,
        now=clock.now(),
    )
    with pytest.raises(errors.CannotBeSeated) as refused, db.session.begin_nested():
        deciding.approve(
            competition, actor=competitions.approver(competition.council).actor(), now=clock.now()
        )
    assert refused.value.data["name"] == taken.name
    assert competition.state is S.DECIDED
    assert len(competition.council.members) == 1


def test_a_seat_that_falls_free_goes_to_the_next_of_the_reserve_list(session, cast):
    competition = competitions.approved(cast, CHOSEN, CHOSEN, RESERVE, RESERVE)
    first, second = queries.reserve(competition)
    head = competitions.approver(competition.council).actor()
    member = competition.council.members[0]
    later = clock.now() + timedelta(days=100)
    seating.remove(member, ground="own_wish", note="", on=clock.today(later), actor=head, now=later)
    assert list(queries.free_seats(competition, today=clock.today(later))) == [member]
    with pytest.raises(Forbidden):
        deciding.fill_from_reserve(competition, freed=member, actor=cast.marat.actor(), now=later)
    # The organisation of the first got a seat meanwhile: the first is passed over and keeps the place.
    seating.seat(
        competition.council,
        name="Басқа",
        origin=CIVIL,
        ngo=first.ngo,
        starts_on=clock.today(later),
        actor=CLOCK,
        now=later,
    )
    seated = deciding.fill_from_reserve(competition, freed=member, actor=head, now=later)
    assert (second.member_id, first.member_id, first.reserve_place) == (seated.id, None, 1)
    assert (seated.starts_on, seated.ends_on) == (clock.today(later) + timedelta(days=1), member.ends_on)
    with pytest.raises(errors.SeatNotFree):
        deciding.fill_from_reserve(competition, freed=member, actor=head, now=later)


def test_the_composition_that_a_result_gives_is_counted_with_those_who_stay(session, cast):
    council = councils_cast.council()
    council.seats = 9
    councils_cast.seated(council, 6, 3, with_offices=False)
    competition = competitions.decided(cast, CHOSEN, CHOSEN)
    rules = forming.rules_of(competition)
    after = queries.after(competition, rules, chosen=2, today=clock.today())
    assert (after.members, after.civil_society, after.least_civil_society) == (8, 5, 6)
    assert not after.has_share
    with pytest.raises(errors.TooFewOfCivilSociety):
        deciding.approve(competition, actor=competitions.approver(council).actor(), now=clock.now())


def test_a_cancelled_competition_says_why_and_frees_the_way(session, cast):
    competition = competitions.cancelled(cast)
    assert competition.cancellation_reason == "Қате шықты."
    assert competitions.preparing(cast).state is S.PREPARING
