"""Promises by audience: everybody who reads them, the people who enter and close them."""

from app.promises import labels, policies, queries
from app.promises.models import Promise
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("promises", __name__)
bp.record_once(lambda state: state.app.jinja_env.globals.update(promise_words=labels))

register(Promise, Subject(load=queries.by_number, may_know=policies.may_know, check=policies.check))

from app.promises.views import (  # noqa: E402  they add their routes
    keeping,  # noqa: F401
    reading,  # noqa: F401
)
