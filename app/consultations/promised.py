"""What promises are told about answers to comments on drafts: a published answer is a text to find one in."""

from app.access import Actor, is_moderator
from app.comments import queries as comments
from app.comments.lifecycle import AnswerState
from app.consultations import queries
from app.consultations.models import DraftAct
from app.i18n import _
from app.promises import sources
from app.promises.sources import SourceText

KIND = "comment_answer"
# Promises are about drafts by this name.
SUBJECT = "draft"


def find(answer_id: int, actor: Actor) -> SourceText | None:
    """The published answer of that id, if it is to a comment on a draft."""
    draft = queries.by_answer(answer_id)
    answer = comments.answer_by_id(answer_id) if draft is not None else None
    if draft is None or answer is None or answer.state is not AnswerState.PUBLISHED:
        return None
    if answer.comment_id is not None:
        address = sources.address_of("comments.show", comment_id=answer.comment_id)
    else:
        address = sources.address_of("comments.group", group_id=answer.group_id)
    return SourceText(
        title=str(_("Answer to a comment on “%(title)s”", title=draft.title)),
        address=address,
        agency_id=draft.agency_id,
        texts={answer.language: answer.text},
        subject_kind=SUBJECT,
        subject_number=draft.number,
        may_enter=may_enter(actor, draft),
    )


def may_enter(actor: Actor, draft: DraftAct) -> bool:
    """Officers and the head of the body that answered, and moderators."""
    return draft.agency_id in actor.agency_ids or is_moderator(actor, draft)


sources.register(KIND, find)
