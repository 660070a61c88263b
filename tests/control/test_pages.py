import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import time_machine
from flask.testing import FlaskClient

from app import clock
from app.control import queries
from app.control.lifecycle import Form, Purpose, State
from app.control.services import announcing, preparing
from tests import councils_cast
from tests.cast import Cast, actor, addressee, sign_in
from tests.control.acts import (
    PDF,
    PROGRAMME,
    SUBJECT,
    TWO,
    announced,
    begun,
    chair,
    council,
    held,
    picture,
    post,
)
from tests.control.acts import secretary as secretary_of


def day(name: str, value: Any) -> dict[str, list[str]]:
    return {name: [str(value.day), str(value.month), str(value.year)]}


def card(on: Any) -> dict[str, Any]:
    words = {
        f"{what}_{language}": text
        for what, texts in (("title", TWO), ("subject", SUBJECT), ("programme", PROGRAMME))
        for language, text in texts.items()
    }
    return {
        **words,
        **day("starts_on", on),
        "agency": addressee().id,
        "starts_at": "10:00",
        "place": "Көкшетау",
    }


def test_a_hearing_from_the_secretarys_first_form_to_the_chairs_signature(
    client: FlaskClient, session: Any
) -> None:
    place, today = council(), clock.today()
    sign_in(client, councils_cast.secretary(place))
    new = f"/en/desk/councils/{place.slug}/control/new"
    assert "10 calendar days" in client.get(new).get_data(as_text=True)
    wrong = post(client, f"{new}?form=hearing", data={**card(today), "starts_at": "25:00"})
    assert (wrong.status_code, SUBJECT["kk"] in wrong.get_data(as_text=True)) == (422, True)
    begun_ = post(client, f"{new}?form=hearing", data=card(today + timedelta(days=3)))
    number = int(re.search(r"/desk/control/(\d+)", begun_.location)[1])  # type: ignore[index]
    desk = f"/en/desk/control/{number}"
    upload = {"purpose": "material", "caption": "Жоба", "file": (BytesIO(PDF), "a.pdf")}
    assert post(client, f"{desk}/documents", data=upload).status_code == 303
    # The page offers no button where it comes too late; sent all the same, it is refused.
    late = post(client, f"{desk}/announce", at=f"{desk}/card")
    assert late.status_code == 422
    assert "People would learn of it too late." in late.get_data(as_text=True)
    post(client, f"{desk}/card", data=card(today + timedelta(days=12)))
    assert post(client, f"{desk}/announce").status_code == 303
    assert "Registered guests" in client.get(desk).get_data(as_text=True)
    later = clock.now() + timedelta(days=13)
    with time_machine.travel(later, tick=False):
        sign_in(client, councils_cast.secretary(place))
        took_place = {
            **day("held_on", today + timedelta(days=12)),
            "present": "20", "chair": "Асан", "secretary": "Үсен",
        }  # fmt: skip
        assert post(client, f"{desk}/hold", data=took_place).status_code == 303
        text = {"text_kk": "Хаттама.", "text_ru": "Протокол.", "in_favour": "19"}
        assert post(client, f"{desk}/final", data={**text, "in_favour": "21"}).status_code == 422
        assert post(client, f"{desk}/final", data=text).status_code == 303
        assert post(client, f"{desk}/rows/1", data={"text_kk": "Тазарту.", "text_ru": ""}).status_code == 422
        row = {"text_kk": "Тазарту.", "text_ru": "Очистить."}
        assert post(client, f"{desk}/rows/1", data=row).status_code == 303
        assert post(client, f"{desk}/conclude", at=f"{desk}/final").status_code == 403
        sign_in(client, councils_cast.chair(place))
        assert post(client, f"{desk}/conclude").status_code == 303
    act = queries.by_number(number)
    assert act is not None
    assert act.state is State.CONCLUDED
    page = client.get(f"/ru/control/{number}").get_data(as_text=True)
    assert "Протокол." in page
    assert "Очистить." in page


def test_a_question_is_asked_once_and_supported_and_a_stub_stays_when_it_is_hidden(
    client: FlaskClient, session: Any
) -> None:
    act, cast = announced(), Cast()
    address = f"/en/control/{act.number}/questions"
    assert "Sign in to ask" in client.get(address).get_data(as_text=True)
    sign_in(client, cast.bolat)
    asked = post(client, address, data={"text": "Су қашан тазарады?"})
    assert "#question-" in asked.location
    twice = post(client, address, data={"text": "Су қашан тазарады?"})
    assert (twice.status_code, "You have asked this already." in twice.get_data(as_text=True)) == (422, True)
    question = int(asked.location.rpartition("-")[2])
    sign_in(client, cast.dana)
    support = f"/en/control/questions/{question}/support"
    assert post(client, support, {"wants": "yes"}, at=address).status_code == 303
    assert 'aria-pressed="true"' in client.get(address).get_data(as_text=True)
    sign_in(client, cast.yerlan)
    hide = f"/en/desk/control/questions/{question}/hide"
    reason = re.search(r'name="reason"[^>]*value="([a-z_]+)"', client.get(hide).get_data(as_text=True))
    assert reason is not None
    assert post(client, hide, data={"reason": reason[1]}).status_code == 303
    page = client.get(address).get_data(as_text=True)
    assert "A moderator hid this question" in page
    assert "Су қашан" not in page


def test_what_everybody_reads_of_a_monitoring(client: FlaskClient, session: Any) -> None:
    prepared = begun(Form.MONITORING)
    assert client.get(f"/en/control/{prepared.number}").status_code == 404
    who: dict[str, Any] = {"actor": actor(secretary_of(prepared)), "now": clock.now()}
    act = announcing.announce(prepared, **who)
    preparing.add_file(act, upload=picture(), purpose=Purpose.PHOTO, caption="Көл жағасы", **who)
    page = client.get(f"/en/control/{act.number}").get_data(as_text=True)
    assert 'alt="Көл жағасы"' in page
    assert "Register to come" not in page
    key = act.files[-1].attachment.public_key
    assert client.get(f"/en/control/{act.number}/documents/{key}").mimetype == "image/png"
    assert f"/en/control/{act.number}" in client.get("/en/control?form=monitoring").get_data(as_text=True)
    assert "Nothing was found" in client.get("/en/control?form=expertise").get_data(as_text=True)


def test_the_open_data_tells_of_a_draft_document_only_once_it_is_signed(
    client: FlaskClient, session: Any
) -> None:
    act = held()
    act.final_texts = {"kk": "Хаттама"}
    [row] = client.get("/api/v1/control?form=hearing").get_json()["acts"]
    assert (row["number"], row["state"], row["body"]["slug"]) == (act.number, "held", addressee().slug)
    whole = client.get(f"/api/v1/control/{act.number}").get_json()
    assert (whole["final_texts"], whole["document_duty"]["kind"]) == ({}, "control_document")
    assert client.get("/api/v1/control?council=nobody").status_code == 422
    assert chair(act).name not in str(whole)
