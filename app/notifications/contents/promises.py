"""What letters say of a promise."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.db import db
from app.i18n import _
from app.notifications.contents.subjects import named
from app.notifications.letters import Letter, Particular, Unwanted
from app.promises.lifecycle import Action, State
from app.promises.models import Promise

CLOSED = {"promise_kept": State.DONE, "promise_dropped": State.DROPPED}
# These letters are about one day that was promised.
OF_A_DAY = frozenset({"promise_put_off", "promise_due", "promise_overdue", "promise_late"})
OF_A_LATE_ONE = frozenset({"promise_overdue", "promise_late"})


def of_promise(letter: Letter) -> dict[str, Any]:
    promise = db.session.get(Promise, letter.values["promise_id"])
    if promise is None or not _is_still_so(promise, letter.template, letter.values):
        raise Unwanted
    moved = [entry for entry in promise.entries if entry.action == Action.PUT_OFF]
    return {
        "number": promise.number,
        "promise": promise,
        "body": promise.agency.name,
        "put_off_reason": moved[-1].words if moved else "",
        "was_due_on": moved[-1].was_due_on if moved else None,
        "particulars": [
            Particular(_("Who promised it"), promise.agency.name),
            *named(promise.subject_kind, promise.subject_number),
        ],
    }


def _is_still_so(promise: Promise, template: str, values: Mapping[str, Any]) -> bool:
    """What was closed since is told by another letter, and so is a day that was put off again."""
    if promise.state is not CLOSED.get(template, State.OPEN):
        return False
    if template in OF_A_DAY and values["due_on"] != promise.due_on.isoformat():
        return False
    return template not in OF_A_LATE_ONE or promise.is_late(clock.today())
