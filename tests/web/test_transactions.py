"""The transaction around every view: returning commits, raising rolls back, a GET cannot write."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from app.db import db, transaction


def test_a_reading_transaction_cannot_write(own_database):
    with pytest.raises(InternalError, match="read-only"), transaction(read_only=True):
        db.session.execute(text("DELETE FROM petition"))


def test_the_pages_of_health_answer(client):
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.json == {"database": "ok", "redis": "ok", "zone_data": True}
    assert b"unqos_outbox_waiting 0.0" in client.get("/metrics").data


def test_the_root_chooses_the_language(client):
    answer = client.get("/", headers={"Accept-Language": "ru,en;q=0.5"})
    assert (answer.status_code, answer.location) == (303, "/ru/")
