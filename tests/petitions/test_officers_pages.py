"""The addressee's pages: registration, the review step by step, the decision of two hands, statement and letter."""

from datetime import timedelta

import pytest

from app import clock
from app.law import calendar_now
from app.law.calendar import add_working_days
from app.petitions import queries
from app.petitions.lifecycle import State
from app.petitions.models import StepState
from app.petitions.queries import review
from app.petitions.services import reviewing
from tests import factories
from tests.cast import sign_in
from tests.page_client import PageClient

NOTE = "Жұмыс тобы екі рет жиналды, хаттама тіркелді."


@pytest.fixture
def at_desk(client):
    def as_(account):
        sign_in(client, account)
        return PageClient(client)

    return as_


def fresh(petition):
    return queries.by_number(petition.number)


def file_of(petition):
    return f"/en/desk/petitions/{petition.number}"


def day_parts(day):
    return [str(day.day), str(day.month), str(day.year)]


def decision_values(petition, **more):
    due = day_parts(clock.today() + timedelta(days=180))
    values = {
        "language": "kk",
        "outcome": "partial",
        "facts": "Жол қозғалысы зерттелді.",
        "reasons": "Қауіп бар екені анықталды.",
        "legal_basis": "«Жол жүрісі туралы» Заң.",
        "appeal": "Шешімге үш ай ішінде шағымдануға болады.",
        "signed_by": "Ахметова Г. С., облыс әкімі",
        "answers-0-kind": "accepted",
        "answers-0-text": "Жол 2027 жылы салынады.",
        "answers-0-responsible": "Көлік басқармасы",
        "answers-0-by_when": due,
        "answers-1-kind": "refused",
        "answers-1-text": "Бағдаршамға қаражат жоқ.",
    }
    return {**values, **more}


# Who comes in


def test_only_the_addressees_people_open_the_file(cast, client):
    petition = factories.registered(cast)
    for account in (cast.timur, cast.yerlan, cast.asel, cast.bolat, cast.aigul):
        sign_in(client, account)
        for page in ("", "/decision", "/decision/publish", "/letter"):
            assert client.get(file_of(petition) + page).status_code == 403, (account.name, page)
    client.delete_cookie("unqos")
    assert client.get(file_of(petition)).location.startswith("/en/sign-in")


def test_what_is_not_handed_over_has_no_file(cast, client):
    sign_in(client, cast.marat)
    assert client.get(file_of(factories.submitted(cast))).status_code == 404
    assert client.get(file_of(factories.published(cast))).status_code == 409


@pytest.mark.parametrize("make", ["forwarded", "registered", "reviewed", "decided", "returned", "answered"])
def test_the_file_in_every_state(cast, at_desk, make):
    petition = getattr(factories, make)(cast)
    for account in (cast.marat, cast.gulnar):
        for language in ("kk", "ru", "en"):
            page = at_desk(account).get(f"/{language}/desk/petitions/{petition.number}")
            assert petition.title in page.h1 and petition.demands[1].text in page.text


# Registration


def test_an_officer_registers_and_cannot_refuse(cast, at_desk):
    petition = factories.forwarded(cast)
    page = at_desk(cast.marat).get(file_of(petition))
    assert "cannot be refused" in page.text
    page = page.submit(page.form("/register"), registration_number="  ")
    assert page.status == 422 and page.errors == ["Enter the number under which you registered the petition."]
    page = page.submit(page.form("/register"), registration_number="ЖТ-2026-117")
    assert page.status == 200 and "The petition is registered" in page.text and "ЖТ-2026-117" in page.h1
    petition = fresh(petition)
    assert petition.state is State.UNDER_REVIEW and petition.review_duty.value == 20


# Steps


def record(page, **values):
    return page.submit(page.form("/steps"), **{f"step-{name}": value for name, value in values.items()})


def test_a_discussion_needs_three_working_days_of_notice(cast, at_desk):
    petition = factories.registered(cast)
    page = at_desk(cast.marat).get(file_of(petition))
    today = clock.today()
    too_soon = add_working_days(today, 2, calendar_now())
    earliest = add_working_days(today, 3, calendar_now())
    place = "Көкшетау, Абай көшесі 83, сағат 15:00"
    values = {"step": "public_discussion", "state": "announced", "place": place}
    page = record(page, **values, on=day_parts(too_soon))
    assert page.status == 422 and "told in time" in page.errors[0]
    assert f"{earliest:%B} {earliest.day}, {earliest.year}" in page.errors[0]
    assert page.form("/steps").fields["step-place"] == place
    page = record(page, on=day_parts(earliest))
    assert page.status == 200 and "The step is recorded" in page.text and place in page.text
    (step,) = queries.steps_of(petition)
    assert (step.state, step.on, step.recorded_by) == (StepState.ANNOUNCED, earliest, cast.marat.id)


def test_a_discussion_that_was_not_announced_was_not_held(cast, at_desk):
    petition = factories.registered(cast)
    page = at_desk(cast.marat).get(file_of(petition))
    page = record(page, step="public_discussion", state="done", on=day_parts(clock.today()), note=NOTE)
    assert page.status == 422 and "for which it was announced" in page.errors[0]
    assert queries.steps_of(petition) == []


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"step": "", "state": "done", "note": NOTE}, "Choose the step."),
        ({"step": "working_group", "note": NOTE}, "Choose what you record."),
        ({"step": "working_group", "state": "announced"}, "needs the place"),
        ({"step": "working_group", "state": "done", "note": "қысқа"}, "at least 20 characters"),
        (
            {"step": "working_group", "state": "not_needed", "note": NOTE},
            "does not let this step be left out",
        ),
        ({"step": "analysis", "state": "done", "note": NOTE}, "valid choice"),
        ({"step": "working_group", "state": "done", "note": NOTE, "on": ["", "", ""]}, "Enter the day."),
        ({"step": "working_group", "state": "done", "note": NOTE, "on": ["30", "2", "2026"]}, "not a date"),
        (
            {"step": "working_group", "state": "done", "note": NOTE, "on": ["1", "1", "2999"]},
            "today or earlier",
        ),
    ],
)
def test_a_step_with_something_wrong_is_told_at_its_field(cast, at_desk, values, complaint):
    petition = factories.registered(cast)
    page = at_desk(cast.marat).get(file_of(petition))
    page = record(page, **{"on": day_parts(clock.today()), **values})
    assert page.status == 422
    assert any(complaint in error for error in page.errors), page.errors
    if values.get("note"):
        assert page.form("/steps").fields["step-note"].strip() == values["note"]
    assert queries.steps_of(petition) == []


def test_a_step_that_the_law_lets_go_is_left_out_with_a_reason(cast, at_desk):
    petition = factories.registered(cast)
    page = at_desk(cast.marat).get(file_of(petition))
    page = record(page, step="site_visit", state="not_needed", on=day_parts(clock.today()), note=NOTE)
    assert page.status == 200 and "Not needed" in page.text
    assert "site_visit" not in reviewing.missing_steps(fresh(petition))


# Extension


def test_the_head_extends_once_and_not_too_far(cast, at_desk):
    petition = factories.registered(cast)
    assert (
        not at_desk(cast.marat)
        .get(file_of(petition))
        .document.xpath("//form[contains(@action, 'extension')]")
    )
    page = at_desk(cast.gulnar).get(file_of(petition))
    latest = review.latest_extension(petition)
    reason = "Сараптама қорытындысы келесі айда дайын болады."

    def ask(day, why=reason):
        return page.submit(
            page.form("/extension"), **{"extension-to": day_parts(day), "extension-reason": why}
        )

    refused = ask(latest + timedelta(days=1))
    assert refused.status == 422 and str(latest.day) in refused.errors[0]
    assert refused.form("/extension").fields["extension-reason"].strip() == reason
    assert ask(latest, "қысқа").status == 422
    done = ask(latest)
    assert done.status == 200 and fresh(petition).review_duty.extended_to == latest and reason in done.text
    assert ask(latest).status == 422


def test_an_officer_cannot_extend(cast, client, at_desk):
    petition = factories.registered(cast)
    token = at_desk(cast.marat).get(file_of(petition)).form("/steps").fields["step-csrf_token"]
    answer = client.post(f"{file_of(petition)}/extension", data={"csrf_token": token})
    assert answer.status_code == 403


# The decision


def test_a_draft_is_saved_however_incomplete(cast, at_desk):
    petition = factories.registered(cast)
    page = at_desk(cast.marat).get(f"{file_of(petition)}/decision")
    assert "Nothing is saved yet" in page.text
    page = page.submit(page.form("/decision"), facts="Басталды.", **{"answers-1-text": "Бағдаршам туралы."})
    assert page.status == 200 and "The draft is saved" in page.text
    form = page.form("/decision")
    assert form.fields["facts"].strip() == "Басталды."
    assert form.fields["answers-1-text"].strip() == "Бағдаршам туралы."
    assert "Demand 1 is not answered." in page.text and "The decision as a whole is not chosen." in page.text
    assert "not finished: Site visit" in page.text


def test_what_is_missing_is_said_in_words(cast, at_desk):
    petition = factories.reviewed(cast)
    page = at_desk(cast.marat).get(f"{file_of(petition)}/decision")
    page = page.submit(
        page.form("/decision"),
        **decision_values(
            petition, appeal="", signed_by="", **{"answers-0-responsible": "", "answers-1-kind": "other_body"}
        ),
    )
    for sentence in (
        "This part is empty: An explanation of the right",
        "It is not said which head signs.",
        "The answer to demand 1 does not say who does it and by when.",
        "The answer to demand 2 does not say which body decides.",
    ):
        assert sentence in page.text


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"facts": "ұ" * 20001}, "too long"),
        ({"answers-0-by_when": ["31", "2", "2027"]}, "not a date"),
        ({"answers-0-kind": "perhaps"}, "valid choice"),
        ({"language": "de"}, "valid choice"),
        ({"reasons": "‮" + NOTE}, "invisible characters"),
    ],
)
def test_a_malformed_draft_is_refused_and_kept(cast, at_desk, values, complaint):
    petition = factories.registered(cast)
    page = at_desk(cast.marat).get(f"{file_of(petition)}/decision")
    page = page.submit(page.form("/decision"), **decision_values(petition, **values))
    assert page.status == 422
    assert any(complaint in error for error in page.errors), page.errors
    assert page.form("/decision").fields["answers-1-text"].strip() == "Бағдаршамға қаражат жоқ."
    assert queries.decision_of(petition) is None


def test_two_officers_on_one_decision_lose_nothing(cast, at_desk):
    petition = factories.registered(cast)
    mine = at_desk(cast.marat).get(f"{file_of(petition)}/decision")
    reviewing.save_decision(
        petition, draft=factories.decision_draft(petition), actor=cast.gulnar.actor(), now=clock.now()
    )
    late = mine.submit(mine.form("/decision"), **decision_values(petition))
    assert late.status == 409
    assert cast.gulnar.name in late.text and "Шешімнің мәтіні: facts." in late.text
    form = late.form("/decision")
    assert form.fields["facts"].strip() == "Жол қозғалысы зерттелді."
    assert queries.decision_of(petition).parts["facts"] == "Шешімнің мәтіні: facts."
    # Saving again is a choice, not an accident.
    saved = late.submit(form)
    assert saved.status == 200
    assert queries.decision_of(petition).parts["facts"] == "Жол қозғалысы зерттелді."
    assert queries.decision_of(petition).revision == 2


def test_a_decision_with_an_empty_box_is_not_published(cast, at_desk):
    petition = factories.reviewed(cast)
    page = at_desk(cast.gulnar).get(f"{file_of(petition)}/decision")
    page.submit(page.form("/decision"), **decision_values(petition, **{"answers-1-text": ""}))
    page = at_desk(cast.gulnar).get(f"{file_of(petition)}/decision/publish")
    assert "cannot be published yet" in page.text and "Demand 2 is not answered." in page.text
    assert not page.document.xpath("//input[@name='revision']")
    token = page.client.get(f"{file_of(petition)}/decision").form("/decision").fields["csrf_token"]
    forced = page.client.post(f"{file_of(petition)}/decision/publish", {"csrf_token": token, "revision": "1"})
    assert forced.status == 422 and "Demand 2 is not answered." in forced.text
    assert fresh(petition).state is State.UNDER_REVIEW


def test_the_head_reads_and_publishes(cast, at_desk):
    petition = factories.reviewed(cast)
    page = at_desk(cast.marat).get(f"{file_of(petition)}/decision")
    page = page.submit(page.form("/decision"), **decision_values(petition))
    assert "Only the head of your body can publish it." in page.text
    page = at_desk(cast.gulnar).get(f"{file_of(petition)}/decision/publish")
    assert "It cannot be changed any more." in page.text and "Жол 2027 жылы салынады." in page.text
    page = page.submit(page.form("/publish"))
    assert page.path == file_of(petition) and "The decision is published" in page.text
    petition = fresh(petition)
    assert petition.state is State.DECIDED and petition.review_duty.fulfilled_at is not None


def test_what_the_head_did_not_read_is_not_published(cast, at_desk):
    petition = factories.reviewed(cast)
    marat = cast.marat.actor()
    reviewing.save_decision(petition, draft=factories.decision_draft(petition), actor=marat, now=clock.now())
    page = at_desk(cast.gulnar).get(f"{file_of(petition)}/decision/publish")
    newer = factories.decision_draft(petition, revision=1)
    reviewing.save_decision(petition, draft=newer, actor=marat, now=clock.now())
    late = page.submit(page.form("/publish"))
    assert late.status == 409 and "saved anew since you read it" in late.text
    assert fresh(petition).state is State.UNDER_REVIEW
    late.submit(late.form("/publish"))
    assert fresh(petition).state is State.DECIDED


def test_an_officer_cannot_publish(cast, client, at_desk):
    petition = factories.reviewed(cast)
    reviewing.save_decision(
        petition, draft=factories.decision_draft(petition), actor=cast.marat.actor(), now=clock.now()
    )
    page = at_desk(cast.marat).get(f"{file_of(petition)}/decision")
    assert "/publish" not in " ".join(page.document.xpath("//main//a/@href"))
    token = page.form("/decision").fields["csrf_token"]
    assert client.get(f"{file_of(petition)}/decision/publish").status_code == 403
    answer = client.post(f"{file_of(petition)}/decision/publish", data={"csrf_token": token, "revision": "1"})
    assert answer.status_code == 403 and fresh(petition).state is State.UNDER_REVIEW


def test_without_a_token_nothing_is_saved(cast, client, at_desk):
    petition = factories.registered(cast)
    at_desk(cast.marat)
    answer = client.post(f"{file_of(petition)}/decision", data={"revision": "0", "language": "kk"})
    assert answer.status_code == 400 and queries.decision_of(petition) is None


# Statement and letter


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"text": ""}, "text of the statement"),
        ({"link": "javascript:alert(1)"}, "beginning with https://"),
        ({"link": "https://["}, "beginning with https://"),
        ({"on": ["1", "1", "2999"]}, "not made yet"),
    ],
)
def test_a_statement_with_something_wrong_is_refused(cast, at_desk, values, complaint):
    petition = factories.decided(cast)
    page = at_desk(cast.marat).get(file_of(petition))
    page = page.submit(
        page.form("/statement"), **{"text": NOTE, "on": day_parts(clock.today()), "link": "", **values}
    )
    assert page.status == 422
    assert any(complaint in error for error in page.errors), page.errors
    assert fresh(petition).statement_on is None


def test_a_statement_is_recorded_once(cast, at_desk):
    petition = factories.decided(cast)
    first = at_desk(cast.marat).get(file_of(petition))
    values = {"text": NOTE, "on": day_parts(clock.today()), "link": "https://example.kz/video"}
    page = first.submit(first.form("/statement"), **values)
    assert page.status == 200 and NOTE in page.text and fresh(petition).statement_link == values["link"]
    again = first.submit(first.form("/statement"), **{**values, "text": "Басқа мәтін."})
    assert again.status == 409 and fresh(petition).statement_text == NOTE


def test_the_head_answers_the_letter(cast, client, at_desk):
    petition = factories.returned(cast)
    page = at_desk(cast.marat).get(file_of(petition))
    assert "Only the head of your body can answer it." in page.text
    assert client.get(f"{file_of(petition)}/letter").status_code == 403
    page = at_desk(cast.gulnar).get(f"{file_of(petition)}/letter")
    page = page.submit(page.form("/letter"), text="Жоқ.")
    assert page.status == 422 and "at least 20 characters" in page.errors[0]
    assert page.form("/letter").fields["text"].strip() == "Жоқ."
    page = page.submit(page.form("/letter"), text="Мәселе 2027 жылғы аудандық жоспарға енгізілді.")
    assert page.path == file_of(petition) and "аудандық жоспарға" in page.text
    petition = fresh(petition)
    assert petition.state is State.ANSWERED and petition.letter_duty.fulfilled_at is not None
