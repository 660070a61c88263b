"""Seats, offices, commissions: what the rules of composition let."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import CLOCK, Role
from app.audit.models import AuditRecord
from app.councils import errors, policies
from app.councils.models import CouncilLevel, OfficeKind, Origin
from app.councils.queries import concerned
from app.councils.queries.composition import composition, former, members_on
from app.councils.services import seating
from app.db import db
from app.errors import Forbidden
from tests import councils_cast
from tests.cast import Cast, citizen, employee

START = date(2025, 2, 3)


def _seat(council, **words):
    words = {"origin": Origin.CIVIL_SOCIETY, "starts_on": START, "actor": CLOCK, "now": clock.now()} | words
    return seating.seat(council, **words)


@pytest.fixture
def council(session):
    return councils_cast.council()


def test_a_term_lasts_three_years_and_who_comes_later_stays_until_its_end(council):
    first = _seat(council, name="Асқар Бекенов")
    later = _seat(council, name="Ләззат Жұмабаева", starts_on=date(2026, 5, 4))

    assert (first.term, first.ends_on) == (1, date(2028, 2, 2))
    assert later.ends_on == first.ends_on
    with pytest.raises(errors.TermTooLong):
        _seat(council, name="Ержан Қалиев", ends_on=date(2028, 2, 3))


def test_two_terms_in_a_row_are_the_most(council):
    person = citizen(61, born="800102")
    for start, term in ((date(2023, 2, 1), 1), (date(2026, 2, 1), 2)):
        assert _seat(council, name="Асқар", account_id=person.id, starts_on=start).term == term
    with pytest.raises(errors.TermsInARow):
        _seat(council, name="Асқар", account_id=person.id, starts_on=date(2029, 2, 1))
    # After a break of a whole term it is not in a row any more.
    assert _seat(council, name="Асқар", account_id=person.id, starts_on=date(2032, 2, 1)).term == 1


def test_one_organisation_has_one_seat(council):
    _seat(council, name="Асқар Бекенов", ngo="«Жасыл әлем» қоғамдық бірлестігі")
    with pytest.raises(errors.NgoHasSeat):
        _seat(council, name="Ләззат Жұмабаева", ngo="«Жасыл Әлем»  қоғамдық бірлестігі")
    with pytest.raises(errors.AlreadySits):
        _seat(council, name="асқар  бекенов")


def test_a_person_sits_on_one_republican_council(session):
    justice = councils_cast.council("council-of-justice", "ministry-of-justice")
    trade = councils_cast.council("council-of-trade", "ministry-of-trade-and-integration")
    local = councils_cast.council()
    person = citizen(62, born="800102")
    _seat(justice, name="Асқар Бекенов", account_id=person.id)

    assert _seat(local, name="Асқар Бекенов", account_id=person.id)
    with pytest.raises(errors.OtherRepublicanCouncil) as refused:
        _seat(trade, name="Асқар Бекенов", account_id=person.id)
    assert refused.value.data["council"] == "council-of-justice"
    # Without an account nobody knows who it is; when the member is let in, the rule is asked again.
    nameless = _seat(trade, name="Асқар Бекенов")
    with pytest.raises(errors.OtherRepublicanCouncil):
        seating.let_in(nameless, person.id)


def test_two_thirds_are_of_civil_society(council):
    council.seats = 15
    for i in range(5):
        _seat(council, name=f"Өкіл {i}", origin=Origin.BODY)
    with pytest.raises(errors.TooFewOfCivilSociety) as refused:
        _seat(council, name="Өкіл 5", origin=Origin.BODY)
    assert refused.value.data["least"] == 10
    assert not composition(council, START).is_enough
    for i in range(10):
        _seat(council, name=f"Мүше {i}")
    made_up = composition(council, START)
    assert (made_up.civil_society, made_up.least_civil_society, made_up.is_enough) == (10, 10, True)
    with pytest.raises(errors.CouncilFull):
        _seat(council, name="Мүше 11")


def test_a_seat_is_refused_to_a_child_and_to_the_secretary(council):
    child = citizen(63, born="100505", century_and_sex="6")
    with pytest.raises(errors.UnderAge):
        _seat(council, name="Бала", account_id=child.id)
    keeper = councils_cast.secretary(council)
    with pytest.raises(errors.SecretaryCannotSit):
        _seat(council, name="Жібек", account_id=keeper.id, starts_on=clock.today())
    member = councils_cast.seated(council, n=3, civil=3, with_offices=False)[0]
    with pytest.raises(errors.SecretaryCannotSit):
        seating.appoint_secretary(council, member.account_id, on=clock.today(), actor=CLOCK, now=clock.now())


def test_removal_ends_the_seat_and_its_office_with_a_ground(council):
    councils_cast.seated(council, n=6, civil=5)
    head = next(m for m in council.members if m.account_id == councils_cast.chair(council).id)
    today = clock.today()
    with pytest.raises(errors.UnknownGround):
        seating.remove(head, ground="dislike", note="", on=today, actor=CLOCK, now=clock.now())

    seating.remove(head, ground="own_wish", note="Өтініш", on=today, actor=CLOCK, now=clock.now())

    assert head in members_on(council, today)
    tomorrow = today + timedelta(days=1)
    assert head not in members_on(council, tomorrow)
    assert head in former(council, tomorrow)
    assert composition(council, tomorrow).chair is None
    with pytest.raises(errors.SeatEnded):
        seating.remove(head, ground="own_wish", note="", on=today, actor=CLOCK, now=clock.now())


def test_a_chair_comes_from_civil_society_and_replaces_the_one_before(council):
    members = councils_cast.seated(council, n=6, civil=4)
    today = clock.today()
    of_body = next(m for m in members if m.origin is Origin.BODY)
    with pytest.raises(errors.NotElectable):
        seating.elect(of_body, OfficeKind.CHAIR, on=today, actor=CLOCK, now=clock.now())

    seating.elect(members[2], OfficeKind.CHAIR, on=today, actor=CLOCK, now=clock.now())

    assert composition(council, today).chair is members[2]
    assert policies.is_chair(members[2].account.actor(), council)
    assert not policies.is_chair(members[0].account.actor(), council)
    with pytest.raises(errors.AlreadyHolds):
        seating.elect(members[2], OfficeKind.CHAIR, on=today, actor=CLOCK, now=clock.now())


def test_the_head_of_a_commission_sits_in_the_presidium(council):
    members = councils_cast.seated(council, n=4, civil=3)
    now = clock.now()
    commission = seating.make_commission(
        council, names={"kk": "Экология комиссиясы", "ru": "Комиссия по экологии"}, actor=CLOCK, now=now
    )
    for member, is_head in ((members[1], True), (members[2], False), (members[2], True)):
        seating.join_commission(commission, member, is_head=is_head, on=clock.today(), actor=CLOCK, now=now)
    made_up = composition(council, clock.today())
    assert [(s.member, s.is_head) for s in made_up.commissions[0].seats] == [
        (members[1], False),
        (members[2], True),
    ]
    assert members[2] in made_up.presidium
    seating.remove(members[2], ground="own_wish", note="", on=clock.today(), actor=CLOCK, now=now)
    tomorrow = composition(council, clock.today() + timedelta(days=1))
    assert [seat.member for seat in tomorrow.working_in(commission)] == [members[1]]


def test_a_member_of_staff_who_is_let_in_gets_the_role(council):
    member = _seat(council, name="Асқар Бекенов", starts_on=clock.today())
    staff = employee("member@example.kz", Role.OFFICER, agency_id=council.agency_id)
    seating.let_in(member, staff.id)
    assert Role.COUNCIL_MEMBER in staff.actor().roles
    assert policies.seat_of(staff.actor(), council) is member
    assert concerned.councils_of_account(staff.id, clock.today()) == [council]


def test_the_secretary_cannot_give_a_members_voice_to_another_account(council):
    seated = councils_cast.seated(council, n=3, civil=2)[1]
    secretary, other = (
        councils_cast.secretary(council).actor(),
        employee("other@example.kz", Role.COUNCIL_MEMBER),
    )
    with pytest.raises(errors.AlreadyLetIn):
        seating.let_in(seated, other.id, actor=secretary, now=clock.now())
    seated.account.disabled_at = clock.now()
    assert seating.let_in(seated, other.id, actor=secretary, now=clock.now()).account is other


def test_who_may_give_seats(council, cast: Cast):
    keeper = councils_cast.secretary(council)
    assert _seat(council, name="Бір", actor=cast.asel.actor())
    assert _seat(council, name="Екі", actor=councils_cast.approver(council).actor())
    for account in (cast.aigul, cast.gulnar, cast.marat, cast.yerlan, keeper):
        with pytest.raises(Forbidden):
            _seat(council, name="Үш", actor=account.actor())
    acts = db.session.scalars(select(AuditRecord.account_id).where(AuditRecord.act == "seat")).all()
    assert sorted(acts) == sorted([cast.asel.id, councils_cast.approver(council).id])


def test_a_body_finds_its_council(session):
    from app.agencies import queries as agencies

    local, justice = councils_cast.council(), councils_cast.council("c-justice", "ministry-of-justice")
    assert local.level is CouncilLevel.REGIONAL
    for slug, found in (
        ("akimat-of-akmola-region", [local]),
        ("maslikhat-of-akmola-region", [local]),
        ("ministry-of-justice", [justice]),
        ("ministry-of-defence", []),
    ):
        assert concerned.councils_of_body(agencies.by_slug(slug)) == found, slug
