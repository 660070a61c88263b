"""The figures of councils and of their members, counted from what happened."""

from datetime import timedelta

import pytest

from app import clock
from app.councils.services import register
from app.recommendations.services import listing
from app.sittings import queries
from app.sittings.lifecycle import Choice
from app.sittings.services import examining, voting
from app.statistics import councils
from tests import councils_cast, drafts, sittings_cast
from tests.page_client import PageClient


@pytest.fixture
def reader(client):
    return PageClient(client)


@pytest.fixture
def council(cast):
    found = councils_cast.council()
    councils_cast.seated(found)
    return found


def sat(council, cast):
    """One sitting with twelve of fifteen, one of them remote and one aside; one dissent; two recommendations. Another
    draft passed in silence, a third one waits."""
    ruled_on, silent, waiting = (drafts.opened(cast) for _ in range(3))
    for draft in (ruled_on, silent, waiting):
        examining.notify_concerned(draft, now=clock.now())
    sitting = sittings_cast.in_session(council, [sittings_cast.on_draft(ruled_on)], present=12, remote=1)
    item, members = sittings_cast.item_of(sitting), sittings_cast.seats(council)
    aside, dissenting = members[5], members[6]
    voting.declare_conflict(
        item,
        aside,
        reason=sittings_cast.REASON,
        actor=sittings_cast.account(aside).actor(),
        now=clock.now(),
    )
    put = sittings_cast.voted(item, {dissenting.id: Choice.AGAINST}, outcome="support_with_remarks")
    voting.dissent(
        put,
        text="Қаржысы есептелмеген.",
        language="kk",
        actor=sittings_cast.account(dissenting).actor(),
        now=clock.now(),
    )
    made = sittings_cast.ruled(item, recommendations=2)
    listing.start_duty(
        made.recommendations, deadline="council_agreed_reply", issued_on=clock.today(), now=clock.now()
    )
    (examination,) = queries.examinations_of(silent)
    examination.duty.started_on = examination.duty.due_on = clock.today() - timedelta(days=1)
    examining.end_terms(now=clock.now())
    return members, aside, dissenting


def test_what_a_council_did_is_counted_from_the_records(cast, council):
    members, aside, dissenting = sat(council, cast)
    figures = councils.figures(today=clock.today())[council.id]
    assert (figures.sittings, figures.drafts, figures.waiting) == (1, 3, 1)
    assert (figures.ruled, figures.tacit, figures.tacit_percent) == (1, 1, 50)
    assert figures.outcomes == {"support_with_remarks": 1}
    assert (figures.recommendations, figures.unanswered, figures.answers_late) == (2, 2, 0)
    later = councils.figures(today=clock.today() + timedelta(days=60), council_ids=[council.id])
    assert later[council.id].answers_late == 1

    each = councils.members_figures(council, members)
    assert [each[m.id].attended for m in members] == [1] * 12 + [0] * 3
    assert each[members[11].id].remotely == 1
    assert (each[aside.id].votes, each[aside.id].conflicts) == (0, 1)
    assert (each[dissenting.id].against, each[dissenting.id].dissents) == (1, 1)
    assert each[members[14].id].sittings == 1


def test_the_register_has_the_countrys_258_councils_and_the_page_says_so(reader):
    register.load()
    found = councils.structure(today=clock.today())
    assert (found.republican, found.regional, found.below) == (35, 20, 203)
    assert (found.local, found.total) == (223, 258)
    said = reader.get("/en/council-figures").text
    for figure in ("258", "35", "223"):
        assert figure in said


def test_a_councils_page_says_what_the_figures_do_not_show(reader, cast, council):
    sat(council, cast)
    said = reader.get(f"/en/councils/{council.slug}/figures").text
    assert "What these figures do not show" in said
    assert "50 % of those whose term is over" in said
