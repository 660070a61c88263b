"""What happens to a proposal, its duties and its count."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app import clock
from app.access import ANONYMOUS
from app.comments.errors import TextMissing as ReasonTooShort
from app.db import db
from app.duties.models import Duty
from app.errors import Forbidden
from app.law import calendar_now, council_rules_in_force, due_date
from app.proposals import errors, queries
from app.proposals.lifecycle import Action, State
from app.proposals.models import Proposal
from app.proposals.policies import AlreadyForwarded, NotInThisState
from app.proposals.queries import desk, listing, similar
from app.proposals.queries.listing import Facet, Order, Wish
from app.proposals.services import answering, counting, hiding, proposing, supporting
from tests import councils_cast
from tests.cast import MONDAY, Cast, addressee, other_body
from tests.proposals import proposing as made


@pytest.fixture
def cast(session: Any) -> Cast:
    return Cast()


def words(**changed: Any) -> dict[str, Any]:
    return {
        "title": made.TITLE,
        "text": made.TEXT,
        "language": "kk",
        "topic": "transport",
        "region_code": None,
        "now": clock.now(),
        **changed,
    }


def test_a_proposal_starts_the_term_of_its_addressee(cast: Cast) -> None:
    proposal = made.proposed(cast, now=MONDAY)
    deadline = council_rules_in_force(clock.today(MONDAY)).deadline("proposal_answer")
    assert proposal.duty.council is proposal.council and proposal.duty.agency is None
    assert proposal.duty.due_on == due_date(clock.today(MONDAY), deadline, calendar_now())
    assert proposal.duty.source == deadline.source
    assert proposal.author_name == cast.aigul.public_name
    assert [step.action for step in proposal.steps] == ["submit"]


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        ({"title": "  "}, errors.TextMissing, "title"),
        ({"title": "а" * 151}, errors.TooLong, "title"),
        ({"text": ""}, errors.TextMissing, "text"),
        ({"text": "а" * 4001}, errors.TooLong, "text"),
        ({"agency": None}, errors.AddresseeMissing, "addressee"),
    ],
)
def test_it_refuses_what_says_nothing_or_too_much(
    cast: Cast, changed: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as refused:
        proposing.propose(actor=cast.aigul.actor(), **words(**{"agency": addressee(), **changed}))
    assert refused.value.data["field"] == field  # type: ignore[attr-defined]


def test_it_refuses_two_addressees_and_one_that_does_not_work(cast: Cast) -> None:
    council = made.council()
    with pytest.raises(errors.AddresseeMissing):
        proposing.propose(actor=cast.aigul.actor(), **words(agency=addressee(), council=council))
    council.is_active = False
    with pytest.raises(errors.AddresseeGone):
        proposing.propose(actor=cast.aigul.actor(), **words(council=council))


def test_only_citizens_propose(cast: Cast) -> None:
    for actor in (ANONYMOUS, cast.marat.actor()):
        with pytest.raises(Forbidden):
            proposing.propose(actor=actor, **words(agency=addressee()))


def test_the_same_words_of_the_same_person_are_one_proposal(cast: Cast) -> None:
    first = made.proposed(cast, title=made.TITLE)
    with pytest.raises(errors.ProposedAlready) as again:
        made.proposed(cast, title=f" {made.TITLE.upper()} ", to=addressee())
    assert again.value.data["number"] == first.number
    # Somebody else may say the same, and so may the author after taking it back.
    made.proposed(cast, title=made.TITLE, author=cast.bolat)
    proposing.withdraw(first, actor=cast.aigul.actor(), now=clock.now())
    assert made.proposed(cast, title=made.TITLE).number != first.number


def test_withdrawing_ends_the_duty(cast: Cast) -> None:
    proposal = made.in_state(State.WITHDRAWN, cast)
    assert proposal.state is State.WITHDRAWN and not proposal.duty.is_open
    assert proposal.duty.cancelled_at is not None


def test_support_counts_once_and_can_be_taken_back(cast: Cast) -> None:
    proposal, now = made.proposed(cast), clock.now()
    for account in (cast.bolat, cast.bolat, cast.dana):
        supporting.support(proposal, actor=account.actor(), now=now)
    assert proposal.supports == 0  # no request counts
    assert counting.run(now) == 1
    db.session.refresh(proposal)
    assert proposal.supports == 2 and counting.run(now) == 0
    later = now + timedelta(hours=1)
    supporting.take_support_back(proposal, actor=cast.bolat.actor(), now=later)
    assert not queries.supports_it(cast.bolat.actor(), proposal)
    assert counting.run(later) == 1
    supporting.support(proposal, actor=cast.bolat.actor(), now=later)
    # The beat stood still for a day; the nightly count sees everything.
    assert counting.run(later + timedelta(days=1)) == 0
    assert counting.run_over_all() == 1
    db.session.refresh(proposal)
    assert proposal.supports == 2
    assert [one.number for one in queries.supported_by(cast.bolat.id)] == [proposal.number]
    with pytest.raises(Forbidden):
        supporting.support(proposal, actor=cast.aigul.actor(), now=later)


def test_taking_up_fulfils_the_duty_and_the_result_ends_it(cast: Cast) -> None:
    proposal = made.in_state(State.TAKEN_UP, cast)
    assert proposal.duty.fulfilled_at is not None and proposal.answer == made.NEXT
    officer, now = cast.marat.actor(), clock.now()
    with pytest.raises(ReasonTooShort):
        answering.report_result(proposal, words="Болды", link=None, actor=officer, now=now)
    answering.report_result(proposal, words=made.CAME, link="https://example.kz/road", actor=officer, now=now)
    assert proposal.state is State.DONE and proposal.result_link == "https://example.kz/road"
    with pytest.raises(NotInThisState):
        answering.decline(proposal, reason=made.WHY, language="kk", actor=officer, now=now)


def test_declining_needs_a_reason(cast: Cast) -> None:
    proposal = made.proposed(cast)
    secretary = councils_cast.secretary(made.council()).actor()
    with pytest.raises(ReasonTooShort):
        answering.decline(proposal, reason="Жоқ", language="kk", actor=secretary, now=clock.now())
    answering.decline(proposal, reason=made.WHY, language="kk", actor=secretary, now=clock.now())
    assert proposal.state is State.DECLINED and proposal.answer == made.WHY
    assert not proposal.duty.is_open


def test_it_is_forwarded_once_and_both_had_a_term(cast: Cast) -> None:
    proposal, now = made.proposed(cast), clock.now()
    council = made.council()
    secretary = councils_cast.secretary(council).actor()
    with pytest.raises(errors.SameAddressee):
        answering.forward(proposal, to_council=council, words=made.WHY, actor=secretary, now=now)
    answering.forward(proposal, to_agency=addressee(), words=made.WHY, actor=secretary, now=now)
    assert proposal.agency is addressee() and proposal.council is None and proposal.state is State.OPEN
    first, second = queries.duties_of(proposal)
    assert first.fulfilled_at is not None and first.council is council
    assert second.is_open and second.agency is addressee() and proposal.duty is second
    [step] = [step for step in queries.history_of(proposal) if step.action == Action.FORWARD]
    assert step.from_council is council and step.to_agency is addressee() and step.words == made.WHY
    with pytest.raises(Forbidden):
        answering.decline(proposal, reason=made.WHY, language="kk", actor=secretary, now=now)
    with pytest.raises(AlreadyForwarded):
        answering.forward(proposal, to_agency=other_body(), words=made.WHY, actor=cast.marat.actor(), now=now)


def test_hiding_leaves_a_stub_and_nothing_owed(cast: Cast) -> None:
    proposal = made.proposed(cast, to=addressee())
    moderator = cast.yerlan.actor()
    with pytest.raises(errors.ReasonUnknown):
        hiding.hide(proposal, reason="taste", explanation=made.WHY, actor=moderator, now=clock.now())
    hiding.hide(proposal, reason=made.first_reason(), explanation=made.WHY, actor=moderator, now=clock.now())
    assert proposal.duty.cancelled_at is not None
    assert listing.page_of(Wish(), today=clock.today(), position=None).rows == []
    assert similar.similar_to(proposal.title) == []


def test_an_overdue_answer_is_told_once_per_addressee(cast: Cast) -> None:
    proposal = made.proposed(cast, now=MONDAY)
    late = MONDAY + timedelta(days=28)
    assert answering.announce_overdue(now=MONDAY + timedelta(days=7)) == 0
    assert answering.announce_overdue(now=late) == 1
    assert answering.announce_overdue(now=late + timedelta(days=1)) == 0
    secretary = councils_cast.secretary(made.council()).actor()
    answering.forward(proposal, to_agency=addressee(), words=made.WHY, actor=secretary, now=late)
    assert not db.session.get_one(Duty, queries.duties_of(proposal)[0].id).was_on_time
    assert answering.announce_overdue(now=late + timedelta(days=28)) == 1


def test_lists_are_narrowed_and_ordered(cast: Cast) -> None:
    today = clock.today()
    body = addressee()
    asked = made.proposed(cast, to=body, topic="environment", title="Қоқыс шығару кестесін өзгерту")
    liked = made.proposed(cast)
    liked.supports = 5
    declined = made.in_state(State.DECLINED, cast)
    made.in_state(State.WITHDRAWN, cast)
    db.session.flush()

    def numbers(**wish: Any) -> list[int]:
        page = listing.page_of(Wish(**wish), today=today, position=None)
        return [one.number for one in page.rows]

    assert numbers() == [liked.number, declined.number, asked.number]
    assert numbers(order=Order.NEWEST)[0] == declined.number
    assert numbers(facet=Facet.OPEN) == [liked.number, asked.number]
    assert numbers(words="мусор") == [asked.number]  # a concept, in another language
    assert numbers(topic="environment") == [asked.number]
    assert numbers(agency_id=body.id) == [declined.number, asked.number]
    assert numbers(council_id=made.council().id) == [liked.number]
    assert numbers(facet=Facet.OVERDUE) == []
    counts = listing.facet_counts(Wish(), today=today)
    assert counts[Facet.ALL] == 3 and counts[Facet.DECLINED] == 1
    assert [one.number for one in listing.most_supported(council=made.council())] == [liked.number]
    later = listing.page_of(Wish(facet=Facet.OVERDUE), today=today + timedelta(days=60), position=None)
    assert {one.number for one in later.rows} == {liked.number, asked.number}


def test_similar_ones_are_found_in_another_language(cast: Cast) -> None:
    proposal = made.proposed(cast, title="Мектеп асханасындағы тамақты жақсарту")
    assert similar.similar_to("Улучшить питание в школьной столовой") == [proposal]
    assert similar.similar_to("ab") == []


def test_whoever_may_be_competent_is_offered_once(cast: Cast) -> None:
    council = made.council()
    offered = similar.offered("", region="KZ-11", chosen=None)
    assert offered == [council, addressee()]
    offered = similar.offered("", region=None, sought="Akmola", chosen=council)
    assert offered[0] is council and addressee() in offered and len(set(offered)) == len(offered)


def test_the_desk_shows_what_most_people_want_first(cast: Cast) -> None:
    council, today = made.council(), clock.today()
    first, second = made.proposed(cast), made.proposed(cast)
    second.supports = 3
    other = made.proposed(cast, to=addressee())
    db.session.flush()
    secretary = councils_cast.secretary(council).actor()
    of_secretary = desk.addressees_of(secretary, today=today)
    rows = desk.waiting(of_secretary, now=clock.now())
    assert [row.proposal.number for row in rows] == [second.number, first.number]
    assert all(row.clock and row.clock.days_left for row in rows)
    assert [row.proposal for row in desk.for_council(council, 1)] == [second]
    [row] = desk.waiting(desk.addressees_of(cast.marat.actor(), today=today), now=clock.now())
    assert row.proposal is other
    member = next(m for m in council.members if m.account_id != councils_cast.chair(council).id)
    assert not desk.addressees_of(member.account.actor(), today=today)
    assert desk.addressees_of(councils_cast.chair(council).actor(), today=today).councils == [council]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run inside."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def test_a_list_costs_the_same_queries_whatever_its_length(cast: Cast) -> None:
    def cost() -> int:
        db.session.flush()
        db.session.expire_all()
        with counted() as seen:
            listing.shown(listing.page_of(Wish(), today=clock.today(), position=None).rows, now=clock.now())
        return len(seen)

    made.proposed(cast)
    alone = cost()
    for _ in range(4):
        made.proposed(cast)
        made.proposed(cast, to=addressee())
    assert cost() <= alone + 1  # the body and its place come with it


def test_the_database_walks_the_index_of_supporters(cast: Cast) -> None:
    db.session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    db.session.execute(sa.text("SET LOCAL enable_sort = off"))
    query = listing.wished(sa.select(Proposal.id), Wish(), today=clock.today())
    query = query.order_by(Proposal.supports.desc(), Proposal.id.desc()).limit(20)
    compiled = query.compile(db.session.get_bind(), compile_kwargs={"literal_binds": True})
    plan = "\n".join(db.session.scalars(sa.text(f"EXPLAIN {compiled}")))
    assert "ix_proposal_supports" in plan and "Sort" not in plan
