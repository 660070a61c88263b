"""The author's pages: from the first question to the holding page, with everything that can go wrong on the way."""

import html
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import clock
from app.db import db
from app.files.storage import STORAGE, MemoryStorage
from app.law import rules_in_force
from app.petitions import queries
from app.petitions.lifecycle import State
from app.petitions.models import Petition
from app.petitions.queries import people
from app.text.normalize import shown
from tests import factories
from tests.cast import ADDRESSEE, Cast, sign_in
from tests.files import samples

TITLE = "Light for the street of our village school"
ARGUMENTS = "Children walk home in the dark.\n\nTwo of them were hit last winter."


@pytest.fixture
def cast(session: Any) -> Cast:
    return Cast()


@pytest.fixture
def aigul(client: FlaskClient, cast: Cast) -> FlaskClient:
    sign_in(client, cast.aigul)
    return client


@pytest.fixture(autouse=True)
def storage(app: Any) -> Iterator[MemoryStorage]:
    app.config["WTF_CSRF_ENABLED"], before = False, app.config.get("WTF_CSRF_ENABLED", True)
    app.extensions[STORAGE] = MemoryStorage()
    yield app.extensions[STORAGE]
    app.config["WTF_CSRF_ENABLED"] = before
    del app.extensions[STORAGE]


def matters(**changed: str) -> dict[str, str]:
    grounds = rules_in_force(clock.today()).excluded_matters
    return {**{ground.id: "no" for ground in grounds}, **changed}


def step(petition: Petition, name: str) -> str:
    return f"/en/petitions/{petition.number}/draft/{name}"


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.text)))


def title_form(**changed: str) -> dict[str, str]:
    return {"language": "en", "title_en": TITLE, "title_kk": "", "title_ru": "", "topic": "", **changed}


def refreshed(petition: Petition) -> Petition:
    found = queries.by_number(petition.number)
    assert found is not None
    return found


# --- The whole way


def test_it_leads_from_the_questions_to_the_holding_page(aigul: FlaskClient, cast: Cast) -> None:
    assert "What happens" in words(aigul.get("/en/petitions/new"))
    assert "Step 1 of 7" in words(aigul.get("/en/petitions/new/questions"))
    answer = aigul.post("/en/petitions/new", data=matters())
    assert answer.status_code == 303
    draft = people.drafts_of(cast.aigul.actor())[0]
    forms: list[tuple[str, dict[str, str]]] = [
        ("addressee", {"addressee": ADDRESSEE}),
        ("title", title_form()),
        ("demands", {"demand_1": "Put up ten lamps", "demand_3": "Check them every autumn"}),
        ("arguments", {"arguments": ARGUMENTS}),
        ("contact", {"region": "KZ-11", "email": "aigul@example.kz", "language": "ru"}),
    ]
    for number, (name, data) in enumerate(forms, start=2):
        assert answer.location == step(draft, name)
        assert f"Step {number} of 7" in words(aigul.get(answer.location))
        answer = aigul.post(answer.location, data=data)
        assert answer.status_code == 303, words(answer)
    assert answer.location == step(draft, "check")
    page = words(aigul.get(answer.location))
    assert "787,971 residents" in page and "7,880 signatures needed" in page
    assert TITLE in page and "Put up ten lamps" in page and "What happens when" in page
    answer = aigul.post(f"/en/petitions/{draft.number}/submit")
    assert answer.location == f"/en/petitions/{draft.number}/progress"
    page = words(aigul.get(answer.location))
    petition = refreshed(draft)
    assert petition.state is State.SUBMITTED
    assert [demand.text for demand in petition.demands] == ["Put up ten lamps", "Check them every autumn"]
    assert "0 of 50 citizens have joined" in page and "50 more are needed" in page
    assert f"http://localhost/en/support/{petition.support_token}" in page
    assert petition.author.language == "ru"


def test_a_visitor_signs_in_first_and_comes_back(client: FlaskClient) -> None:
    answer = client.get("/en/petitions/new")
    assert answer.status_code == 303
    assert "/en/sign-in?next=/en/petitions/new" in answer.location.replace("%2F", "/")


def test_a_visitor_with_a_mail_link_signs_in_first(client: FlaskClient, cast: Cast) -> None:
    petition = factories.submitted(cast)
    answer = client.get(f"/en/petitions/{petition.number}/progress")
    assert answer.status_code == 303 and "sign-in" in answer.location
    nothing = client.get("/en/petitions/999999/progress")
    assert nothing.status_code == 303


# --- The questions


def test_it_explains_why_an_excluded_matter_is_refused(aigul: FlaskClient, cast: Cast) -> None:
    page = aigul.post("/en/petitions/new", data=matters(state_symbols="yes"))
    assert page.status_code == 422
    assert "A petition about this would be refused" in words(page)
    assert "The state symbols." in words(page) and "Where else to turn" in words(page)
    # The answers stand.
    assert len(re.findall(r'value="no"[^>]*\schecked', page.text)) == 15
    assert not people.drafts_of(cast.aigul.actor())


def test_it_wants_every_question_answered(aigul: FlaskClient) -> None:
    answers = matters()
    del answers["elections"]
    page = aigul.post("/en/petitions/new", data=answers)
    assert page.status_code == 422
    assert "Answer question 12 with yes or no." in words(page)


def test_pressing_begin_twice_leaves_one_draft(aigul: FlaskClient, cast: Cast) -> None:
    first = aigul.post("/en/petitions/new", data=matters())
    second = aigul.post("/en/petitions/new", data=matters())
    assert first.location == second.location
    assert len(people.drafts_of(cast.aigul.actor())) == 1


def test_it_offers_to_go_on_with_a_draft(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast, title="Жаңа саябақ салу")
    page = aigul.get("/en/petitions/new")
    assert "You have an unfinished petition" in words(page)
    assert "Жаңа саябақ салу" in page.text and step(draft, "check") in page.text


# --- Addressee


def test_it_suggests_bodies_with_threshold_and_calculation(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    page = words(aigul.get(step(draft, "addressee") + "?q=school&region=KZ-11"))
    assert "Likely responsible by your words." in page
    assert "50,000 signatures needed. The law sets this number." in page
    assert "1 % of 787,971 residents on January 1, 2023, rounded up." in page


def test_choosing_a_region_reaches_its_districts(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    page = aigul.get(step(draft, "addressee") + "?region=KZ-11&level=district_akimat")
    assert page.status_code == 200
    assert page.text.count('type="radio"') > 5


@pytest.mark.parametrize("slug", ["", "nobody", "\0", "akimat\u202e", "x" * 100_000])
def test_it_refuses_a_body_that_is_not_there(aigul: FlaskClient, cast: Cast, slug: str) -> None:
    draft = factories.draft(cast)
    page = aigul.post(step(draft, "addressee"), data={"addressee": slug})
    assert page.status_code == 422
    assert "Choose" in words(page)


@pytest.mark.parametrize("query", ["q=%00&region=%00&level=%00", "q=" + "z" * 5000, "region=KZ-99&level=x"])
def test_odd_filters_of_the_list_are_no_error(aigul: FlaskClient, cast: Cast, query: str) -> None:
    draft = factories.draft(cast)
    assert aigul.get(step(draft, "addressee") + "?" + query).status_code == 200


# --- Title


def test_it_wants_the_title_in_the_language_that_was_chosen(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    page = aigul.post(step(draft, "title"), data=title_form(language="ru"))
    assert page.status_code == 422
    assert "Type the title in Russian, the language that you chose." in words(page)
    assert TITLE in page.text


def test_it_takes_the_topic_from_the_title(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    aigul.post(step(draft, "title"), data=title_form(title_en="Free hot meals in every school"))
    assert refreshed(draft).topic == "education"


def test_it_asks_whether_a_similar_petition_was_meant(aigul: FlaskClient, cast: Cast) -> None:
    decided = factories.decided(cast, title="Ауыл мектебінің көшесіне жарық орнату")
    draft = factories.draft(cast, title="Басқа")
    answer = aigul.post(
        step(draft, "title"),
        data=title_form(language="kk", title_en="", title_kk="Ауыл мектебі көшесіне жарык орнату"),
    )
    assert answer.location == step(draft, "similar")
    page = aigul.get(answer.location)
    assert "Did you mean to sign one of these?" in words(page)
    assert f"/en/petitions/{decided.number}" in page.text
    assert "Decided" in words(page) and "Satisfied in part" in words(page) and "60 signatures" in words(page)
    assert step(draft, "check") in page.text


def test_the_list_of_similar_ones_comes_alone_and_for_everybody(client: FlaskClient, cast: Cast) -> None:
    found = factories.published(cast, title="Ауыл мектебінің көшесіне жарық орнату")
    page = client.get("/en/petitions/similar?title_kk=ауыл мектебі көшесіне жарық")
    assert f"/en/petitions/{found.number}" in page.text and "<html" not in page.text
    for odd in ("", "title=%00", "title=" + "й" * 3000, "title=%E2%80%AE"):
        assert client.get("/en/petitions/similar?" + odd).status_code == 200


# --- Bad input, page by page


@pytest.mark.parametrize(
    ("name", "field"), [("title", "title_en"), ("demands", "demand_2"), ("arguments", "arguments")]
)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a" * 1_000_000, "characters too long"),
        ("Light \u202e thgil", "invisible characters"),
        ("Li\0ght", "invisible characters"),
    ],
)
def test_it_refuses_at_the_field_and_keeps_what_was_typed(
    aigul: FlaskClient, cast: Cast, name: str, field: str, typed: str, said: str
) -> None:
    draft = factories.draft(cast)
    data = {**(title_form() if name == "title" else {"demand_1": "One"}), field: typed}
    answer = aigul.post(step(draft, name), data=data)
    assert answer.status_code == 422
    assert said in words(answer) and "Nothing that you typed is lost." in words(answer)
    # What cannot be shown is left out of it, nothing else.
    assert " ".join(shown(typed).split()) in " ".join(answer.text.split())
    assert f'href="#{field}"' in answer.text


def test_markup_is_text(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    aigul.post(step(draft, "title"), data=title_form(title_en="<script>alert(1)</script>"))
    aigul.post(step(draft, "demands"), data={"demand_1": "<img src=x onerror=alert(1)>"})
    page = aigul.get(step(draft, "check"))
    assert "<script>alert" not in page.text and "<img" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_it_wants_at_least_one_demand(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    page = aigul.post(step(draft, "demands"), data={"demand_1": "  ", "demand_2": ""})
    assert page.status_code == 422
    assert "Type at least one demand" in words(page)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "nobody"}, "Type an e-mail address such as"),
        ({"email": ""}, "Type your e-mail address."),
        ({"region": ""}, "Choose the region where you live."),
        ({"region": "KZ-00"}, ""),
        ({"language": "de"}, ""),
    ],
)
def test_it_wants_region_and_address(
    aigul: FlaskClient, cast: Cast, changed: dict[str, str], said: str
) -> None:
    draft = factories.draft(cast)
    data = {"region": "KZ-11", "email": "a@example.kz", "language": "kk", **changed}
    page = aigul.post(step(draft, "contact"), data=data)
    assert page.status_code == 422
    assert said in words(page)


# --- Files


def attach(client: FlaskClient, draft: Petition, *files: tuple[bytes, str], **more: str) -> Any:
    data = {
        "arguments": ARGUMENTS,
        "documents": [(BytesIO(content), name) for content, name in files],
        **more,
    }
    return client.post(step(draft, "arguments"), data=data, content_type="multipart/form-data")


def test_it_keeps_a_file_and_gives_it_out(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    assert attach(aigul, draft, (samples.PDF, "жоспар.pdf"), upload="1").location == step(draft, "arguments")
    key = queries.documents_of(draft)[0].attachment.public_key
    given = aigul.get(f"/en/petitions/{draft.number}/documents/{key}")
    assert given.data == samples.PDF
    assert given.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''%D0%B6" in given.headers["Content-Disposition"]
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Cache-Control"] == "private, no-store"
    assert aigul.get(f"/en/petitions/{draft.number}/documents/%00").status_code == 404


def test_it_says_for_each_file_why_it_is_refused(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    page = attach(aigul, draft, (b"MZ", "virus.exe"), (samples.PDF, "plan.pdf"), (b"", "empty.png"))
    assert page.status_code == 422
    assert "virus.exe was not added. Only PDF, PNG" in words(page)
    assert "empty.png was not added. The file is empty." in words(page)
    assert [d.attachment.file_name for d in queries.documents_of(draft)] == ["plan.pdf"]
    assert ARGUMENTS.splitlines()[0] in page.text


def test_it_takes_no_more_files_than_the_rules_allow(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    page = attach(aigul, draft, *[(samples.PDF, f"{n}.pdf") for n in range(6)])
    assert page.status_code == 422
    assert "5.pdf was not added. There are too many files." in words(page)
    assert len(queries.documents_of(draft)) == 5


def test_a_file_is_taken_out_and_typed_words_stay(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    attach(aigul, draft, (samples.PDF, "plan.pdf"))
    key = queries.documents_of(draft)[0].attachment.public_key
    answer = attach(aigul, draft, remove=key, arguments="Typed meanwhile")
    assert answer.location == step(draft, "arguments")
    assert not queries.documents_of(draft) and refreshed(draft).arguments == "Typed meanwhile"
    assert attach(aigul, draft, remove=key).status_code == 404


def test_uploading_before_typing_is_no_error(aigul: FlaskClient, cast: Cast) -> None:
    aigul.post("/en/petitions/new", data=matters())
    draft = people.drafts_of(cast.aigul.actor())[0]
    answer = attach(aigul, draft, (samples.PDF, "plan.pdf"), upload="1", arguments="")
    assert answer.status_code == 303
    assert "arguments" not in refreshed(draft).draft_steps


def test_the_private_link_opens_the_files_too(client: FlaskClient, aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    attach(aigul, draft, (samples.PDF, "plan.pdf"))
    aigul.post(f"/en/petitions/{draft.number}/submit")
    petition = refreshed(draft)
    key = queries.documents_of(petition)[0].attachment.public_key
    address = f"/en/petitions/{petition.number}/documents/{key}"
    stranger = client.application.test_client()
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}?token={petition.support_token}").status_code == 200


# --- Coming back, somebody else, pressing twice


def test_going_back_shows_what_was_answered(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast, title="Жаңа саябақ", demands=["Бірінші", "Екінші"], arguments="Себебі")
    assert "Жаңа саябақ" in aigul.get(step(draft, "title")).text
    demands = aigul.get(step(draft, "demands")).text
    assert "Бірінші" in demands and "Екінші" in demands
    assert "Себебі" in aigul.get(step(draft, "arguments")).text
    assert "aigul@example.kz" in aigul.get(step(draft, "contact")).text
    chosen = aigul.get(step(draft, "addressee")).text
    assert re.search(rf'value="{ADDRESSEE}"[^>]*checked', chosen)


def test_a_change_leads_back_to_the_last_page(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    answer = aigul.post(step(draft, "demands"), data={"demand_1": "Only this", "demand_2": " "})
    assert answer.location == step(draft, "check")
    assert [demand.text for demand in refreshed(draft).demands] == ["Only this"]


@pytest.mark.parametrize(
    "name", ["matters", "addressee", "title", "demands", "arguments", "contact", "check", "similar"]
)
def test_somebody_elses_draft_is_not_there(client: FlaskClient, cast: Cast, name: str) -> None:
    draft = factories.draft(cast)
    sign_in(client, cast.bolat)
    assert client.get(step(draft, name)).status_code == 404
    assert client.post(f"/en/petitions/{draft.number}/submit").status_code == 404
    assert client.post(f"/en/petitions/{draft.number}/withdraw").status_code == 404
    sign_in(client, cast.yerlan)
    assert client.get(step(draft, name)).status_code == 404


def test_the_holding_page_is_the_authors_alone(client: FlaskClient, cast: Cast) -> None:
    petition = factories.published(cast)
    for other in (cast.bolat, cast.yerlan):
        sign_in(client, other)
        assert client.get(f"/en/petitions/{petition.number}/progress").status_code == 404


def test_submitting_twice_is_submitting_once(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    first, second = (aigul.post(f"/en/petitions/{draft.number}/submit") for _ in range(2))
    assert first.status_code == second.status_code == 303 and first.location == second.location
    assert len(queries.timeline_of(draft)) == 1
    assert aigul.get(step(draft, "title")).location == first.location
    answer = aigul.post(step(draft, "title"), data=title_form())
    assert answer.location == first.location and TITLE not in refreshed(draft).titles.values()


def test_an_unfinished_draft_is_not_submitted(aigul: FlaskClient, cast: Cast) -> None:
    aigul.post("/en/petitions/new", data=matters())
    draft = people.drafts_of(cast.aigul.actor())[0]
    page = aigul.post(f"/en/petitions/{draft.number}/submit")
    assert page.status_code == 422
    assert "Something is missing" in words(page) and refreshed(draft).state is State.DRAFT


def test_there_is_no_other_step(aigul: FlaskClient, cast: Cast) -> None:
    draft = factories.draft(cast)
    assert aigul.get(step(draft, "%00")).status_code == 404
    assert aigul.get(f"/en/petitions/{10**18}/draft/title").status_code == 404


# --- The holding page


def test_it_says_what_is_missing(aigul: FlaskClient, cast: Cast) -> None:
    petition = factories.submitted(cast)
    factories.signatures(petition, 12)
    page = words(aigul.get(f"/en/petitions/{petition.number}/progress"))
    assert "12 of 50 citizens have joined" in page and "38 more are needed" in page
    assert "Check by a moderator" in page and "working days left" in page


def test_a_rejection_says_why_and_what_to_do(aigul: FlaskClient, cast: Cast) -> None:
    petition = factories.rejected(cast)
    page = words(aigul.get(f"/en/petitions/{petition.number}/progress"))
    assert factories.REASON in page
    assert "art. 90-2(3)9" in page
    assert "Or complain" in page
    answer = aigul.post(f"/en/petitions/{petition.number}/correct")
    assert aigul.post(f"/en/petitions/{petition.number}/correct").location == answer.location
    assert petition.original_title in aigul.get(answer.location).text


@pytest.mark.parametrize("state", list(State))
def test_it_has_words_for_every_state(aigul: FlaskClient, cast: Cast, state: State) -> None:
    petition = factories.in_state(state, cast)
    for language in ("kk", "en"):
        page = aigul.get(f"/{language}/petitions/{petition.number}/progress")
        assert page.status_code == (303 if state is State.DRAFT else 200), language


def test_withdrawing_is_asked_for_and_done(aigul: FlaskClient, cast: Cast) -> None:
    petition = factories.submitted(cast)
    address = f"/en/petitions/{petition.number}/withdraw"
    assert "It cannot be taken back." in words(aigul.get(address))
    assert aigul.post(address).status_code == 303
    db.session.expire_all()
    assert refreshed(petition).state is State.WITHDRAWN
    assert aigul.post(address).status_code == 409


def test_an_empty_draft_is_discarded(aigul: FlaskClient, cast: Cast) -> None:
    aigul.post("/en/petitions/new", data=matters())
    draft = people.drafts_of(cast.aigul.actor())[0]
    address = f"/en/petitions/{draft.number}/withdraw"
    assert "Discard the draft?" in words(aigul.get(address))
    answer = aigul.post(address)
    assert "You withdrew it." in words(aigul.get(answer.location))
    assert not people.drafts_of(cast.aigul.actor())
