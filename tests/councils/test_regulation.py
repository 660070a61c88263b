"""What a council's own regulation says, written down by its secretary."""

import pytest

from app.access import ANONYMOUS
from app.councils.services import regulating
from app.councils.services.regulating import Regulation
from app.errors import Forbidden
from app.law import MajorityKind, TieKind
from tests import councils_cast
from tests.cast import MONDAY, sign_in
from tests.page_client import PageClient


def test_the_secretary_writes_it_down_and_a_wrong_size_keeps_what_was_typed(client, cast):
    council = councils_cast.council("ministry-of-justice", agency="ministry-of-justice")
    councils_cast.seated(council)
    sign_in(client, councils_cast.secretary(council))
    reader = PageClient(client)
    page = reader.get(f"/en/desk/councils/{council.slug}/regulation")
    typed = {"majority": "more_than_half_of_all", "tie": "chair_decides", "notice_days": "7"}
    refused = page.submit(page.form(), seats="99", **typed)
    assert refused.status == 422
    assert "By law a council of this level has 15 to 30 members." in refused.errors
    assert refused.form().fields["notice_days"] == "7"
    done = refused.submit(refused.form(), seats="15")
    assert "What the regulation says is written down." in done.text
    assert (council.seats, council.notice_days) == (15, 7)
    assert (council.majority, council.tie) == ("more_than_half_of_all", "chair_decides")


def test_nobody_else_does(cast):
    council = councils_cast.council()
    councils_cast.seated(council)
    words = Regulation(majority=MajorityKind.MORE_THAN_HALF_OF_ALL, tie=TieKind.NOT_ADOPTED)
    for actor in (ANONYMOUS, cast.marat.actor(), councils_cast.chair(council).actor()):
        with pytest.raises(Forbidden):
            regulating.regulate(council, words, actor=actor, now=MONDAY)
