"""What letters say of an act of public control."""

from typing import Any

from sqlalchemy import select

from app.control.lifecycle import State
from app.control.models import ControlAct
from app.db import db
from app.gatherings.models import Gathering
from app.i18n import _, language_shown
from app.law import council_rules_version
from app.notifications.contents import councils
from app.notifications.letters import Letter, Particular, Unwanted

# The state in which each letter is still news.
STATES = {
    "control_announced": State.ANNOUNCED,
    "control_concluded": State.CONCLUDED,
    "control_document_overdue": State.HELD,
}


def of_act(letter: Letter) -> dict[str, Any]:
    act = db.session.get(ControlAct, letter.values["act_id"])
    if act is None or act.state is not STATES[letter.template]:
        raise Unwanted
    form = council_rules_version(act.rules_version).form(act.form)
    return {
        "number": act.number,
        "act": act,
        "council": act.council,
        "form": str(form.name),
        "final_document": str(form.final_document),
        "recommended": len(act.recommendations.rows) if act.recommendations else 0,
        "gathering": act.gathering,
        "last_day": act.document_duty.last_day if act.document_duty else None,
        "particulars": [councils.named(act.council), *named(act)],
    }


def named(act: ControlAct) -> list[Particular]:
    """Its form with its title, and the body that it concerns."""
    form = council_rules_version(act.rules_version).form(act.form)
    return [
        Particular(str(form.name), act.title, language_shown(act.titles)),
        Particular(_("Body under control"), act.agency.name),
    ]


def named_by_gathering(gathering: Gathering) -> list[Particular]:
    act = db.session.scalar(select(ControlAct).where(ControlAct.gathering_id == gathering.id))
    return named(act) if act is not None else []


def by_number(number: int) -> list[Particular]:
    act = db.session.scalar(select(ControlAct).where(ControlAct.number == number))
    return named(act) if act is not None else []
