"""A promise that stands in a ruling itself: entered by the council's secretary, in the ruling's own words."""

from datetime import timedelta

import pytest

from app import clock
from app.errors import Forbidden
from app.promises.errors import QuoteNotFound
from app.promises.services import keeping
from tests import councils_cast, drafts, sittings_cast


def test_the_secretary_enters_what_the_ruling_says_word_for_word(cast):
    council = councils_cast.council()
    councils_cast.seated(council)
    draft = drafts.opened(cast)
    sitting = sittings_cast.in_session(council, [sittings_cast.on_draft(draft)])
    ruling = sittings_cast.ruled(sittings_cast.item_of(sitting), outcome="support_with_remarks")
    words = {
        "what": "Жобаны ескертулермен қарау",
        "quote": sittings_cast.TEXTS["kk"],
        "language": "kk",
        "due_on": clock.today() + timedelta(days=30),
        "now": clock.now(),
    }
    with pytest.raises(Forbidden):
        keeping.enter("ruling", ruling.number, actor=cast.bolat.actor(), **words)
    secretary = councils_cast.secretary(council).actor()
    with pytest.raises(QuoteNotFound):
        keeping.enter("ruling", ruling.number, actor=secretary, **{**words, "quote": "Бәрі жақсы болады."})
    promise = keeping.enter("ruling", ruling.number, actor=secretary, **words)
    assert (promise.agency, promise.council_id) == (draft.agency, council.id)
    assert (promise.subject_kind, promise.subject_number) == ("draft", draft.number)
