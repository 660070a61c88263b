"""Acts of public control, made by the services themselves."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Account
from app.control.lifecycle import Form, Purpose, Role
from app.control.models import ControlAct
from app.control.services import announcing, holding, preparing
from app.control.services.preparing import Card, Named
from app.councils.models import Council
from tests import councils_cast
from tests.cast import addressee
from tests.page_client import PageClient

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TWO = {"kk": "Суды тазарту тыңдауы", "ru": "Слушания об очистке воды"}
SUBJECT = {"kk": "Көлдің суы туралы.", "ru": "О воде озера."}
PROGRAMME = {"kk": "10.00 ашылуы", "ru": "10.00 открытие"}


def council() -> Council:
    made = councils_cast.council()
    councils_cast.seated(made, 3, 2)
    return made


def secretary(act: ControlAct) -> Account:
    return councils_cast.secretary(act.council)


def chair(act: ControlAct) -> Account:
    return councils_cast.chair(act.council)


def pdf(name: str = "paper.pdf") -> FileStorage:
    return FileStorage(BytesIO(PDF), filename=name, content_type="application/pdf")


def picture() -> FileStorage:
    kept = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(kept, "PNG")
    kept.seek(0)
    return FileStorage(kept, filename="lake.png", content_type="image/png")


def card(*, days: int = 12, now: datetime | None = None) -> Card:
    now = now or clock.now()
    return Card(
        agency=addressee(),
        starts_at=now + timedelta(days=days),
        place="Көкшетау, Абай көшесі, 1",
        titles=TWO,
        subjects=SUBJECT,
        programmes=PROGRAMME,
    )


def begun(form: Form = Form.HEARING, *, days: int = 12, council_: Council | None = None) -> ControlAct:
    """In preparation, with all that its form needs."""
    place, now = council_ or council(), clock.now()
    actor = councils_cast.secretary(place).actor()
    act = preparing.begin(place, form=form, card=card(days=days), actor=actor, now=now)
    purpose = {Form.MONITORING: Purpose.GROUP_PROTOCOL}.get(form, Purpose.MATERIAL)
    preparing.add_file(act, upload=pdf(), purpose=purpose, caption="Құжат", actor=actor, now=now)
    person = {
        Form.MONITORING: Named(Role.GROUP_MEMBER, "Асан Үсенов"),
        Form.EXPERTISE: Named(Role.EXPERT, "Асан Үсенов", "", "PhD, экология", 3),
        Form.HEAD_REPORT: Named(Role.HEAD_OF_BODY, "Асан Үсенов"),
    }.get(form)
    if person is not None:
        preparing.add_participant(act, named=replace(person), actor=actor, now=now)
    return act


def announced(form: Form = Form.HEARING, **more: object) -> ControlAct:
    act = begun(form, **more)  # type: ignore[arg-type]
    return announcing.announce(act, actor=secretary(act).actor(), now=clock.now())


def held(form: Form = Form.HEARING, **more: object) -> ControlAct:
    """Twelve days later than now, with 20 people present."""
    act = announced(form, **more)
    later = act.gathering.starts_at + timedelta(hours=3)
    return holding.hold(
        act,
        held_on=clock.today(later),
        present=20,
        chair="Гүлсім Әбенова",
        secretary="Жібек Ахметова",
        actor=secretary(act).actor(),
        now=later,
    )


def post(
    client: FlaskClient, address: str, data: dict[str, Any] | None = None, *, at: str = ""
) -> TestResponse:
    """Sends a form with the token that stands on the page `at` (by default the form's own), which is checked too."""
    page = PageClient(client).get(at or address)
    tokens = page.document.xpath("//input[@name='csrf_token']/@value")
    return client.post(address, data={**(data or {}), "csrf_token": str(tokens[0])})
