"""Following without signing: nothing is sent to an address that has not said yes, and one click ends it."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.access import ANONYMOUS
from app.notifications.models import Delivery, Follow
from app.notifications.services import following
from app.notifications.services.following import FollowDetails
from app.petitions.models import Petition
from app.petitions.policies import NotInThisState
from tests import factories
from tests.cast import MONDAY, Cast, sign_in
from tests.notifications.people import follower


@pytest.fixture
def petition(session: Any) -> Petition:
    return factories.published(Cast())


@pytest.fixture(autouse=True)
def _without_limits(request: pytest.FixtureRequest) -> Any:
    from app.web.ratelimit import limiter

    limiter.enabled = False
    yield
    limiter.enabled = True


def token_of(page: str) -> str:
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def post(client: FlaskClient, address: str, **data: str) -> Any:
    return client.post(address, data={"csrf_token": token_of(client.get(address).text), **data})


def test_asking_writes_one_letter_with_a_link_and_follows_nobody_yet(
    client: FlaskClient, petition: Petition, session: Any
) -> None:
    address = f"/ru/petitions/{petition.number}/follow"
    answer = post(client, address, email="reader@example.kz", language="ru")
    assert answer.status_code == 303
    assert "reader@example.kz" not in client.get(answer.location).text
    (asked,) = session.scalars(select(Follow))
    assert asked.confirmed_at is None and len(asked.token) >= 43
    (written,) = session.scalars(select(Delivery))
    assert (written.template, written.email, written.language) == ("follow_confirmation", asked.email, "ru")


def test_the_answer_is_the_same_for_a_known_address(
    client: FlaskClient, petition: Petition, session: Any
) -> None:
    known = follower(petition, "known@example.kz", language="kk")
    before = known.confirmed_at
    address = f"/ru/petitions/{petition.number}/follow"
    answers = [
        post(client, address, email=email, language="ru") for email in ("known@example.kz", "new@example.kz")
    ]
    assert len({(a.status_code, a.location, a.text) for a in answers}) == 1
    session.refresh(known)
    assert (known.confirmed_at, known.language) == (before, "kk")


def test_one_mailbox_is_asked_once_an_hour(petition: Petition, session: Any) -> None:
    for email in ("reader@example.kz", "Reader@Example.KZ"):
        following.follow(petition, details=FollowDetails(email, "ru"), actor=ANONYMOUS, now=MONDAY)
    assert session.scalar(select(func.count()).select_from(Follow)) == 1
    assert session.scalar(select(func.count()).select_from(Delivery)) == 1


@pytest.mark.parametrize(
    "typed", ["", "reader", "a@b@example.kz", "a b@example.kz", "x@example", "a@b.kz\r\nBcc: c@d.kz"]
)
def test_what_is_no_address_is_refused_and_kept(
    client: FlaskClient, petition: Petition, session: Any, typed: str
) -> None:
    answer = post(client, f"/en/petitions/{petition.number}/follow", email=typed, language="en")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert session.scalar(select(func.count()).select_from(Follow)) == 0


def test_a_form_without_its_token_is_refused(client: FlaskClient, petition: Petition) -> None:
    answer = client.post(
        f"/ru/petitions/{petition.number}/follow", data={"email": "a@example.kz", "language": "ru"}
    )
    assert answer.status_code == 400


def test_the_signed_in_find_their_address_filled_in(client: FlaskClient, session: Any) -> None:
    cast = Cast()
    petition = factories.published(cast)
    sign_in(client, cast.aigul)
    page = client.get(f"/ru/petitions/{petition.number}/follow").text
    assert 'value="aigul@example.kz"' in page


def test_what_is_not_public_cannot_be_followed(session: Any, client: FlaskClient) -> None:
    petition = factories.submitted(Cast())
    assert client.get(f"/ru/petitions/{petition.number}/follow").status_code == 404
    with pytest.raises(NotInThisState):
        following.follow(petition, details=FollowDetails("a@example.kz", "ru"), actor=ANONYMOUS, now=MONDAY)


def test_only_the_button_confirms(client: FlaskClient, petition: Petition, session: Any) -> None:
    asked = follower(petition, "reader@example.kz", confirmed=False)
    address = f"/ru/follow/{asked.token}"
    for _ in range(2):
        assert client.get(address).status_code == client.head(address).status_code == 200
    assert asked.confirmed_at is None
    assert post(client, address).status_code == 303
    first = asked.confirmed_at
    assert first is not None
    token = token_of(client.get(f"/ru/petitions/{petition.number}/follow").text)
    client.post(address, data={"csrf_token": token})
    assert asked.confirmed_at == first


def test_one_click_from_a_mail_program_stops_the_letters(
    client: FlaskClient, petition: Petition, session: Any
) -> None:
    """RFC 8058: a POST without cookie, without our form's token, and no redirect."""
    reader = follower(petition, "reader@example.kz")
    other = follower(petition, "other@example.kz")
    address = f"/ru/unsubscribe/{reader.token}"
    assert client.get(address).status_code == 200
    assert reader.ended_at is None
    answer = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    first = reader.ended_at
    assert first is not None and other.ended_at is None
    assert client.post(address).status_code == 200
    assert reader.ended_at == first


def test_unsubscribing_sets_no_cookie(client: FlaskClient, petition: Petition) -> None:
    reader = follower(petition, "reader@example.kz")
    assert "Set-Cookie" not in client.get(f"/kk/unsubscribe/{reader.token}").headers


def test_who_stopped_may_follow_again(client: FlaskClient, petition: Petition, session: Any) -> None:
    reader = follower(petition, "reader@example.kz")
    client.post(f"/ru/unsubscribe/{reader.token}")
    assert reader.ended_at is not None
    post(client, f"/ru/follow/{reader.token}")
    assert reader.ended_at is None and reader.confirmed_at is not None


@pytest.mark.parametrize("page", ["follow", "unsubscribe"])
def test_a_foreign_token_opens_nothing(client: FlaskClient, session: Any, page: str) -> None:
    assert client.get(f"/ru/{page}/token-of-nobody").status_code == 404


def test_a_removed_petition_is_named_by_its_number_only(client: FlaskClient, session: Any) -> None:
    petition = factories.removed(Cast(), title="Жарық орнату")
    reader = follower(petition, "reader@example.kz")
    for page in ("follow", "unsubscribe"):
        text = client.get(f"/ru/{page}/{reader.token}").text
        assert "Жарық орнату" not in text and str(petition.number) in text


def test_asking_is_limited_by_mailbox(client: FlaskClient, petition: Petition, session: Any) -> None:
    from app.web.ratelimit import limiter

    limiter.enabled = True
    limiter.reset()
    address = f"/ru/petitions/{petition.number}/follow"
    answers = [post(client, address, email="victim@example.kz", language="ru").status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]
    limiter.reset()
