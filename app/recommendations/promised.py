"""What promises are told about answers to recommendations: an answer that was published is a text to find one in."""

from app.access import Actor
from app.i18n import _
from app.promises import queries as promises
from app.promises import sources
from app.promises.labels import thing_address
from app.promises.models import Promise
from app.promises.sources import SourceText
from app.recommendations import labels, policies, queries
from app.recommendations.lifecycle import Action, State
from app.recommendations.models import RecommendationList

KIND = "recommendation"


def find(answer_id: int, actor: Actor) -> SourceText | None:
    """The published answer to one recommendation; whoever of the body, or the council's secretary, may enter."""
    answer = queries.answer_by_id(answer_id)
    if answer is None or answer.recommendation.list.state is not State.ANSWERED:
        return None
    row, listed = answer.recommendation, answer.recommendation.list
    ower = listed.duty.agency_id if listed.duty else listed.agency_id
    if ower is None:
        return None
    address = thing_address(listed.source_kind, listed.source_number)
    address = address or sources.address_of("recommendations.list_desk", list_id=listed.id)
    return SourceText(
        title=str(
            _(
                "Answer to recommendation %(number)s, %(source)s",
                number=row.position,
                source=labels.source_name(listed),
            )
        ),
        address=f"{address}#recommendation-{row.position}",
        agency_id=ower,
        texts={answer.language: "\n".join(filter(None, (answer.change, answer.reasons)))},
        subject_kind=listed.subject_kind or listed.source_kind,
        subject_number=listed.subject_number if listed.subject_kind else listed.source_number,
        council_id=listed.council_id,
        may_enter=policies.may(Action.ENTER_PROMISE, actor, listed),
        what=answer.change,
        due_on=answer.by_when.isoformat() if answer.by_when else "",
    )


def promises_of(listed: RecommendationList) -> dict[int, list[Promise]]:
    """What was promised in the answers of one list, by the answer's id, in one query."""
    return promises.of_sources(KIND, [row.answer.id for row in listed.rows if row.answer is not None])


sources.register(KIND, find)
