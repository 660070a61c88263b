"""A body that is merged stays in the register, points to its successor, and owes nothing any more."""

from typing import Any

from app.agencies import queries
from tests.cast import ADDRESSEE, OTHER_BODY


def test_the_command_names_the_successor_once(app: Any, session: Any) -> None:
    run = app.test_cli_runner().invoke
    assert "there is no body nobody" in run(args=["agencies", "succeed", ADDRESSEE, "nobody"]).output
    assert run(args=["agencies", "succeed", ADDRESSEE, ADDRESSEE]).exit_code == 1
    assert run(args=["agencies", "succeed", ADDRESSEE, OTHER_BODY]).exit_code == 0
    session.expire_all()
    old, new = queries.by_slug(ADDRESSEE), queries.by_slug(OTHER_BODY)
    assert old is not None and not old.is_active and old.successor is new
    refused = run(args=["agencies", "succeed", OTHER_BODY, ADDRESSEE])
    assert refused.exit_code == 1 and "nothing was changed" in refused.output
