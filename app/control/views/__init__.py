"""Pages of public control, by audience: readers, those who ask, the council that leads it."""

from typing import Any

from app.access import Actor
from app.accounts import own_data
from app.control import panel as _panel
from app.control import policies, queries
from app.control.models import ControlAct, Question
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("control", __name__)


def _may_know_question(actor: Actor, question: Question) -> bool:
    return policies.may_know(actor, question.act)


def _check_question(action: Any, actor: Actor, question: Question) -> None:
    policies.check(action, actor, question.act)


register(ControlAct, Subject(load=queries.by_number, may_know=policies.may_know, check=policies.check))
register(
    Question,
    Subject(
        load=queries.question_by_id,
        may_know=_may_know_question,
        check=_check_question,
        values=("question_id",),
    ),
)
own_data.register(queries.everything_about)
_panel.register()

from app.control.views import (  # noqa: E402, F401  they add their routes
    announcing,
    asking,
    concluding,
    desk,
    holding,
    listing,
    preparing,
    reading,
)
