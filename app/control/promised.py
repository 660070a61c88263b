"""What promises are told about public control: the final document says what was promised at the hearing."""

from app.access import Actor
from app.control import queries
from app.control.lifecycle import State
from app.control.models import ControlAct
from app.councils import policies as councils
from app.promises import sources
from app.promises.sources import SourceText

KIND = "control"


def find(number: int, actor: Actor) -> SourceText | None:
    """The final document of an act that was concluded."""
    act = queries.by_number(number)
    if act is None or act.state is not State.CONCLUDED:
        return None
    return SourceText(
        title=act.title,
        address=sources.address_of("control.show", number=number),
        agency_id=act.agency_id,
        texts=dict(act.final_texts),
        council_id=act.council_id,
        may_enter=may_enter(actor, act),
    )


def may_enter(actor: Actor, act: ControlAct) -> bool:
    """Whoever keeps the council's papers."""
    return councils.is_secretary(actor, act.council)


sources.register(KIND, find)
