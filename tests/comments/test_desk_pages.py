"""The desk of the body that answers, as its officers and its head walk through it."""

import pytest

from app import clock
from app.comments import queries
from app.comments.lifecycle import AnswerState
from app.comments.models import Answer
from app.comments.queries import desk
from app.comments.services import grouping, posting
from app.comments.services.posting import CommentWords
from app.db import db
from tests import drafts, factories
from tests.cast import citizen, sign_in, sign_out
from tests.page_client import PageClient

REASONS = "Ұсынысыңыз қабылданды: мерзім аптасына бір рет болып өзгертілді."
OTHER = "Қаржы көзі табылмады, сондықтан ұсыныс қабылданбайды."
LETTER = (
    "Құрметті министрлік! Біз, қала тұрғындары, ойын алаңдарының қауіпсіздігіне алаңдаймыз. "
    "Сондықтан алаңдарды аптасына бір рет тексеруді және нәтижесін ашық жариялауды талап етеміз."
)


@pytest.fixture
def draft(session, cast):
    made = drafts.opened(cast)
    for n, (path, text) in enumerate(
        [
            ("clause-3", "Айына бір рет аз, аптасына бір рет тексерілсін."),
            ("clause-1", "Бірінші тармақта мектеп аулалары да аталсын."),
            (None, "Жоба дұрыс, қолдаймын, тезірек қабылдаңыздар."),
        ]
    ):
        drafts.comment(made, citizen(40 + n), text, path=path)
    db.session.commit()
    return made


@pytest.fixture
def officer(client, cast):
    sign_in(client, cast.marat)
    return PageClient(client)


def desk_of(draft, **wishes):
    query = "&".join(f"{name}={value}" for name, value in wishes.items())
    return f"/en/desk/threads/{draft.thread_id}?{query}"


def comments_of(draft):
    return sorted(item.comment.id for item in desk.unanswered(draft.thread, language="kk").rows)


def answer_page(visitor, draft, comment_id, view="due"):
    return visitor.get(f"/en/desk/threads/{draft.thread_id}/answers/comment/{comment_id}?view={view}")


def save(page, text=REASONS, **more):
    form = page.form(page.path.split("?")[0])
    return page.submit(form, **{"kind": "accepted", "language": "kk", "text": text, "act": "save", **more})


def letters(draft, count=4):
    for n in range(count):
        added = " Менің аулам – Абай көшесі." if n == 1 else ""
        letter = drafts.comment(draft, citizen(60 + n), LETTER + added, path="clause-4")
        db.session.flush()
        grouping.join(letter.id, now=clock.now())
    drafts.counted()
    db.session.commit()
    return desk.unanswered(draft.thread, order=desk.Order.GROUPS, language="kk").rows[0].group


def test_from_one_answer_to_the_next_is_one_click(draft, officer):
    first, second, third = comments_of(draft)
    page = answer_page(officer, draft, first)
    assert "Айына бір рет аз" in page.text
    after = save(page, act="next")
    assert after.path.split("?")[0].endswith(f"/comment/{second}")
    assert "2 still to write" in after.text
    by_clause = answer_page(officer, draft, third, view="clause")
    assert save(by_clause, act="next").path.endswith(f"/comment/{second}?view=clause")


def test_two_officers_on_one_answer_lose_nothing(draft, officer, cast):
    comment = comments_of(draft)[0]
    mine = answer_page(officer, draft, comment)
    sign_in(officer.client, cast.gulnar)
    save(answer_page(officer, draft, comment), OTHER, kind="refused")
    sign_in(officer.client, cast.marat)
    refused = officer.post(
        mine.path,
        {
            **dict(mine.form("").form_values()),
            **token(mine),
            "kind": "accepted",
            "language": "kk",
            "text": REASONS,
        },
    )
    assert refused.status == 409
    assert OTHER in refused.text and REASONS in refused.text
    assert "Two people wrote at once" in refused.text
    save(refused)
    assert desk.answer_of_comment(queries.by_id(comment)).text == REASONS


def token(page):
    """The token belongs to whoever is signed in now."""
    fresh = page.client.get(page.path)
    return {"csrf_token": dict(fresh.form("").form_values())["csrf_token"]}


def test_what_is_wrong_is_said_and_what_was_typed_stays(draft, officer):
    page = save(answer_page(officer, draft, comments_of(draft)[0]), "Жоқ.", kind="noted")
    assert page.status == 422
    assert page.errors == ["Write at least 20 characters."]
    assert page.document.xpath("//textarea[@name='text']")[0].value.strip() == "Жоқ."


def test_a_template_comes_below_what_is_typed(draft, officer):
    page = officer.get("/en/desk/answer-templates")
    made = page.submit(
        page.form("answer-templates"), title="Қаржы жоқ", kind="refused", language="kk", text=OTHER
    )
    assert "Қаржы жоқ" in made.text
    page = answer_page(officer, draft, comments_of(draft)[0])
    template = page.document.xpath("//select[@name='template']/option/@value")[1]
    inserted = save(page, "Рақмет.", template=template, act="insert", kind="accepted")
    assert inserted.document.xpath("//textarea[@name='text']")[0].value.strip() == f"Рақмет.\n\n{OTHER}"
    assert inserted.document.xpath("//input[@name='kind'][@checked]/@value") == ["accepted"]
    changed = officer.get(made.link("Қаржы жоқ"))
    after = changed.submit(changed.form("delete"))
    assert "no reply templates yet" in after.text


def test_approved_published_and_read_by_everybody(draft, officer, cast):
    first, second, _ = comments_of(draft)
    for comment in (first, second):
        save(answer_page(officer, draft, comment))
    page = officer.get(desk_of(draft, view="approval"))
    assert "Only the head" in page.text
    assert "told that answers wait" in page.submit(page.form("approval-wish")).text
    sign_in(officer.client, cast.gulnar)
    page = officer.get(desk_of(draft, view="approval"))
    nothing = page.submit(page.form("approve"), act="chosen")
    assert nothing.status == 422 and "Tick the answers" in nothing.text
    back = officer.get(page.document.xpath("//a[contains(@href, '/return')]/@href")[0])
    back.submit(back.form("return"), reason="Қай тармақ өзгергенін нақты жазыңыз.")
    page = officer.get(desk_of(draft, view="approval"))
    page = page.submit(page.form("approve"), act="all")
    assert "1 answer is approved" in page.text
    page = officer.get(desk_of(draft, view="publish"))
    page = page.submit(page.form("publish"), act="all")
    assert "1 answer is published" in page.text
    sign_in(officer.client, cast.aigul)
    published = db.session.scalars(db.select(Answer).where(Answer.state == AnswerState.PUBLISHED)).one()
    assert REASONS in officer.get(f"/en/comments/{published.comment_id}").text
    sign_in(officer.client, cast.marat)
    late = answer_page(officer, draft, published.comment_id)
    assert "cannot be changed any more" in late.text
    assert not late.document.xpath("//textarea")
    sent_back = officer.get(desk_of(draft, view="returned"))
    assert "Қай тармақ өзгергенін" in sent_back.text


def test_the_head_approves_only_what_was_read(draft, officer, cast):
    comment = comments_of(draft)[0]
    save(answer_page(officer, draft, comment))
    sign_in(officer.client, cast.gulnar)
    page = officer.get(desk_of(draft, view="approval"))
    save(answer_page(officer, draft, comment), OTHER)
    refused = page.submit(page.form("approve"), act="all")
    assert refused.status == 409 and "while you were reading" in refused.text and OTHER in refused.text


def test_one_text_for_the_ticked_ones(draft, officer):
    first, second, third = comments_of(draft)
    page = officer.get(
        f"/en/desk/threads/{draft.thread_id}/answers/many?view=due&comment={first}&comment={third}"
    )
    after = save(page)
    assert "2 answers are saved as drafts" in after.text
    again = officer.get(
        f"/en/desk/threads/{draft.thread_id}/answers/many?view=due&comment={first}&comment={second}"
    )
    refused = save(again, OTHER)
    assert refused.status == 409 and "Answered meanwhile" in refused.text and OTHER in refused.text
    assert officer.get(f"/en/desk/threads/{draft.thread_id}/answers/many", status=422).status == 422


def test_a_group_is_looked_at_split_and_answered_once(draft, officer):
    group = letters(draft)
    page = officer.get(desk_of(draft, view="groups"))
    assert "4 people sent it" in page.text
    page = officer.get(page.link("Look at its letters"))
    assert "Менің аулам" in page.text
    nothing = page.submit(page.form("split"))
    assert nothing.status == 422 and "Tick the letters" in nothing.text
    different = page.document.xpath("//div[@class='uq-letters__added']/preceding-sibling::input/@value")[0]
    page = page.submit(page.form("split"), comment=different, act="single")
    assert "gets an answer of its own" in page.text
    page = page.submit(page.form("confirm"))
    assert page.path.split("?")[0].endswith(f"/answers/group/{group.id}")
    # The letter that went out stands by itself, by its own day.
    save(page)
    assert int(different) in comments_of(draft)
    assert "Out of its group" in officer.get(desk_of(draft)).text
    member = desk.answer_of_group(group)
    assert member is not None and member.group_id == group.id


def test_groups_are_joined_and_no_words_are_lost(draft, officer):
    group = letters(draft)
    page = officer.get(f"/en/desk/threads/{draft.thread_id}/groups/{group.id}")
    chosen = page.document.xpath("//form[contains(@action, 'split')]//input[@type='checkbox']/@value")[:2]
    made = page.submit(page.form("split"), comment=chosen, act="group")
    assert "a group of their own" in made.text
    address = f"/en/desk/threads/{draft.thread_id}/answers/group"
    numbers = {group.id, int(made.path.split("?")[0].rsplit("/", 1)[1])}
    for number, text in zip(sorted(numbers), (REASONS, OTHER), strict=True):
        save(officer.get(f"{address}/{number}"), text)
    page = officer.get(made.path)
    other = page.document.xpath("//select[@name='other']/option/@value")[1]
    merged = page.submit(page.form("merge"), other=other)
    assert "The groups are joined" in merged.text
    gone = (
        numbers - {desk.unanswered(draft.thread, order=desk.Order.GROUPS, language="kk").rows[0].group.id}
    ).pop()
    late = officer.post(f"{address}/{gone}", {**token(page), "text": "Менің жазғаным"})
    assert late.status == 409 and "Менің жазғаным" in late.text


def test_an_answer_names_the_clause_that_changed(draft, officer, cast):
    drafts.second_version(draft, cast)
    db.session.commit()
    comment = comments_of(draft)[0]
    page = answer_page(officer, draft, comment)
    key = queries.by_id(comment).anchor_key
    save(page, changed=key)
    saved = desk.answer_of_comment(queries.by_id(comment))
    assert (saved.changed_key, saved.changed_version) == (key, 2)
    again = answer_page(officer, draft, comment)
    assert again.document.xpath("//select[@name='changed']/option[@selected]/@value") == [key]


def test_a_full_list_is_paged(draft, officer, monkeypatch):
    monkeypatch.setattr(desk.unanswered, "__kwdefaults__", {**desk.unanswered.__kwdefaults__, "size": 2})
    page = officer.get(desk_of(draft))
    assert "Further in the list" in page.text
    after = officer.get(page.link("Further in the list"))
    assert "қолдаймын" in after.text and "Айына бір рет аз" not in after.text


@pytest.mark.parametrize("person", ["", "aigul", "timur", "yerlan"])
def test_nobody_else_comes_to_this_desk(draft, client, cast, person):
    comment = comments_of(draft)[0]
    if person:
        sign_in(client, getattr(cast, person))
    base = f"/en/desk/threads/{draft.thread_id}"
    for path in ("", "/answers.xlsx", "/import", f"/answers/comment/{comment}", "/answers/many"):
        assert client.get(base + path).status_code == (403 if person else 303), path
    if person:
        assert client.post(f"{base}/answers/approve").status_code in (400, 403)


def test_a_session_that_ended_gives_the_words_back(draft, officer):
    page = answer_page(officer, draft, comments_of(draft)[0])
    sent = {**dict(page.form("").form_values()), "kind": "accepted", "text": REASONS}
    sign_out(officer.client)
    after = officer.client.post(page.path, data=sent)
    assert after.status_code in (400, 403)


def test_comments_on_a_petition_are_read_and_taken_along(session, officer, cast):
    petition = factories.registered(cast)
    posting.post(
        petition.thread,
        words=CommentWords(text="Көпір керек, балалар мектепке айналып барады.", language="kk"),
        anchor=None,
        actor=cast.bolat.actor(),
        now=clock.now(),
    )
    drafts.counted()
    db.session.commit()
    base = f"/en/desk/threads/{petition.thread_id}"
    page = officer.get(base)
    assert "балалар мектепке" in page.text and "No answer is owed" in page.text
    assert officer.client.get(f"{base}/answers.xlsx").status_code == 200
    assert officer.client.get(f"{base}/import").status_code == 404
