"""`flask accounts …`."""

import pytest

from app.accounts import queries
from app.db import db

ASEL = ["--given-name", "Әсел", "--family-name", "Ахметова", "--password", "correct horse battery"]


@pytest.fixture
def flask(app, session):
    """Runs `flask accounts …`; its answer has `exit_code` and `output`."""

    def run(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["accounts", *words])

    return run


def test_an_administrator_is_appointed_listed_and_dismissed(flask):
    for _ in range(2):
        assert flask("appoint", "asel@example.kz", "administrator", *ASEL).exit_code == 0
    assert "asel@example.kz\tӘсел Ахметова\tadministrator\n" in flask("list").output
    assert flask("dismiss", "ASEL@example.kz").exit_code == 0
    assert "asel@example.kz\tӘсел Ахметова\tclosed\n" in flask("list").output


def test_an_officer_belongs_to_a_body(flask):
    assert flask("appoint", "m@example.kz", "officer", *ASEL).exit_code == 2
    unknown = flask("appoint", "m@example.kz", "officer", "--agency", "no-such-body", *ASEL)
    assert "no body no-such-body" in unknown.output
    assert queries.staff_by_email("m@example.kz") is None
    assert (
        flask("appoint", "m@example.kz", "officer", "--agency", "ministry-of-justice", *ASEL).exit_code == 0
    )
    assert "officer of ministry-of-justice" in flask("list").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["appoint", "m@example.kz", "citizen", *ASEL], "Invalid value"),
        (
            ["appoint", "m@example.kz", "moderator", "--agency", "ministry-of-justice", *ASEL],
            "belong to a body",
        ),
        (["appoint", "m@example.kz", "moderator", *ASEL[:4], "--password", "short"], "shorter than 12"),
        (["dismiss", "nobody@example.kz"], "Nobody was appointed"),
    ],
)
def test_a_wrong_command_is_explained(flask, words, says):
    answer = flask(*words)
    assert answer.exit_code != 0
    assert says in answer.output
