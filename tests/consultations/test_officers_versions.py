"""The next version, comments without a sure place, and the report, as officers and the head see them."""

import pytest

from app import clock
from app.consultations import queries
from app.consultations.lifecycle import State
from app.consultations.models import CarriedComment, Fate, VersionState
from app.consultations.services import comparing, reporting
from app.db import db
from tests import drafts
from tests.cast import sign_in
from tests.page_client import PageClient


def as_(client, account):
    sign_in(client, account)
    return PageClient(client)


@pytest.fixture
def desk(client, cast):
    """The pages as an officer sees them."""
    return as_(client, cast.marat)


def file_of(draft):
    return f"/ru/desk/drafts/{draft.number}"


def test_a_version_is_prepared_compared_looked_at_and_published(client, desk, cast):
    draft = drafts.opened(cast)
    db.session.commit()
    page = desk.get(file_of(draft))
    page = page.submit(page.form("/prepare"))
    text = desk.get(file_of(draft) + "/text")
    text.submit(text.form("/text"), text_kk=drafts.KK_2, text_ru=drafts.RU_2)
    page = desk.get(file_of(draft) + "/versions")
    page = page.submit(page.form("/compare"))
    version = queries.newest_version(draft)
    assert version.state is VersionState.COMPARING
    assert "Look again" in page.text or page.document.xpath("//*[@role='status']")
    comparing.compare(version, attempt=version.attempt)
    db.session.commit()
    page = desk.get(file_of(draft) + "/versions/changes?text=ru")
    assert page.document.xpath("//del") and page.document.xpath("//ins")
    page.submit(page.form("/changes"), changes_ru="Осмотр стал чаще.", changes_kk="Тексеру жиіледі.")
    assert desk.get(file_of(draft) + "/versions/publish", status=403)
    pages = as_(client, cast.gulnar)
    page = pages.get(file_of(draft) + "/versions/publish")
    assert "Осмотр стал чаще." in page.text
    stale = page.form("/publish")
    stale.fields["attempt"] = "1"
    assert page.submit(stale).status == 409
    page = pages.get(file_of(draft) + "/versions/publish")
    page.submit(page.form("/publish"))
    assert queries.published_version(draft).number == 2


def test_a_first_version_has_nothing_to_be_compared_with(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/versions")
    assert not [form for form in page.document.forms if form.get("action", "").endswith("/compare")]
    assert desk.get(file_of(draft) + "/versions/changes").path.endswith("/versions")


@pytest.fixture
def doubtful(cast):
    """A draft in whose second version two comments have no sure place."""
    draft = drafts.opened(cast)
    for author, path in ((cast.bolat, "clause-3"), (cast.dana, "clause-4")):
        drafts.comment(draft, author, path=path)
    version = drafts.second_version(draft, cast)
    for carried in db.session.query(CarriedComment).filter_by(version_id=version.id):
        carried.fate = Fate.DOUBTFUL
    db.session.commit()
    return draft


def test_doubtful_comments_are_settled_one_by_one(desk, doubtful):
    version = queries.published_version(doubtful)
    page = desk.get(file_of(doubtful) + "/anchors")
    page = desk.get(page.document.xpath("//tbody//a/@href")[0])
    refused = page.submit(page.form(), place="other")
    assert refused.status == 422
    key = queries.clause_by_anchor(version, "clause-6", "kk").key
    page = refused.submit(refused.form(), place="other", clause=key)
    assert "/anchors/" in page.path
    page = page.submit(page.form(), place="gone")
    assert page.path.endswith("/anchors")
    fates = {row.fate: row.clause_key for row in db.session.query(CarriedComment).all()}
    assert fates[Fate.MOVED] == key
    assert Fate.REMOVED in fates


def test_a_second_officer_cannot_settle_it_again(desk, doubtful):
    first = desk.get(desk.get(file_of(doubtful) + "/anchors").document.xpath("//tbody//a/@href")[0])
    first.submit(first.form(), place="gone")
    assert desk.get(first.path).document.xpath("//*[contains(@class, 'uq-notice')]")
    first.submit(first.form(), place="suggested")
    comment_id = int(first.path.rsplit("/", 1)[1])
    version = queries.published_version(doubtful)
    assert queries.carried(version, comment_id).fate is Fate.REMOVED


def test_the_report_is_made_looked_at_and_published_by_the_head(client, desk, cast):
    draft = drafts.under_review(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/report")
    page = page.submit(page.form("/preview"))
    assert page.document.xpath("//*[@role='status']")
    report = queries.report_of(draft)
    reporting.make(draft, attempt=report.attempt, now=clock.now())
    db.session.commit()
    page = desk.get(file_of(draft) + "/report")
    assert len(page.document.xpath("//a[contains(@href, '/report/')]")) == 4
    assert not [form for form in page.document.forms if form.get("action", "").endswith("/report/publish")]
    pages = as_(client, cast.gulnar)
    page = pages.get(file_of(draft) + "/report")
    report = queries.report_of(draft)
    made, report.fingerprint = report.fingerprint, "0" * 64
    db.session.commit()
    assert page.submit(page.form("/report/publish")).status == 409
    queries.report_of(draft).fingerprint = made
    db.session.commit()
    page.submit(page.form("/report/publish"))
    assert queries.by_number(draft.number).state is State.REPORTED
    page = pages.get(file_of(draft) + "/adopt")
    refused = page.submit(page.form(), link="javascript:alert(1)", adopted_on=["1", "2", "2026"])
    assert refused.status == 422
    refused.submit(refused.form(), link="https://adilet.zan.kz/rus/docs/V2600000001")
    assert queries.by_number(draft.number).adopted_link


def test_the_desk_leads_to_answers_and_report(desk, cast):
    draft = drafts.opened(cast)
    db.session.commit()
    page = desk.get("/ru/desk")
    hrefs = page.document.xpath("//section[@aria-labelledby='drafts']//a/@href")
    assert f"/ru/desk/drafts/{draft.number}/report" in hrefs
    assert f"/ru/desk/threads/{draft.thread_id}" in hrefs
    assert "/ru/desk/drafts" in hrefs
