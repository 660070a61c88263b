"""What promises are told about rulings: a published ruling says what the council itself, or its body, will do."""

from app.access import Actor
from app.i18n import _
from app.promises import sources
from app.promises.sources import SourceText
from app.sittings import policies, queries
from app.sittings.lifecycle import RulingState
from app.sittings.models import Ruling

KIND = "ruling"


def find(number: int, actor: Actor) -> SourceText | None:
    """The text of a published ruling; None where its council's body is not in the register."""
    ruling = queries.ruling_by_number(number)
    if ruling is None or ruling.state is not RulingState.PUBLISHED:
        return None
    agency_id = ruling.recommendations.agency_id or ruling.council.agency_id
    if agency_id is None:
        return None
    return SourceText(
        title=str(
            _("Ruling № %(number)s of the council: %(council)s", number=number, council=ruling.council.name)
        ),
        address=sources.address_of("sittings.ruling", number=number),
        agency_id=agency_id,
        texts=dict(ruling.texts),
        subject_kind=ruling.recommendations.subject_kind,
        subject_number=ruling.recommendations.subject_number,
        council_id=ruling.council_id,
        may_enter=may_enter(actor, ruling),
    )


def may_enter(actor: Actor, ruling: Ruling) -> bool:
    """Whoever keeps the council's papers."""
    return policies.is_secretary(actor, ruling.item.sitting)


sources.register(KIND, find)
