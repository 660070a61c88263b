"""What letters say of a draft before a council, of a sitting, a ruling, and of what was moved or cancelled."""

from collections.abc import Callable, Mapping
from typing import Any

from app.gatherings import queries as gatherings
from app.gatherings.models import Gathering, GatheringKind
from app.i18n import _, language_shown
from app.law import council_rules_version
from app.notifications.contents import control, councils
from app.notifications.contents.drafts import about as about_draft
from app.notifications.contents.subjects import named
from app.notifications.letters import Letter, Particular, Unwanted, address
from app.petitions.lifecycle import State as PetitionState
from app.proposals.lifecycle import State as ProposalState
from app.sittings import queries
from app.sittings.lifecycle import ExaminationState, ItemState, RulingState, State
from app.sittings.models import AgendaItem, Examination, Ruling, Sitting
from app.sittings.services.voting import subject_of


def of_examination(letter: Letter) -> dict[str, Any]:
    examination = queries.examination_by_id(letter.values["examination_id"])
    if examination is None or not _is_still_so(examination, letter):
        raise Unwanted
    return about_draft(examination.draft) | {
        "particulars": [*about_draft(examination.draft)["particulars"], councils.named(examination.council)],
        "draft": examination.draft,
        "council": examination.council,
        "last_day": examination.duty.last_day,
        "silence": _silence(examination),
    }


def _is_still_so(examination: Examination, letter: Letter) -> bool:
    """A term that ended is no news, nor is a rapporteur who was replaced."""
    if letter.template == "consent_by_silence":
        return examination.state is ExaminationState.TACIT
    member_id = letter.values.get("member_id")
    return examination.state is ExaminationState.WAITING and member_id in (None, examination.rapporteur_id)


def _silence(examination: Examination) -> str:
    """What it means by the rules of that time that a council says nothing."""
    consent = council_rules_version(examination.duty.rules_version).tacit_consent
    return str(consent.note or consent.text)


def of_sitting(letter: Letter) -> dict[str, Any]:
    sitting = queries.by_id(letter.values["sitting_id"])
    if sitting is None or sitting.state in (State.PREPARING, State.CANCELLED):
        raise Unwanted
    found = about_gathering(sitting.gathering) | {"sitting": sitting, "council": sitting.council}
    if more := MORE.get(letter.template):
        found |= more(sitting, letter.values)
    return found


def _agenda(sitting: Sitting, _values: Mapping[str, Any]) -> dict[str, Any]:
    if sitting.state is not State.CALLED:
        raise Unwanted
    shown = [item for item in sitting.items if item.state is ItemState.WAITING]
    return {"agenda": [titled(item) for item in shown]}


def _item(sitting: Sitting, values: Mapping[str, Any]) -> dict[str, Any]:
    item = next((one for one in sitting.items if one.id == values["item_id"]), None)
    if item is None or item.state is not ItemState.DROPPED:
        raise Unwanted
    return {"item": titled(item), "position": item.position, "note": item.note}


def titled(item: AgendaItem) -> Particular:
    """The item as the agenda words it; by its number alone where its subject is no longer in free access."""
    name = str(item.position)
    if item.petition is not None and item.petition.state is PetitionState.REMOVED:
        return Particular(name, _("Petition No. %(number)s", number=item.petition.number))
    if item.proposal is not None and item.proposal.state is ProposalState.HIDDEN:
        return Particular(name, _("Proposal No. %(number)s", number=item.proposal.number))
    return Particular(name, item.title, language_shown(item.titles))


def of_ruling(letter: Letter) -> dict[str, Any]:
    ruling = queries.ruling_by_id(letter.values["ruling_id"])
    if ruling is None or ruling.state is not RulingState.PUBLISHED:
        raise Unwanted
    listed = ruling.recommendations
    item = titled(ruling.item)
    return {
        "number": ruling.number,
        "ruling": ruling,
        "council": ruling.council,
        "outcome": outcome_of(ruling),
        "recommended": len(listed.rows),
        "particulars": [
            councils.named(ruling.council),
            *(
                named(listed.subject_kind, listed.subject_number)
                or [Particular(_("Item of the agenda"), item.value, item.language)]
            ),
        ],
    }


def outcome_of(ruling: Ruling) -> str:
    """What the council ruled, in the words of the rules that it sat under."""
    rules = council_rules_version(ruling.item.sitting.rules_version)
    return str(rules.outcome(subject_of(ruling.item), ruling.outcome).name)


def of_gathering(letter: Letter) -> dict[str, Any]:
    gathering = gatherings.by_id(letter.values["gathering_id"])
    if gathering is None or gathering.held_at is not None:
        raise Unwanted
    if gathering.is_cancelled != (letter.template == "gathering_cancelled"):
        raise Unwanted
    found = about_gathering(gathering)
    if (move_id := letter.values.get("move_id")) is not None:
        move = next((one for one in gathering.moves if one.id == move_id), None)
        if move is None:
            raise Unwanted
        # It may have been moved again: the letter says where it stands now, and from where this reader knew it.
        found |= {"was_at": move.was_at, "move_reason": gathering.moves[-1].reason}
    return found


def about_gathering(gathering: Gathering) -> dict[str, Any]:
    """What it is, when and where, as it stands now."""
    is_sitting = gathering.kind is GatheringKind.SITTING
    page = "sittings.show" if is_sitting else "control.show"
    particulars = [councils.named(gathering.council)] if gathering.council else []
    if not is_sitting:
        particulars += control.named_by_gathering(gathering)
    return {
        "number": gathering.number,
        "about": _("Sitting No. %(number)s", number=gathering.number)
        if is_sitting
        else _("Public control No. %(number)s", number=gathering.number),
        "page": address(page, number=gathering.number),
        "gathering": gathering,
        "particulars": particulars,
    }


MORE: dict[str, Callable[[Sitting, Mapping[str, Any]], dict[str, Any]]] = {
    "sitting_called": _agenda,
    "agenda_item_dropped": _item,
}
