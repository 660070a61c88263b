"""Saying no: by a foreign name, without a token, on a page that is not there, with the database gone."""

import pytest
import sqlalchemy as sa

from app.accounts import jobs as accounts_jobs
from app.accounts.models import SignIn
from app.audit import record, services
from app.audit.models import AuditRecord
from tests.page_client import PageClient


def test_a_foreign_host_is_refused(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["localhost"])
    answer = client.get("/kk/", base_url="http://evil.example")
    assert answer.status_code == 400 and "evil" not in answer.text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_missing_page_is_missing_in_the_language_of_its_address(client, language):
    page = PageClient(client).get(f"/{language}/nothing-here", status=404)
    assert page.document.get("lang") == language


def test_a_post_without_its_token_changes_nothing_and_says_so(client):
    answer = client.post("/ru/sign-in", data={"iin": "1", "given_name": "a", "family_name": "b"})
    assert answer.status_code == 400 and 'lang="ru"' in answer.text


def test_every_answer_carries_the_headers(client):
    for path in ("/kk/petitions", "/kk/nothing", "/healthz", "/api/v1/petitions"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_without_a_database_the_page_says_come_back(own_database):
    own_database.config["PROPAGATE"] = False
    from app.db import db

    db.session.remove()
    db.engine.dispose()
    with own_database.app_context():
        engine = sa.create_engine("postgresql+psycopg://nobody@/none?host=/nonexistent")
        db.engines[None].pool = engine.pool
        answer = own_database.test_client().get("/ru/petitions")
    assert answer.status_code == 503 and 'lang="ru"' in answer.text


def test_the_chain_of_the_record_shows_a_removed_row(session, cast):
    from app import clock

    for act in ("one", "two", "three"):
        record(cast.yerlan.actor(), act, subject="petition:1", now=clock.now())
    assert services.first_broken() is None
    rows = session.scalars(sa.select(AuditRecord).order_by(AuditRecord.id)).all()
    session.delete(rows[-2])
    session.flush()
    assert services.first_broken() == rows[-1].id


def test_sessions_are_forgotten_a_day_after_they_end(session, cast):
    from datetime import timedelta

    from app import clock

    assert cast.aigul
    session.execute(sa.update(SignIn).values(expires_at=clock.now() - timedelta(days=2)))
    accounts_jobs.forget_sessions()
    assert session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 0
