"""The thread of comments follows the petition: open while people wait for the decision, closed after it."""

from datetime import timedelta

import pytest

from app import clock
from app.access import ANONYMOUS
from app.comments.policies import may_know_thread
from app.comments.services import counting, posting
from app.comments.services.posting import CommentWords
from app.petitions.lifecycle import OPEN_FOR_COMMENTS, PUBLIC_STATES, State
from app.petitions.services import closing
from tests import factories
from tests.cast import sign_in
from tests.page_client import PageClient


@pytest.mark.parametrize("state", sorted(PUBLIC_STATES | {State.REMOVED, State.SUBMITTED}))
def test_the_thread_is_open_while_people_wait_for_the_decision(cast, state):
    petition = factories.in_state(state, cast)
    if state is State.SUBMITTED:
        assert petition.thread is None
        return
    assert petition.thread.is_open is (state in OPEN_FOR_COMMENTS)
    assert petition.thread.subject_number == petition.number
    assert not petition.thread.needs_answers, "it answers the demands"
    assert may_know_thread(ANONYMOUS, petition.thread) is (state is not State.REMOVED)


def test_the_addressee_sees_how_much_there_is_to_analyse(cast, client):
    petition = factories.registered(cast)
    words = CommentWords(text="Жолды мектептен бастаңыз.", language="kk")
    posting.post(petition.thread, words=words, anchor=None, actor=cast.bolat.actor(), now=clock.now())
    counting.run(clock.now())
    sign_in(client, cast.marat)
    page = PageClient(client).get(f"/en/desk/petitions/{petition.number}")
    assert "1 comment on this petition" in page.text
    assert f"/en/desk/threads/{petition.thread_id}" in page.html
    closing.remove(
        petition, note=factories.REASON, actor=cast.asel.actor(), now=clock.now() + timedelta(days=1)
    )
    assert not petition.thread.is_open
