"""What promises are told about decisions on petitions: a published decision is a text to find one in."""

from app.access import Actor, is_moderator
from app.i18n import _
from app.petitions import queries
from app.petitions.lifecycle import PUBLIC_STATES
from app.petitions.models import AnswerKind, Petition
from app.promises import sources
from app.promises.sources import SourceText

KIND = "decision"
# Promises are about petitions by this name.
SUBJECT = "petition"
YES = (AnswerKind.ACCEPTED, AnswerKind.PARTLY)


def find(number: int, actor: Actor) -> SourceText | None:
    """The published decision on the petition of that number."""
    petition = queries.by_number(number)
    if petition is None or petition.state not in PUBLIC_STATES or petition.addressee_id is None:
        return None
    decision = queries.published_decision_of(petition)
    if decision is None:
        return None
    answers = [answer.text for answer in decision.answers if answer.text]
    days = [answer.by_when for answer in decision.answers if answer.kind in YES and answer.by_when]
    return SourceText(
        title=str(_("Decision on the petition “%(title)s”", title=petition.title)),
        address=sources.address_of("petitions.show", number=petition.number, _anchor="decision"),
        agency_id=petition.addressee_id,
        texts={decision.language: "\n\n".join([*answers, *decision.parts.values()])},
        subject_kind=SUBJECT,
        subject_number=petition.number,
        may_enter=may_enter(actor, petition),
        # One day for all is the day of each.
        due_on=days[0].isoformat() if len(set(days)) == 1 else "",
    )


def may_enter(actor: Actor, petition: Petition) -> bool:
    """Officers and the head of the body that decided, and moderators."""
    return petition.addressee_id in actor.agency_ids or is_moderator(actor, petition)


sources.register(KIND, find)
