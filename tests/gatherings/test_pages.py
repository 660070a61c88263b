from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from app import clock
from app.gatherings import services
from tests import councils_cast
from tests.cast import Cast, actor, sign_in
from tests.control.acts import post
from tests.gatherings.test_services import REASON, published


def test_the_calendar_and_what_programs_read_of_it(client: FlaskClient, session: Any) -> None:
    council = councils_cast.council()
    made = published(council=council, link="https://meet.example.kz/1")
    gone = published(council=council, number=2, days=25)
    services.cancel(gone, reason=REASON, actor=actor(Cast().asel), now=clock.now())
    page = client.get("/en/calendar?kind=hearing").get_data(as_text=True)
    assert "Тыңдау" in page
    assert "Cancelled" in page
    assert "/en/calendar.ics?kind=hearing" in page
    empty = client.get("/kk/calendar?region=KZ-75&when=past")
    assert empty.status_code == 200
    calendar = client.get("/en/calendar.ics?kind=hearing")
    assert calendar.mimetype == "text/calendar"
    assert "STATUS:CANCELLED\r\nDTSTART" in calendar.get_data(as_text=True)
    assert client.get(f"/en/calendar/{made.id}.ics").get_data(as_text=True).count("BEGIN:VEVENT") == 1
    assert f"gathering-{made.id}</id>" in client.get("/ru/calendar.atom").get_data(as_text=True)


def test_a_citizen_registers_and_the_secretary_alone_sees_it(client: FlaskClient, session: Any) -> None:
    council, cast = councils_cast.council(), Cast()
    councils_cast.seated(council, 3, 2)
    made = published(council=council, places=1)
    address = f"/en/gatherings/{made.id}/register"
    assert client.get(address).status_code == 303
    sign_in(client, cast.bolat)
    assert post(client, address, data={"mode": "in_person", "wants_to_speak": "y"}).status_code == 303
    assert client.get(f"/en/desk/gatherings/{made.id}/guests").status_code == 403
    sign_in(client, cast.dana)
    full = post(client, address, data={"mode": "in_person"})
    assert full.status_code == 422
    assert "All places of the room are taken." in full.get_data(as_text=True)
    sign_in(client, councils_cast.secretary(council))
    assert cast.bolat.name in client.get(f"/en/desk/gatherings/{made.id}/guests").get_data(as_text=True)
    sign_in(client, cast.bolat)
    assert post(client, f"/en/gatherings/{made.id}/withdraw", at=address).status_code == 303
    assert made.starts_at > clock.now() + timedelta(days=19)
