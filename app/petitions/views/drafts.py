"""Where the pages of a draft stand, and which comes before and after which."""

from typing import Any, NamedTuple

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.petitions.labels import DRAFT_STEPS
from app.petitions.lifecycle import State
from app.petitions.models import Petition
from app.petitions.services.drafting import STEPS


class Frame(NamedTuple):
    """Where a page stands: its number of `total`, and all steps for the list beside it."""

    number: int
    total: int
    steps: list[dict[str, Any]]


def frame(petition: Petition | None, current: str) -> Frame:
    names = list(DRAFT_STEPS)
    done = petition.draft_steps if petition else []
    steps = [
        {
            "name": DRAFT_STEPS[step],
            "href": address(petition, step) if petition and (step in done or step == "check") else None,
            "is_current": step == current,
            "is_done": step in done,
        }
        for step in names
    ]
    return Frame(names.index(current) + 1, len(names), steps)


def address(petition: Petition, step: str) -> str:
    if step == "check":
        return url_for("petitions.draft_check", number=petition.number)
    return url_for("petitions.draft_step", number=petition.number, step=step)


def missing(petition: Petition) -> list[str]:
    return [step for step in STEPS if step not in petition.draft_steps]


def first_open(petition: Petition) -> str:
    """The address of the first page that is not answered, or of the last one."""
    return address(petition, next(iter(missing(petition)), "check"))


def next_step(petition: Petition, step: str) -> str:
    """The next page that is not answered; once all are, every change leads back to the last one."""
    later = [name for name in missing(petition) if STEPS.index(name) > STEPS.index(step)]
    return (later or missing(petition) or ["check"])[0]


def previous(petition: Petition, step: str) -> str:
    if not missing(petition):
        return address(petition, "check")
    place = STEPS.index(step)
    return address(petition, STEPS[place - 1]) if place else url_for("petitions.new")


def elsewhere(petition: Petition) -> ResponseReturnValue | None:
    """Whoever comes back to a page of a submitted petition sees how it stands."""
    if petition.state is State.DRAFT:
        return None
    return redirect(url_for("petitions.progress", number=petition.number), 303)
