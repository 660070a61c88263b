"""A council with people who can be written to."""

from typing import Any

import pytest

from app.councils.models import Council
from tests import councils_cast, sittings_cast
from tests.cast import Cast
from tests.notifications.council import CHAIR, DEPUTY, FOLLOWER
from tests.notifications.people import follower, with_mailboxes


@pytest.fixture
def cast(session: Any) -> Cast:
    made = with_mailboxes(Cast(), "aigul", "bolat")
    for person in (made.marat, made.gulnar, made.timur, made.yerlan):
        assert person.id
    return made


@pytest.fixture
def council(session: Any, cast: Cast) -> Council:
    """Of six members two have a mailbox: the chair and the deputy. One reader follows it."""
    made = councils_cast.council()
    chair, deputy, *_ = councils_cast.seated(made, n=6, civil=4)
    for member, email in ((chair, CHAIR), (deputy, DEPUTY)):
        sittings_cast.account(member).email = email
    session.expire(made)
    follower(made, FOLLOWER)
    follower(councils_cast.council("other-council", "ministry-of-justice"), "elsewhere@example.kz")
    follower(made, "undecided@example.kz", confirmed=False)
    return made
