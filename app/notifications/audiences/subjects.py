"""What a fact is about, as a query: whoever follows the thing, or has a part in it, is found through it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, literal, select

from app.consultations.models import DraftAct
from app.control.models import ControlAct
from app.councils.models import Competition, Member
from app.gatherings.models import Gathering
from app.petitions.models import Petition
from app.promises.models import Promise
from app.proposals.models import Proposal
from app.recommendations.models import RecommendationList
from app.sittings.models import AgendaItem, Examination, Ruling, Sitting

# By what a fact calls the thing that it tells of. A fact that names several is about the first of them here.
OF_COUNCILS: Mapping[str, Any] = {
    "examination_id": Examination,
    "sitting_id": Sitting,
    "ruling_id": Ruling,
    "list_id": RecommendationList,
    "promise_id": Promise,
    "proposal_id": Proposal,
    "competition_id": Competition,
    "act_id": ControlAct,
    "gathering_id": Gathering,
    "member_id": Member,
}
# These name what they are about by a kind and a number.
OF_SUBJECTS: Mapping[str, Any] = {"list_id": RecommendationList, "promise_id": Promise}


def council_of(fact: Any) -> Any:
    """The id of the council that it has to do with; null where there is none."""
    for name, model in OF_COUNCILS.items():
        if (known := getattr(fact, name, None)) is not None:
            return one(select(model.council_id).where(model.id == known))
    raise TypeError(f"no council is known of {type(fact).__name__}")


def draft_of(fact: Any) -> Any:
    """The id of the draft act that it has to do with; null where it is about something else."""
    if (known := getattr(fact, "draft_id", None)) is not None:
        return literal(known)
    if (known := getattr(fact, "examination_id", None)) is not None:
        return one(select(Examination.draft_id).where(Examination.id == known))
    return _thing_of(fact, "draft", DraftAct, AgendaItem.draft_id)


def petition_of(fact: Any) -> Any:
    """The id of the petition that it has to do with; null where it is about something else."""
    if (known := getattr(fact, "petition_id", None)) is not None:
        return literal(known)
    return _thing_of(fact, "petition", Petition, AgendaItem.petition_id)


def proposal_of(fact: Any) -> Any:
    """The id of the citizen's proposal that it has to do with; null where it is about something else."""
    if (known := getattr(fact, "proposal_id", None)) is not None:
        return literal(known)
    return _thing_of(fact, "proposal", Proposal, AgendaItem.proposal_id)


def act_of(fact: Any) -> Any:
    """The id of the act of public control that it has to do with; null for what is none."""
    if (known := getattr(fact, "act_id", None)) is not None:
        return literal(known)
    return one(select(ControlAct.id).where(ControlAct.gathering_id == fact.gathering_id))


def _thing_of(fact: Any, kind: str, thing: Any, on_agenda: Any) -> Any:
    if (known := getattr(fact, "ruling_id", None)) is not None:
        return one(
            select(on_agenda)
            .select_from(AgendaItem)
            .join(Ruling, Ruling.item_id == AgendaItem.id)
            .where(Ruling.id == known)
        )
    for name, model in OF_SUBJECTS.items():
        if (known := getattr(fact, name, None)) is not None:
            return one(
                select(thing.id)
                .join(model, (model.subject_kind == kind) & (model.subject_number == thing.number))
                .where(model.id == known)
            )
    raise TypeError(f"no {kind} is known of {type(fact).__name__}")


def one(query: Select[Any]) -> Any:
    """The one value that `query` finds, to compare with."""
    # Whatever encloses it has its own rows of the same tables.
    return query.correlate(None).scalar_subquery()
